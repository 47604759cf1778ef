using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Performance;

/// <summary>Revenue of several currencies, which are never added to each other.</summary>
public sealed class Sums : Dictionary<string, long>
{
    public int Orders { get; private set; }

    public void Add(DayOfOrders day)
    {
        Orders += day.Orders;
        // An order without a value has no currency either.
        if (day.Currency.Length > 0)
            this[day.Currency] = this.GetValueOrDefault(day.Currency) + day.Revenue;
    }

    public static Sums Of(IEnumerable<DayOfOrders> days)
    {
        var sums = new Sums();
        foreach (var day in days)
            sums.Add(day);
        return sums;
    }
}

/// <summary>Orders of a week; the first and the last may be shorter.</summary>
public sealed record WeekRow(DateOnly Monday, Sums Sums);

/// <summary>What is credited to one KAM in the period.</summary>
/// <param name="Id">Null: what nobody owned at the time.</param>
public sealed record KamRow(int? Id, string Name, Sums Sums, int LeadsDuring, int LeadsAtEnd, int Calls, int Reached)
{
    /// <summary>Of the calls, how many reached somebody, in percent.</summary>
    public int? ReachedRate => Calls == 0 ? null : (int)Math.Round(100.0 * Reached / Calls);
}

/// <param name="MedianDays">Of the leads that left it in the period; null without any.</param>
/// <param name="Left">How many those are.</param>
public sealed record StageRow(StageFlow Flow, int? MedianDays, int Left)
{
    /// <summary>Of those that entered, how many went on, in percent; null for the last stages and without any.</summary>
    public int? Conversion => Flow.Entered == 0 || Flow.Stage >= Stage.Active ? null : (int)Math.Round(100.0 * Flow.Onward / Flow.Entered);
}

/// <summary>Everything that the charts of a period show, for all KAMs or for one.</summary>
/// <param name="At">When the orders were added up.</param>
public sealed record ChartFigures(IReadOnlyList<WeekRow> Weeks, IReadOnlyList<KamRow> Kams, IReadOnlyList<StageRow> Stages, IReadOnlyList<string> Currencies, DateTime At)
{
    private sealed record Credited(List<DayOfOrders> Orders, List<KamCalls> Calls, List<KamLeads> Leads, Dictionary<int, string> Names);

    private sealed record Staged(List<StageFlow> Flows, List<StageStay> Stays);

    /// <summary>
    /// Adds up what changed since it was asked last. Of all KAMs at once, because that is one walk through the days; whoever may
    /// see one only is shown that one.
    /// </summary>
    public static async Task<ChartFigures> ReadAsync(IntranetDbContext db, FigureCache cache, Period period, int? kam, DateTime now, CancellationToken cancellation)
    {
        var (interactions, moves) = await db.NewestAsync(cancellation);
        var (credited, at) = await cache.GetAsync(("credited", period), interactions, () => CreditedAsync(db, period));
        var (staged, _) = await cache.GetAsync(("staged", period, kam), moves, async () => new Staged(
            await db.StageFlowsAsync(period, kam, CancellationToken.None), await db.StageStaysAsync(period, kam, CancellationToken.None)));

        var orders = kam is null ? credited.Orders : credited.Orders.FindAll(day => day.KamId == kam);
        return new ChartFigures(WeeksOf(orders, period, DateOnly.FromDateTime(now)), KamsOf(credited, orders, kam), StagesOf(staged), CurrenciesOf(orders), at);
    }

    private static async Task<Credited> CreditedAsync(IntranetDbContext db, Period period)
    {
        var orders = await db.OrdersAsync(period, CancellationToken.None);
        var calls = await db.CallsByKamAsync(period, CancellationToken.None);
        var leads = await db.LeadsByKamAsync(period, CancellationToken.None);
        var ids = orders.Select(day => day.KamId).Concat(calls.Select(row => row.KamId)).OfType<int>().Concat(leads.Select(row => row.KamId)).Distinct().ToList();
        var names = await db.Users.Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, user.DisplayName }).ToDictionaryAsync(user => user.Id, user => user.DisplayName, CancellationToken.None);
        return new Credited(orders, calls, leads, names);
    }

    // Weeks to come have no orders; a chart that falls to nothing there would frighten people.
    private static List<WeekRow> WeeksOf(List<DayOfOrders> orders, Period period, DateOnly today)
    {
        var byWeek = orders.ToLookup(day => Period.WeekOf(day.On));
        return [.. period.Weeks().Where(monday => monday <= today || byWeek.Contains(monday)).Select(monday => new WeekRow(monday, Sums.Of(byWeek[monday])))];
    }

    private static List<KamRow> KamsOf(Credited credited, List<DayOfOrders> orders, int? kam)
    {
        var byKam = orders.ToLookup(day => day.KamId);
        var calls = credited.Calls.ToLookup(row => row.KamId);
        var leads = credited.Leads.ToDictionary(row => row.KamId);
        var rows = byKam.Select(group => group.Key).Concat(calls.Select(group => group.Key)).Concat(leads.Keys.Select(id => (int?)id)).Distinct().Where(id => kam is null || id == kam)
            .Select(id => new KamRow(
                id, id is { } known ? credited.Names.GetValueOrDefault(known, "somebody") : "nobody", Sums.Of(byKam[id]),
                id is null ? 0 : leads.GetValueOrDefault(id.Value)?.During ?? 0, id is null ? 0 : leads.GetValueOrDefault(id.Value)?.AtEnd ?? 0,
                calls[id].Sum(row => row.Calls), calls[id].Sum(row => row.Reached)));
        return [.. rows.OrderBy(row => row.Id is null).ThenByDescending(row => row.Sums.Orders).ThenBy(row => row.Name, StringComparer.CurrentCulture)];
    }

    private static List<StageRow> StagesOf(Staged staged)
    {
        var flows = staged.Flows.ToDictionary(flow => flow.Stage);
        var stays = staged.Stays.ToLookup(stay => stay.Stage);
        return [.. Enum.GetValues<Stage>().Select(stage => new StageRow(
            flows.GetValueOrDefault(stage) ?? new StageFlow(stage, 0, 0, 0, 0), PerformanceFigures.MedianDays(stays[stage]), stays[stage].Sum(stay => stay.Leads)))];
    }

    // The one with the most orders first: it is what the charts begin with.
    private static List<string> CurrenciesOf(List<DayOfOrders> orders)
        => [.. orders.Where(day => day.Currency.Length > 0).GroupBy(day => day.Currency).OrderByDescending(group => group.Sum(day => day.Orders)).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];
}
