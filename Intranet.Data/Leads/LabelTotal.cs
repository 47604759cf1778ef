namespace Intranet.Data.Leads;

/// <summary>
/// How many leads one owner has with one <see cref="Lead.Label"/>: closed and deleted ones have none, nor those that were never
/// computed. On SQLite a table that triggers on leads keep, whoever writes them; on SQL Server a view.
/// </summary>
public sealed class LabelTotal
{
    /// <summary>0: nobody.</summary>
    public int OwnerId { get; init; }
    public PerformanceLabel Label { get; init; }
    public bool IsSlipping { get; init; }
    public int Leads { get; init; }
}
