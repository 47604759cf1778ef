using Intranet.Data.Leads;
using Intranet.Data.Settings;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

/// <summary>Of many leads at once only what still counts is read: it must come to what everything would.</summary>
public sealed class RecomputeManyTests : IAsyncLifetime
{
    // More than are read together where a change asks for some.
    private const int Leads = 600;
    private static readonly string[] Zones = ["Pacific/Kiritimati", "America/Adak", "Europe/Berlin", "Asia/Kolkata"];

    private RunningApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(90)]
    [InlineData(20)]
    [InlineData(200)]
    public async Task Old_and_young_interactions_come_to_the_same_as_when_all_are_read(int window)
    {
        await FillAsync(new Random(window), window);

        Assert.Equal(Leads, await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(withTouches: true, cancellation: Cancellation)));
        // Once more: what is known already is compared, and only what differs is written.
        await app.Database(db => db.Interactions.Where(one => one.Id % 7 == 0).ExecuteDeleteAsync(Cancellation));
        await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(withTouches: true, cancellation: Cancellation));

        var (leads, known, settings) = await app.Database(async db => (
            await db.Leads.AsNoTracking().ToListAsync(Cancellation), await db.LeadPerformance.AsNoTracking().ToDictionaryAsync(one => one.LeadId, Cancellation), await db.Settings.LeadSettingsAsync(Cancellation)));
        var all = (await app.Database(db => db.Interactions.AsNoTracking().ToListAsync(Cancellation))).ToLookup(one => one.LeadId);
        Assert.Equal(window, settings.WindowDays);
        foreach (var lead in leads)
        {
            var touches = TouchState.Of(
                all[lead.Id].Where(one => one.CorrectedAt is null).OrderByDescending(one => one.At).ThenByDescending(one => one.Id)
                    .Select(one => new TouchState.Entry(one.Kind, one.Outcome, one.IsOrder, one.At, one.On, one.FollowUpOn)),
                settings.Touches,
                lead.PreferredDays);
            Assert.Equal(touches, new TouchState(lead.LastTouchAt, lead.LastTouchOn, lead.Attempts, lead.LastAttemptOn, lead.RetryOn, lead.RetryCause, lead.PromisedOn));

            var today = LocalDay.Of(app.Clock.UtcNow, LocalDay.Zone(lead.TimeZone));
            var numbers = PerformanceRules.Of([.. all[lead.Id].Where(one => one.OrderedOn is not null).OrderBy(one => one.OrderedOn).Select(one => new PerformanceRules.Order(one.OrderedOn!.Value, one.OrderValue))], today, window);
            var one = known[lead.Id];
            Assert.Equal(numbers, new PerformanceRules.Numbers(
                one.Orders, one.Revenue, one.AverageValue, one.GapDays, one.GapSpread, one.LastOrderOn, one.UsualWeekday, one.RecentOrders, one.RecentRevenue, one.EarlierOrders, one.EarlierRevenue, one.Weeks, one.RhythmDays, one.RhythmSpread));
        }

        // Each way of reading was needed.
        Assert.Contains(leads, lead => lead.PromisedOn is not null);
        Assert.Contains(leads, lead => lead.LastTouchAt < app.Clock.UtcNow.AddDays(-100));
        Assert.Contains(leads, lead => lead.LastTouchAt is null);
        Assert.Contains(known.Values, one => one.Orders == 0 && one.LastOrderOn is not null);
        Assert.Contains(known.Values, one => one.LastOrderOn is null);
        Assert.Contains(known.Values, one => one.Orders == 0 && one.RhythmDays is not null);
        Assert.Contains(known.Values, one => one.Orders > 0 && one.RhythmDays is not null && one.RhythmDays != one.GapDays);
    }

    private Task FillAsync(Random random, int window) => app.Database(async db =>
    {
        var now = app.Clock.UtcNow;
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await db.InsertManyAsync([new Setting { Name = Setting.PerformanceWindow, Value = $"{window}" }], Cancellation);
        await db.InsertManyAsync(Enumerable.Range(0, Leads).Select(i =>
        {
            var lead = new Lead { Name = $"Lead {i}", City = "Berlin", TimeZone = Zones[i % Zones.Length], Stage = Stage.Active, StageSince = now.AddDays(-500), CreatedAt = now.AddDays(-500), UpdatedAt = now };
            lead.SetPlan(new CallPlan(14, 45));
            return lead;
        }), Cancellation);
        var ids = await db.Leads.OrderBy(lead => lead.Id).Select(lead => new { lead.Id, lead.TimeZone, lead.Currency }).ToListAsync(Cancellation);
        await db.InsertManyAsync(ids.SelectMany(lead => Interactions(random, now, lead.Id, lead.TimeZone, lead.Currency)).ToList(), Cancellation);
        await transaction.CommitAsync(Cancellation);
    });

    // Some leads have none at all, some only old ones, some only those of today.
    private static IEnumerable<Interaction> Interactions(Random random, DateTime now, int lead, string zone, string currency)
    {
        var (from, to) = random.Next(5) switch { 0 => (90, 400), 1 => (0, 2), 2 => (50, 70), _ => (0, 400) };
        for (var count = random.Next(random.Next(3) == 0 ? 40 : 9); count > 0; count--)
        {
            var at = now.AddMinutes(-random.Next(from * 1440, to * 1440));
            var on = LocalDay.Of(at, LocalDay.Zone(zone));
            var kind = (InteractionKind)random.Next(5);
            var isOrder = kind == InteractionKind.Order || (kind == InteractionKind.Call && random.Next(4) == 0);
            yield return new Interaction
            {
                LeadId = lead,
                Kind = kind,
                Outcome = kind == InteractionKind.Call ? (CallOutcome)random.Next(4) : null,
                At = at,
                On = on,
                IsOrder = isOrder,
                OrderedOn = isOrder ? on.AddDays(random.Next(20) == 0 ? 2 : 0) : null,
                OrderValue = isOrder ? random.Next(100, 9999) : null,
                Currency = isOrder ? currency : null,
                FollowUpOn = random.Next(8) == 0 ? on.AddDays(3) : null,
                CorrectedAt = random.Next(6) == 0 && !isOrder ? at : null,
                Details = "",
                CreatedAt = at,
            };
        }
    }
}
