using System.Net;
using Intranet.Data.Jobs;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Performance;

public sealed class PerformancePageTests
{
    [Fact]
    public async Task Each_account_is_on_its_list_with_its_sentence_and_its_numbers()
    {
        await using var app = await RunningApp.StartAsync();
        var well = await app.Account(Cast.Kam, "Green Olive", "Lisbon");
        await app.Ordered(well, 12_000, 3, 10, 17, 24, 31, 38, 45);
        var average = await app.Account(Cast.Kam, "Blue Door");
        await app.Ordered(average, 5_000, 20, 40);
        var under = await app.Account(Cast.Kam, "Red Lantern", stage: Stage.New);
        var slipping = await app.Account(Cast.Kam, "White Table");
        await app.Ordered(slipping, 7_050, 19, 25, 31, 37, 43, 49);
        using var client = await app.SignedInAs(Cast.SalesLead);

        var page = (await client.PageAsync("/performance")).MustBeOk();
        Assert.Equal(["White Table"], page.Texts("tbody td:first-child a"));
        Assert.Contains("orders every 6 ± 0 days; now 19", page.One($"#lead-{slipping.Id}").Words(), StringComparison.Ordinal);
        Assert.Equal(["Slipping 1", "Underperforming 1", "Average 2", "Well-performing 1"], page.Texts(".tabs a"));

        var row = (await client.PageAsync("/performance?show=well")).MustBeOk().One($"#lead-{well.Id}").Words();
        foreach (var text in new[] { "Green Olive Lisbon · Active", "Well 7 orders in 90 days, the last one 3 days ago", Cast.Kam.Name, "840", "120 an order", "+33" })
            Assert.Contains(text, row, StringComparison.Ordinal);
        Assert.Equal("Orders of the last 13 weeks: 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1", (await client.PageAsync("/performance?show=well")).One("svg.spark").GetAttribute("aria-label"));
        Assert.Contains("no order yet", (await client.PageAsync("/performance?show=under")).One($"#lead-{under.Id}").Words(), StringComparison.Ordinal);
        Assert.Equal(2, (await client.PageAsync("/performance?show=average")).All("tbody tr").Count);
        // Nothing can be said of their trend, for two reasons.
        Assert.Equal("No orders in 60 days", await TrendAsync());
        await Intranet.Tests.Leads.LeadsGiven.Logged(app, under, InteractionKind.Order, daysAgo: 5);
        Assert.Equal("The orders of the last 60 days have no value", await TrendAsync());

        async Task<string?> TrendAsync() => (await client.PageAsync("/performance?show=under")).MustBeOk().One($"#lead-{under.Id} [data-label=Trend] span").GetAttribute("title");
    }

    [Fact]
    public async Task A_closed_account_is_on_no_list_and_in_no_count_until_it_is_reopened()
    {
        await using var app = await RunningApp.StartAsync();
        var well = await app.Account(Cast.Kam, "Green Olive");
        await app.Ordered(well, 12_000, 3, 10, 17, 24, 31, 38, 45);
        await app.Account(Cast.Kam, "Red Lantern");
        var slipping = await app.Account(Cast.Kam, "White Table");
        await app.Ordered(slipping, 7_050, 19, 25, 31, 37, 43, 49);
        // One that never was open.
        await app.Account(Cast.Kam, "Long gone", stage: Stage.Closed);
        using var client = await app.SignedInAs(Cast.SalesLead);
        Assert.Equal(["Slipping 1", "Underperforming 1", "Average 1", "Well-performing 1"], await TabsAsync());
        Assert.Equal(("Green Olive", "1"), await ListedAsync());

        await app.Moved(well, Stage.Closed);
        await app.Moved(slipping, Stage.Closed);

        Assert.Equal(["Slipping 0", "Underperforming 1", "Average 0", "Well-performing 0"], await TabsAsync());
        Assert.Equal(("", "0"), await ListedAsync());
        foreach (var order in new[] { "", "&sort=name", "&sort=last", "&city=ber", $"&owner={await app.IdOf(Cast.Kam)}" })
            Assert.Empty((await client.PageAsync($"/performance?show=well{order}")).MustBeOk().All("tbody tr"));
        Assert.Empty((await client.PageAsync("/leads?label=well")).MustBeOk().All("tbody tr"));
        Assert.Contains("Everybody orders in their own rhythm.", (await client.PageAsync("/")).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Contains("Closed accounts are on no list.", (await client.PageAsync("/performance?show=well&stage=closed")).MustBeOk().Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Closed", (await client.PageAsync("/performance?show=well")).MustBeOk().Texts("#stage option"));
        // How it did is still told where one looks at it.
        Assert.StartsWith("Well-performing closed, and so on no list of accounts 7 orders in 90 days", (await client.PageAsync($"/leads/{well.Id}")).MustBeOk().One("#performance .lead-due").Words(), StringComparison.Ordinal);
        // Nor does computing all anew, or a label by hand, bring it back.
        var by = await app.ViewerAsync();
        Assert.True((await app.Operation<SetManualLabel, SetManualLabel.Result>(set => set.RunAsync(slipping.Id, PerformanceLabel.Under, "It was no good", app.Clock.Today.AddDays(9), null, by))).IsDone);
        await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(withTouches: true));
        Assert.Equal(["Slipping 0", "Underperforming 1", "Average 0", "Well-performing 0"], await TabsAsync());

        await app.Moved(well, Stage.New);
        await app.Moved(slipping, Stage.New);

        Assert.Equal(["Slipping 1", "Underperforming 2", "Average 0", "Well-performing 1"], await TabsAsync());
        Assert.Equal(("Green Olive", "1"), await ListedAsync());

        async Task<IReadOnlyList<string>> TabsAsync() => (await client.PageAsync("/performance")).MustBeOk().Texts(".tabs a");

        async Task<(string Names, string Total)> ListedAsync()
        {
            var answer = (await client.PageAsync("/api/performance/well_performing")).MustBeOk();
            return (string.Join(", ", System.Text.Json.JsonDocument.Parse(answer.Html).RootElement.EnumerateArray().Select(row => row.GetProperty("restaurant_name").GetString())), answer.Response.Headers.GetValues("X-Total-Count").Single());
        }
    }

    [Fact]
    public async Task A_label_set_by_hand_shows_with_its_reason_and_its_end()
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Account(Cast.Kam);
        var by = await app.ViewerAsync();
        Assert.True((await app.Operation<SetManualLabel, SetManualLabel.Result>(set => set.RunAsync(lead.Id, PerformanceLabel.Well, "New kitchen until June", app.Clock.Today.AddDays(9), null, by))).IsDone);
        using var client = await app.SignedInAs(Cast.Kam);

        var row = (await client.PageAsync("/performance?show=well")).MustBeOk().One($"#lead-{lead.Id}").Words();

        foreach (var text in new[] { "by hand", $"{Cast.SalesLead.Name}: New kitchen until June (until", "no order yet" })
            Assert.Contains(text, row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&sort=revenue&dir=asc")]
    [InlineData("&sort=last")]
    [InlineData("&sort=last&dir=asc")]
    [InlineData("&sort=name")]
    [InlineData("&sort=name&dir=desc")]
    [InlineData("&sort=last&owner={owner}")]
    [InlineData("&sort=last&dir=asc&city=pag")]
    public async Task Pages_show_each_account_once_in_order(string query)
    {
        await using var app = await RunningApp.StartAsync();
        var id = await app.IdOf(Cast.Kam);
        await app.Database(async db =>
        {
            for (var i = 0; i < 120; i++)
            {
                var lead = new Lead { Name = $"Paged {i * 7 % 120:000}", City = "Pagetown", OwnerId = id, CreatedAt = app.Clock.UtcNow, Label = PerformanceLabel.Under };
                db.Add(lead);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
                // Many are equal, and many never ordered.
                db.Add(new LeadPerformance { LeadId = lead.Id, Label = PerformanceLabel.Under, ListedAs = PerformanceLabel.Under, Revenue = i % 5 * 1000, LastOrderOn = i % 3 == 0 ? null : app.Clock.Today.AddDays(-i % 7), ComputedFor = app.Clock.Today });
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        using var client = await app.SignedInAs(Cast.SalesLead);

        var (url, names, dates) = ($"/performance?show=under{query.Replace("{owner}", $"{id}", StringComparison.Ordinal)}", new List<string>(), new List<string>());
        for (var pages = 0; url is not null && pages < 5; pages++)
        {
            var page = (await client.PageAsync(url)).MustBeOk();
            names.AddRange(page.Texts("tbody td:first-child a"));
            dates.AddRange(page.All("td[data-label='Last order']").Select(cell => cell.QuerySelector("time")?.GetAttribute("datetime") ?? ""));
            url = page.All("nav[aria-label=Pages] a").SingleOrDefault(link => link.Words() == "More")?.GetAttribute("href")!;
        }

        Assert.Equal(120, names.Count);
        Assert.Equal(120, names.Distinct().Count());
        if (query.Contains("name", StringComparison.Ordinal))
            Assert.Equal(query.Contains("desc", StringComparison.Ordinal) ? names.OrderDescending(StringComparer.Ordinal) : names.Order(StringComparer.Ordinal), names);
        if (query.Contains("last", StringComparison.Ordinal))
            Assert.Equal(query.Contains("asc", StringComparison.Ordinal) ? dates.Order(StringComparer.Ordinal) : dates.OrderDescending(StringComparer.Ordinal), dates);
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_the_files_hold_exactly_it()
    {
        await using var app = await RunningApp.StartAsync();
        var other = await app.Given.User(role: "kam");
        var lead = await app.Account(Cast.Kam, "=Formula", "Lisbon");
        await app.Ordered(lead, 10_050, 40, 50);
        await app.Account(other, "Elsewhere", "Lisbon", Stage.New);
        await app.Account(other, "Third", "Berlin");
        using var client = await app.SignedInAs(Cast.SalesLead);

        Assert.Equal(["Elsewhere"], await NamesAsync($"owner={await app.IdOf(other)}&stage=new"));
        Assert.Equal(["=Formula", "Elsewhere"], await NamesAsync("city=lis&sort=name"));
        Assert.Equal([], await NamesAsync("city=nowhere"));
        var csv = await client.PageAsync("/performance?show=under&city=Lisbon&stage=Active&handler=Csv");
        Assert.Equal("text/csv", csv.MustBeOk().Response.Content.Headers.ContentType!.MediaType);
        var lines = csv.Html.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("Under", lines[1], StringComparison.Ordinal);
        Assert.Contains(",201,100.5,EUR,", lines[1], StringComparison.Ordinal);
        (await client.PageAsync("/performance?show=under&handler=Xlsx")).MustBeOk();
        Assert.Equal(2, await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Action == "exported")));

        foreach (var wrong in new[] { "show=none", "stage=Some", "stage=3", "sort=size", "dir=up", $"city={new string('x', 101)}" })
            Assert.NotEmpty((await client.PageAsync($"/performance?{wrong}")).MustBe(HttpStatusCode.UnprocessableEntity).Texts("[role=alert] p"));

        async Task<IReadOnlyList<string>> NamesAsync(string filters) => (await client.PageAsync($"/performance?show=under&{filters}")).MustBeOk().Texts("tbody td:first-child a");
    }

    [Fact]
    public async Task A_KAM_sees_the_leads_of_others_only_where_the_team_can()
    {
        await using var app = await RunningApp.StartAsync();
        var other = await app.Given.User(role: "kam");
        await app.Account(Cast.Kam, "Mine");
        var theirs = await app.Account(other, "Before theirs");
        await app.Account(other, "Theirs");
        using var client = await app.SignedInAs(Cast.Kam);
        Assert.Equal(["Before theirs", "Mine", "Theirs"], (await client.PageAsync("/performance?show=under&sort=name")).MustBeOk().Texts("tbody td:first-child a"));

        await app.TeamCanSee(false);

        var alone = (await client.PageAsync("/performance?show=under")).MustBeOk();
        Assert.Equal(["Mine"], alone.Texts("tbody td:first-child a"));
        Assert.Contains("Underperforming 1", alone.Texts(".tabs a"));
        Assert.DoesNotContain(other.Name, alone.Html, StringComparison.Ordinal);
        var asked = (await client.PageAsync($"/performance?show=under&owner={await app.IdOf(other)}")).MustBeOk();
        Assert.Empty(asked.All("tbody tr"));
        Assert.DoesNotContain("1", string.Concat(asked.Texts(".tabs a")), StringComparison.Ordinal);
        // Where a lead stands would tell of its name, or that there is one.
        foreach (var order in new[] { "sort=name", "sort=name&dir=desc", "sort=last", "sort=revenue" })
            Assert.Equal(["Mine"], (await client.PageAsync($"/performance?show=under&{order}&after={theirs.Id}")).MustBeOk().Texts("tbody td:first-child a"));
        Assert.DoesNotContain("Theirs", (await client.PageAsync("/performance?show=under&handler=Csv")).MustBeOk().Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/performance")]
    [InlineData("/performance/charts")]
    public async Task It_belongs_to_those_who_have_to_do_with_leads(string url)
    {
        await using var app = await RunningApp.StartAsync();
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(url, follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        foreach (var (person, status) in new[] { (Cast.Employee, HttpStatusCode.Forbidden), (Cast.Steward, HttpStatusCode.Forbidden), (Cast.Kam, HttpStatusCode.OK), (Cast.SalesLead, HttpStatusCode.OK), (Cast.Administrator, HttpStatusCode.OK) })
        {
            using var client = await app.SignedInAs(person);
            (await client.PageAsync(url)).MustBe(status);
        }
    }

    [Fact]
    public async Task Sales_leads_have_all_computed_again_and_KAMs_do_not()
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = "true");
        var lead = await app.Account(Cast.Kam);
        await app.Ordered(lead, 100, 1, 2, 3);
        app.Clock.Advance(TimeSpan.FromDays(40));
        using var client = await app.SignedInAs(Cast.SalesLead);
        Assert.Contains("3 orders in 90 days", (await client.PageAsync("/performance?show=average")).MustBeOk().Text, StringComparison.Ordinal);

        await (await client.PageAsync("/performance")).Form("Recompute all").SubmitAsync();
        await Eventually.Is(async () => (await client.PageAsync("/performance?handler=Recompute")).Html, html => html.Contains("All computed", StringComparison.Ordinal), "the leads to be computed");

        Assert.Contains("3 orders in 90 days, the last one 41 days ago", (await client.PageAsync("/performance?show=under")).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal("1 lead computed.", await app.Database(db => db.JobRuns.Where(run => run.Job == "recompute-performance").Select(run => run.Summary).SingleAsync()));

        using var kam = await app.SignedInAs(Cast.Kam);
        Assert.Empty((await kam.PageAsync("/performance")).MustBeOk().All("form[action*=Recompute]"));
        var token = (await kam.PageAsync("/performance")).All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        foreach (var handler in new[] { "Recompute", "Cancel&run=1" })
        {
            using var answer = await kam.PostAsync(new Uri($"/performance?handler={handler}", UriKind.Relative), new FormUrlEncodedContent([new("__RequestVerificationToken", token)]), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(1, await app.Database(db => db.JobRuns.CountAsync(run => run.Job == "recompute-performance")));
    }

    [Fact]
    public async Task A_running_computation_shows_its_progress_and_can_be_asked_to_stop()
    {
        await using var app = await RunningApp.StartAsync();
        await app.Database(async db =>
        {
            var run = JobRun.Queued("recompute-performance", Cast.SalesLead.Name, app.Clock.UtcNow);
            run.Begin();
            db.Add(run);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        using var client = await app.SignedInAs(Cast.SalesLead);

        var page = (await client.PageAsync("/performance?show=under")).MustBeOk();
        Assert.Equal("every 1s", page.One("#recompute").GetAttribute("hx-trigger"));
        Assert.NotNull(page.One("#recompute progress"));
        Assert.Equal("/performance?show=under", (await page.Form("Cancel").SubmitAsync()).MustBeOk().Path);

        Assert.Equal(Cast.SalesLead.Name, await app.Database(db => db.JobRuns.Select(run => run.CancelledBy).SingleAsync()));
    }
}
