using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

/// <summary>Creating, changing, planning, moving and deleting leads, and who may.</summary>
public sealed class LeadVerbTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_lead_has_an_owner_a_stage_their_histories_and_is_due_now()
    {
        var lead = await app.Now(await app.Lead("Café Łódź", owner: Cast.Kam, city: "Köln", interval: 14, maximum: 20));

        var karl = await app.UserId(Cast.Kam);
        Assert.Equal((karl, Stage.New, app.Clock.UtcNow, "cafe lodz koln"), (lead.OwnerId, lead.Stage, lead.StageSince, lead.SearchKey));
        Assert.Equal((app.Clock.Today, LocalDay.Start(app.Clock.Today, LocalDay.Zone("Europe/Berlin"))), (lead.NextDueOn, lead.DueAt));
        Assert.Equal(LocalDay.Start(app.Clock.Today.AddDays(21), LocalDay.Zone("Europe/Berlin")), lead.PastMaximumAt);
        var (move, period) = await app.Database(async db => (await db.StageMoves.SingleAsync(one => one.LeadId == lead.Id, Cancellation), await db.OwnershipPeriods.SingleAsync(one => one.LeadId == lead.Id, Cancellation)));
        Assert.Equal((null, Stage.New, Cast.SalesLead.Name), (move.From, move.To, move.ByName));
        Assert.Equal((karl, lead.CreatedAt, null), (period.OwnerId, period.From, period.To));
        Assert.Equal((PerformanceLabel.Under, 0), ((await app.PerformanceOf(lead)).Label, (await app.PerformanceOf(lead)).Orders));
        Assert.Equal(["cafe", "koln", "lodz"], await app.Database(db => db.LeadWords.Where(word => word.LeadId == lead.Id).Select(word => word.Word).Order().ToListAsync(Cancellation)));
        Assert.Equal("added", await app.Database(db => db.AuditEntries.Where(entry => entry.Subject == "Lead" && entry.SubjectId == lead.Id).Select(entry => entry.Action).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task A_KAM_creates_own_leads_a_sales_lead_anybodys_and_only_who_can_own_gets_one()
    {
        var (karl, kora) = (await app.UserId(Cast.Kam), await app.UserId(Cast.OtherKam));

        Assert.Equal(karl, (await CreateAsync(Cast.Kam, null)).Lead!.OwnerId);
        Assert.Equal("Owner", (await CreateAsync(Cast.Kam, kora)).Refused!.Field);
        Assert.Equal(kora, (await CreateAsync(Cast.SalesLead, kora)).Lead!.OwnerId);
        Assert.Null((await CreateAsync(Cast.SalesLead, null)).Lead!.OwnerId);
        Assert.Equal("Owner", (await CreateAsync(Cast.SalesLead, await app.UserId(Cast.Steward))).Refused!.Field);
        Assert.Equal("Owner", (await CreateAsync(Cast.Employee, null)).Refused!.Field);
        Assert.Equal("IntervalDays", (await CreateAsync(Cast.Kam, null, new CallPlan(0))).Refused!.Field);
    }

    [Fact]
    public async Task Who_was_locked_by_an_administrator_owns_nothing_new()
    {
        var gone = await app.Given.User(role: Data.Accounts.Role.Kam);
        var id = await app.UserId(gone);
        await app.Database(db => db.Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set.SetProperty(user => user.LockoutEnd, DateTimeOffset.MaxValue), Cancellation));

        Assert.Equal("Owner", (await CreateAsync(Cast.SalesLead, id)).Refused!.Field);
    }

    [Fact]
    public async Task Each_sees_and_changes_what_is_theirs_to_see_and_change()
    {
        var (mine, other, nobodys, gone) = (await app.Lead(owner: Cast.Kam), await app.Lead(owner: Cast.OtherKam), await app.Lead(unowned: true), await app.Lead(owner: Cast.Kam));
        await app.Operation<DeleteLead, bool>(async delete => await delete.RunAsync(gone.Id, await app.Viewer(Cast.Kam), Cancellation));
        var ids = new[] { mine.Id, other.Id, nobodys.Id, gone.Id };

        Assert.Equal([mine.Id, other.Id, nobodys.Id], await IdsAsync(Cast.Kam, true, (leads, by) => leads.VisibleTo(by)));
        Assert.Equal([mine.Id], await IdsAsync(Cast.Kam, false, (leads, by) => leads.VisibleTo(by)));
        Assert.Equal([mine.Id], await IdsAsync(Cast.Kam, true, (leads, by) => leads.EditableBy(by)));
        Assert.Equal([mine.Id, other.Id, nobodys.Id], await IdsAsync(Cast.SalesLead, false, (leads, by) => leads.VisibleTo(by)));
        Assert.Equal([mine.Id, other.Id, nobodys.Id], await IdsAsync(Cast.Administrator, false, (leads, by) => leads.EditableBy(by)));
        foreach (var person in new[] { Cast.Employee, Cast.Steward })
        {
            Assert.Empty(await IdsAsync(person, true, (leads, by) => leads.VisibleTo(by)));
            Assert.Empty(await IdsAsync(person, true, (leads, by) => leads.EditableBy(by)));
        }

        async Task<List<int>> IdsAsync(Person person, bool teamCanSee, Func<IQueryable<Lead>, LeadViewer, IQueryable<Lead>> theirs)
        {
            var by = await app.Viewer(person, teamCanSee);
            return await app.Database(db => theirs(db.Leads.Current(), by).Where(lead => ids.Contains(lead.Id)).Select(lead => lead.Id).Order().ToListAsync(Cancellation));
        }
    }

    [Fact]
    public async Task What_is_due_is_due_by_the_calendar_there()
    {
        // 23:30 on Wednesday in London is Thursday in Auckland, and still Wednesday in Los Angeles.
        await using var own = await RunningApp.StartAsync();
        own.Clock.Set(new DateTime(2030, 5, 15, 12, 0, 0, DateTimeKind.Utc));
        var leads = new[] { await own.Lead("East", zone: "Pacific/Auckland", interval: 1), await own.Lead("Middle", zone: "Europe/London", interval: 1), await own.Lead("West", zone: "America/Los_Angeles", interval: 1) };
        foreach (var lead in leads)
            await own.Logged(lead);

        Assert.Equal([], await DueAsync("2030-05-15T22:30"));
        Assert.Equal(["Middle"], await DueAsync("2030-05-15T23:30"));
        Assert.Equal(["Middle", "West"], await DueAsync("2030-05-16T07:00"));
        // There it was Thursday already when it was called: due on Friday.
        Assert.Equal(["East", "Middle", "West"], await DueAsync("2030-05-16T12:00"));

        Task<List<string>> DueAsync(string utc) => own.Database(db => db.Leads.Current().Due(DateTime.Parse(utc, null, System.Globalization.DateTimeStyles.AdjustToUniversal | System.Globalization.DateTimeStyles.AssumeUniversal)).Select(lead => lead.Name).Order().ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Leads_are_found_by_beginnings_of_words_whatever_their_accents()
    {
        var word = Given.Unique("Zwiebel");
        var (one, two) = (await app.Lead($"{word} Café", city: "Köln"), await app.Lead($"Das {word}haus", city: "Bonn"));

        foreach (var (text, expected) in new (string, int[])[] { (word, [one.Id, two.Id]), ($"{word} kol", [one.Id]), ($"CAFE {word}", [one.Id]), ($"{word} paris", []), ("%", []) })
        {
            Assert.Equal(expected, await app.Database(db => db.Leads.Matching(db, text).Select(lead => lead.Id).Order().ToListAsync(Cancellation)));
            Assert.Equal(expected, await app.Database(async db => await (await db.SearchLeadsAsync(text, cancellation: Cancellation)).All.Select(lead => lead.Id).Order().ToListAsync(Cancellation)));
        }

        await app.Operation<ChangeLead, ChangeLead.Result>(async change => await change.RunAsync(one.Id, lead => lead.Name = "Renamed", null, await app.Viewer(Cast.Kam), Cancellation));
        Assert.Equal([two.Id], await app.Database(db => db.Leads.Matching(db, word).Select(lead => lead.Id).ToListAsync(Cancellation)));
    }

    [Fact]
    public async Task A_change_keeps_others_from_being_overwritten_and_another_zone_makes_another_day()
    {
        var lead = await app.Lead(zone: "Europe/Berlin", interval: 14);
        var kora = await app.Viewer(Cast.OtherKam);
        var karl = await app.Viewer(Cast.Kam);
        Assert.Equal(new ChangeLead.Result(null), await app.Operation<ChangeLead, ChangeLead.Result>(change => change.RunAsync(lead.Id, one => one.Name = "Hers", null, kora, Cancellation)));

        var changed = (await app.Operation<ChangeLead, ChangeLead.Result>(change => change.RunAsync(lead.Id, one => one.TimeZone = "Pacific/Auckland", lead.Version, karl, Cancellation))).Lead;

        Assert.Equal(LocalDay.Start(app.Clock.Today, LocalDay.Zone("Pacific/Auckland")), changed!.DueAt);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => app.Operation<ChangeLead, ChangeLead.Result>(change => change.RunAsync(lead.Id, one => one.Name = "Late", lead.Version, karl, Cancellation)));
        // A logged call is no edit: who has the form open can still save it.
        var shown = await app.Now(lead);
        await app.Logged(lead);
        Assert.NotNull((await app.Operation<ChangeLead, ChangeLead.Result>(change => change.RunAsync(lead.Id, one => one.NextStep = "Menu", shown.Version, karl, Cancellation))).Lead);
    }

    [Fact]
    public async Task Orders_keep_a_lead_in_their_currency()
    {
        var (lead, without) = (await app.Lead(value: 500), await app.Lead(value: 500));
        var order = await app.Logged(lead, InteractionKind.Order, value: 1000);
        await app.Logged(without, InteractionKind.Order);
        var by = await app.Viewer(Cast.SalesLead);
        Task<ChangeLead.Result> ToAsync(Lead one, string currency) => app.Operation<ChangeLead, ChangeLead.Result>(change => change.RunAsync(one.Id, known => (known.Currency, known.City) = (currency, "Boston"), null, by, Cancellation));

        Assert.Equal(new Refusal("Currency", "The lead has orders in EUR, which would add up to nothing in another currency. Keep EUR."), (await ToAsync(lead, "usd")).Refused);
        Assert.Equal(("EUR", "Berlin", 1000L), await app.Now(lead) is var now ? (now.Currency, now.City, (await app.PerformanceOf(lead)).Revenue) : default);
        Assert.Equal("Boston", (await ToAsync(lead, "EUR")).Lead!.City);
        // What has no value is in no currency, and what was corrected counts nothing.
        Assert.Equal("USD", (await ToAsync(without, "usd")).Lead!.Currency);
        await app.Operation<CorrectInteraction, CorrectInteraction.Result>(correct => correct.RunAsync(order.Id, new InteractionValues(InteractionKind.Note, Details: "No order"), null, by, Cancellation));
        Assert.Equal("USD", (await ToAsync(lead, "usd")).Lead!.Currency);
    }

    [Fact]
    public async Task A_plan_says_when_it_is_due_and_a_wrong_one_is_refused()
    {
        var lead = await app.Lead();
        Assert.Null((await app.Now(lead)).DueAt);
        await app.Logged(lead);

        Assert.Equal("MaximumDays", (await PlanAsync(lead, new CallPlan(14, 7), Cast.Kam)).Refused!.Field);
        Assert.Null((await PlanAsync(lead, new CallPlan(14), Cast.OtherKam)).Lead);
        var planned = (await PlanAsync(lead, new CallPlan(14, 20, Workdays.Friday), Cast.Kam)).Lead!;
        Assert.Equal(NextDue.NextPreferred(app.Clock.Today.AddDays(14), Workdays.Friday), planned.NextDueOn);
        var paused = (await PlanAsync(lead, new CallPlan(14, PausedUntil: app.Clock.Today.AddDays(60)), Cast.Kam)).Lead!;
        Assert.Equal(NextDue.NextPreferred(app.Clock.Today.AddDays(60), Workdays.None), paused.NextDueOn);
        Assert.Null((await PlanAsync(lead, new CallPlan(), Cast.Kam)).Lead!.DueAt);
    }

    [Fact]
    public async Task A_lead_moves_where_it_may_and_every_move_is_kept()
    {
        var lead = await app.Lead(interval: 14);
        var created = app.Clock.UtcNow;
        app.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal("New can go to Contacted or Closed, not to Active.", (await MoveAsync(lead, Stage.Active)).Refused!.Message);
        Assert.Null((await MoveAsync(lead, Stage.Contacted, by: Cast.OtherKam)).Lead);

        Assert.Equal(Stage.Contacted, (await MoveAsync(lead, Stage.Contacted)).Lead!.Stage);
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(("Reason", "Say why it is closed."), (await MoveAsync(lead, Stage.Closed, "  ")).Refused is var refused ? (refused!.Field, refused.Message) : default);
        Assert.Null((await MoveAsync(lead, Stage.Closed, "Sold")).Lead!.DueAt);
        Assert.NotNull((await MoveAsync(lead, Stage.Qualified, "New owner")).Lead!.DueAt);
        // Where it is already: nothing happens.
        Assert.Null((await MoveAsync(lead, Stage.Qualified)).Move);

        var moves = await app.Database(db => db.StageMoves.Where(move => move.LeadId == lead.Id).OrderBy(move => move.Id).ToListAsync(Cancellation));
        Assert.Equal([(null, Stage.New, null), (Stage.New, Stage.Contacted, null), (Stage.Contacted, Stage.Closed, "Sold"), (Stage.Closed, Stage.Qualified, "New owner")], moves.Select(move => (move.From, move.To, move.Reason)));
        Assert.Equal((created, TimeSpan.FromDays(3)), (moves[1].FromSince, moves[1].At - moves[1].FromSince!.Value));
        Assert.Equal((TimeSpan.FromDays(2), Cast.Kam.Name), (moves[2].At - moves[2].FromSince!.Value, moves[2].ByName));
        Assert.Equal(app.Clock.UtcNow, (await app.Now(lead)).StageSince);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => MoveAsync(lead, Stage.Closed, "Late", lead.Version));
    }

    [Fact]
    public async Task Administrators_say_which_moves_are_allowed()
    {
        await using var own = await RunningApp.StartAsync();
        var lead = await own.Lead();
        var karl = await own.Viewer(Cast.Kam);
        await own.Database(async db =>
        {
            db.AllowedMoves.Add(new AllowedMove { From = Stage.New, To = Stage.Active });
            db.AllowedMoves.Remove(await db.AllowedMoves.SingleAsync(move => move.From == Stage.New && move.To == Stage.Contacted, Cancellation));
            await db.SaveChangesAsync(Cancellation);
        });

        Assert.Equal("New can go to Active or Closed, not to Contacted.", (await own.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(lead.Id, Stage.Contacted, null, null, karl, Cancellation))).Refused!.Message);
        Assert.Equal(Stage.Active, (await own.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(lead.Id, Stage.Active, null, null, karl, Cancellation))).Lead!.Stage);
    }

    [Fact]
    public async Task A_deleted_lead_is_nowhere_and_comes_back_as_it_was()
    {
        var lead = await app.Lead(interval: 14);
        var (karl, kora) = (await app.Viewer(Cast.Kam), await app.Viewer(Cast.OtherKam));
        Assert.False(await app.Operation<DeleteLead, bool>(delete => delete.RunAsync(lead.Id, kora, Cancellation)));

        Assert.True(await app.Operation<DeleteLead, bool>(delete => delete.RunAsync(lead.Id, karl, Cancellation)));

        Assert.Equal((app.Clock.UtcNow, null), ((await app.Now(lead)).DeletedAt, (await app.Now(lead)).DueAt));
        Assert.False(await app.Database(db => db.Leads.Current().AnyAsync(one => one.Id == lead.Id, Cancellation)));
        Assert.Null((await app.TryLog(lead, new InteractionValues(InteractionKind.Note))).Interaction);
        Assert.False(await app.Operation<DeleteLead, bool>(delete => delete.RestoreAsync(lead.Id, kora, Cancellation)));
        Assert.True(await app.Operation<DeleteLead, bool>(delete => delete.RestoreAsync(lead.Id, karl, Cancellation)));
        Assert.Equal((null, lead.DueAt), ((await app.Now(lead)).DeletedAt, (await app.Now(lead)).DueAt));
        Assert.False(await app.Operation<DeleteLead, bool>(delete => delete.RunAsync(int.MaxValue, karl, Cancellation)));
    }

    [Fact]
    public async Task Settings_are_stored_and_read_and_shipped_where_nobody_chose()
    {
        await using var own = await RunningApp.StartAsync();
        Assert.Equal(new LeadSettings(), await own.Database(db => db.Settings.LeadSettingsAsync(Cancellation)));
        var chosen = new LeadSettings(false, 60, 4, 10, 20, 2, Touches.Visit | Touches.Mail);

        await own.Database(async db =>
        {
            db.Settings.AddRange(chosen.ToSettings().Select(setting => new Data.Settings.Setting { Name = setting.Key, Value = setting.Value }));
            await db.SaveChangesAsync(Cancellation);
        });

        Assert.Equal(chosen, await own.Database(db => db.Settings.LeadSettingsAsync(Cancellation)));
    }

    [Fact]
    public async Task A_lead_that_is_reopened_is_due_then_and_has_missed_nothing()
    {
        var lead = await app.Lead(interval: 14, maximum: 20, stage: Stage.Active);
        await app.Logged(lead, daysAgo: 120);
        Assert.True((await app.Now(lead)).PastMaximumAt < app.Clock.UtcNow);

        await MoveAsync(lead, Stage.Closed, "Out of business, or not");
        Assert.NotNull((await MoveAsync(lead, Stage.New)).Lead);

        var now = await app.Now(lead);
        Assert.Equal(app.Clock.Today, now.NextDueOn);
        Assert.True(now.OverdueAt > app.Clock.UtcNow && now.PastMaximumAt > app.Clock.UtcNow);
        await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(withTouches: true, cancellation: Cancellation));
        Assert.Equal((now.NextDueOn, now.OverdueAt), await app.Now(lead) is var again ? (again.NextDueOn, again.OverdueAt) : default);
    }

    private async Task<CreateLead.Result> CreateAsync(Person person, int? owner, CallPlan? plan = null)
    {
        var by = await app.Viewer(person);
        return await app.Operation<CreateLead, CreateLead.Result>(create => create.RunAsync(new Lead { Name = Given.Unique("New") }, Stage.New, null, owner, plan ?? new CallPlan(), by, Cancellation));
    }

    private async Task<SetCallPlan.Result> PlanAsync(Lead lead, CallPlan plan, Person person)
    {
        var by = await app.Viewer(person);
        return await app.Operation<SetCallPlan, SetCallPlan.Result>(set => set.RunAsync(lead.Id, plan, null, by, Cancellation));
    }

    private async Task<MoveStage.Result> MoveAsync(Lead lead, Stage to, string? reason = null, Guid? version = null, Person? by = null)
    {
        var viewer = await app.Viewer(by ?? Cast.Kam);
        return await app.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(lead.Id, to, reason, version, viewer, Cancellation));
    }
}
