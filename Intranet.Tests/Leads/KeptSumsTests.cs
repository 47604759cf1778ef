using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Intranet.Tests.Leads;

/// <summary>What is stored a second time, to be read quickly, is what adding up anew gives, after whatever was done to leads.</summary>
public sealed class KeptSumsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_taken_back_before_moves_were_marked_is_found_and_counts_no_more()
    {
        await using var app = await RunningApp.StartAsync();
        var (by, day) = (await app.Viewer(Cast.SalesLead), app.Clock.Today);
        var (taken, again, typed, other) = (await app.Lead(), await app.Lead(), await app.Lead(), await app.Lead());
        app.Clock.Advance(TimeSpan.FromDays(3));
        await MoveAsync(taken, Stage.Contacted, back: true);
        await MoveAsync(again, Stage.Contacted, back: true);
        await MoveAsync(again, Stage.Contacted, back: true);
        app.Clock.Advance(TimeSpan.FromDays(3));
        await MoveAsync(again, Stage.Contacted);
        // Moved there and back by hand, with the words of a return: once it is there still, once it went on.
        foreach (var lead in new[] { typed, other })
        {
            await MoveAsync(lead, Stage.Contacted);
            await MoveAsync(lead, Stage.New);
        }

        await MoveAsync(other, Stage.Contacted);
        var marked = await MarkedAsync();
        Assert.Equal(6, marked.Count);

        await app.Database(async db =>
        {
            var migrations = db.Database.GetMigrations().ToList();
            var here = migrations.FindIndex(name => name.EndsWith("_MovesTakenBack", StringComparison.Ordinal));
            await db.GetService<IMigrator>().MigrateAsync(migrations[here - 1], Cancellation);
            await db.Database.MigrateAsync(Cancellation);
        });

        Assert.Equal(marked, await MarkedAsync());
        await app.Database(async db =>
        {
            var period = new Period(day.AddDays(-30), day.AddDays(30));
            var flows = await db.StageFlowsOfAsync(period, Cancellation);
            Assert.Equal((await db.CountFlowsAsync(period, null, Cancellation)).OrderBy(row => row.Stage), flows.OrderBy(row => row.Stage));
            Assert.Equal(new StageFlow(Stage.New, 6, 4, 0, 0), flows.Single(row => row.Stage == Stage.New));
            Assert.Equal(new StageFlow(Stage.Contacted, 4, 0, 2, 0), flows.Single(row => row.Stage == Stage.Contacted));
            Assert.Equal((await db.CountStaysAsync(period, null, Cancellation)).Sum(stay => stay.Leads), (await db.StageStaysOfAsync(period, Cancellation)).Sum(stay => stay.Leads));
        });
        // And is kept from then on.
        await MoveAsync(taken, Stage.Contacted, back: true);
        await app.Database(async db => Assert.Equal(new StageFlow(Stage.New, 6, 4, 0, 0), (await db.StageFlowsOfAsync(new Period(day, day.AddDays(30)), Cancellation)).Single(row => row.Stage == Stage.New)));

        Task<List<int>> MarkedAsync() => app.Database(db => db.StageMoves.Where(move => move.IsTakenBack).OrderBy(move => move.Id).Select(move => move.Id).ToListAsync(Cancellation));

        async Task MoveAsync(Lead lead, Stage to, bool back = false)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(5));
            var moved = await app.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(lead.Id, to, "Taken back.", null, by, Cancellation));
            Assert.NotNull(moved.Move);
            app.Clock.Advance(TimeSpan.FromMinutes(5));
            if (back)
                Assert.NotNull((await app.Operation<TakeBackMove, TakeBackMove.Result>(take => take.RunAsync(moved.Move.Id, by, Cancellation))).Lead);
        }
    }

    [Fact]
    public async Task Closed_and_deleted_leads_leave_the_lists_when_a_database_learns_of_them()
    {
        await using var app = await RunningApp.StartAsync();
        var by = await app.Viewer(Cast.SalesLead);
        await app.Lead();
        await app.Lead(stage: Stage.Active, unowned: true);
        await app.Lead(stage: Stage.Closed);
        var deleted = await app.Lead();
        Assert.True(await app.Operation<DeleteLead, bool>(delete => delete.RunAsync(deleted.Id, by, Cancellation)));
        var kept = await KeptAsync();
        Assert.Equal(2, kept.Totals.Sum(total => total.Leads));

        var before = await app.Database(async db =>
        {
            var migrations = db.Database.GetMigrations().ToList();
            var here = migrations.FindIndex(name => name.EndsWith("_OpenLabels", StringComparison.Ordinal));
            await db.GetService<IMigrator>().MigrateAsync(migrations[here - 1], Cancellation);
            var counted = await db.LabelTotals.SumAsync(total => total.Leads, Cancellation);
            await db.Database.MigrateAsync(Cancellation);
            return counted;
        });

        // Before, those that are closed were counted.
        Assert.Equal(3, before);
        var now = await KeptAsync();
        Assert.Equal(kept.Totals, now.Totals);
        Assert.Equal(kept.Labels, now.Labels);

        Task<(List<(int OwnerId, PerformanceLabel Label, bool IsSlipping, int Leads)> Totals, List<(int Id, PerformanceLabel? Label, PerformanceLabel? ListedAs)> Labels)> KeptAsync() => app.Database(async db => (
            (await db.LabelTotals.Where(total => total.Leads != 0).ToListAsync(Cancellation)).Select(total => (total.OwnerId, total.Label, total.IsSlipping, total.Leads)).Order().ToList(),
            (await db.Leads.OrderBy(lead => lead.Id).Select(lead => new { lead.Id, lead.Label, lead.Performance!.ListedAs }).ToListAsync(Cancellation)).Select(lead => (lead.Id, lead.Label, lead.ListedAs)).ToList()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Sums_and_copies_hold_after_any_changes(int seed)
    {
        await using var app = await RunningApp.StartAsync();
        var random = new Random(seed);
        var (lead, kam) = (await app.Viewer(Cast.SalesLead), await app.UserId(Cast.Kam));
        var other = await app.UserId(Cast.OtherKam);
        List<Lead> leads = [];
        List<Interaction> interactions = [];
        var (start, given, takenBack) = (app.Clock.Today, (DateTime?)null, 0);
        for (var i = 0; i < 4; i++)
            leads.Add(await app.Lead(owner: Cast.Kam, interval: 7, value: 100 * i));
        interactions.Add(await app.Logged(leads[0], InteractionKind.Order, daysAgo: 2, value: 500));

        for (var step = 0; step < 300; step++)
        {
            var one = leads[random.Next(leads.Count)];
            var entry = interactions[random.Next(interactions.Count)];
            // Some days and weeks pass, and somebody is given what was theirs before.
            if (random.Next(4) == 0)
                app.Clock.Advance(TimeSpan.FromHours(random.Next(1, 60)));
            switch (random.Next(14))
            {
                case 0:
                    leads.Add(await app.Lead(unowned: random.Next(2) == 0, stage: (Stage)random.Next(6), value: random.Next(3) == 0 ? null : random.Next(10_000), currency: random.Next(2) == 0 ? "EUR" : "JPY", city: "Łódź"));
                    break;
                case 1:
                    await app.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(one.Id, (Stage)random.Next(6), "because", null, lead, Cancellation));
                    break;
                case 2:
                    given = (await app.Operation<ReassignLeads, ReassignLeads.Result>(reassign => reassign.RunAsync(new ReassignLeads.Request([one.Id], null, [random.Next(2) == 0 ? kam : other], random.Next(2) == 0 ? "Yours now." : null), lead, Cancellation))).At;
                    break;
                case 3:
                    var (value, currency, city) = (random.Next(5000), random.Next(2) == 0 ? "EUR" : "USD", random.Next(2) == 0 ? "Bonn" : "");
                    // Orders keep a lead in their currency.
                    if ((await ChangeAsync(known => (known.ExpectedValue, known.Currency, known.City) = (value, currency, city))).Refused is not null)
                        await ChangeAsync(known => (known.ExpectedValue, known.City) = (value, city));
                    Task<ChangeLead.Result> ChangeAsync(Action<Lead> set) => app.Operation<ChangeLead, ChangeLead.Result>(change => change.RunAsync(one.Id, set, null, lead, Cancellation));
                    break;
                case 4:
                    await app.Operation<DeleteLead, bool>(delete => delete.RunAsync(one.Id, lead, Cancellation));
                    break;
                case 5:
                    await app.Operation<DeleteLead, bool>(delete => delete.RestoreAsync(one.Id, lead, Cancellation));
                    break;
                case 6:
                    await app.Operation<EditInteraction, EditInteraction.Result>(edit => edit.RunAsync(entry.Id, Values(), null, lead, Cancellation));
                    break;
                case 7:
                    var corrected = await app.Operation<CorrectInteraction, CorrectInteraction.Result>(correct => correct.RunAsync(entry.Id, Values(), null, lead, Cancellation));
                    if (corrected.Interaction is not null)
                        interactions.Add(corrected.Interaction);
                    break;
                case 9:
                    // At once, or it can't be any more.
                    await app.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(one.Id, (Stage)random.Next(6), "because", null, lead, Cancellation));
                    var last = await app.Database(db => db.StageMoves.OrderByDescending(made => made.Id).Where(made => made.LeadId == one.Id).Select(made => made.Id).FirstAsync(Cancellation));
                    takenBack += (await app.Operation<TakeBackMove, TakeBackMove.Result>(back => back.RunAsync(last, lead, Cancellation))).Lead is null ? 0 : 1;
                    break;
                case 11:
                    // Closed, with a reason, and half of them reopened sooner or later.
                    await app.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(one.Id, one.Id % 2 == 0 || random.Next(2) == 0 ? Stage.Closed : Stage.Qualified, "because", null, lead, Cancellation));
                    break;
                case 10:
                    if (given is { } at)
                        await app.Operation<TakeBackReassignment, TakeBackReassignment.Result>(back => back.RunAsync(null, at, lead, Cancellation));
                    break;
                case 8:
                    await app.Operation<SetManualLabel, SetManualLabel.Result>(set => set.RunAsync(one.Id, (PerformanceLabel)random.Next(3), "We know.", app.Clock.Today.AddDays(random.Next(1, 9)), null, lead, Cancellation));
                    break;
                default:
                    var logged = await app.TryLog(one, Values());
                    if (logged.Interaction is not null)
                        interactions.Add(logged.Interaction);
                    break;
            }
        }

        app.Clock.Advance(TimeSpan.FromDays(5));
        await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(withTouches: true, cancellation: Cancellation));

        await app.Database(async db =>
        {
            var totals = await db.LeadTotals.Where(total => total.Leads != 0 || total.Value != 0).ToListAsync(Cancellation);
            var all = await db.Leads.AsNoTracking().ToListAsync(Cancellation);
            Assert.Equal(
                all.Where(known => known.DeletedAt is null).GroupBy(known => (OwnerId: known.OwnerId ?? 0, known.Stage, known.Currency)).Select(group => (group.Key.OwnerId, group.Key.Stage, group.Key.Currency, group.Count(), group.Sum(known => known.ExpectedValue ?? 0))).Order(),
                totals.Select(total => (total.OwnerId, total.Stage, total.Currency, total.Leads, total.Value)).Order());
            var performance = await db.LeadPerformance.AsNoTracking().ToDictionaryAsync(one => one.LeadId, Cancellation);
            var accounts = all.Where(known => known.DeletedAt is null && known.Stage != Stage.Closed).ToList();
            Assert.True(all.Count(known => known.DeletedAt is null && known.Stage == Stage.Closed) > 1, "Hardly any lead is closed.");
            Assert.Equal(
                accounts.GroupBy(known => (OwnerId: known.OwnerId ?? 0, performance[known.Id].Label, performance[known.Id].IsSlipping)).Select(group => (group.Key.OwnerId, group.Key.Label, group.Key.IsSlipping, group.Count())).Order(),
                (await db.LabelTotals.Where(total => total.Leads != 0).ToListAsync(Cancellation)).Select(total => (total.OwnerId, total.Label, total.IsSlipping, total.Leads)).Order());
            Assert.Equal(
                all.Where(known => known.DueAt is not null).GroupBy(known => known.DueAt!.Value).Select(group => (group.Key, group.Count())).Order(),
                (await db.DueTotals.ToListAsync(Cancellation)).Select(total => (total.DueAt, total.Leads)).Order());

            var written = await db.Interactions.AsNoTracking().ToListAsync(Cancellation);
            Assert.Contains(written, known => known.OrderedOn is not null && known.Kind == InteractionKind.Call);
            var days = (await db.KamDays.ToListAsync(Cancellation)).GroupBy(day => (day.Day, day.KamId, day.Currency))
                .Select(group => (group.Key.Day, group.Key.KamId, group.Key.Currency, group.Sum(day => day.Orders), group.Sum(day => day.Revenue), group.Sum(day => day.Calls), group.Sum(day => day.Reached)))
                .Where(day => day is not (_, _, _, 0, 0, 0, 0));
            var orders = written.Where(known => known.OrderedOn is not null).Select(known => (Day: known.OrderedOn!.Value, KamId: known.CreditedToId ?? 0, Currency: known.Currency ?? "", Orders: 1, Revenue: known.OrderValue ?? 0, Calls: 0, Reached: 0));
            var calls = written.Where(known => known.Kind == InteractionKind.Call && known.CorrectedAt is null).Select(known => (Day: known.On, KamId: known.CreditedToId ?? 0, Currency: "", Orders: 0, Revenue: 0L, Calls: 1, Reached: known.Outcome == CallOutcome.Reached ? 1 : 0));
            Assert.Equal(
                orders.Concat(calls).GroupBy(day => (day.Day, day.KamId, day.Currency)).Select(group => (group.Key.Day, group.Key.KamId, group.Key.Currency, group.Sum(day => day.Orders), group.Sum(day => day.Revenue), group.Sum(day => day.Calls), group.Sum(day => day.Reached))).Order(),
                days.Order());

            Assert.True(takenBack > 0, "No move was taken back.");
            Assert.Equal(2 * takenBack, await db.StageMoves.CountAsync(move => move.IsTakenBack, Cancellation));
            await CompareChartsAsync(db, start);
            Check.None(all.Where(known => (known.Label, known.IsSlipping) != (performance[known.Id].ListedAs, performance[known.Id].IsSlipping)).Select(known => $"lead {known.Id}: {known.Label}, and its performance {performance[known.Id].ListedAs}"));
            Check.None(all.Where(known => performance[known.Id].ListedAs != (accounts.Contains(known) ? performance[known.Id].Label : null)).Select(known => $"lead {known.Id}, {known.Stage}, is listed as {performance[known.Id].ListedAs}"));
            var keys = all.ToDictionary(known => known.Id, known => known.SearchKey);
            Check.None((await db.LeadWords.AsNoTracking().ToListAsync(Cancellation)).Where(word => word.SearchKey != keys[word.LeadId]).Select(word => $"{word.Word} of {word.LeadId}: {word.SearchKey}"));
        });

        // Of any period, in whatever weekday it begins or ends: what is kept is what counting each row gives.
        async Task CompareChartsAsync(IntranetDbContext db, DateOnly first)
        {
            List<Period> periods = [new(first.AddDays(-400), first.AddDays(300)), new(first, first)];
            for (var i = 0; i < 40; i++)
                periods.Add(new Period(first.AddDays(random.Next(-20, 60)), first.AddDays(60 + random.Next(30))) is var some && i % 2 == 0 ? some : new Period(some.From, some.From.AddDays(random.Next(12))));
            foreach (var period in periods)
            {
                Assert.Equal(Days(await db.KamDays.Where(day => day.Day >= period.From && day.Day <= period.To).ToListAsync(Cancellation)), Days(await db.KamDaysOf(period).ToListAsync(Cancellation)));
                Assert.Equal((await db.CountLeadsAsync(period, Cancellation)).OrderBy(row => row.KamId), (await db.KamLeadsOfAsync(period, Cancellation)).OrderBy(row => row.KamId));
                Assert.Equal((await db.CountFlowsAsync(period, null, Cancellation)).OrderBy(row => row.Stage), (await db.StageFlowsOfAsync(period, Cancellation)).OrderBy(row => row.Stage));
                Assert.Equal(Stays(await db.CountStaysAsync(period, null, Cancellation)), Stays(await db.StageStaysOfAsync(period, Cancellation)));
            }

            static IEnumerable<(DateOnly, int, string, int, long, int, int)> Days(IEnumerable<KamDay> rows) => rows.GroupBy(day => (Week: Period.WeekOf(day.Day), day.KamId, day.Currency))
                .Select(group => (group.Key.Week, group.Key.KamId, group.Key.Currency, group.Sum(day => day.Orders), group.Sum(day => day.Revenue), group.Sum(day => day.Calls), group.Sum(day => day.Reached)))
                .Where(day => day is not (_, _, _, 0, 0, 0, 0)).Order();
            static IEnumerable<(Stage, int, int)> Stays(IEnumerable<StageStay> rows) => rows.GroupBy(stay => (stay.Stage, stay.Days)).Select(group => (group.Key.Stage, group.Key.Days, group.Sum(stay => stay.Leads))).Order();
        }

        InteractionValues Values()
        {
            var kind = (InteractionKind)random.Next(5);
            var isOrder = kind != InteractionKind.Note && random.Next(3) == 0;
            return new InteractionValues(kind, kind == InteractionKind.Call ? (CallOutcome)random.Next(3) : null, app.Clock.UtcNow.AddDays(-random.Next(4)), null, "", isOrder, isOrder && random.Next(4) > 0 ? random.Next(1000) : null);
        }
    }
}
