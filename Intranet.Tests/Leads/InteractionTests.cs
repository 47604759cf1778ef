using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class InteractionTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_reached_somebody_begins_the_interval_anew()
    {
        var lead = await app.Lead(interval: 14);

        await app.Logged(lead, daysAgo: 3, by: Cast.Kam);

        var now = await app.Now(lead);
        Assert.Equal((app.Clock.UtcNow.AddDays(-3), app.Clock.Today.AddDays(-3), 0), (now.LastTouchAt, now.LastTouchOn, now.Attempts));
        Assert.Equal(NextDue.NextPreferred(app.Clock.Today.AddDays(11), default), now.NextDueOn);
        Assert.Equal(lead.Version, now.Version);
        Assert.Equal(app.Clock.UtcNow, now.UpdatedAt);
        // An older one written down later changes nothing.
        await app.Logged(lead, daysAgo: 9);
        Assert.Equal(now.NextDueOn, (await app.Now(lead)).NextDueOn);
    }

    [Fact]
    public async Task No_answer_is_tried_again_and_counted_until_somebody_answers()
    {
        var lead = await app.Lead(interval: 14);
        await app.Logged(lead, outcome: CallOutcome.NoAnswer, daysAgo: 1);
        await app.Logged(lead, outcome: CallOutcome.LeftMessage);

        var now = await app.Now(lead);
        Assert.Equal((2, RetryCause.LeftMessage, NextDue.RetryDay(app.Clock.Today, default), null), (now.Attempts, now.RetryCause, now.NextDueOn, now.LastTouchAt));
        await app.Logged(lead);
        Assert.Equal((0, null), ((await app.Now(lead)).Attempts, (await app.Now(lead)).RetryCause));
    }

    [Theory]
    [InlineData("At", InteractionKind.Call, CallOutcome.Reached, false, null, 1)]
    [InlineData("At", InteractionKind.Call, CallOutcome.Reached, false, null, -20000)]
    [InlineData("Outcome", InteractionKind.Call, null, false, null, 0)]
    [InlineData("Outcome", InteractionKind.Visit, CallOutcome.Reached, false, null, 0)]
    [InlineData("OrderValue", InteractionKind.Visit, null, false, 100L, 0)]
    [InlineData("OrderValue", InteractionKind.Order, null, false, -1L, 0)]
    [InlineData("IsOrder", InteractionKind.Note, null, true, null, 0)]
    public async Task What_cannot_be_is_refused_and_stores_nothing(string field, InteractionKind kind, CallOutcome? outcome, bool isOrder, long? value, int days)
    {
        var lead = await app.Lead();

        var result = await app.TryLog(lead, new InteractionValues(kind, outcome, app.Clock.UtcNow.AddDays(days), IsOrder: isOrder, OrderValue: value));

        Assert.Equal((null, field), (result.Interaction, result.Refused!.Field));
        Assert.False(await app.Database(db => db.Interactions.AnyAsync(one => one.LeadId == lead.Id, Cancellation)));
    }

    [Fact]
    public async Task Pocs_of_others_follow_ups_of_the_past_and_endless_details_are_refused()
    {
        var (lead, other) = (await app.Lead(), await app.Lead());
        var (mine, theirs) = (await app.Poc(lead), await app.Poc(other));

        Assert.Equal("PocId", (await app.TryLog(lead, new(InteractionKind.Visit, PocId: theirs.Id))).Refused!.Field);
        Assert.Equal("FollowUpOn", (await app.TryLog(lead, new(InteractionKind.Call, CallOutcome.FollowUp, FollowUpOn: app.Clock.Today.AddDays(-1)))).Refused!.Field);
        Assert.Equal("FollowUpOn", (await app.TryLog(lead, new(InteractionKind.Note, FollowUpOn: app.Clock.Today))).Refused!.Field);
        Assert.Equal("Details", (await app.TryLog(lead, new(InteractionKind.Note, Details: new string('x', 4001)))).Refused!.Field);
        Assert.Equal(mine.Id, (await app.TryLog(lead, new(InteractionKind.Visit, PocId: mine.Id, Details: " ok "))).Interaction!.PocId);
    }

    [Fact]
    public async Task Only_who_may_change_the_lead_writes_about_it()
    {
        var lead = await app.Lead(owner: Cast.Kam);

        Assert.Null((await app.TryLog(lead, new(InteractionKind.Note), Cast.OtherKam)).Interaction);
        Assert.Null((await app.TryLog(lead, new(InteractionKind.Note), Cast.Steward)).Interaction);
        Assert.NotNull((await app.TryLog(lead, new(InteractionKind.Note), Cast.Administrator)).Interaction);
    }

    [Fact]
    public async Task A_call_can_carry_an_order_which_counts_at_once()
    {
        var lead = await app.Lead(currency: "INR", zone: "Asia/Kolkata");

        var call = await app.Logged(lead, InteractionKind.Call, CallOutcome.NoAnswer, isOrder: true, value: 12_345);

        Assert.Equal((true, app.Clock.Today, 12_345L, "INR"), (call.IsOrder, call.OrderedOn, call.OrderValue, call.Currency));
        var performance = await app.PerformanceOf(lead);
        Assert.Equal((1, 12_345L, app.Clock.Today, PerformanceLabel.Under), (performance.Orders, performance.Revenue, performance.LastOrderOn, performance.Label));
        Assert.Equal(app.Clock.UtcNow, (await app.Now(lead)).LastTouchAt);
    }

    [Fact]
    public async Task Its_author_changes_it_for_a_day_and_nobody_else_does()
    {
        var lead = await app.Lead(owner: Cast.Kam, interval: 14);
        var call = await app.Logged(lead, by: Cast.Kam);
        var values = new InteractionValues(InteractionKind.Call, CallOutcome.NoAnswer, Details: "Voicemail");

        Assert.Equal("Only its author changes it; correct it by another one.", (await EditAsync(call, values, Cast.SalesLead)).Refused!.Message);
        Assert.Equal(new EditInteraction.Result(null), await EditAsync(call, values, Cast.OtherKam));
        Assert.Null((await EditAsync(call, values, Cast.Steward)).Refused);
        var edited = (await EditAsync(call, values, Cast.Kam, call.Version)).Interaction!;

        Assert.Equal(("Voicemail", app.Clock.UtcNow, call.At), (edited.Details, edited.UpdatedAt, edited.At));
        // It reached nobody after all.
        Assert.Equal((null, 1), ((await app.Now(lead)).LastTouchAt, (await app.Now(lead)).Attempts));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => EditAsync(call, values with { Details = "Late" }, Cast.Kam, call.Version));
        Assert.Equal("Outcome", (await EditAsync(call, values with { Outcome = null }, Cast.Kam)).Refused!.Field);
        app.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal("It is older than a day; correct it by another one.", (await EditAsync(call, values, Cast.Kam)).Refused!.Message);
    }

    [Fact]
    public async Task A_correction_takes_its_place_and_both_stay()
    {
        var lead = await app.Lead(owner: Cast.Kam, interval: 14);
        var order = await app.Logged(lead, InteractionKind.Order, value: 1000, daysAgo: 2, by: Cast.Kam);
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1000, (await app.PerformanceOf(lead)).Revenue);

        Assert.Null((await CorrectAsync(order, new(InteractionKind.Order, OrderValue: 100), Cast.OtherKam)).Interaction);
        var right = (await CorrectAsync(order, new(InteractionKind.Order, OrderValue: 100), Cast.SalesLead)).Interaction!;

        Assert.Equal((order.Id, order.At, order.CreditedToId), (right.CorrectsId, right.At, right.CreditedToId));
        var wrong = await app.Now(order);
        Assert.Equal((app.Clock.UtcNow, null, true, 1000L), (wrong.CorrectedAt, wrong.OrderedOn, wrong.IsOrder, wrong.OrderValue));
        Assert.Equal((1, 100L), ((await app.PerformanceOf(lead)).Orders, (await app.PerformanceOf(lead)).Revenue));
        Assert.Equal("It was corrected already; correct the correction.", (await CorrectAsync(order, new(InteractionKind.Note), Cast.Kam)).Refused!.Message);
        // It was no order at all: it touched nobody.
        await CorrectAsync(right, new(InteractionKind.Note, Details: "Wrong lead"), Cast.SalesLead);
        Assert.Equal((0, null), ((await app.PerformanceOf(lead)).Orders, (await app.Now(lead)).LastTouchAt));
    }

    [Fact]
    public async Task Another_zone_puts_what_happened_on_the_days_of_its_clock()
    {
        var lead = await app.Lead(interval: 14);
        var day = app.Clock.Today.AddDays(-5);
        // Tomorrow already in Kiritimati; and given as a day alone, which is noon in Berlin and midnight there.
        var evening = day.ToDateTime(new TimeOnly(18, 0), DateTimeKind.Utc);
        var noon = LocalDay.ToUtc(day.AddDays(-3).ToDateTime(new TimeOnly(12, 0)), LocalDay.Zone("Europe/Berlin"));
        var order = (await app.TryLog(lead, new(InteractionKind.Order, At: evening, OrderValue: 1000))).Interaction!;
        var call = (await app.TryLog(lead, new(InteractionKind.Call, CallOutcome.Reached, evening))).Interaction!;
        var bare = (await app.TryLog(lead, new(InteractionKind.Order, At: noon, OrderValue: 10))).Interaction!;
        var wrong = (await app.TryLog(lead, new(InteractionKind.Order, At: evening, OrderValue: 100))).Interaction!;
        Assert.NotNull((await CorrectAsync(wrong, new(InteractionKind.Note), Cast.SalesLead)).Interaction);
        var noted = await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Subject == "Lead" && entry.SubjectId == lead.Id, Cancellation));
        var before = await KamDaysAsync();

        await ZoneAsync("Pacific/Kiritimati");

        Assert.Equal((day.AddDays(1), day.AddDays(1)), await app.Now(order) is var one ? (one.On, one.OrderedOn!.Value) : default);
        Assert.Equal((day.AddDays(1), null), await app.Now(call) is var two ? (two.On, two.OrderedOn) : default);
        Assert.Equal((day.AddDays(-3), day.AddDays(-3)), await app.Now(bare) is var three ? (three.On, three.OrderedOn!.Value) : default);
        Assert.Equal((day.AddDays(1), null), await app.Now(wrong) is var four ? (four.On, four.OrderedOn) : default);
        Assert.Equal((order.At, order.Version), ((await app.Now(order)).At, (await app.Now(order)).Version));
        // The day alone stands at noon of there.
        var there = (await app.Now(bare)).At;
        Assert.Equal(day.AddDays(-4).ToDateTime(new TimeOnly(22, 0)), there);
        // What follows from it goes along, the sums as well; nobody typed it.
        Assert.Equal((day.AddDays(1), day.AddDays(1)), ((await app.Now(lead)).LastTouchOn, (await app.PerformanceOf(lead)).LastOrderOn));
        Assert.Equal(1, await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Subject == "Lead" && entry.SubjectId == lead.Id, Cancellation)) - noted);
        var after = await KamDaysAsync();
        Assert.Equal((-1, -1000, -1), Difference(day));
        Assert.Equal((1, 1000, 1), Difference(day.AddDays(1)));
        Assert.Equal((0, 0, 0), Difference(day.AddDays(-3)));

        // Who mends its words doesn't move it to another day.
        Assert.Equal((there, day.AddDays(-3)), (await EditAsync(bare, new(InteractionKind.Order, At: there, Details: "Lemons", OrderValue: 10), Cast.SalesLead)).Interaction is { } mended ? (mended.At, mended.On) : default);
        var corrected = (await CorrectAsync(bare, new(InteractionKind.Order, Details: "Limes", OrderValue: 10), Cast.SalesLead)).Interaction!;
        Assert.Equal((there, day.AddDays(-3), day.AddDays(-3)), (corrected.At, corrected.On, corrected.OrderedOn!.Value));

        await ZoneAsync("Europe/Berlin");
        Assert.Equal((day, day), await app.Now(order) is var back ? (back.On, back.OrderedOn!.Value) : default);
        Assert.Equal((day.AddDays(-3), bare.At), ((await app.Now(bare)).On, (await app.Now(bare)).At));

        // Corrected again and again, and also where noon of there was still to come.
        var today = (await app.TryLog(lead, new(InteractionKind.Order, At: app.Clock.UtcNow, OrderValue: 10))).Interaction!;
        foreach (var zone in new[] { "Pacific/Auckland", "America/Los_Angeles", "America/New_York", "Asia/Tokyo", "Pacific/Pago_Pago", "Europe/Berlin" })
        {
            await ZoneAsync(zone);
            Assert.Equal((day.AddDays(-3), app.Clock.Today), ((await app.Now(bare)).On, (await app.Now(today)).On));
            Assert.True((await app.Now(today)).At <= app.Clock.UtcNow);
        }

        async Task ZoneAsync(string zone)
        {
            var by = await app.Viewer(Cast.SalesLead);
            Assert.NotNull((await app.Operation<ChangeLead, ChangeLead.Result>(change => change.RunAsync(lead.Id, known => known.TimeZone = zone, null, by, Cancellation))).Lead);
        }

        async Task<ILookup<DateOnly, KamDay>> KamDaysAsync()
        {
            var kam = await app.UserId(Cast.Kam);
            return (await app.Database(db => db.KamDays.Where(one => one.KamId == kam).ToListAsync(Cancellation))).ToLookup(one => one.Day);
        }

        (int Orders, long Revenue, int Calls) Difference(DateOnly of)
            => (after[of].Sum(one => one.Orders) - before[of].Sum(one => one.Orders), after[of].Sum(one => one.Revenue) - before[of].Sum(one => one.Revenue), after[of].Sum(one => one.Calls) - before[of].Sum(one => one.Calls));
    }

    [Fact]
    public async Task The_words_of_a_hand_over_are_corrected_and_its_first_call_stays()
    {
        var lead = await app.Lead();
        var (by, kora, first) = (await app.Viewer(Cast.SalesLead), await app.UserId(Cast.OtherKam), app.Clock.Today.AddDays(3));
        await app.Operation<ReassignLeads, ReassignLeads.Result>(reassign => reassign.RunAsync(new ReassignLeads.Request([lead.Id], null, [kora], "Ask for Rosa.", first), by, Cancellation));
        var note = await app.Database(db => db.Interactions.AsNoTracking().SingleAsync(one => one.LeadId == lead.Id, Cancellation));

        Assert.Equal("FollowUpOn", (await EditAsync(note, new(InteractionKind.Note, Details: "Ask for Nino.", FollowUpOn: first.AddDays(1)), Cast.SalesLead)).Refused!.Field);
        Assert.NotNull((await EditAsync(note, new(InteractionKind.Note, Details: "Ask for Nino.", FollowUpOn: first), Cast.SalesLead)).Interaction);
        Assert.Equal((first, RetryCause.FirstCall), await app.Now(lead) is var now ? (now.NextDueOn, now.RetryCause!.Value) : default);
        // A call that asked for another is no hand-over, whatever it is corrected to.
        var call = await app.Logged(lead, outcome: CallOutcome.FollowUp, followUpOn: first);
        Assert.Equal("FollowUpOn", (await CorrectAsync(call, new(InteractionKind.Note, FollowUpOn: first), Cast.SalesLead)).Refused!.Field);
        Assert.Equal(first, (await CorrectAsync(note, new(InteractionKind.Note, Details: "Ask for Ada.", FollowUpOn: first), Cast.SalesLead)).Interaction!.FollowUpOn);
    }

    [Fact]
    public async Task What_was_said_of_a_lead_stands_in_its_history()
    {
        var lead = await app.Lead();
        await app.Logged(lead, details: "Wants the autumn menu");

        Assert.Contains("Wants the autumn menu", await app.Database(db => db.AuditEntries.Where(entry => entry.Subject == "Lead" && entry.SubjectId == lead.Id && entry.Action == "interaction added").Select(entry => entry.Details).SingleAsync(Cancellation)), StringComparison.Ordinal);
    }

    private async Task<EditInteraction.Result> EditAsync(Interaction interaction, InteractionValues values, Person person, Guid? version = null)
    {
        var by = await app.Viewer(person);
        return await app.Operation<EditInteraction, EditInteraction.Result>(edit => edit.RunAsync(interaction.Id, values, version, by, Cancellation));
    }

    [Fact]
    public async Task A_correction_of_what_its_author_changed_meanwhile_is_told_so()
    {
        var lead = await app.Lead(owner: Cast.Kam);
        var order = await app.Logged(lead, InteractionKind.Order, value: 1000, by: Cast.Kam);
        await EditAsync(order, new(InteractionKind.Order, OrderValue: 10_000), Cast.Kam, order.Version);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => CorrectAsync(order, new(InteractionKind.Order, OrderValue: 1000), Cast.SalesLead, order.Version));
        Assert.Equal(10_000, (await app.PerformanceOf(lead)).Revenue);
        Assert.NotNull((await CorrectAsync(order, new(InteractionKind.Order, OrderValue: 2000), Cast.SalesLead, (await app.Now(order)).Version)).Interaction);
    }

    private async Task<CorrectInteraction.Result> CorrectAsync(Interaction interaction, InteractionValues values, Person person, Guid? version = null)
    {
        var by = await app.Viewer(person);
        return await app.Operation<CorrectInteraction, CorrectInteraction.Result>(correct => correct.RunAsync(interaction.Id, values, version, by, Cancellation));
    }

    [Fact]
    public async Task A_follow_up_that_is_over_stays_with_the_call_it_was_asked_for_in()
    {
        var lead = await app.Lead();
        var call = await app.Logged(lead, outcome: CallOutcome.FollowUp, daysAgo: 5, followUpOn: app.Clock.Today.AddDays(-2), by: Cast.Kam);
        var by = await app.Viewer(Cast.Kam);

        var result = await app.Operation<EditInteraction, EditInteraction.Result>(edit => edit.RunAsync(
            call.Id, new InteractionValues(InteractionKind.Call, CallOutcome.FollowUp, Details: "about oil", FollowUpOn: app.Clock.Today.AddDays(-2)), null, by, Cancellation));

        Assert.Null(result.Refused);
        Assert.Equal((call.At, "about oil"), await app.Now(call) is var now ? (now.At, now.Details) : default);
    }
}
