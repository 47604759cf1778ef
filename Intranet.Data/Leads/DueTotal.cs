namespace Intranet.Data.Leads;

/// <summary>
/// How many leads become due at one moment: as many moments as there are days and zones. On SQLite a table that triggers on leads
/// keep, whoever writes them; on SQL Server a view.
/// </summary>
public sealed class DueTotal
{
    public DateTime DueAt { get; init; }
    public int Leads { get; init; }
}
