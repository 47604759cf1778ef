namespace Intranet.Data.Leads;

/// <summary>How far a lead is. The numbers are stored, and are the order of the board's columns.</summary>
public enum Stage
{
    New = 0,
    Contacted = 1,
    Qualified = 2,
    Negotiation = 3,
    Active = 4,
    Closed = 5,
}
