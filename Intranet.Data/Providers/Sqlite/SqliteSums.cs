using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>Of moves that entered a stage on a day of UTC: how many, and what became of them.</summary>
internal sealed class StageDay
{
    public DateOnly Day { get; init; }
    public Stage Stage { get; init; }
    public int Entered { get; init; }
    public int Onward { get; init; }
    public int Back { get; init; }
    public int Closed { get; init; }
}

/// <summary>How many leads left a stage in a week of UTC after so many whole days.</summary>
internal sealed class StageStayOfWeek
{
    public Stage Stage { get; init; }
    public int Days { get; init; }

    /// <summary>Its Monday.</summary>
    public DateOnly Week { get; init; }
    public int Leads { get; init; }
}

/// <summary>How many times of an owner began and ended on a day of UTC, of leads that are not deleted.</summary>
internal sealed class OwnerDay
{
    public DateOnly Day { get; init; }
    public int OwnerId { get; init; }
    public int Began { get; init; }
    public int Ended { get; init; }
}

/// <summary>Somebody who owned a lead more than once.</summary>
internal sealed class OwnerReturn
{
    public int OwnerId { get; init; }
    public int LeadId { get; init; }
}

internal static class SqliteSums
{
    // Migration ChartSums makes the tables, and triggers keep them.
    internal static void Map(ModelBuilder builder)
    {
        builder.Entity<StageDay>().HasNoKey().ToView("StageDays");
        builder.Entity<StageStayOfWeek>().HasNoKey().ToView("StageStays");
        builder.Entity<OwnerDay>().HasNoKey().ToView("OwnerDays");
        builder.Entity<OwnerReturn>().HasNoKey().ToView("OwnerReturns");
    }
}
