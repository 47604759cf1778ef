using System.Net;
using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class HandOverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/leads/hand-over")]
    [InlineData("/leads/settings")]
    public async Task It_belongs_to_sales_leads(string url)
    {
        await using var app = await RunningApp.StartAsync();
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(url, follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        foreach (var person in new[] { Cast.Employee, Cast.Steward, Cast.Kam })
        {
            using var client = await app.SignedInAs(person);
            (await client.PageAsync(url)).MustBe(HttpStatusCode.Forbidden);
        }

        using var administrator = await app.SignedInAs(Cast.Administrator);
        (await administrator.PageAsync(url)).MustBeOk();
    }

    [Fact]
    public async Task Leads_are_split_evenly_after_a_preview()
    {
        await using var app = await RunningApp.StartAsync();
        var leads = new List<Lead>();
        for (var i = 0; i < 5; i++)
            leads.Add(await app.Lead(stage: i == 0 ? Stage.Active : Stage.New));
        var stays = await app.Lead(owner: Cast.OtherKam);
        using var client = await app.SignedInAs(Cast.SalesLead);
        var (karl, kora, lena) = (await app.UserId(Cast.Kam), await app.UserId(Cast.OtherKam), await app.UserId(Cast.SalesLead));
        Assert.Contains("Karl Kam (5 leads)", (await client.PageAsync("/leads/hand-over")).MustBeOk().Texts("#from option"));

        var page = (await client.PageAsync($"/leads/hand-over?from={karl}")).MustBeOk();
        Assert.Equal(["New", "4", "Active", "1"], page.Texts("#hand-over .facts > *"));
        page = (await page.Form("Preview").Choose("Input.To", $"{kora}").Choose("Input.To", $"{lena}").Fill("Note", "Karl moves on.").Fill("First call on", $"{app.Clock.Today.AddDays(2):yyyy-MM-dd}").SubmitAsync()).MustBeOk();
        Assert.Equal(["Kora Kam", "3", "Lena Lead", "2"], page.Texts("#preview td"));
        Assert.Equal(5, await app.Database(db => db.Leads.CountAsync(lead => lead.OwnerId == karl, Cancellation)));

        page = (await page.Form("Hand over").SubmitAsync()).MustBeOk();
        Assert.Equal("5 leads of Karl Kam handed over", page.One("#done-title").Words());
        Assert.Equal(["Kora Kam", "3 leads", "Lena Lead", "2 leads"], page.Texts(".facts > *"));
        Assert.Equal((0, 4, 2), await app.Database(async db => (await db.Leads.CountAsync(lead => lead.OwnerId == karl, Cancellation), await db.Leads.CountAsync(lead => lead.OwnerId == kora, Cancellation), await db.Leads.CountAsync(lead => lead.OwnerId == lena, Cancellation))));
        Assert.Equal(5, await app.Database(db => db.Interactions.CountAsync(one => one.Kind == InteractionKind.Note && one.Details == "Karl moves on.", Cancellation)));
        Assert.Equal(app.Clock.Today.AddDays(2), (await app.Now(leads[1])).NextDueOn);
        Assert.Equal(kora, (await app.Now(stays)).OwnerId);
    }

    [Fact]
    public async Task What_would_be_refused_is_refused_by_the_preview_too()
    {
        await using var app = await RunningApp.StartAsync();
        await app.Lead();
        using var client = await app.SignedInAs(Cast.SalesLead);
        var form = (await client.PageAsync($"/leads/hand-over?from={await app.UserId(Cast.Kam)}")).Form("Preview").Choose("Input.To", $"{await app.UserId(Cast.OtherKam)}").Fill("First call on", $"{app.Clock.Today.AddDays(-3):yyyy-MM-dd}");

        var page = (await form.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Empty(page.All("#preview"));
        Assert.Equal("Give a day from today on.", page.One("#Input_FirstCallOn-error").Words());
    }

    [Fact]
    public async Task By_city_leads_of_one_city_stay_together()
    {
        await using var app = await RunningApp.StartAsync();
        foreach (var city in new[] { "Berlin", "Berlin", "berlin ", "Paris", "Paris", "Rome" })
            await app.Lead(city: city);
        using var client = await app.SignedInAs(Cast.SalesLead);
        var (karl, kora, lena) = (await app.UserId(Cast.Kam), await app.UserId(Cast.OtherKam), await app.UserId(Cast.SalesLead));

        var page = (await (await client.PageAsync($"/leads/hand-over?from={karl}")).MustBeOk().Form("Preview").Choose("Input.To", $"{kora}").Choose("Input.To", $"{lena}").Choose("Input.ByCity", "true").SubmitAsync()).MustBeOk();
        Assert.Equal(["Kora Kam", "3", "Berlin, berlin", "Lena Lead", "3", "Paris, Rome"], page.Texts("#preview td"));
        (await page.Form("Hand over").SubmitAsync()).MustBeOk();

        Assert.Equal([(kora, "Berlin"), (kora, "Berlin"), (kora, "berlin"), (lena, "Paris"), (lena, "Paris"), (lena, "Rome")],
            (await app.Database(db => db.Leads.OrderBy(lead => lead.Id).Select(lead => new { lead.OwnerId, lead.City }).ToListAsync(Cancellation))).Select(lead => (lead.OwnerId!.Value, lead.City)));
    }

    [Fact]
    public async Task A_hand_over_is_taken_back_with_its_note_and_first_call()
    {
        await using var app = await RunningApp.StartAsync();
        var leads = new List<Lead>();
        for (var i = 0; i < 4; i++)
            leads.Add(await app.Lead(interval: 30));
        await app.Logged(leads[0]);
        var due = (await app.Now(leads[0])).NextDueOn;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var client = await app.SignedInAs(Cast.SalesLead);
        var (karl, kora, lena) = (await app.UserId(Cast.Kam), await app.UserId(Cast.OtherKam), await app.UserId(Cast.SalesLead));
        var page = (await (await client.PageAsync($"/leads/hand-over?from={karl}")).Form("Hand over").Choose("Input.To", $"{kora}").Choose("Input.To", $"{lena}").Fill("Note", "Karl moves on.").Fill("First call on", $"{app.Clock.Today.AddDays(2):yyyy-MM-dd}").SubmitAsync()).MustBeOk();
        Assert.Equal(app.Clock.Today.AddDays(2), (await app.Now(leads[0])).NextDueOn);
        // One goes on meanwhile.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Operation<ReassignLeads, ReassignLeads.Result>(async reassign => await reassign.RunAsync(new ReassignLeads.Request([leads[3].Id], null, [karl]), await app.Viewer(Cast.SalesLead), Cancellation));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var undo = page.Form("Undo");
        page = (await undo.SubmitAsync()).MustBeOk();

        Assert.Contains("Taken back: 3 leads. 1 lead changed since, and stayed.", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal(4, await app.Database(db => db.Leads.CountAsync(lead => lead.OwnerId == karl, Cancellation)));
        Assert.Equal(due, (await app.Now(leads[0])).NextDueOn);
        // Nothing of it disappeared: the notes are there, and corrected.
        Assert.Equal((3, 3), await app.Database(async db => (
            await db.Interactions.CountAsync(one => one.Details == "Karl moves on." && one.CorrectedAt != null, Cancellation), await db.Interactions.CountAsync(one => one.CorrectsId != null && one.Kind == InteractionKind.Note, Cancellation))));
        Assert.Contains("This can't be taken back any more", (await undo.SubmitAsync()).MustBeOk().One("[data-toast]").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_new_owner_has_worked_on_stays_theirs_when_a_hand_over_is_taken_back()
    {
        await using var app = await RunningApp.StartAsync();
        var (karl, kora, lena) = (await app.UserId(Cast.Kam), await app.UserId(Cast.OtherKam), await app.UserId(Cast.SalesLead));
        var leads = new List<Lead>();
        for (var i = 0; i < 4; i++)
            leads.Add(await app.Lead());
        // Of before: it was another's then.
        await app.Logged(leads[0], daysAgo: 1, by: Cast.SalesLead);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var client = await app.SignedInAs(Cast.SalesLead);
        // Who hands over gets some of them, and so is the author of their notes.
        var page = (await (await client.PageAsync($"/leads/hand-over?from={karl}")).Form("Hand over").Choose("Input.To", $"{kora}").Choose("Input.To", $"{lena}").Fill("Note", "Karl moves on.").Fill("First call on", $"{app.Clock.Today.AddDays(2):yyyy-MM-dd}").SubmitAsync()).MustBeOk();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var koras = await app.Database(db => db.Leads.Where(lead => lead.OwnerId == kora).Select(lead => lead.Id).ToListAsync(Cancellation));
        Assert.Equal(2, koras.Count);
        await app.Logged(leads.Single(lead => lead.Id == koras[0]), InteractionKind.Visit, by: Cast.OtherKam);
        // Not by who got it.
        await app.Logged(leads.Single(lead => lead.Id == koras[1]), by: Cast.Administrator);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();

        Assert.Contains("Taken back: 3 leads. 1 lead changed since, and stayed.", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal([koras[0]], await app.Database(db => db.Leads.Where(lead => lead.OwnerId == kora).Select(lead => lead.Id).ToListAsync(Cancellation)));
        Assert.Equal(3, await app.Database(db => db.Leads.CountAsync(lead => lead.OwnerId == karl, Cancellation)));
        // Its note holds.
        Assert.Equal(1, await app.Database(db => db.Interactions.CountAsync(one => one.Details == "Karl moves on." && one.CorrectedAt == null && one.LeadId == koras[0], Cancellation)));
    }

    [Fact]
    public async Task Who_may_not_own_leads_is_refused_and_nothing_moves()
    {
        await using var app = await RunningApp.StartAsync();
        await app.Lead();
        var locked = await app.Given.User(role: Role.Kam);
        await app.Database(db => db.Users.Where(user => user.Email == locked.Email).ExecuteUpdateAsync(set => set.SetProperty(user => user.LockoutEnd, DateTimeOffset.MaxValue), Cancellation));
        using var client = await app.SignedInAs(Cast.SalesLead);
        var karl = await app.UserId(Cast.Kam);
        var url = $"/leads/hand-over?from={karl}";
        Assert.Equal("Choose at least one who gets them.", (await (await client.PageAsync(url)).Form("Hand over").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).One("[id='Input_To-error']").Words());
        foreach (var id in new[] { await app.UserId(Cast.Employee), await app.UserId(locked), karl })
        {
            foreach (var button in new[] { "Hand over", "Preview" })
            {
                var page = (await client.PageAsync(url)).MustBeOk();
                page.All("[name='Input.To']")[0].SetAttribute("value", $"{id}");
                page = (await page.Form(button).Choose("Input.To", $"{id}").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
                Assert.NotEmpty(page.One("[id='Input_To-error']").Words());
            }
        }

        Assert.Equal(1, await app.Database(db => db.Leads.CountAsync(lead => lead.OwnerId == karl, Cancellation)));
        Assert.Equal(1, await app.Database(db => db.OwnershipPeriods.CountAsync(Cancellation)));
    }

    [Fact]
    public void A_split_by_city_is_as_even_as_cities_allow()
    {
        var split = SplitLeads.ByCity([("Rome", 1), ("Berlin", 4), ("Zürich", 2), ("zurich", 2), ("Paris", 3)], [7, 9]);
        Assert.Equal([("berlin", 7), ("paris", 7), ("rome", 9), ("zurich", 9)], split.OrderBy(city => city.Key, StringComparer.Ordinal).Select(city => (city.Key, city.Value)));
        Assert.Equal([(7, 2), (9, 1)], SplitLeads.Evenly(3, [7, 9]).Select(one => (one.Key, one.Value)));
    }
}
