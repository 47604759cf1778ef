using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Computes what is stored about leads from their interactions, plan and zone: last touch, attempts, when they are due, and
/// performance. Part of every change of a lead; writes past audit and version, because nobody typed it.
/// </summary>
internal sealed class RefreshLeads(IntranetDbContext db, TimeProvider time)
{
    private static readonly string[] Computed =
    [
        nameof(Lead.LastTouchAt), nameof(Lead.LastTouchOn), nameof(Lead.Attempts), nameof(Lead.LastAttemptOn), nameof(Lead.RetryOn), nameof(Lead.RetryCause), nameof(Lead.PromisedOn),
        nameof(Lead.NextDueOn), nameof(Lead.DueAt), nameof(Lead.OverdueAt), nameof(Lead.PastMaximumAt), nameof(Lead.Label), nameof(Lead.IsSlipping),
    ];

    private static readonly string[] Numbers =
    [
        nameof(Leads.LeadPerformance.Orders), nameof(Leads.LeadPerformance.Revenue), nameof(Leads.LeadPerformance.AverageValue), nameof(Leads.LeadPerformance.GapDays),
        nameof(Leads.LeadPerformance.GapSpread), nameof(Leads.LeadPerformance.LastOrderOn), nameof(Leads.LeadPerformance.UsualWeekday), nameof(Leads.LeadPerformance.RecentOrders),
        nameof(Leads.LeadPerformance.RecentRevenue), nameof(Leads.LeadPerformance.EarlierOrders), nameof(Leads.LeadPerformance.EarlierRevenue), nameof(Leads.LeadPerformance.Label),
        nameof(Leads.LeadPerformance.ListedAs), nameof(Leads.LeadPerformance.RuleLabel), nameof(Leads.LeadPerformance.IsSlipping), nameof(Leads.LeadPerformance.ManualLabel), nameof(Leads.LeadPerformance.ManualReason),
        nameof(Leads.LeadPerformance.ManualUntil), nameof(Leads.LeadPerformance.ManualBy), nameof(Leads.LeadPerformance.Weeks), nameof(Leads.LeadPerformance.ComputedAt),
        nameof(Leads.LeadPerformance.ComputedFor), nameof(Leads.LeadPerformance.RhythmDays), nameof(Leads.LeadPerformance.RhythmSpread),
    ];

    // Lists are read by these from an index: a database moves its entries whenever they are written, changed or not.
    private static readonly string[] Listed =
        [nameof(Leads.LeadPerformance.ListedAs), nameof(Leads.LeadPerformance.IsSlipping), nameof(Leads.LeadPerformance.Revenue), nameof(Leads.LeadPerformance.LastOrderOn)];

    private static readonly string[] Unlisted = [.. Numbers.Except(Listed)];

    // As many as make a statement that both databases take.
    private const int Batch = 500;

    // Of more leads than that: whoever was called was mostly called within these days; only of the others older interactions are read.
    private const int RecentDays = 60;

    /// <summary>These leads, after they or their interactions changed. Inside the caller's transaction.</summary>
    internal async Task RunAsync(IReadOnlyCollection<int> leads, CancellationToken cancellation = default)
    {
        var settings = await db.Settings.LeadSettingsAsync(cancellation);
        foreach (var some in leads.Chunk(Batch))
            await RunAsync(db.Leads.Where(lead => some.Contains(lead.Id)), db.Interactions.Where(one => some.Contains(one.LeadId)), db.LeadPerformance.Where(one => some.Contains(one.LeadId)), settings, withTouches: true, cancellation);
        // Who changed a lead and looks at it goes on with what is stored.
        foreach (var entry in db.ChangeTracker.Entries<Lead>().Where(entry => leads.Contains(entry.Entity.Id)).ToList())
            await entry.ReloadAsync(cancellation);
    }

    /// <summary>All leads of a range of ids.</summary>
    /// <param name="after">The range begins after this id.</param>
    /// <param name="to">The last id of the range.</param>
    /// <param name="settings">The settings of now.</param>
    /// <param name="withTouches">Whether interactions are read again, or what is stored about touches is taken for right.</param>
    /// <param name="cancellation">Before the end leaves everything as it was, in the caller's transaction.</param>
    internal Task<int> RunAsync(int after, int to, LeadSettings settings, bool withTouches, CancellationToken cancellation)
        => RunAsync(
            db.Leads.Where(lead => lead.Id > after && lead.Id <= to), db.Interactions.Where(one => one.LeadId > after && one.LeadId <= to),
            db.LeadPerformance.Where(one => one.LeadId > after && one.LeadId <= to), settings, withTouches, cancellation);

    private async Task<int> RunAsync(IQueryable<Lead> those, IQueryable<Interaction> theirs, IQueryable<LeadPerformance> known, LeadSettings settings, bool withTouches, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var leads = await those.AsNoTracking().OrderBy(lead => lead.Id).ToListAsync(cancellation);
        var performances = await known.AsNoTracking().ToDictionaryAsync(one => one.LeadId, cancellation);
        var touches = withTouches ? await TouchesAsync(leads, theirs, settings, now, cancellation) : null;
        var orders = await OrdersAsync(leads, theirs, settings, now, cancellation);
        var reopened = await ReopenedAsync(those, cancellation);
        var (fresh, listed, unlisted, added) = (new List<Lead>(), new List<LeadPerformance>(), new List<LeadPerformance>(), new List<LeadPerformance>());
        foreach (var lead in leads)
        {
            var before = ComputedOf(lead);
            SetDue(lead, touches?.GetValueOrDefault(lead.Id)?.State ?? (touches is null ? null : new TouchState()), reopened.TryGetValue(lead.Id, out var at) ? at : null);
            var isNew = !performances.TryGetValue(lead.Id, out var performance);
            performance ??= new LeadPerformance { LeadId = lead.Id };
            var was = ListedOf(performance);
            Set(performance, orders.GetValueOrDefault(lead.Id) ?? [], lead, settings, now);
            (lead.Label, lead.IsSlipping) = (performance.ListedAs, performance.IsSlipping);
            (isNew ? added : ListedOf(performance) == was ? unlisted : listed).Add(performance);
            if (ComputedOf(lead) != before)
                fresh.Add(lead);
        }

        await db.UpdateManyAsync(fresh, Computed, cancellation);
        await db.UpdateManyAsync(listed, Numbers, cancellation);
        await db.UpdateManyAsync(unlisted, Unlisted, cancellation);
        await db.InsertManyAsync(added, cancellation);
        return leads.Count;
    }

    private static (DateTime?, DateOnly?, int, DateOnly?, DateOnly?, RetryCause?, DateOnly?, DateOnly?, DateTime?, DateTime?, DateTime?, PerformanceLabel?, bool) ComputedOf(Lead lead)
        => (lead.LastTouchAt, lead.LastTouchOn, lead.Attempts, lead.LastAttemptOn, lead.RetryOn, lead.RetryCause, lead.PromisedOn, lead.NextDueOn, lead.DueAt, lead.OverdueAt, lead.PastMaximumAt, lead.Label, lead.IsSlipping);

    private static (PerformanceLabel?, bool, long, DateOnly?) ListedOf(LeadPerformance one) => (one.ListedAs, one.IsSlipping, one.Revenue, one.LastOrderOn);

    private static void SetDue(Lead lead, TouchState? state, DateTime? reopenedAt)
    {
        if (state is not null)
        {
            (lead.LastTouchAt, lead.LastTouchOn, lead.Attempts, lead.LastAttemptOn, lead.RetryOn, lead.RetryCause, lead.PromisedOn)
                = (state.LastTouchAt, state.LastTouchOn, state.Attempts, state.LastAttemptOn, state.RetryOn, state.RetryCause, state.PromisedOn);
        }

        var due = lead.Stage == Stage.Closed || lead.DeletedAt is not null ? null : NextDue.Of(NextDue.Facts.Of(lead, reopenedAt), LocalDay.Zone(lead.TimeZone));
        (lead.NextDueOn, lead.DueAt, lead.OverdueAt, lead.PastMaximumAt) = (due?.On, due?.At, due?.OverdueAt, due?.PastMaximumAt);
    }

    // When they were, of those that were closed before: few are.
    private Task<Dictionary<int, DateTime>> ReopenedAsync(IQueryable<Lead> those, CancellationToken cancellation)
        => (from lead in those
            where lead.Stage != Stage.Closed
            from move in db.StageMoves
            where move.LeadId == lead.Id && move.From == Stage.Closed && !move.IsTakenBack
            group move.At by lead.Id into moves
            select new { Lead = moves.Key, At = moves.Max() }).ToDictionaryAsync(one => one.Lead, one => one.At, cancellation);

    private static void Set(LeadPerformance performance, List<Order> orders, Lead lead, LeadSettings settings, DateTime now)
    {
        var today = LocalDay.Of(now, LocalDay.Zone(lead.TimeZone));
        var numbers = PerformanceRules.Of(orders.ConvertAll(order => new PerformanceRules.Order(order.On, order.Currency == lead.Currency ? order.Value : null)), today, settings.WindowDays);
        (performance.Orders, performance.Revenue, performance.AverageValue, performance.GapDays, performance.GapSpread, performance.LastOrderOn, performance.UsualWeekday)
            = (numbers.Orders, numbers.Revenue, numbers.AverageValue, numbers.GapDays, numbers.GapSpread, numbers.LastOrderOn, numbers.UsualWeekday);
        (performance.RecentOrders, performance.RecentRevenue, performance.EarlierOrders, performance.EarlierRevenue, performance.Weeks)
            = (numbers.RecentOrders, numbers.RecentRevenue, numbers.EarlierOrders, numbers.EarlierRevenue, numbers.Weeks);
        (performance.RhythmDays, performance.RhythmSpread) = (numbers.RhythmDays, numbers.RhythmSpread);
        performance.RuleLabel = PerformanceRules.Label(numbers.Orders, numbers.DaysSince(today), settings);
        performance.IsSlipping = lead.Stage != Stage.Closed && PerformanceRules.IsSlipping(numbers, today);
        if (performance.ManualUntil < today)
            (performance.ManualLabel, performance.ManualReason, performance.ManualUntil, performance.ManualBy) = (null, null, null, null);
        performance.Label = performance.ManualLabel ?? performance.RuleLabel;
        // Closed, it is no account any more; how it did is still told on its page.
        performance.ListedAs = lead.Stage == Stage.Closed || lead.DeletedAt is not null ? null : performance.Label;
        (performance.ComputedAt, performance.ComputedFor) = (now, today);
    }

    private static async Task<Dictionary<int, TouchState.Reader>> TouchesAsync(List<Lead> leads, IQueryable<Interaction> theirs, LeadSettings settings, DateTime now, CancellationToken cancellation)
    {
        var readers = leads.ToDictionary(lead => lead.Id, lead => new TouchState.Reader(settings.Touches, lead.PreferredDays));
        var counted = theirs.Where(one => one.CorrectedAt == null);
        if (leads.Count <= Batch)
        {
            await ReadAsync(counted);
            return readers;
        }

        var since = now.AddDays(-RecentDays);
        var done = await ReadAsync(counted.Where(one => one.At >= since));
        var open = leads.Select(lead => lead.Id).Where(id => !done.Contains(id)).ToList();
        if (open.Count > 0)
            await ReadAsync(counted.Where(one => one.At < since && EF.Parameter(open).Contains(one.LeadId)));
        return readers;

        async Task<HashSet<int>> ReadAsync(IQueryable<Interaction> some)
        {
            var seen = new HashSet<int>();
            var entries = some.OrderBy(one => one.LeadId).ThenByDescending(one => one.At).ThenByDescending(one => one.Id)
                .Select(one => new { one.LeadId, one.Kind, one.Outcome, one.IsOrder, one.At, one.On, one.FollowUpOn });
            await foreach (var one in entries.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (!seen.Contains(one.LeadId) && !readers[one.LeadId].Add(new TouchState.Entry(one.Kind, one.Outcome, one.IsOrder, one.At, one.On, one.FollowUpOn)))
                    seen.Add(one.LeadId);
                // Of one lead, mostly after a row or two.
                if (seen.Count == leads.Count)
                    break;
            }

            return seen;
        }
    }

    private static async Task<Dictionary<int, List<Order>>> OrdersAsync(List<Lead> leads, IQueryable<Interaction> theirs, LeadSettings settings, DateTime now, CancellationToken cancellation)
    {
        var orders = new Dictionary<int, List<Order>>();
        // Nowhere is it more than a day earlier or later than by UTC. What is older is read of those alone whose rhythm it tells;
        // of a few leads all is read in one question.
        var today = DateOnly.FromDateTime(now);
        var first = leads.Count <= Batch ? DateOnly.MinValue : today.AddDays(-PerformanceRules.DaysTold(settings.WindowDays) - 1);
        var rows = theirs.Where(one => one.OrderedOn >= first).OrderBy(one => one.LeadId).ThenBy(one => one.OrderedOn).Select(one => new { one.LeadId, one.OrderedOn, one.OrderValue, one.Currency });
        await foreach (var one in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (!orders.TryGetValue(one.LeadId, out var list))
                orders[one.LeadId] = list = [];
            list.Add(new Order(one.OrderedOn!.Value, one.OrderValue, one.Currency));
        }

        if (first == DateOnly.MinValue)
            return orders;
        // Those of today or later may not count yet.
        var missing = leads.ToDictionary(lead => lead.Id, lead => orders.TryGetValue(lead.Id, out var list) ? PerformanceRules.RhythmOrderDays - DaysBefore(list, today) : PerformanceRules.RhythmOrderDays);
        var open = missing.Where(lead => lead.Value > 0).Select(lead => lead.Key).ToList();
        if (open.Count == 0)
            return orders;
        // Days alone, and the newest first: a year and more of some is passed over.
        var days = theirs.Where(one => one.OrderedOn < first && EF.Parameter(open).Contains(one.LeadId)).OrderBy(one => one.LeadId).ThenByDescending(one => one.OrderedOn).Select(one => new { one.LeadId, one.OrderedOn });
        var older = new Dictionary<int, List<Order>>();
        await foreach (var one in days.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (!older.TryGetValue(one.LeadId, out var list))
                older[one.LeadId] = list = [];
            if (list.Count < missing[one.LeadId] && (list.Count == 0 || list[^1].On != one.OrderedOn))
                list.Add(new Order(one.OrderedOn!.Value, null, null));
        }

        foreach (var (lead, before) in older)
        {
            before.Reverse();
            orders[lead] = orders.TryGetValue(lead, out var list) ? [.. before, .. list] : before;
        }

        return orders;
    }

    private static int DaysBefore(List<Order> orders, DateOnly today) => orders.Where(order => order.On < today).Select(order => order.On).Distinct().Count();

    private readonly record struct Order(DateOnly On, long? Value, string? Currency);
}
