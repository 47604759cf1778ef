using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class ReassignLeadsTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Periods_meet_at_one_instant_and_what_happened_before_stays_credited()
    {
        var lead = await app.Lead(owner: Cast.Kam);
        var created = app.Clock.UtcNow;
        var (karl, kora) = (await app.UserId(Cast.Kam), await app.UserId(Cast.OtherKam));
        app.Clock.Advance(TimeSpan.FromDays(10));
        var before = await app.Logged(lead, InteractionKind.Order, value: 100, daysAgo: 1);

        var result = await RunAsync(new([lead.Id], null, [kora]));
        app.Clock.Advance(TimeSpan.FromDays(1));
        var after = await app.Logged(lead, InteractionKind.Order, value: 200);
        // Written down late: it happened in his time.
        var late = await app.Logged(lead, InteractionKind.Visit, daysAgo: 5);
        var early = await app.Logged(lead, InteractionKind.Visit, daysAgo: 50);

        Assert.Equal([new ReassignLeads.Moved(lead.Id, karl, kora)], result.Moved);
        var periods = await app.Database(db => db.OwnershipPeriods.Where(period => period.LeadId == lead.Id).OrderBy(period => period.From).ToListAsync(Cancellation));
        var at = app.Clock.UtcNow.AddDays(-1);
        Assert.Equal([(karl, created, at), (kora, at, null)], periods.Select(period => (period.OwnerId, period.From, period.To)));
        Assert.Equal((karl, kora, karl, karl), ((await app.Now(before)).CreditedToId, after.CreditedToId, late.CreditedToId, early.CreditedToId));
        Assert.Equal(kora, (await app.Now(lead)).OwnerId);
        Assert.NotEqual(lead.Version, (await app.Now(lead)).Version);
        Assert.Equal("Karl Kam → Kora Kam", await app.Database(db => db.AuditEntries.Where(entry => entry.Action == "reassigned" && entry.SubjectId == lead.Id).Select(entry => entry.Details).SingleAsync(Cancellation)));
        // Without a note or a first call the timeline has nothing of it.
        Assert.False(await app.Database(db => db.Interactions.AnyAsync(one => one.LeadId == lead.Id && one.Kind == InteractionKind.Note, Cancellation)));
    }

    [Fact]
    public async Task All_of_a_KAMs_leads_go_in_turn_to_several_with_a_note_and_a_first_call()
    {
        var (leaver, lena) = (await app.Given.User(role: Data.Accounts.Role.Kam), await app.UserId(Cast.SalesLead));
        var (from, kora) = (await app.UserId(leaver), await app.UserId(Cast.OtherKam));
        var leads = new List<Lead>();
        for (var i = 0; i < 5; i++)
            leads.Add(await app.Lead(owner: leaver, interval: i == 0 ? null : 14));
        var other = await app.Lead(owner: Cast.Kam);
        var day = app.Clock.Today.AddDays(2);

        var result = await RunAsync(new(null, from, [kora, lena], "Robin left us.", day));

        Assert.Equal([kora, lena, kora, lena, kora], result.Moved.Select(move => move.To));
        Assert.False(await app.Database(db => db.Leads.AnyAsync(lead => lead.OwnerId == from, Cancellation)));
        Assert.Equal(await app.UserId(Cast.Kam), (await app.Now(other)).OwnerId);
        foreach (var lead in leads)
        {
            var now = await app.Now(lead);
            Assert.Equal((day, day, RetryCause.FirstCall), (now.NextDueOn, now.RetryOn, now.RetryCause));
            var note = await app.Database(db => db.Interactions.SingleAsync(one => one.LeadId == lead.Id, Cancellation));
            Assert.Equal((InteractionKind.Note, "Robin left us.", now.OwnerId), (note.Kind, note.Details, note.CreditedToId));
        }

        // The first call was made: the plan counts again, where there is one.
        await app.Logged(leads[0]);
        await app.Logged(leads[1]);
        Assert.Null((await app.Now(leads[0])).DueAt);
        Assert.Equal(NextDue.NextPreferred(app.Clock.Today.AddDays(14), default), (await app.Now(leads[1])).NextDueOn);
    }

    [Fact]
    public async Task Who_has_it_already_keeps_it()
    {
        var (mine, hers) = (await app.Lead(owner: Cast.Kam), await app.Lead(owner: Cast.OtherKam));
        var (karl, kora) = (await app.UserId(Cast.Kam), await app.UserId(Cast.OtherKam));

        var result = await RunAsync(new([mine.Id, hers.Id, mine.Id], null, [karl, kora]));

        Assert.Equal((0, 2, 0), (result.Moved.Count, result.Unchanged, result.Missing));
    }

    [Fact]
    public async Task A_KAM_gives_away_own_leads_only_and_what_one_may_not_change_is_missing()
    {
        var (mine, hers) = (await app.Lead(owner: Cast.Kam), await app.Lead(owner: Cast.OtherKam));
        var lena = await app.UserId(Cast.SalesLead);

        var result = await RunAsync(new([mine.Id, hers.Id, int.MaxValue], null, [lena]), Cast.Kam);

        Assert.Equal((1, 0, 2), (result.Moved.Count, result.Unchanged, result.Missing));
        Assert.Equal(await app.UserId(Cast.OtherKam), (await app.Now(hers)).OwnerId);
        Assert.Empty((await RunAsync(new([hers.Id], null, [lena]), Cast.Steward)).Moved);
    }

    [Fact]
    public async Task Only_who_can_own_gets_leads_and_then_nothing_changes()
    {
        var lead = await app.Lead(owner: Cast.Kam);
        var kora = await app.UserId(Cast.OtherKam);

        Assert.Equal("To", (await RunAsync(new([lead.Id], null, [kora, await app.UserId(Cast.Steward)]))).Refused!.Field);
        Assert.Equal("To", (await RunAsync(new([lead.Id], null, []))).Refused!.Field);
        Assert.Equal("FirstCallOn", (await RunAsync(new([lead.Id], null, [kora], null, app.Clock.Today.AddDays(-2)))).Refused!.Field);
        Assert.Equal("Note", (await RunAsync(new([lead.Id], null, [kora], new string('x', 5000)))).Refused!.Field);
        Assert.Equal(await app.UserId(Cast.Kam), (await app.Now(lead)).OwnerId);
        await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(new(null, null, [kora])));
    }

    [Fact]
    public async Task Nobodys_lead_gets_its_first_owner_and_many_go_at_once()
    {
        var ids = new List<int>();
        for (var i = 0; i < 3; i++)
            ids.Add((await app.Lead(unowned: true)).Id);
        var kora = await app.UserId(Cast.OtherKam);

        Assert.Equal(3, (await RunAsync(new(ids, null, [kora], FirstCallOn: app.Clock.Today))).Moved.Count);

        Assert.Equal(3, await app.Database(db => db.OwnershipPeriods.CountAsync(period => ids.Contains(period.LeadId) && period.OwnerId == kora && period.To == null, Cancellation)));
        Assert.Equal("Taken over from nobody.", await app.Database(db => db.Interactions.Where(one => one.LeadId == ids[0]).Select(one => one.Details).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task A_first_call_is_on_no_day_that_is_over_where_the_lead_is()
    {
        var (kora, lena) = (await app.UserId(Cast.OtherKam), await app.UserId(Cast.SalesLead));
        var (east, west) = (await app.Lead(zone: "Pacific/Kiritimati"), await app.Lead(zone: "Pacific/Pago_Pago"));
        var (there, yesterday) = (LocalDay.Of(app.Clock.UtcNow, LocalDay.Zone(east.TimeZone)), LocalDay.Of(app.Clock.UtcNow, LocalDay.Zone(west.TimeZone)));
        Assert.True(yesterday < there);

        Assert.Equal("Give a day from today on.", (await RunAsync(new([east.Id], null, [kora], FirstCallOn: yesterday))).Refused!.Message);
        Assert.Equal(await app.UserId(Cast.Kam), (await app.Now(east)).OwnerId);
        Assert.Equal(2, (await RunAsync(new([east.Id, west.Id], null, [lena], FirstCallOn: yesterday))).Moved.Count);

        // Nobody has missed anything.
        Assert.Equal((there, yesterday), ((await app.Now(east)).NextDueOn, (await app.Now(west)).NextDueOn));
        Assert.All([await app.Now(east), await app.Now(west)], lead => Assert.True(lead.OverdueAt > app.Clock.UtcNow));
    }

    private async Task<ReassignLeads.Result> RunAsync(ReassignLeads.Request request, Person? by = null)
    {
        var viewer = await app.Viewer(by ?? Cast.SalesLead);
        return await app.Operation<ReassignLeads, ReassignLeads.Result>(reassign => reassign.RunAsync(request, viewer, Cancellation));
    }
}
