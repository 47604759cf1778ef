using System.Globalization;

namespace Intranet.Data.Leads;

/// <summary>What a lead's orders say about it. Pure: days are those of the lead's calendar, values in minor units.</summary>
public static class PerformanceRules
{
    /// <summary>Length of the two periods that the trend compares.</summary>
    public const int TrendDays = 30;

    /// <summary>Days with orders from which a rhythm is told, the last ones, where the window has fewer of them.</summary>
    public const int RhythmOrderDays = 8;

    /// <summary>How many days before the last order others belong to one rhythm with it.</summary>
    public const int RhythmReach = 365;

    // Days with orders; below, no rhythm can be told.
    private const int FewestForRhythm = 4;

    // A weekend in between says nothing, however regular somebody orders.
    private const double LeastLateness = 3;

    /// <summary>
    /// What the median absolute deviation of normally distributed values has to be multiplied with to be their standard
    /// deviation: C. Leys et al., "Detecting outliers: Do not use standard deviation around the mean, use absolute
    /// deviation around the median", Journal of Experimental Social Psychology 49 (2013) 764–766.
    /// </summary>
    private const double Consistent = 1.4826;

    /// <param name="Value">Null: not known, or in another currency than the lead's.</param>
    public readonly record struct Order(DateOnly On, long? Value);

    /// <param name="GapDays">Of the window, as all but the last order and the rhythm. What was ordered in two parts on one day has no gap in between.</param>
    /// <param name="RhythmDays">The gap by which it is told to slip: the window's, or where that has few orders, and fewer each day that nothing is ordered, that of the last ones there were.</param>
    public sealed record Numbers(
        int Orders = 0, long Revenue = 0, long AverageValue = 0, double? GapDays = null, double? GapSpread = null, DateOnly? LastOrderOn = null, DayOfWeek? UsualWeekday = null,
        int RecentOrders = 0, long RecentRevenue = 0, int EarlierOrders = 0, long EarlierRevenue = 0, string Weeks = "", double? RhythmDays = null, double? RhythmSpread = null)
    {
        /// <summary>Days since the last order; null without one.</summary>
        public int? DaysSince(DateOnly today) => LastOrderOn is { } last ? today.DayNumber - last.DayNumber : null;
    }

    /// <summary>How many days back from today orders count one by one; those before, only for the rhythm, and the last one.</summary>
    public static int DaysTold(int windowDays) => Math.Max(Math.Max(windowDays, 2 * TrendDays), 7 * LeadPerformance.WeeksTold);

    /// <param name="orders">
    /// The lead's of <see cref="DaysTold"/> days, and before that as many as <see cref="RhythmOrderDays"/> days have, or more, oldest first;
    /// later ones than <paramref name="today"/> don't count yet.
    /// </param>
    /// <param name="today">The last day of the window.</param>
    /// <param name="windowDays">How many days it has.</param>
    public static Numbers Of(IReadOnlyList<Order> orders, DateOnly today, int windowDays)
    {
        var numbers = new Numbers();
        var weeks = new int[LeadPerformance.WeeksTold];
        var weekdays = new int[7];
        var (days, all, valued) = (new List<DateOnly>(), new List<DateOnly>(), 0);
        foreach (var order in orders)
        {
            var ago = today.DayNumber - order.On.DayNumber;
            if (ago < 0)
                continue;
            if (numbers.LastOrderOn != order.On)
                all.Add(order.On);
            numbers = numbers with { LastOrderOn = order.On };
            if (ago / 7 < weeks.Length)
                weeks[weeks.Length - 1 - (ago / 7)]++;
            if (ago < TrendDays)
                numbers = numbers with { RecentOrders = numbers.RecentOrders + 1, RecentRevenue = numbers.RecentRevenue + (order.Value ?? 0) };
            else if (ago < 2 * TrendDays)
                numbers = numbers with { EarlierOrders = numbers.EarlierOrders + 1, EarlierRevenue = numbers.EarlierRevenue + (order.Value ?? 0) };
            if (ago >= windowDays)
                continue;
            numbers = numbers with { Orders = numbers.Orders + 1, Revenue = numbers.Revenue + (order.Value ?? 0) };
            valued += order.Value is null ? 0 : 1;
            weekdays[(int)order.On.DayOfWeek]++;
            if (days.Count == 0 || days[^1] != order.On)
                days.Add(order.On);
        }

        var (gap, spread) = Gap(days);
        var lately = days.Count >= RhythmOrderDays ? days : all.FindAll(day => all[^1].DayNumber - day.DayNumber <= RhythmReach).TakeLast(RhythmOrderDays).ToList();
        var rhythm = lately.Count >= FewestForRhythm ? Gap(lately) : default;
        return numbers with
        {
            AverageValue = valued == 0 ? 0 : (long)Math.Round((decimal)numbers.Revenue / valued, MidpointRounding.AwayFromZero),
            GapDays = gap,
            GapSpread = spread,
            RhythmDays = rhythm.Days,
            RhythmSpread = rhythm.Spread,
            UsualWeekday = Usual(weekdays),
            Weeks = string.Join(',', weeks.Select(count => count.ToString(CultureInfo.InvariantCulture))),
        };
    }

    /// <summary>Underperforming goes first, should settings let both apply.</summary>
    public static PerformanceLabel Label(int orders, int? daysSince, LeadSettings settings)
        => orders == 0 || daysSince is null || daysSince > settings.UnderAfterDays || orders <= settings.UnderMaximumOrders ? PerformanceLabel.Under
            : orders > settings.WellMinimumOrders && daysSince <= settings.WellWithinDays ? PerformanceLabel.Well
            : PerformanceLabel.Average;

    /// <summary>
    /// The last order is longer ago than the lead's typical gap and three times its spread, but at least half the gap and
    /// three days, with orders on at least four days of a year to know the rhythm from. Silence alone never ends it.
    /// </summary>
    public static bool IsSlipping(Numbers numbers, DateOnly today)
        => numbers is { RhythmDays: { } gap, RhythmSpread: { } spread } && numbers.DaysSince(today) is { } since
            && since > gap + Math.Max(LeastLateness, Math.Max(3 * spread, gap / 2));

    /// <summary>The label's sentence with its numbers: "9 orders in 90 days, the last one 3 days ago".</summary>
    public static string Sentence(int orders, int? daysSince, int windowDays)
        => orders == 0 ? daysSince is null ? "no order yet" : string.Create(CultureInfo.InvariantCulture, $"no order in {windowDays} days, the last one {Ago(daysSince.Value)}")
            : string.Create(CultureInfo.InvariantCulture, $"{orders} {(orders == 1 ? "order" : "orders")} in {windowDays} days, the last one {Ago(daysSince ?? 0)}");

    /// <summary>"orders every 6 ± 2 days; now 15"; null without a rhythm.</summary>
    public static string? Rhythm(double? gap, double? spread, int? daysSince)
        => gap is null || daysSince is null ? null : string.Create(CultureInfo.InvariantCulture, $"orders every {gap:0.#} ± {spread ?? 0:0.#} days; now {daysSince}");

    /// <summary>What shows with a lead's label, as of the day it was computed for.</summary>
    public static string Sentence(LeadPerformance performance, LeadSettings settings)
        => Sentence(
            new LabelWhy(
                performance.Orders, performance.LastOrderOn, performance.ComputedFor, performance.RhythmDays, performance.RhythmSpread, performance.ManualLabel, performance.ManualBy, performance.ManualReason,
                performance.ManualUntil),
            settings.WindowDays);

    internal static string Sentence(LabelWhy why, int windowDays)
    {
        var sentence = Sentence(why.Orders, why.DaysSince, windowDays);
        return why.ManualLabel is null ? sentence
            : $"set by {why.ManualBy}{(why.ManualUntil is { } until ? $" until {until.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}" : "")}: {why.ManualReason} ({sentence})";
    }

    private static string Ago(int days) => days switch
    {
        0 => "today",
        1 => "yesterday",
        _ => string.Create(CultureInfo.InvariantCulture, $"{days} days ago"),
    };

    // At least half of the orders, and more than by chance.
    private static DayOfWeek? Usual(int[] weekdays)
    {
        var most = weekdays.Max();
        return most >= 2 && 2 * most >= weekdays.Sum() && weekdays.Count(count => count == most) == 1 ? (DayOfWeek)Array.IndexOf(weekdays, most) : null;
    }

    private static (double? Days, double? Spread) Gap(List<DateOnly> days)
    {
        var gaps = days.Zip(days.Skip(1), (one, next) => (double)(next.DayNumber - one.DayNumber)).ToList();
        var gap = Median(gaps);
        return (gap, gap is null ? null : Consistent * Median(gaps.ConvertAll(one => Math.Abs(one - gap.Value))));
    }

    private static double? Median(List<double> values)
    {
        if (values.Count == 0)
            return null;
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
