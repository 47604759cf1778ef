using System.Globalization;
using Intranet.Data.Contacts.Matching;

namespace Intranet.Data.Leads;

/// <summary>
/// What a lead's orders add up to, as of a day; computed by <see cref="RecomputePerformance"/>. The numbers are of the
/// rolling window of <see cref="LeadSettings.WindowDays"/> days that ends with that day.
/// </summary>
public sealed class LeadPerformance
{
    /// <summary>How many weeks <see cref="Weeks"/> tells.</summary>
    public const int WeeksTold = 13;

    public const int LongestReason = 500;

    public int LeadId { get; init; }
    public Lead? Lead { get; private set; }

    public int Orders { get; internal set; }

    /// <summary>In minor units of the lead's currency, as all values here.</summary>
    public long Revenue { get; internal set; }
    public long AverageValue { get; internal set; }

    /// <summary>The median number of days between two orders on different days; null with fewer than two.</summary>
    public double? GapDays { get; internal set; }

    /// <summary>The median absolute deviation from <see cref="GapDays"/>, in days.</summary>
    public double? GapSpread { get; internal set; }

    /// <summary>
    /// As <see cref="GapDays"/>, where the window has too few orders of those before it as well: the account's own rhythm, by which it
    /// is slipping. Null while it ordered too seldom to know one.
    /// </summary>
    public double? RhythmDays { get; internal set; }
    public double? RhythmSpread { get; internal set; }

    /// <summary>Of all time, not of the window.</summary>
    public DateOnly? LastOrderOn { get; internal set; }

    /// <summary>The day of the week with the most orders, at least half of them; null without orders, or when none stands out.</summary>
    public DayOfWeek? UsualWeekday { get; internal set; }

    /// <summary>Orders of the last 30 days, and of the 30 before.</summary>
    public int RecentOrders { get; internal set; }
    public long RecentRevenue { get; internal set; }
    public int EarlierOrders { get; internal set; }
    public long EarlierRevenue { get; internal set; }

    /// <summary>What shows: the label set by hand while there is one, else <see cref="RuleLabel"/>.</summary>
    public PerformanceLabel Label { get; internal set; } = PerformanceLabel.Under;

    /// <summary>
    /// <see cref="Label"/>, by which it is listed and counted; null while the lead is closed or deleted, which is on no list,
    /// whatever its label is.
    /// </summary>
    public PerformanceLabel? ListedAs { get; internal set; }

    /// <summary>What the numbers say.</summary>
    public PerformanceLabel RuleLabel { get; internal set; } = PerformanceLabel.Under;

    /// <summary>The last order is longer ago than the lead's own rhythm would have it.</summary>
    public bool IsSlipping { get; internal set; }

    public PerformanceLabel? ManualLabel { get; internal set; }
    public string? ManualReason { get; internal set; }

    /// <summary>The last day on which it holds; null: until somebody takes it back.</summary>
    public DateOnly? ManualUntil { get; internal set; }
    public string? ManualBy { get; internal set; }

    /// <summary>Of the label set by hand, as it was shown: the same again only for the same label, reason, day and author.</summary>
    public string LabelVersion => StableHash.Of(string.Create(CultureInfo.InvariantCulture, $"{ManualLabel}\n{ManualUntil:O}\n{ManualBy}\n{ManualReason}")).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Orders of each week, the oldest first, the last one ending with <see cref="ComputedFor"/>: "0,1,2".</summary>
    public string Weeks { get; internal set; } = "";

    public DateTime ComputedAt { get; internal set; }

    /// <summary>The last day of the window, by the lead's calendar.</summary>
    public DateOnly ComputedFor { get; internal set; }
}

public enum PerformanceLabel
{
    Well = 0,
    Average = 1,
    Under = 2,
}
