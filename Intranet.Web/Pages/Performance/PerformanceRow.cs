using System.Globalization;
using System.Linq.Expressions;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Leads;

namespace Intranet.Web.Pages.Performance;

/// <summary>A lead on a list: its label and the numbers that say why.</summary>
public sealed record PerformanceRow(
    int Id, string Name, string City, Stage Stage, string? Owner, string Currency, PerformanceLabel Label, bool IsSlipping,
    PerformanceLabel? ManualLabel, string? ManualReason, DateOnly? ManualUntil, string? ManualBy,
    int Orders, long Revenue, long AverageValue, double? GapDays, double? GapSpread, DateOnly? LastOrderOn, DayOfWeek? UsualWeekday,
    int RecentOrders, long RecentRevenue, int EarlierOrders, long EarlierRevenue, string Weeks, DateOnly ComputedFor, double? RhythmDays, double? RhythmSpread)
{
    internal static readonly Expression<Func<JudgedLead, PerformanceRow>> FromLead = row => new PerformanceRow(
        row.Lead.Id, row.Lead.Name, row.Lead.City, row.Lead.Stage, row.Lead.Owner!.DisplayName, row.Lead.Currency, row.Performance.Label, row.Performance.IsSlipping,
        row.Performance.ManualLabel, row.Performance.ManualReason, row.Performance.ManualUntil, row.Performance.ManualBy,
        row.Performance.Orders, row.Performance.Revenue, row.Performance.AverageValue, row.Performance.GapDays, row.Performance.GapSpread, row.Performance.LastOrderOn, row.Performance.UsualWeekday,
        row.Performance.RecentOrders, row.Performance.RecentRevenue, row.Performance.EarlierOrders, row.Performance.EarlierRevenue, row.Performance.Weeks, row.Performance.ComputedFor,
        row.Performance.RhythmDays, row.Performance.RhythmSpread);

    public int? DaysSince => LastOrderOn is { } last ? ComputedFor.DayNumber - last.DayNumber : null;

    public string Why(int windowDays) => PerformanceRules.Sentence(Orders, DaysSince, windowDays);

    public string? Rhythm => PerformanceRules.Rhythm(RhythmDays, RhythmSpread, DaysSince);

    /// <summary>Change of revenue, last 30 days against the 30 before, in percent; null where there was none before.</summary>
    public int? Change => EarlierRevenue == 0 ? null : (int)Math.Round(100.0 * (RecentRevenue - EarlierRevenue) / EarlierRevenue);

    /// <summary>Columns of the exported list.</summary>
    public static IReadOnlyList<Column<PerformanceRow>> Columns(int windowDays) =>
    [
        new("LeadId", row => row.Id),
        new("Name", row => row.Name),
        new("City", row => row.City),
        new("Stage", row => row.Stage.ToString()),
        new("Owner", row => row.Owner),
        new("Label", row => row.Label.ToString()),
        new("Why", row => row.Why(windowDays)),
        new("Slipping", row => row.IsSlipping ? row.Rhythm : null),
        new("SetByHand", row => row.ManualLabel is null ? null : $"{row.ManualBy}: {row.ManualReason}"),
        new("SetUntil", row => row.ManualUntil),
        new("Orders", row => row.Orders),
        new("Revenue", row => MinorUnits.Major(row.Revenue, row.Currency)),
        new("AverageOrder", row => MinorUnits.Major(row.AverageValue, row.Currency)),
        new("Currency", row => row.Currency),
        new("TypicalGapDays", row => row.GapDays),
        new("GapSpreadDays", row => row.GapSpread is { } spread ? Math.Round(spread, 2) : null),
        new("LastOrder", row => row.LastOrderOn),
        new("UsualWeekday", row => row.UsualWeekday?.ToString()),
        new("OrdersLast30Days", row => row.RecentOrders),
        new("RevenueLast30Days", row => MinorUnits.Major(row.RecentRevenue, row.Currency)),
        new("Orders30DaysBefore", row => row.EarlierOrders),
        new("Revenue30DaysBefore", row => MinorUnits.Major(row.EarlierRevenue, row.Currency)),
    ];

    public string TrendInWords(CultureInfo culture)
        => $"{Money.Text(RecentRevenue, Currency, culture)} in the last 30 days, {Money.Text(EarlierRevenue, Currency, culture)} in the 30 before";
}
