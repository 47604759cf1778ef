using System.Net;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class BoardTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_belongs_to_who_works_with_leads()
    {
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync("/leads/board", follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        using var steward = await app.SignedInAs(Cast.Steward);
        (await steward.PageAsync("/leads/board")).MustBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Columns_count_and_sum_each_currency_and_cards_tell_what_matters()
    {
        // A session doesn't last as long as the days that pass here.
        await using var own = await RunningApp.StartAsync();
        var word = Given.Unique("Board");
        var first = await own.Lead($"{word} One", value: 125000, nextStep: "Call back", interval: 1);
        await own.Lead($"{word} Two", value: 250050);
        await own.Lead($"{word} Three", owner: Cast.OtherKam, value: 100000, currency: "USD");
        await own.Lead($"{word} Four", stage: Stage.Active);
        own.Clock.Advance(TimeSpan.FromDays(3));
        using var client = await own.SignedInAs(Cast.Kam);

        var page = (await client.PageAsync($"/leads/board?q={word}")).MustBeOk();

        Assert.Equal(["New 3 leads", "Contacted 0 leads", "Qualified 0 leads", "Negotiation 0 leads", "Active 1 lead", "Closed 0 leads"], page.Texts("[data-head] h2"));
        Assert.Equal("€3,750.50 + US$1,000", page.One("#head-New .board-sum").Words());
        var card = page.One($"#lead-card-{first.Id}").Words();
        Assert.Contains("Call back", card, StringComparison.Ordinal);
        Assert.Contains("€1,250", card, StringComparison.Ordinal);
        Assert.Contains("3 days in stage", card, StringComparison.Ordinal);
        Assert.Contains("overdue", card, StringComparison.Ordinal);
        Assert.Equal(["New 1 lead"], (await client.PageAsync($"/leads/board?q={word}&owner={await own.UserId(Cast.OtherKam)}")).MustBeOk().Texts("#head-New h2"));
        Assert.Empty((await client.PageAsync("/leads/board?owner=him")).MustBe(HttpStatusCode.UnprocessableEntity).All("[data-card]"));
    }

    [Fact]
    public async Task A_form_moves_a_card_and_the_toast_takes_it_back()
    {
        // A session doesn't last as long as the days that pass here.
        await using var own = await RunningApp.StartAsync();
        var lead = await own.Lead(stage: Stage.Active);
        var since = (await own.Now(lead)).StageSince;
        own.Clock.Advance(TimeSpan.FromDays(2));
        using var client = await own.SignedInAs(Cast.Kam);
        var form = (await client.PageAsync($"/leads/board?q={lead.Name}")).MustBeOk().Form("Move it");

        // Nobody comes back from Closed to Active, except who has just gone there.
        var page = (await form.Fill("Stage", "Closed").Fill("Reason", "Out of business").SubmitAsync()).MustBeOk();
        Assert.Contains($"{lead.Name} moved to Closed.", page.Text, StringComparison.Ordinal);
        Assert.Equal(Stage.Closed, (await own.Now(lead)).Stage);
        (await page.Form("Undo").SubmitAsync()).MustBeOk();

        var now = await own.Now(lead);
        Assert.Equal((Stage.Active, since), (now.Stage, now.StageSince));
        // Moved on for good, it has come into its stage once and left it once: what was taken back counts nowhere.
        own.Clock.Advance(TimeSpan.FromDays(1));
        var lena = await own.Viewer(Cast.SalesLead);
        await Intranet.Tests.Contacts.ContactsGiven.Operation<MoveStage, MoveStage.Result>(own, move => move.RunAsync(lead.Id, Stage.Closed, "Sold", null, lena, Cancellation));
        var days = new Period(own.Clock.Today.AddDays(-60), own.Clock.Today);
        var flows = await own.Database(async db => (await db.StageFlowsAsync(days, null, Cancellation)).Concat(await db.CountFlowsAsync(days, null, Cancellation)).Where(flow => flow.Stage == Stage.Active).ToList());
        Assert.Equal([(1, 0, 0, 1), (1, 0, 0, 1)], flows.Select(flow => (flow.Entered, flow.Onward, flow.Back, flow.Closed)));
        Assert.Equal([null, "Out of business", "Taken back.", "Sold"], await own.Database(db => db.StageMoves.Where(move => move.LeadId == lead.Id).OrderBy(move => move.Id).Select(move => move.Reason).ToListAsync(Cancellation)));
    }

    [Fact]
    public async Task A_move_is_taken_back_within_an_hour_by_who_made_it()
    {
        var lead = await app.Lead(stage: Stage.New);
        using var karl = await app.SignedInAs(Cast.Kam);
        var page = (await (await karl.PageAsync($"/leads/board?q={lead.Name}")).MustBeOk().Form("Move it").Fill("Stage", "Contacted").SubmitAsync()).MustBeOk();
        var id = await app.Database(db => db.StageMoves.Where(move => move.LeadId == lead.Id && move.From != null).Select(move => move.Id).SingleAsync(Cancellation));

        var lena = await app.Viewer(Cast.SalesLead);
        Assert.Null((await Intranet.Tests.Contacts.ContactsGiven.Operation<TakeBackMove, TakeBackMove.Result>(app, back => back.RunAsync(id, lena, Cancellation))) is { Lead: null, Refused: null } ? null : "taken back");
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("This can't be taken back any more.", (await page.Form("Undo").SubmitAsync()).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal(Stage.Contacted, (await app.Now(lead)).Stage);
    }

    [Fact]
    public async Task What_is_refused_is_told_at_the_card_and_moves_nothing()
    {
        var lead = await app.Lead(stage: Stage.New);
        var theirs = await app.Lead(owner: Cast.OtherKam);
        using var client = await app.SignedInAs(Cast.Kam);
        async Task<Page> MovableAsync() => (await client.PageAsync($"/leads/board?q={lead.Name}")).MustBeOk();

        Assert.Equal(["Contacted", "Closed"], (await MovableAsync()).Texts("[name=to] option"));
        var page = (await (await MovableAsync()).Form("Move it").Fill("Stage", "Closed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Say why it is closed.", page.One($"#lead-card-{lead.Id} [role=alert]").Words());
        // Also where nobody sees the card, with what was wanted, and the focus where something is missing.
        Assert.Equal($"{lead.Name}: Say why it is closed.", page.One(".alert[role=alert]").Words());
        Assert.Equal($"#lead-card-{lead.Id}", page.One(".alert a").GetAttribute("href"));
        Assert.Equal(("Closed", "reason"), (page.Form("Move it").Value("Stage"), page.One("[autofocus]").GetAttribute("name")));
        page = await MovableAsync();
        page.All("[name=to] option")[0].SetAttribute("value", "Active");
        page = (await page.Form("Move it").Fill("Stage", "Active").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("New can go to Contacted or Closed, not to Active.", page.Text, StringComparison.Ordinal);

        page = await MovableAsync();
        page.One("[name=id]").SetAttribute("value", $"{theirs.Id}");
        (await page.Form("Move it").SubmitAsync()).MustBe(HttpStatusCode.NotFound);
        Assert.Empty((await client.PageAsync($"/leads/board?q={theirs.Name}")).MustBeOk().All("[data-card] form, [data-grip]"));

        var second = (await MovableAsync()).Form("Move it");
        await app.Operation(lead, change => change.NextStep = "Changed");
        page = (await second.Fill("Stage", "Contacted").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Somebody changed this lead in the meantime; it is shown as it is now.", page.Text, StringComparison.Ordinal);
        Assert.Equal("to", page.One("[autofocus]").GetAttribute("name"));
        Assert.Equal(Stage.New, (await app.Now(lead)).Stage);
    }

    [Fact]
    public async Task What_is_refused_of_a_card_on_a_later_page_of_its_column_is_told_there()
    {
        var word = Given.Unique("Later");
        for (var i = 0; i < 25; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await app.Lead($"{word} {i}");
        }

        using var client = await app.SignedInAs(Cast.Kam);
        var first = (await client.PageAsync($"/leads/board?q={word}")).MustBeOk();
        var second = (await client.PageAsync(first.One("[data-more] a").GetAttribute("href")!)).MustBeOk();
        var shown = second.All("[data-card]").Select(card => card.Id).ToList();
        var id = second.All("[data-card]")[0].GetAttribute("data-card");
        // One form of each page is enough.
        foreach (var card in first.All("[data-card]").Skip(1).Concat(second.All("[data-card]").Skip(1)))
            card.Remove();

        // The same page again, with the reason at the card.
        var page = (await second.Form("Move it").Fill("Stage", "Closed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Say why it is closed.", page.One($"#lead-card-{id} [role=alert]").Words());
        Assert.Equal(shown, page.All("[data-card]").Select(card => card.Id));

        // From where the card doesn't show: above the board.
        var name = second.One($"#lead-card-{id}").GetAttribute("data-name");
        first.One("[name=id]").SetAttribute("value", id!);
        first.One("[name=version]").SetAttribute("value", second.One($"#lead-card-{id}").GetAttribute("data-version")!);
        page = (await first.Form("Move it").Fill("Stage", "Closed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Empty(page.All($"#lead-card-{id}"));
        Assert.Equal($"{name}: Say why it is closed.", page.One(".alert[role=alert]").Words());
    }

    [Fact]
    public async Task What_came_yesterday_evening_is_not_here_since_today()
    {
        await using var own = await RunningApp.StartAsync();
        own.Clock.Set(new DateTime(2030, 5, 15, 20, 0, 0, DateTimeKind.Utc));
        var lead = await own.Lead();
        own.Clock.Advance(TimeSpan.FromHours(1));
        using var client = await own.SignedInAs(Cast.Kam);
        Assert.Contains("here since today", (await client.PageAsync("/leads/board")).MustBeOk().One($"#lead-card-{lead.Id}").Words(), StringComparison.Ordinal);

        own.Clock.Advance(TimeSpan.FromHours(10));

        Assert.Contains("1 day in stage", (await client.PageAsync("/leads/board")).MustBeOk().One($"#lead-card-{lead.Id}").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drop_answers_with_the_card_the_heads_and_what_to_say()
    {
        var lead = await app.Lead(stage: Stage.New, value: 1000);
        using var client = await app.SignedInAs(Cast.Kam);

        var answer = (await (await DropAsync()).Fill("Stage", "Contacted").SubmitAsync()).MustBeOk();
        Assert.Equal("Contacted", answer.One($"#lead-card-{lead.Id}").GetAttribute("data-in"));
        Assert.Equal(["New 0 leads", "Contacted 1 lead"], answer.Texts("[data-head] h2").Take(2));
        Assert.Contains($"{lead.Name} moved to Contacted.", answer.One("#toasts").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("moved to Contacted", (await client.PageAsync("/leads/board")).MustBeOk().One("#toasts").Words(), StringComparison.Ordinal);

        var form = await DropAsync();
        await app.Operation(lead, change => change.NextStep = "Changed");
        answer = (await form.Fill("Stage", "Qualified").SubmitAsync()).MustBe(HttpStatusCode.Conflict);
        Assert.Contains("Somebody changed this lead in the meantime", answer.One("[data-refused]").Words(), StringComparison.Ordinal);
        Assert.Equal("Contacted", answer.One("[data-card]").GetAttribute("data-in"));

        // What is allowed from where it was is not asked of where it is: the card goes there.
        form = await DropAsync();
        var by = await app.Viewer(Cast.SalesLead);
        foreach (var stage in new[] { Stage.Qualified, Stage.Negotiation })
            Assert.NotNull((await Intranet.Tests.Contacts.ContactsGiven.Operation<MoveStage, MoveStage.Result>(app, move => move.RunAsync(lead.Id, stage, null, null, by, TestContext.Current.CancellationToken))).Lead);
        answer = (await form.Fill("Stage", "New").SubmitAsync()).MustBe(HttpStatusCode.Conflict);
        Assert.Equal("Somebody changed this lead in the meantime; it is shown as it is now, in Negotiation.", answer.One("[data-refused]").Words());
        Assert.Equal("Negotiation", answer.One("[data-card]").GetAttribute("data-in"));

        async Task<Form> DropAsync()
        {
            var page = (await client.PageAsync($"/leads/board?q={lead.Name}")).MustBeOk();
            page.One(".board-move form").SetAttribute("action", page.One("[data-board]").GetAttribute("data-drop")!);
            return page.Form("Move it");
        }
    }

    [Fact]
    public async Task A_long_column_continues_by_link_and_by_fragment()
    {
        var word = Given.Unique("Long");
        for (var i = 0; i < 30; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await app.Lead($"{word} {i}");
        }

        using var client = await app.SignedInAs(Cast.Kam);
        var page = (await client.PageAsync($"/leads/board?q={word}")).MustBeOk();
        var (byLink, byFragment) = (Ids(page), Ids(page));
        var fragment = page;
        for (var i = 0; i < 2; i++)
        {
            page = (await client.PageAsync(page.One("[data-more] a").GetAttribute("href")!)).MustBeOk();
            byLink.AddRange(Ids(page));
            fragment = (await client.PageAsync(fragment.One("[data-more] a").GetAttribute("hx-get")!)).MustBeOk();
            byFragment.AddRange(Ids(fragment));
        }

        Assert.Empty(page.All("[data-more]"));
        Assert.Equal(30, byLink.Distinct().Count());
        Assert.Equal(byLink, byFragment);
        Assert.Equal(byLink.OrderDescending(), byLink);

        static List<int> Ids(Page page) => [.. page.All("[data-card]").Select(card => int.Parse(card.GetAttribute("data-card")!, null))];
    }

    [Fact]
    public async Task The_number_of_queries_does_not_grow_with_the_leads()
    {
        var statements = new Statements();
        await using var own = await RunningApp.StartAsync(options => options.Services = statements.Watch);
        using var client = await own.SignedInAs(Cast.SalesLead);
        var kora = await own.UserId(Cast.OtherKam);
        string[] addresses =
        [
            "/leads", "/leads?q=many", "/leads?owner=me&stage=New&label=under&due=due&place=Berlin", "/leads?sort=value", "/leads?sort=owner&descending=true", "/leads?sort=due", "/leads?edit=1", "/leads/edit/1",
            "/leads/board", "/leads/board?q=many", $"/leads/board?owner={kora}", $"/leads/hand-over?from={kora}", "/leads/settings",
        ];
        await GrowAsync(12);
        var few = await CountAsync();
        await GrowAsync(60);
        var many = await CountAsync();

        Check.None(addresses.Where(address => many[address] > few[address]).Select(address => $"{address}: {few[address]} queries for few leads, {many[address]} for many"));
        Check.None(addresses.Where(address => many[address] > 20).Select(address => $"{address}: {many[address]} queries"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', addresses.Select(address => $"{many[address],3} {address}")));

        async Task GrowAsync(int by)
        {
            for (var i = 0; i < by; i++)
            {
                foreach (var stage in Enum.GetValues<Stage>())
                    await own.Lead("Many", i % 2 == 0 ? Cast.OtherKam : Cast.SalesLead, stage: stage, interval: 7, value: i);
            }
        }

        async Task<Dictionary<string, int>> CountAsync()
        {
            var counts = new Dictionary<string, int>();
            foreach (var address in addresses)
            {
                (await client.PageAsync(address)).MustBeOk();
                counts[address] = (await statements.DuringAsync(async () => (await client.PageAsync(address)).MustBeOk())).Count;
            }

            return counts;
        }
    }
}

file static class Changed
{
    /// <summary>Somebody else changes a lead.</summary>
    internal static async Task Operation(this RunningApp app, Lead lead, Action<Lead> change)
    {
        var by = await app.Viewer(Cast.SalesLead);
        await Intranet.Tests.Contacts.ContactsGiven.Operation<ChangeLead, ChangeLead.Result>(app, verb => verb.RunAsync(lead.Id, change, null, by, TestContext.Current.CancellationToken));
    }
}
