namespace Intranet.Data.Leads;

/// <summary>
/// What is credited to one KAM of one day, the leads' own: orders of one currency, and calls. Corrected ones don't count. On
/// SQLite a table that triggers on interactions keep, whoever writes them; on SQL Server a view. What adds up to nothing may
/// have a row.
/// </summary>
public sealed class KamDay
{
    public DateOnly Day { get; init; }

    /// <summary>Who owned the lead at the time; 0: nobody.</summary>
    public int KamId { get; init; }

    /// <summary>Empty for orders without a value, and for what is none.</summary>
    public string Currency { get; init; } = "";
    public int Orders { get; init; }

    /// <summary>In minor units.</summary>
    public long Revenue { get; init; }
    public int Calls { get; init; }
    public int Reached { get; init; }
}
