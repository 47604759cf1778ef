namespace Intranet.Data.Leads;

/// <summary>
/// How many leads one owner has in one stage, and what is expected of them in one currency; deleted ones don't count. On
/// SQLite a table that triggers on leads keep, whoever writes them; on SQL Server a view. What adds up to nothing may have a row.
/// </summary>
public sealed class LeadTotal
{
    /// <summary>0: nobody.</summary>
    public int OwnerId { get; init; }
    public Stage Stage { get; init; }
    public string Currency { get; init; } = "";
    public int Leads { get; init; }

    /// <summary>In minor units.</summary>
    public long Value { get; init; }
}
