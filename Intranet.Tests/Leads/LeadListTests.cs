using System.Net;
using System.Text;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class LeadListTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/leads")]
    [InlineData("/leads/edit")]
    public async Task It_belongs_to_who_works_with_leads(string url)
    {
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(url, follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        foreach (var person in new[] { Cast.Employee, Cast.Steward })
        {
            using var client = await app.SignedInAs(person);
            (await client.PageAsync(url)).MustBe(HttpStatusCode.Forbidden);
        }

        foreach (var person in new[] { Cast.Kam, Cast.SalesLead, Cast.Administrator })
        {
            using var client = await app.SignedInAs(person);
            (await client.PageAsync(url)).MustBeOk();
        }
    }

    [Fact]
    public async Task Filters_show_what_they_say()
    {
        var word = Given.Unique("Filtered");
        var own = await app.Lead($"{word} Own", stage: Stage.Qualified, source: "trade fair", interval: 7);
        var other = await app.Lead($"{word} Other", Cast.OtherKam, city: "Zürich", zone: "Europe/Zurich");
        var nobody = await app.Lead($"{word} Nobody", unowned: true, city: "Paris", zone: "Europe/Paris");
        var gone = await app.Lead($"{word} Gone");
        await app.Operation<DeleteLead, bool>(async delete => await delete.RunAsync(gone.Id, await app.Viewer(Cast.SalesLead), Cancellation));
        using var client = await app.SignedInAs(Cast.Kam);

        Assert.Equal([nobody.Id, other.Id, own.Id], await ShownAsync(""));
        Assert.Equal([own.Id], await ShownAsync("&stage=Qualified"));
        Assert.Equal([own.Id], await ShownAsync("&owner=me"));
        Assert.Equal([nobody.Id], await ShownAsync("&owner=nobody"));
        Assert.Equal([other.Id], await ShownAsync($"&owner={await app.UserId(Cast.OtherKam)}"));
        Assert.Equal([own.Id], await ShownAsync("&source=trade"));
        Assert.Equal([other.Id], await ShownAsync("&place=zurich"));
        Assert.Equal([other.Id], await ShownAsync("&place=Zür"));
        Assert.Equal([nobody.Id], await ShownAsync("&place=Europe/Paris"));
        Assert.Equal([nobody.Id], await ShownAsync("&place=europe/paris"));
        // A slash alone makes no time zone.
        var main = await app.Lead($"{word} With a slash", unowned: true, city: "Frankfurt/Main", zone: "Europe/Berlin");
        Assert.Equal([main.Id], await ShownAsync("&place=Frankfurt/M"));
        await app.Operation<DeleteLead, bool>(async delete => await delete.RunAsync(main.Id, await app.Viewer(Cast.SalesLead), Cancellation));
        Assert.Equal([own.Id], await ShownAsync("&due=due"));
        Assert.Equal([gone.Id], await ShownAsync("&deleted=true"));
        Assert.Equal([nobody.Id, other.Id, own.Id], await ShownAsync("&label=under"));
        Assert.Empty(await ShownAsync("&label=well"));
        (await client.PageAsync("/leads?q=&stage=&owner=&label=&due=&place=&source=&deleted=&sort=&after=")).MustBeOk();

        async Task<IEnumerable<int>> ShownAsync(string filters) => Ids((await client.PageAsync($"/leads?q={word}{filters}")).MustBeOk());
    }

    [Fact]
    public async Task Each_label_comes_with_its_sentence_and_what_slips_with_its_rhythm_also_in_the_file()
    {
        var word = Given.Unique("Labelled");
        var (slips, none) = (await app.Lead($"{word} Slips"), await app.Lead($"{word} None"));
        foreach (var daysAgo in new[] { 123, 102, 81, 60 })
            await app.Logged(slips, InteractionKind.Order, daysAgo: daysAgo, value: 100);
        using var client = await app.SignedInAs(Cast.SalesLead);

        var page = (await client.PageAsync($"/leads?q={word}")).MustBeOk();

        string Cell(Lead lead) => page.One($"#lead-{lead.Id} [data-label=Performance]").Words();
        Assert.Equal("Under slipping 2 orders in 90 days, the last one 60 days ago orders every 21 ± 0 days; now 60", Cell(slips));
        Assert.Equal("Under no order yet", Cell(none));
        var lines = await FileAsync(client, $"/leads?q={word}&handler=Csv");
        Assert.Contains(",Under,no order yet,,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",Under,\"2 orders in 90 days, the last one 60 days ago\",orders every 21 ± 0 days; now 60,", lines[2], StringComparison.Ordinal);
        // Said by hand, it is told who said so.
        var by = await app.Viewer(Cast.SalesLead);
        await app.Operation<SetManualLabel, SetManualLabel.Result>(set => set.RunAsync(none.Id, PerformanceLabel.Well, "New kitchen", app.Clock.Today, null, by, Cancellation));
        page = (await client.PageAsync($"/leads?q={word}")).MustBeOk();
        Assert.Equal("Well set by Lena Lead until 15 May 2030: New kitchen (no order yet)", Cell(none));
    }

    [Fact]
    public async Task Values_of_several_currencies_are_said_to_stand_in_the_order_of_their_numbers()
    {
        var word = Given.Unique("Valued");
        await app.Lead($"{word} One", value: 100);
        using var client = await app.SignedInAs(Cast.SalesLead);
        const string Said = "sorted by the number, whatever its currency";

        Assert.DoesNotContain(Said, (await client.PageAsync($"/leads?q={word}&sort=value")).MustBeOk().Text, StringComparison.Ordinal);
        await app.Lead($"{word} Two", value: 100, currency: "JPY");
        Assert.Contains(Said, (await client.PageAsync($"/leads?q={word}&sort=value")).MustBeOk().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Said, (await client.PageAsync($"/leads?q={word}")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stage=Nowhere")]
    [InlineData("owner=him")]
    [InlineData("label=best")]
    [InlineData("due=maybe")]
    [InlineData("sort=colour")]
    [InlineData("after=x")]
    public async Task An_address_that_makes_no_sense_is_told(string query)
    {
        using var client = await app.SignedInAs(Cast.Kam);
        Assert.Single((await client.PageAsync($"/leads?{query}")).MustBe(HttpStatusCode.UnprocessableEntity).All("#results .alert-danger"));
        (await client.PageAsync($"/leads?{query}&handler=Csv")).MustBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&descending=true")]
    [InlineData("&sort=stage")]
    [InlineData("&sort=stage&descending=true")]
    [InlineData("&sort=value")]
    [InlineData("&sort=value&descending=true")]
    [InlineData("&sort=owner")]
    [InlineData("&sort=owner&descending=true")]
    [InlineData("&sort=due")]
    [InlineData("&sort=due&descending=true")]
    [InlineData("&sort=updated")]
    [InlineData("&sort=updated&descending=true")]
    public async Task Every_order_continues_where_a_page_ended_and_agrees_with_the_file(string order)
    {
        await using var own = await RunningApp.StartAsync();
        // Two owners of one name.
        var namesake = await own.Given.User(Cast.Kam.Name, role: "kam");
        for (var i = 0; i < 130; i++)
        {
            own.Clock.Advance(TimeSpan.FromMinutes(1));
            await own.Lead($"Paged {i % 7}", (i % 3) switch { 0 => Cast.OtherKam, 1 => namesake, _ => Cast.Kam }, unowned: i % 5 == 0, stage: (Stage)(i % 5), value: i % 4 == 0 ? null : i % 9 * 100, interval: i % 2 == 0 ? 1 + (i % 6) : null);
        }

        using var client = await own.SignedInAs(Cast.SalesLead);
        var page = (await client.PageAsync($"/leads?q=Paged{order}")).MustBeOk();
        var forth = await FollowAsync("Next", "130 leads");
        var shown = forth.SelectMany(ids => ids).ToList();
        Assert.Equal([50, 50, 30], forth.ConvertAll(ids => ids.Count));
        Assert.Equal(130, shown.Distinct().Count());
        // And back the same way, to a first page that has none before it.
        forth.Reverse();
        Assert.Equal(forth, await FollowAsync("Previous", "130 leads"));

        async Task<List<List<int>>> FollowAsync(string link, string count)
        {
            var pages = new List<List<int>> { Ids(page).ToList() };
            while (page.All("nav[aria-label=Pages] a").SingleOrDefault(one => one.Words() == link) is { } on)
            {
                Assert.True(pages.Count < 3);
                page = (await client.PageAsync(on.GetAttribute("href")!)).MustBeOk();
                Assert.Equal(count, page.One(".results-count").Words());
                pages.Add([.. Ids(page)]);
            }

            return pages;
        }

        Assert.Equal(shown, (await FileAsync(client, $"/leads?q=Paged{order}&handler=Csv")).Skip(1).Select(line => int.Parse(line.Split(',')[1], null)));
        var rows = await own.Database(db => db.Leads.Include(lead => lead.Owner).ToDictionaryAsync(lead => lead.Id, Cancellation));
        // Those without a value are last.
        var sorted = shown.Select(id => rows[id]).Select(lead => order.Contains("value") ? (object?)lead.ExpectedValue : order.Contains("owner") ? lead.Owner?.DisplayName : order.Contains("due") ? lead.DueAt : order.Contains("updated") ? lead.UpdatedAt : order.Contains("stage") ? lead.Stage : lead.SearchKey).ToList();
        var with = sorted.OfType<object>().ToList();
        Assert.Equal(with, sorted.Take(with.Count));
        var expected = order.Contains("descending") ? with.OrderDescending(Comparer<object>.Create(Compare)) : with.Order(Comparer<object>.Create(Compare));
        Assert.Equal(expected, with);

        static int Compare(object? one, object? other) => one is string text ? string.CompareOrdinal(text, (string)other!) : Comparer<object>.Default.Compare(one!, other!);
    }

    [Fact]
    public async Task A_row_is_changed_in_place_and_each_change_has_its_history()
    {
        var lead = await app.Lead(stage: Stage.New);
        using var client = await app.SignedInAs(Cast.Kam);
        var page = (await client.PageAsync($"/leads?q={lead.Name}&edit={lead.Id}")).MustBeOk();

        page = (await page.Form("Save").Fill("Stage", "Contacted").Fill("Owner", Cast.OtherKam.Name).Fill("Next step", "Send the menu").SubmitAsync()).MustBeOk();

        Assert.Contains("Saved.", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.All(".lead-edited"));
        var now = await app.Now(lead);
        Assert.Equal((Stage.Contacted, await app.UserId(Cast.OtherKam), "Send the menu"), (now.Stage, now.OwnerId!.Value, now.NextStep));
        Assert.Equal((Stage.New, Stage.Contacted), await app.Database(db => db.StageMoves.Where(move => move.LeadId == lead.Id && move.From != null).Select(move => ValueTuple.Create(move.From!.Value, move.To)).SingleAsync(Cancellation)));
        Assert.Equal(2, await app.Database(db => db.OwnershipPeriods.CountAsync(period => period.LeadId == lead.Id, Cancellation)));
    }

    [Fact]
    public async Task What_was_saved_in_a_row_is_taken_back_whole()
    {
        var lead = await app.Lead(stage: Stage.New, nextStep: "Ask for the chef & the “menu”");
        var since = (await app.Now(lead)).StageSince;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var client = await app.SignedInAs(Cast.Kam);

        // The KAM gives it away, too: from then on it is another's.
        var page = await SaveAsync(form => form.Fill("Stage", "Contacted").Fill("Owner", Cast.OtherKam.Name).Fill("Next step", ""));
        Assert.Null((await app.Now(lead)).NextStep);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();

        Assert.Contains("Taken back: the lead is as it was.", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        var now = await app.Now(lead);
        Assert.Equal((Stage.New, since, await app.UserId(Cast.Kam), "Ask for the chef & the “menu”"), (now.Stage, now.StageSince, now.OwnerId!.Value, now.NextStep));
        Assert.Equal((3, 3), await app.Database(async db => (await db.StageMoves.CountAsync(move => move.LeadId == lead.Id, Cancellation), await db.OwnershipPeriods.CountAsync(period => period.LeadId == lead.Id, Cancellation))));

        // Nothing changed: nothing to take back.
        page = await SaveAsync(form => form);
        Assert.DoesNotContain("Undo", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        // Not by another, not after somebody changed it, and not after an hour.
        page = await SaveAsync(form => form.Fill("Next step", "Second"));
        using (var other = await app.SignedInAs(Cast.OtherKam))
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync(other, UndoOf(page)));
        using (var sales = await app.SignedInAs(Cast.SalesLead))
            (await (await sales.PageAsync($"/leads?q={lead.Name}&edit={lead.Id}")).Form("Save").Fill("Next step", "Third").SubmitAsync()).MustBeOk();
        Assert.Contains("This can't be taken back any more", (await page.Form("Undo").SubmitAsync()).MustBeOk().One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal("Third", (await app.Now(lead)).NextStep);
        page = await SaveAsync(form => form.Fill("Next step", "Fourth").Fill("Stage", "Contacted"));
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("This can't be taken back any more", (await page.Form("Undo").SubmitAsync()).MustBeOk().One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal((Stage.Contacted, "Fourth"), await app.Now(lead) is var last ? (last.Stage, last.NextStep) : default);

        async Task<Page> SaveAsync(Func<Form, Form> fill) => (await fill((await client.PageAsync($"/leads?q={lead.Name}&edit={lead.Id}")).MustBeOk().Form("Save")).SubmitAsync()).MustBeOk();
    }

    [Fact]
    public async Task What_cannot_be_changed_in_a_row_is_told_there_and_nothing_is_saved()
    {
        var lead = await app.Lead(stage: Stage.Contacted);
        using var client = await app.SignedInAs(Cast.Kam);
        var url = $"/leads?q={lead.Name}&edit={lead.Id}";

        // Its stage offers only what is allowed.
        Assert.Equal(["New", "Contacted", "Qualified", "Closed"], (await client.PageAsync(url)).MustBeOk().Texts("[name='row.Stage'] option"));
        var page = (await (await client.PageAsync(url)).Form("Save").Fill("Stage", "Closed").Fill("Next step", "Kept").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Say why it is closed.", page.One("#row_Reason-error").Words());
        // What is wrong takes the focus, and not the first field.
        Assert.Equal("row.Reason", page.One("[autofocus]").GetAttribute("name"));
        Assert.Equal("Kept", page.Form("Save").Value("Next step"));
        page = (await (await client.PageAsync(url)).Form("Save").Fill("Next step", new string('x', 501)).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("At most 500 characters.", page.One("#row_NextStep-error").Words());
        Assert.Equal(lead.Version, (await app.Now(lead)).Version);

        var second = (await client.PageAsync(url)).Form("Save");
        (await (await client.PageAsync(url)).Form("Save").Fill("Next step", "First").SubmitAsync()).MustBeOk();
        page = (await second.Fill("Next step", "Second").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith("Somebody changed this lead in the meantime.", page.One(".lead-edited [role=alert][autofocus]").Words(), StringComparison.Ordinal);
        Assert.Equal("First", (await app.Now(lead)).NextStep);
    }

    [Fact]
    public async Task A_row_that_nobody_owned_when_it_was_opened_gives_the_lead_to_nobody_unasked()
    {
        var lead = await app.Lead(nextStep: "Before");
        await app.Database(db => db.Leads.Where(one => one.Id == lead.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.OwnerId, (int?)null)));
        using var client = await app.SignedInAs(Cast.SalesLead);
        var url = $"/leads?q={lead.Name}&edit={lead.Id}";
        var form = (await client.PageAsync(url)).MustBeOk().Form("Save");
        (await (await client.PageAsync(url)).Form("Save").Fill("Owner", Cast.Kam.Name).SubmitAsync()).MustBeOk();

        var page = (await form.Fill("Next step", "Typed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("", page.Form("Save").Value("Owner"));
        page = (await page.Form("Save").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Choose an owner.", page.One("#row_OwnerId-error").Words());
        Assert.Equal(await app.UserId(Cast.Kam), (await app.Now(lead)).OwnerId);
    }

    [Fact]
    public async Task A_row_that_somebody_else_changed_keeps_what_was_typed_and_says_what_is_stored_now()
    {
        var lead = await app.Lead(stage: Stage.Contacted, nextStep: "Before");
        using var client = await app.SignedInAs(Cast.SalesLead);
        var url = $"/leads?q={lead.Name}&stage=Contacted&edit={lead.Id}";
        var form = (await client.PageAsync(url)).MustBeOk().Form("Save");
        (await (await client.PageAsync(url)).Form("Save").Fill("Stage", "Closed").Fill("Reason", "Bankrupt").Fill("Owner", Cast.OtherKam.Name).Fill("Next step", "").SubmitAsync()).MustBeOk();

        var page = (await form.Fill("Stage", "Qualified").Fill("Next step", "Typed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        // The filter finds it no more, and still its row is there with what was typed.
        Assert.StartsWith("Somebody changed this lead in the meantime. What is stored now stands beside each field that differs", page.One($"#lead-{lead.Id} [role=alert]").Words(), StringComparison.Ordinal);
        Assert.Equal(["NextStep: empty", $"OwnerId: {Cast.OtherKam.Name}", "Stage: Closed"], page.All("[id$='-now']").Select(now => $"{now.Id!["row_".Length..^"-now".Length]}: {now.Words()["now: ".Length..]}").Order(StringComparer.Ordinal));
        Assert.Equal(("Qualified", Cast.Kam.Name, "Typed"), page.Form("Save") is var kept ? (kept.Value("Stage"), page.One("[name='row.OwnerId'] option[selected]").Words(), kept.Value("Next step")) : default);
        Assert.Equal((Stage.Closed, (string?)null), await app.Now(lead) is var stored ? (stored.Stage, stored.NextStep) : default);
        // Knowingly: what stands in the fields now is what is wanted.
        (await page.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal((Stage.Qualified, "Typed", await app.UserId(Cast.Kam)), await app.Now(lead) is var now ? (now.Stage, now.NextStep, now.OwnerId!.Value) : default);
    }

    [Fact]
    public async Task A_stage_that_cannot_be_reached_any_more_still_stands_in_the_row_and_is_refused_with_the_reason()
    {
        var lead = await app.Lead(stage: Stage.Qualified);
        using var client = await app.SignedInAs(Cast.SalesLead);
        var url = $"/leads?q={lead.Name}&edit={lead.Id}";
        var form = (await client.PageAsync(url)).MustBeOk().Form("Save");
        (await (await client.PageAsync(url)).Form("Save").Fill("Stage", "Closed").Fill("Reason", "Bankrupt").SubmitAsync()).MustBeOk();

        var page = (await form.Fill("Stage", "Negotiation").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(("Negotiation", "now: Closed"), (page.Form("Save").Value("Stage"), page.One("#row_Stage-now").Words()));
        page = (await page.Form("Save").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Closed can go to New, Contacted or Qualified, not to Negotiation.", page.One("#row_Stage-error").Words());
    }

    [Fact]
    public async Task A_row_that_cannot_be_saved_whole_is_not_saved_at_all()
    {
        var lead = await app.Lead(stage: Stage.New, nextStep: "Before");
        using var client = await app.SignedInAs(Cast.Kam);
        var employee = await app.UserId(Cast.Employee);

        // The stage and the next step alone would be fine.
        var page = (await (await client.PageAsync($"/leads?q={lead.Name}&edit={lead.Id}")).Form("Save").Fill("Stage", "Contacted").Fill("Next step", "After").Forge("Owner", $"{employee}").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("Only active users with the role kam or sales lead can own leads.", page.One("#row_OwnerId-error").Words());
        Assert.Equal("After", page.Form("Save").Value("Next step"));
        var now = await app.Now(lead);
        Assert.Equal((lead.Version, Stage.New, "Before", lead.OwnerId), (now.Version, now.Stage, now.NextStep, now.OwnerId));
        Assert.Equal(1, await app.Database(db => db.StageMoves.CountAsync(move => move.LeadId == lead.Id, Cancellation)));
    }

    [Fact]
    public async Task The_page_before_the_second_is_a_whole_one_whatever_happened_in_between()
    {
        await using var own = await RunningApp.StartAsync();
        var leads = new List<Lead>();
        for (var i = 0; i < 60; i++)
            leads.Add(await own.Lead($"Between {i:00}"));
        using var client = await own.SignedInAs(Cast.SalesLead);
        var first = (await client.PageAsync("/leads?q=Between")).MustBeOk();
        Assert.DoesNotContain("Previous", first.Texts("nav[aria-label=Pages] a"));
        var second = (await client.PageAsync(Link(first, "Next"))).MustBeOk();

        // One more before it: that one is on a page before the first.
        await own.Lead("Between 00b");
        var again = (await client.PageAsync(Link(second, "Previous"))).MustBeOk();
        Assert.Equal(("Between 00b", 50), (again.One("tbody tr:first-child .lead-name a").Words(), Ids(again).Count()));
        Assert.Contains("Previous", again.Texts("nav[aria-label=Pages] a"));

        // Two fewer: the list begins at its beginning, and goes on to fill the page.
        var by = await own.Viewer(Cast.SalesLead);
        foreach (var lead in leads.Take(2))
            Assert.True(await own.Operation<DeleteLead, bool>(delete => delete.RunAsync(lead.Id, by, Cancellation)));
        again = (await client.PageAsync(Link(second, "Previous"))).MustBeOk();
        Assert.Equal(("Between 00b", 50), (again.One("tbody tr:first-child .lead-name a").Words(), Ids(again).Count()));
        Assert.DoesNotContain("Previous", again.Texts("nav[aria-label=Pages] a"));
        (await client.PageAsync("/leads?before=nonsense")).MustBe(HttpStatusCode.UnprocessableEntity);

        static string Link(Page page, string text) => page.All("nav[aria-label=Pages] a").Single(link => link.Words() == text).GetAttribute("href")!;
    }

    [Fact]
    public async Task Leads_of_others_are_seen_but_not_changed_and_not_even_seen_where_the_team_cannot()
    {
        var lead = await app.Lead(owner: Cast.OtherKam);
        using var client = await app.SignedInAs(Cast.Kam);
        var page = (await client.PageAsync($"/leads?q={lead.Name}&edit={lead.Id}")).MustBeOk();
        Assert.Equal([lead.Id], Ids(page));
        Assert.Empty(page.All($"#lead-{lead.Id} form, #lead-{lead.Id} input"));

        // A form of an own lead, aimed at the other one.
        var own = await app.Lead();
        var form = (await client.PageAsync($"/leads?q={own.Name}&edit={own.Id}")).MustBeOk();
        form.One("[name='row.Id']").SetAttribute("value", $"{lead.Id}");
        (await form.Form("Save").Fill("Next step", "Mine").SubmitAsync()).MustBe(HttpStatusCode.NotFound);
        form = (await client.PageAsync($"/leads?q={own.Name}")).MustBeOk();
        // Views of the list have a form of their own for that, where somebody saved one.
        var delete = form.All("form").Single(one => one.GetAttribute("action") is { } action && action.Contains("handler=Delete", StringComparison.Ordinal) && !action.Contains("DeleteView", StringComparison.Ordinal));
        delete.SetAttribute("action", delete.GetAttribute("action")!.Replace($"id={own.Id}", $"id={lead.Id}", StringComparison.Ordinal));
        (await form.Form("Delete").SubmitAsync()).MustBe(HttpStatusCode.NotFound);
        (await client.PageAsync($"/leads/edit/{lead.Id}")).MustBe(HttpStatusCode.NotFound);
        Assert.Equal((lead.Version, null), ((await app.Now(lead)).Version, (await app.Now(lead)).DeletedAt));

        await using var closed = await RunningApp.StartAsync();
        var (theirs, mine) = (await closed.Lead(owner: Cast.OtherKam), await closed.Lead());
        await closed.Database(async db =>
        {
            db.Settings.Add(new Intranet.Data.Settings.Setting { Name = Intranet.Data.Settings.Setting.TeamCanSee, Value = "false" });
            await db.SaveChangesAsync(Cancellation);
        });
        using var kam = await closed.SignedInAs(Cast.Kam);
        Assert.Equal([mine.Id], Ids((await kam.PageAsync("/leads")).MustBeOk()));
        Assert.Empty(Ids((await kam.PageAsync($"/leads?owner={await closed.UserId(Cast.OtherKam)}")).MustBeOk()));
        Assert.Single((await FileAsync(kam, "/leads?handler=Csv")).Skip(1));
        using var lena = await closed.SignedInAs(Cast.SalesLead);
        Assert.Equal([mine.Id, theirs.Id], Ids((await lena.PageAsync("/leads")).MustBeOk()).OrderDescending());
    }

    [Fact]
    public async Task Selected_leads_are_reassigned_moved_and_exported()
    {
        var word = Given.Unique("Bulk");
        var (one, two, rest) = (await app.Lead($"{word} One"), await app.Lead($"{word} Two", stage: Stage.Active), await app.Lead($"{word} Rest"));
        using var client = await app.SignedInAs(Cast.SalesLead);
        async Task<Form> SelectAsync(string button) => (await client.PageAsync($"/leads?q={word}")).MustBeOk().Form(button).Choose("ids", $"{one.Id}").Choose("ids", $"{two.Id}");

        var file = await (await SelectAsync("Export selected")).SubmitAsync();
        Assert.Equal("leads.csv", file.Response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(3, file.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        var page = (await (await SelectAsync("Reassign")).Fill("Give to", Cast.OtherKam.Name).SubmitAsync()).MustBeOk();
        Assert.Contains($"2 leads given to {Cast.OtherKam.Name}.", page.Text, StringComparison.Ordinal);
        var kora = await app.UserId(Cast.OtherKam);
        Assert.Equal([kora, kora, await app.UserId(Cast.Kam)], [(await app.Now(one)).OwnerId!.Value, (await app.Now(two)).OwnerId!.Value, (await app.Now(rest)).OwnerId!.Value]);

        page = (await (await SelectAsync("Move")).Fill("Move to", "Contacted").SubmitAsync()).MustBeOk();
        Assert.Contains("1 lead moved to Contacted. 1 lead stayed: Active can go to Negotiation or Closed, not to Contacted.", page.Text, StringComparison.Ordinal);
        page = (await (await SelectAsync("Move")).Fill("Move to", "Closed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Say why they are closed.", page.One("#bulk-problem").Words());
        Assert.Equal(("Closed", "reason"), (page.Form("Move").Value("Move to"), page.One("[autofocus]").GetAttribute("name")));
        // What was refused for another cause stays as well.
        page = (await (await SelectAsync("Move")).Fill("Move to", "Active").Fill("Reason", "They asked").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("Active", "They asked", "moveTo"), (page.Form("Move").Value("Move to"), page.Form("Move").Value("Reason"), page.One("[autofocus]").GetAttribute("name")));
        (await (await SelectAsync("Move")).Fill("Move to", "Closed").Fill("Reason", "Out of business").SubmitAsync()).MustBeOk();
        Assert.Equal([Stage.Closed, Stage.Closed, Stage.New], [(await app.Now(one)).Stage, (await app.Now(two)).Stage, (await app.Now(rest)).Stage]);
        page = (await (await client.PageAsync($"/leads?q={word}")).Form("Reassign").Fill("Give to", Cast.OtherKam.Name).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Select the leads first.", page.One("#bulk-problem[autofocus]").Words());
        Assert.Equal($"{kora}", page.Form("Reassign").Value("Give to"));
        Assert.Contains("Choose who gets them.", (await (await SelectAsync("Reassign")).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_that_were_given_together_go_back_to_whoever_had_each_of_them()
    {
        await using var own = await RunningApp.StartAsync();
        var (karl, kora) = (await own.UserId(Cast.Kam), await own.UserId(Cast.OtherKam));
        var leads = new[] { await own.Lead("Bulk a", unowned: true), await own.Lead("Bulk b"), await own.Lead("Bulk c"), await own.Lead("Bulk d"), await own.Lead("Bulk e", Cast.OtherKam) };
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        using var client = await own.SignedInAs(Cast.SalesLead);

        var page = await GiveAsync();
        Assert.Contains($"4 leads given to {Cast.OtherKam.Name}. 1 lead had that owner already.", page.Text, StringComparison.Ordinal);
        // One goes on meanwhile, and one is deleted.
        await own.Operation<ReassignLeads, ReassignLeads.Result>(async reassign => await reassign.RunAsync(new ReassignLeads.Request([leads[2].Id], null, [await own.UserId(Cast.SalesLead)]), await own.Viewer(Cast.SalesLead), Cancellation));
        await own.Operation<DeleteLead, bool>(async delete => await delete.RunAsync(leads[3].Id, await own.Viewer(Cast.SalesLead), Cancellation));
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        var undo = page.Form("Undo");
        page = (await undo.SubmitAsync()).MustBeOk();

        Assert.Contains("Taken back: 2 leads. 2 leads changed since, and stayed.", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal([null, karl, await own.UserId(Cast.SalesLead), kora, kora], await Task.WhenAll(leads.Select(async lead => (await own.Now(lead)).OwnerId)));
        // The history keeps both, without a gap, and ends with one that is open, or none.
        Assert.Equal([(karl, false), (kora, false), (karl, true)], await PeriodsAsync(leads[1]));
        Assert.Equal([(kora, false)], await PeriodsAsync(leads[0]));
        Assert.Equal([(kora, true)], await PeriodsAsync(leads[4]));
        Assert.Contains("This can't be taken back any more", (await undo.SubmitAsync()).MustBeOk().One("[data-toast]").Words(), StringComparison.Ordinal);

        // Not by another, not after an hour, and not to who may own none any more.
        page = await GiveAsync();
        using (var other = await own.SignedInAs(Cast.Administrator))
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync(other, UndoOf(page)));
        own.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("This can't be taken back any more", (await page.Form("Undo").SubmitAsync()).MustBeOk().One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal(kora, (await own.Now(leads[1])).OwnerId);

        async Task<Page> GiveAsync()
        {
            var list = (await client.PageAsync("/leads?q=Bulk")).MustBeOk();
            var form = list.Form("Reassign");
            foreach (var id in Ids(list))
                form.Choose("ids", $"{id}");
            return (await form.Fill("Give to", Cast.OtherKam.Name).SubmitAsync()).MustBeOk();
        }

        Task<List<(int, bool)>> PeriodsAsync(Lead lead) => own.Database(async db =>
            (await db.OwnershipPeriods.Where(period => period.LeadId == lead.Id).OrderBy(period => period.From).ToListAsync(Cancellation)).ConvertAll(period => (period.OwnerId, period.To is null)));
    }

    [Fact]
    public async Task A_kam_who_gives_leads_away_can_take_them_back()
    {
        var lead = await app.Lead();
        using var client = await app.SignedInAs(Cast.Kam);

        var page = (await (await client.PageAsync($"/leads?q={lead.Name}")).MustBeOk().Form("Reassign").Choose("ids", $"{lead.Id}").Fill("Give to", Cast.OtherKam.Name).SubmitAsync()).MustBeOk();
        Assert.Equal(await app.UserId(Cast.OtherKam), (await app.Now(lead)).OwnerId);

        (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Equal(await app.UserId(Cast.Kam), (await app.Now(lead)).OwnerId);
    }

    [Fact]
    public async Task A_kam_who_gave_a_lead_away_in_its_row_can_undo_it_though_they_see_it_no_more()
    {
        await using var own = await RunningApp.StartAsync();
        await own.Database(async db =>
        {
            db.Settings.Add(new Intranet.Data.Settings.Setting { Name = Intranet.Data.Settings.Setting.TeamCanSee, Value = "false" });
            await db.SaveChangesAsync(Cancellation);
        });
        var (karl, kora) = (await own.UserId(Cast.Kam), await own.UserId(Cast.OtherKam));
        var lead = await own.Lead("Rowan", nextStep: "Ask");
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        using var client = await own.SignedInAs(Cast.Kam);

        var page = await GiveAsync();
        Assert.Empty(Ids(page));
        (await client.PageAsync($"/leads/{lead.Id}")).MustBe(HttpStatusCode.NotFound);
        // His undo is nobody else's.
        using (var other = await own.SignedInAs(Cast.SalesLead))
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync(other, UndoOf(page)));
        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Contains("Taken back: the lead is as it was.", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal((Stage.New, "Ask", karl), await own.Now(lead) is var back ? (back.Stage, back.NextStep, back.OwnerId!.Value) : default);
        Assert.Equal([lead.Id], Ids(page));

        // Who got it works on it: it stays theirs, and so does all else of the row.
        page = await GiveAsync();
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        await own.Logged(lead, by: Cast.OtherKam);
        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Contains("This can't be taken back any more", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Rowan", page.Text, StringComparison.Ordinal);
        Assert.Equal((Stage.Contacted, "Call again", kora), await own.Now(lead) is var stayed ? (stayed.Stage, stayed.NextStep, stayed.OwnerId!.Value) : default);
        // Nor what they never gave.
        var another = await own.Lead("Another", Cast.OtherKam);
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, $"/leads?handler=RowBack&id={another.Id}&version={another.Version}&at={another.CreatedAt.Ticks}"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, $"/leads?handler=RowBack&id={another.Id}&version={another.Version}&step=Mine"));

        async Task<Page> GiveAsync()
        {
            own.Clock.Advance(TimeSpan.FromMinutes(1));
            var form = (await client.PageAsync($"/leads?edit={lead.Id}")).MustBeOk().Form("Save");
            return (await form.Fill("Stage", "Contacted").Fill("Owner", Cast.OtherKam.Name).Fill("Next step", "Call again").SubmitAsync()).MustBeOk();
        }
    }

    [Fact]
    public async Task Only_what_was_given_can_be_taken_back_not_what_somebody_entered_or_has_back()
    {
        await using var own = await RunningApp.StartAsync();
        var (karl, kora) = (await own.UserId(Cast.Kam), await own.UserId(Cast.OtherKam));
        var by = await own.Viewer(Cast.Kam);
        var entered = (await own.Operation<CreateLead, CreateLead.Result>(create => create.RunAsync(new Lead { Name = "Entered" }, Stage.New, null, null, new CallPlan(), by, Cancellation))).Lead!;
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        var given = await own.Lead("Given");
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        using var client = await own.SignedInAs(Cast.Kam);

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, $"/leads?handler=GiveBack&to={karl}&at={entered.CreatedAt.Ticks}"));
        Assert.Equal(karl, (await own.Now(entered)).OwnerId);

        var at = (await own.Operation<ReassignLeads, ReassignLeads.Result>(reassign => reassign.RunAsync(new ReassignLeads.Request([given.Id], null, [kora]), by, Cancellation))).At;
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        var returned = own.Clock.UtcNow;
        Assert.Equal(1, (await own.Operation<TakeBackReassignment, TakeBackReassignment.Result>(back => back.RunAsync(kora, at, by, Cancellation))).Back);
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, $"/leads?handler=GiveBack&to={karl}&at={returned.Ticks}"));
        Assert.Equal(karl, (await own.Now(given)).OwnerId);
    }

    [Fact]
    public async Task Leads_that_were_moved_together_go_back_and_what_went_on_stays()
    {
        await using var own = await RunningApp.StartAsync();
        var leads = new[] { await own.Lead("Moved a"), await own.Lead("Moved b"), await own.Lead("Moved c") };
        own.Clock.Advance(TimeSpan.FromDays(1));
        using var client = await own.SignedInAs(Cast.SalesLead);
        var form = (await client.PageAsync("/leads?q=Moved")).MustBeOk().Form("Move");
        foreach (var lead in leads)
            form.Choose("ids", $"{lead.Id}");
        var page = (await form.Fill("Move to", "Closed").Fill("Reason", "Out of business").SubmitAsync()).MustBeOk();
        var (undo, address) = (page.Form("Undo"), UndoOf(page));
        await own.Operation<MoveStage, MoveStage.Result>(async move => await move.RunAsync(leads[2].Id, Stage.Contacted, null, null, await own.Viewer(Cast.SalesLead), Cancellation));

        // What somebody else moved is not this user's to take back.
        using var other = await own.SignedInAs(Cast.Administrator);
        await PostAsync(other, address);
        Assert.Equal(Stage.Closed, (await own.Now(leads[0])).Stage);

        page = (await undo.SubmitAsync()).MustBeOk();

        Assert.Contains("Taken back: 2 leads. 1 lead changed since, and stayed.", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal([Stage.New, Stage.New, Stage.Contacted], await Task.WhenAll(leads.Select(async lead => (await own.Now(lead)).Stage)));
        Assert.Equal(leads[0].StageSince, (await own.Now(leads[0])).StageSince);
        Assert.Contains("This can't be taken back any more", (await undo.SubmitAsync()).MustBeOk().One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, "/leads?handler=MoveBack"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, "/leads?handler=MoveBack&moves=1-x"));
        // No instant at all: before the first, and after the last.
        foreach (var at in new[] { "-1", "3155378976000000000" })
        {
            foreach (var handler in new[] { "leads?handler=GiveBack&to=1", $"leads?handler=RowBack&id={leads[0].Id}", "leads/hand-over?handler=GiveBack&from=1" })
                Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, $"/{handler}&at={at}"));
        }
    }

    private static string UndoOf(Page page) => page.One("[data-toast] form").GetAttribute("action")!;

    private static async Task<HttpStatusCode> PostAsync(HttpClient by, string address)
    {
        var token = (await by.PageAsync("/leads")).MustBeOk().All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        using var body = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        using var answer = await by.PostAsync(address, body, Cancellation);
        return answer.StatusCode;
    }

    [Fact]
    public async Task Deleting_is_undone_by_the_toast()
    {
        var lead = await app.Lead();
        using var client = await app.SignedInAs(Cast.Kam);

        var page = (await (await client.PageAsync($"/leads?q={lead.Name}")).MustBeOk().Form("Delete").SubmitAsync()).MustBeOk();
        Assert.Empty(Ids(page));
        Assert.NotNull((await app.Now(lead)).DeletedAt);

        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Equal([lead.Id], Ids(page));
        Assert.Null((await app.Now(lead)).DeletedAt);
        (await (await client.PageAsync($"/leads?q={lead.Name}")).MustBeOk().Form("Delete").SubmitAsync()).MustBeOk();
        (await (await client.PageAsync($"/leads?q={lead.Name}&deleted=true")).MustBeOk().Form("Restore").SubmitAsync()).MustBeOk();
        Assert.Null((await app.Now(lead)).DeletedAt);
    }

    [Fact]
    public async Task Views_are_saved_shared_and_deleted_by_whose_they_are()
    {
        var (name, word) = (Given.Unique("View"), Given.Unique("Viewed"));
        var lead = await app.Lead($"{word} Here", stage: Stage.Qualified);
        await app.Lead($"{word} Elsewhere");
        using var karl = await app.SignedInAs(Cast.Kam);
        using var kora = await app.SignedInAs(Cast.OtherKam);

        (await (await karl.PageAsync($"/leads?q={word}&stage=Qualified&sort=due")).MustBeOk().Form("Save view").Fill("Save these filters as", name).SubmitAsync()).MustBeOk();
        Assert.DoesNotContain(name, (await kora.PageAsync("/leads")).MustBeOk().Texts(".view"));
        var page = (await karl.PageAsync("/leads")).MustBeOk();
        var link = page.All(".view").Single(view => view.Words() == name).GetAttribute("href")!;
        Assert.Equal($"/leads?q={word}&stage=Qualified&sort=due", link);
        Assert.Equal([lead.Id], Ids((await karl.PageAsync(link)).MustBeOk()));

        var again = await (await karl.PageAsync($"/leads?q={word}")).Form("Save view").Fill("Save these filters as", name).SubmitAsync();
        Assert.Contains("You have a view of this name.", again.MustBe(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
        Assert.Contains("Give the view a name.", (await (await karl.PageAsync("/leads")).Form("Save view").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);

        (await (await karl.PageAsync("/leads")).Form($"Share {name}").SubmitAsync()).MustBeOk();
        page = (await kora.PageAsync("/leads")).MustBeOk();
        Assert.Contains(name, page.Texts(".view"));
        Assert.DoesNotContain(name, page.Texts(".views-row"));

        page = (await (await karl.PageAsync("/leads")).Form($"Delete the view {name}").SubmitAsync()).MustBeOk();
        Assert.DoesNotContain(name, (await kora.PageAsync("/leads")).MustBeOk().Texts(".view"));
        (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Equal(link, (await kora.PageAsync("/leads")).MustBeOk().All(".view").Single(view => view.Words() == name).GetAttribute("href"));
    }

    [Fact]
    public async Task Filters_that_are_too_long_to_be_kept_are_refused_at_the_name()
    {
        var name = Given.Unique("Long");
        using var client = await app.SignedInAs(Cast.Kam);
        var (longest, place) = (new string('寿', 200), new string('司', 21));

        var page = await (await client.PageAsync($"/leads?q={longest}&place={place}{place}")).MustBeOk().Form("Save view").Fill("Save these filters as", name).SubmitAsync();

        Assert.Equal("These filters are too long to be kept: 2187 characters of an address, at most 2000. Search for less.", page.MustBe(HttpStatusCode.UnprocessableEntity).One("#view_Name-error").Words());
        Assert.Equal(name, page.Form("Save view").Value("Save these filters as"));
        Assert.False(await app.Database(db => db.SavedLists.AnyAsync(list => list.Name == name, Cancellation)));
        // As much as is kept is.
        (await (await client.PageAsync($"/leads?q={longest}&place={place}")).MustBeOk().Form("Save view").Fill("Save these filters as", name).SubmitAsync()).MustBeOk();
        Assert.Equal(1998, await app.Database(db => db.SavedLists.Where(list => list.Name == name).Select(list => list.Query.Length).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task The_file_holds_exactly_the_filter()
    {
        var word = Given.Unique("Exported");
        var lead = await app.Lead($"{word}, the", value: 125050, interval: 14, source: "referral", hours: "Mo-Fr 11:00-14:30", nextStep: "=1+1", isMain: true);
        await app.Lead($"{word} other", stage: Stage.Active);
        using var client = await app.SignedInAs(Cast.Kam);

        var lines = await FileAsync(client, $"/leads?q={word}&stage=New&handler=Csv");

        Assert.Equal("Id,IntranetId,Name,Address,City,TimeZone,OpeningHours,Stage,Source,ExpectedValue,Currency,Owner,IsMain,NextStep,CallFrequency,MaximumDays,PreferredDays,PausedUntil,NextDue,Performance,PerformanceWhy,Slipping,CreatedAt,UpdatedAt", lines[0]);
        Assert.Equal($",{lead.Id},\"{word}, the\",,Berlin,Europe/Berlin,Mo-Fr 11:00-14:30,New,referral,1250.5,EUR,{Cast.Kam.Email},yes,\"'=1+1\",14,,,", string.Join(',', Assert.Single(lines[1..]).Split(',').SkipLast(6)));
        using var book = await client.GetAsync(new Uri($"/leads?q={word}&handler=Xlsx", UriKind.Relative), Cancellation);
        Assert.Equal("leads.xlsx", book.EnsureSuccessStatusCode().Content.Headers.ContentDisposition!.FileName);
        Assert.Contains($"Leads ('{word}', New) as csv", await app.Database(db => db.AuditEntries.Where(entry => entry.Action == "exported" && entry.Subject == "Lead").Select(entry => entry.Details).ToListAsync(Cancellation)));
    }

    private static IEnumerable<int> Ids(Page page) => page.All(".lead-table tbody tr").Select(row => int.Parse(row.Id!.Split('-')[1], null));

    private static async Task<string[]> FileAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), Cancellation);
        return Encoding.UTF8.GetString((await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancellation))[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Selected_leads_that_somebody_else_changed_meanwhile_are_left_where_they_are()
    {
        var word = Given.Unique("Seen");
        var (one, two) = (await app.Lead($"{word} One"), await app.Lead($"{word} Two"));
        using var client = await app.SignedInAs(Cast.SalesLead);
        var form = (await client.PageAsync($"/leads?q={word}")).MustBeOk().Form("Move").Choose("ids", $"{one.Id}").Choose("ids", $"{two.Id}").Fill("Move to", "Contacted");
        var by = await app.Viewer(Cast.SalesLead);
        await app.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(two.Id, Stage.Closed, "Out of business", null, by, TestContext.Current.CancellationToken));

        Assert.Contains("1 lead moved to Contacted. 1 changed meanwhile and was left.", (await form.SubmitAsync()).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal((Stage.Contacted, Stage.Closed), ((await app.Now(one)).Stage, (await app.Now(two)).Stage));
        // Nothing was done: that is told above what shows now, which can be moved.
        var page = (await client.PageAsync($"/leads?q={word}")).MustBeOk();
        page.One($"[name=versions][value^='{one.Id}:']").SetAttribute("value", $"{one.Id}:{Guid.NewGuid()}");
        var refused = (await page.Form("Move").Choose("ids", $"{one.Id}").Fill("Move to", "Qualified").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("1 changed meanwhile and was left.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("1 lead moved to Qualified.", (await refused.Form("Move").Fill("Move to", "Qualified").SubmitAsync()).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_names_who_is_chosen_also_when_they_left()
    {
        var left = await app.Given.User(Given.Unique("Left "), role: "kam");
        var (id, kora) = (await app.UserId(left), await app.UserId(Cast.OtherKam));
        var lead = await app.Lead(owner: left);
        await app.Database(db => db.Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set.SetProperty(user => user.LockoutEnd, DateTimeOffset.MaxValue)));
        using var client = await app.SignedInAs(Cast.SalesLead);
        string[] urls = ["/leads?owner=", "/leads/board?owner=", "/leads/due?owner=", "/performance?owner=", "/performance/charts?kam="];

        foreach (var url in urls)
            Assert.Equal(left.Name, (await client.PageAsync($"{url}{id}")).MustBeOk().One("#owner option[selected], #kam option[selected]").Words());
        // Also when nothing is theirs any more.
        var by = await app.Viewer(Cast.SalesLead);
        await app.Operation<ReassignLeads, ReassignLeads.Result>(reassign => reassign.RunAsync(new ReassignLeads.Request([lead.Id], null, [kora]), by, TestContext.Current.CancellationToken));
        foreach (var url in urls)
            Assert.Equal(left.Name, (await client.PageAsync($"{url}{id}")).MustBeOk().One("#owner option[selected], #kam option[selected]").Words());
        // Nobody is given anything through it.
        Assert.DoesNotContain(left.Name, (await client.PageAsync($"/leads?owner={kora}")).MustBeOk().Texts("[name=to] option"));
    }
}
