using System.Globalization;
using System.Net;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads.Due;

/// <summary>The queue of calls, through its page. The clock stands on Wednesday 15 May 2030, noon in Berlin.</summary>
public sealed class DuePageTests
{
    [Fact]
    public async Task The_queue_begins_past_the_maximum_then_overdue_then_main_accounts_then_open_ones_and_says_why()
    {
        await using var app = await RunningApp.StartAsync();
        // In the opposite order, so that the page can't have it from the ids.
        var closed = await app.Lead("Closed", interval: 7, hours: "Mo-Fr 18:00-23:00");
        var unknown = await app.Lead("Unknown", interval: 7);
        var open = await app.Lead("Open", interval: 7, hours: "Mo-Fr 11:00-14:00");
        var main = await app.Lead("Main", interval: 7, hours: "Mo-Fr 18:00-23:00", isMain: true);
        var overdue = await app.Lead("Overdue", interval: 7);
        var overdueMain = await app.Lead("Overdue main", interval: 7, isMain: true);
        var past = await app.Lead("Past", interval: 7, maximum: 10);
        var notYet = await app.Lead("Not yet", interval: 7);
        var noPlan = await app.Lead("No plan");
        foreach (var lead in new[] { closed, unknown, open, main })
            await app.Logged(lead, daysAgo: 7);
        await app.Logged(overdue, daysAgo: 12);
        await app.Logged(overdueMain, daysAgo: 9);
        await app.Logged(past, daysAgo: 14);
        await app.Logged(notYet, daysAgo: 6);
        using var client = await app.SignedInAs(Cast.Kam);

        var page = (await client.PageAsync("/leads/due")).MustBeOk();

        Assert.Equal(["Past", "Overdue main", "Overdue", "Main", "Open", "Unknown", "Closed"], page.Texts("[data-due] [data-open]"));
        Assert.Equal(["Past the maximum 1", "Overdue 2", "Today 4"], page.Texts(".due-group h2"));
        Assert.Contains("7 days overdue", page.One($"#lead-{past.Id}").Words(), StringComparison.Ordinal);
        Assert.Contains("last reached on 1 May, every 7 days; past its maximum of 10 days", page.One($"#lead-{past.Id}").Words(), StringComparison.Ordinal);
        Assert.Contains("5 days overdue", page.One($"#lead-{overdue.Id}").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("overdue", page.One($"#lead-{main.Id}").Words(), StringComparison.Ordinal);
        Assert.Contains("Wed 12:00 open now", page.One($"#lead-{open.Id}").Words(), StringComparison.Ordinal);
        Assert.Contains("closed now", page.One($"#lead-{closed.Id}").Words(), StringComparison.Ordinal);
        Assert.Equal("0 of 7 done today", page.One("[data-progress]").Words());
        Assert.Empty(page.All($"#lead-{noPlan.Id}, #lead-{notYet.Id}"));
    }

    [Theory]
    [InlineData("reached", CallOutcome.Reached, "Next due 22 May.")]
    [InlineData("no-answer", CallOutcome.NoAnswer, "Next due 16 May.")]
    [InlineData("message", CallOutcome.LeftMessage, "Next due 16 May.")]
    public async Task One_button_logs_a_call_and_undo_brings_the_lead_back_as_it_was(string button, CallOutcome outcome, string next)
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Lead("Trattoria", interval: 7);
        await app.Poc(lead, "Pia Poc", phone: "+49 30 1234567");
        await app.Logged(lead, daysAgo: 8);
        var before = await app.Now(lead);
        using var client = await app.SignedInAs(Cast.Kam);
        var shown = (await client.PageAsync("/leads/due")).MustBeOk();
        Assert.Equal("tel:+49301234567", shown.One("[data-tel]").GetAttribute("href"));
        Assert.Contains("Pia Poc kitchen", shown.One($"#lead-{lead.Id}").Words(), StringComparison.Ordinal);

        var page = (await shown.Form($"{button}-{lead.Id}").SubmitAsync()).MustBeOk();

        Assert.Contains(next, page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal("1 of 1 done today", page.One("[data-progress]").Words());
        Assert.Contains("All done", page.Text, StringComparison.Ordinal);
        var logged = await app.Database(db => db.Interactions.AsNoTracking().OrderBy(one => one.Id).LastAsync(TestContext.Current.CancellationToken));
        Assert.Equal((InteractionKind.Call, outcome, app.Clock.UtcNow, await app.UserId(Cast.Kam)), (logged.Kind, logged.Outcome!.Value, logged.At, logged.AuthorId!.Value));
        Assert.NotNull(logged.PocId);

        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();

        Assert.Contains("Taken back", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal(["Trattoria"], page.Texts("[data-due] [data-open]"));
        Assert.Equal("0 of 1 done today", page.One("[data-progress]").Words());
        var after = await app.Now(lead);
        Assert.Equal((before.DueAt, before.NextDueOn, before.LastTouchAt, before.Attempts, before.RetryOn, before.RetryCause), (after.DueAt, after.NextDueOn, after.LastTouchAt, after.Attempts, after.RetryOn, after.RetryCause));
        // Nothing disappeared: the call and its correction are both there.
        Assert.Equal(3, await app.Database(db => db.Interactions.CountAsync(TestContext.Current.CancellationToken)));
        Assert.NotNull((await app.Now(logged)).CorrectedAt);
    }

    [Fact]
    public async Task A_missed_day_stays_missed_on_all_pages_and_in_the_API_while_it_is_tried_again()
    {
        await using var app = await RunningApp.StartAsync();
        // Monday to Sunday, so that no weekend moves a day.
        var all = new CallPlan(7, PreferredDays: (Workdays)127);
        var tried = await app.Lead("Tried yesterday", plan: all);
        var today = await app.Lead("Tried today", plan: all with { MaximumDays = 9 });
        var fresh = await app.Lead("Fresh", plan: all);
        foreach (var lead in new[] { tried, today })
            await app.Logged(lead, daysAgo: 12);
        await app.Logged(fresh, daysAgo: 7);
        await app.Logged(tried, outcome: CallOutcome.NoAnswer, daysAgo: 1);
        await app.Logged(today, outcome: CallOutcome.NoAnswer);
        using var client = await app.SignedInAs(Cast.Kam);

        foreach (var (url, row) in new[] { ("/leads/due", "#lead-{0}"), ("/leads", "#lead-{0}"), ("/leads/board", "#lead-card-{0}"), ($"/leads/{tried.Id}", "#plan"), ("/", "[aria-labelledby=due-title] li:has([href$='/{0}'])") })
        {
            var words = (await client.PageAsync(url)).MustBeOk().One(string.Format(CultureInfo.InvariantCulture, row, tried.Id)).Words();
            Assert.Contains("5 days overdue", words, StringComparison.Ordinal);
            Assert.DoesNotContain("past maximum", words, StringComparison.Ordinal);
        }

        // Called today, and due again tomorrow: nobody was reached, and the day stays missed.
        var missed = DateOnly.FromDateTime(app.Clock.UtcNow).AddDays(-5).ToString("d MMM", CultureInfo.GetCultureInfo("en-GB"));
        Assert.Empty((await client.PageAsync("/leads/due")).All($"#lead-{today.Id}"));
        foreach (var (url, row) in new[] { ("/leads", $"#lead-{today.Id}"), ("/leads/board", $"#lead-card-{today.Id}"), ($"/leads/{today.Id}", "#plan") })
            Assert.Contains($"missed since {missed} past maximum", (await client.PageAsync(url)).MustBeOk().One(row).Words(), StringComparison.Ordinal);
        Assert.Equal(["Tried today", "Tried yesterday"], (await client.PageAsync("/leads?due=overdue")).MustBeOk().Texts("#results .lead-name a"));
        Assert.Contains("due", (await client.PageAsync("/leads")).One($"#lead-{fresh.Id}").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("overdue", (await client.PageAsync("/leads")).One($"#lead-{fresh.Id}").Words(), StringComparison.Ordinal);
        using (var api = await ApiCaller.OfAsync(app, Cast.Kam))
        {
            foreach (var (lead, days) in new[] { (fresh, 0), (tried, 5), (today, 5) })
                Assert.Equal(days, (await api.Get($"/api/leads/{lead.Id}")).GetProperty("overdue_days").GetInt32());
        }


        // Reached at last.
        await app.Logged(tried);
        Assert.DoesNotContain("overdue", (await client.PageAsync("/leads")).One($"#lead-{tried.Id}").Words(), StringComparison.Ordinal);
        Assert.Equal(["Tried today"], (await client.PageAsync("/leads?due=overdue")).MustBeOk().Texts("#results .lead-name a"));
    }

    [Fact]
    public async Task The_line_takes_details_a_day_and_an_order_and_says_at_the_field_what_is_wrong()
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Lead("Bistro", interval: 7);
        var other = await app.Lead("Other", interval: 7);
        await app.Poc(lead, "First Poc", isMain: true);
        var second = await app.Poc(lead, "Second Poc");
        using var client = await app.SignedInAs(Cast.Kam);
        Form Line(Page page) => page.Form("Save for Bistro").Fill("Details", "asked for oil").Fill("Call again on", "2030-05-20").Fill("Poc", "Second Poc");

        var page = (await Line((await client.PageAsync("/leads/due")).MustBeOk()).Fill("Order value (EUR)", "a lot").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("This is no amount in EUR.", page.One("#Input_OrderValue-error").Words());
        Assert.Equal($"value-{lead.Id}", page.One("[autofocus]").Id);
        Assert.Equal("asked for oil", page.Form("Save for Bistro").Value("Details"));
        Assert.True(page.One($"#lead-{lead.Id} details").HasAttribute("open"));
        Assert.False(page.One($"#lead-{other.Id} details").HasAttribute("open"));
        page = (await Line((await client.PageAsync("/leads/due")).MustBeOk()).Fill("Call again on", "2030-05-01").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Give a day after the interaction.", page.One("#Input_FollowUpOn-error").Words());
        Assert.Equal(0, await app.Database(db => db.Interactions.CountAsync(TestContext.Current.CancellationToken)));

        page = (await Line((await client.PageAsync("/leads/due")).MustBeOk()).Fill("Order value (EUR)", "1,234.50").SubmitAsync()).MustBeOk();

        Assert.Contains("Bistro: call: follow-up. Next due 20 May.", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        var logged = await app.Database(db => db.Interactions.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal((CallOutcome.FollowUp, "asked for oil", 123450L, "EUR", true, second.Id, new DateOnly(2030, 5, 20)), (logged.Outcome!.Value, logged.Details, logged.OrderValue!.Value, logged.Currency, logged.IsOrder, logged.PocId!.Value, logged.FollowUpOn!.Value));
    }

    [Fact]
    public async Task Each_has_their_own_queue_and_the_sales_lead_chooses_whose()
    {
        await using var app = await RunningApp.StartAsync();
        var mine = await app.Lead("Mine", interval: 7);
        var theirs = await app.Lead("Theirs", owner: Cast.OtherKam, interval: 7);
        await app.Lead("Nobody's", unowned: true, interval: 7);
        var gone = await app.Lead("Gone", interval: 7);
        await app.Operation<DeleteLead, bool>(async delete => await delete.RunAsync(gone.Id, await app.Viewer(Cast.SalesLead), TestContext.Current.CancellationToken));
        var other = await app.UserId(Cast.OtherKam);

        using (var client = await app.SignedInAs(Cast.Kam))
        {
            foreach (var url in new[] { "/leads/due", $"/leads/due?owner={other}", "/leads/due?owner=all", "/leads/due?after=nonsense" })
                Assert.Equal(["Mine"], (await client.PageAsync(url)).MustBeOk().Texts("[data-due] [data-open]"));
            var form = (await client.PageAsync("/leads/due")).Form($"reached-{mine.Id}");
            var token = (await client.PageAsync("/leads/due")).All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
            foreach (var id in new[] { theirs.Id, gone.Id, int.MaxValue })
            {
                using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["Input.Outcome"] = "Reached", ["__RequestVerificationToken"] = token });
                using var answer = await client.PostAsync(new Uri($"/leads/due?handler=Log&id={id}", UriKind.Relative), content, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }

            Assert.Equal(0, await app.Database(db => db.Interactions.CountAsync(TestContext.Current.CancellationToken)));
            (await form.SubmitAsync()).MustBeOk();
        }

        foreach (var person in new[] { Cast.SalesLead, Cast.Administrator })
        {
            using var client = await app.SignedInAs(person);
            Assert.Equal(["Nobody's", "Theirs"], (await client.PageAsync("/leads/due")).MustBeOk().Texts("[data-due] [data-open]").Order());
            Assert.Equal(["Theirs"], (await client.PageAsync($"/leads/due?owner={other}")).MustBeOk().Texts("[data-due] [data-open]"));
            Assert.Equal("1 of 3 done today", (await client.PageAsync("/leads/due")).One("[data-progress]").Words());
        }

        foreach (var person in new[] { Cast.Employee, Cast.Steward })
        {
            using var client = await app.SignedInAs(person);
            (await client.PageAsync("/leads/due")).MustBe(HttpStatusCode.Forbidden);
        }

        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync("/leads/due", follow: false)).RedirectsTo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_show_each_lead_once_and_ask_as_often_for_many_rows_as_for_few()
    {
        var counter = new QueryCounter();
        await using var app = await RunningApp.StartAsync(options => options.Services = counter.Listen);
        await GrowAsync(2);
        using var client = await app.SignedInAs(Cast.Kam);
        using var lead = await app.SignedInAs(Cast.SalesLead);
        var (few, fewOfTeam, fewAtHome) = (await counter.OfPageAsync(client, "/leads/due"), await counter.OfPageAsync(lead, "/leads/due"), await counter.OfPageAsync(client, "/"));
        await GrowAsync(58);

        var seen = new List<string>();
        for (var url = "/leads/due"; url is not null;)
        {
            var page = (await client.PageAsync(url)).MustBeOk();
            seen.AddRange(page.All("[data-due]").Select(row => row.Id!));
            url = page.All("[data-key=more]").SingleOrDefault()?.GetAttribute("href");
        }

        Assert.Equal((60, 60), (seen.Count, seen.Distinct().Count()));
        Assert.Equal(few, await counter.OfPageAsync(client, "/leads/due"));
        Assert.Equal(fewOfTeam, await counter.OfPageAsync(lead, "/leads/due"));
        Assert.Equal(fewAtHome, await counter.OfPageAsync(client, "/"));
        Assert.InRange(fewOfTeam, 1, 12);

        async Task GrowAsync(int by)
        {
            for (var i = 0; i < by; i++)
                await app.Poc(await app.Lead(interval: 7, isMain: i % 3 == 0, hours: i % 2 == 0 ? "24/7" : null), phone: ContactsGiven.Phone());
        }
    }
}
