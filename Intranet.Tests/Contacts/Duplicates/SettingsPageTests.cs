using System.Net;
using Intranet.Data.Contacts;
using Intranet.Data.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Contacts.Duplicates;

public sealed class SettingsPageTests
{
    private const string Url = "/contacts/duplicates/settings";

    [Fact]
    public async Task It_belongs_to_stewards()
    {
        await using var app = await DuplicatesApp.StartAsync();
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(Url, follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        using var employee = await app.SignedInAs(Cast.Employee);
        (await employee.PageAsync(Url)).MustBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task It_tells_how_many_pairs_the_thresholds_mean_before_and_after_saving()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var people = Enumerable.Range(0, 4).Select(i => DuplicatesApp.Person(app, $"Given{i}", $"Family{i}")).ToArray();
        await DuplicatesApp.AddAsync(app, people);
        await app.Database(async db =>
        {
            db.AddRange(new List<double> { 0.995, 0.8, 0.3 }.Select((probability, i) => DuplicatePair.Of(people[0].Id, people[i + 1].Id, PairCause.Likeness, probability, null, app.Clock.UtcNow)));
            // Neither is changed by a threshold: one waits for whoever put it off, the other no scan links.
            var later = DuplicatePair.Of(people[1].Id, people[2].Id, PairCause.Likeness, 0.999, null, app.Clock.UtcNow);
            later.Decide(PairState.Later, app.Clock.UtcNow, Cast.Steward.Name);
            db.AddRange(later, DuplicatePair.Of(people[1].Id, people[3].Id, PairCause.DifferentNames, 0.999, null, app.Clock.UtcNow));
            await db.SaveChangesAsync();
        });
        using var steward = await app.SignedInAs(Cast.Steward);

        var page = (await steward.PageAsync(Url)).MustBeOk();
        Assert.Equal(["3 pairs", "1 pair"], page.Texts("#preview dd"));
        // Without a script at a press.
        var seen = (await page.Form("Preview").Fill("Review from", "70").Tick("A scan links the likeliest pairs by itself").SubmitAsync()).MustBeOk();
        Assert.StartsWith($"{Url}?Input.Review=70&", seen.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("Token", seen.Path, StringComparison.Ordinal);
        Assert.Equal("70", seen.Form("Save").Value("Review from"));
        Assert.True(seen.One("[name='Input.LinksAutomatically'][type=checkbox]").HasAttribute("checked"));
        Assert.Equal("3 pairs", seen.Texts("#preview dd")[0]);
        Assert.Equal(["4 pairs", "2 pairs"], (await steward.PageAsync($"{Url}?Input.Review=20&Input.Automatic=79.5")).MustBeOk().Texts("#preview dd"));
        Assert.False(await app.Database(db => db.Settings.AnyAsync(s => s.Name == "review-threshold")));

        var saved = await page.Form("Save").Fill("Review from", "20").Fill("Link automatically from", "79.5").Tick("A scan links the likeliest pairs by itself").SubmitAsync();
        Assert.Equal(["4 pairs", "2 pairs"], saved.MustBeOk().Texts("#preview dd"));
        Assert.Equal(new MatchSettings(0.2, 0.795, true), await app.Database(db => db.Settings.MatchSettingsAsync()));
        Assert.Equal(3, await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Subject == "Setting" && entry.Action == "changed")));
    }

    [Fact]
    public async Task What_somebody_else_saved_meanwhile_stands_beside_what_was_typed()
    {
        await using var app = await DuplicatesApp.StartAsync();
        using var steward = await app.SignedInAs(Cast.Steward);
        var typed = (await steward.PageAsync(Url)).MustBeOk().Form("Save").Fill("Review from", "60");
        using var administrator = await app.SignedInAs(Cast.Administrator);
        (await (await administrator.PageAsync(Url)).MustBeOk().Form("Save").Fill("Review from", "70").Tick("A scan links the likeliest pairs by itself").SubmitAsync()).MustBeOk();

        var page = (await typed.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed these settings in the meantime.", page.Text, StringComparison.Ordinal);
        Assert.Equal(("60", "now: 70", "now: yes"), (page.Form("Save").Value("Review from"), page.One("#Input_Review-now").Words(), page.One("#Input_LinksAutomatically-now").Words()));
        Assert.Equal((0.7, true), await app.Database(db => db.Settings.MatchSettingsAsync()) is var now ? (now.Review, now.LinksAutomatically) : default);
        // Knowingly.
        (await page.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal((0.6, false), await app.Database(db => db.Settings.MatchSettingsAsync()) is var after ? (after.Review, after.LinksAutomatically) : default);
    }

    [Theory]
    [InlineData("5", "99", "Review from")]
    [InlineData("", "99", "Review from")]
    [InlineData("50", "101", "Link automatically from")]
    [InlineData("50", "40", "Link automatically from")]
    public async Task What_cannot_be_is_told_at_its_field_and_not_saved(string review, string automatic, string field)
    {
        await using var app = await DuplicatesApp.StartAsync();
        using var steward = await app.SignedInAs(Cast.Steward);
        var page = await (await steward.PageAsync(Url)).Form("Save").Fill("Review from", review).Fill("Link automatically from", automatic).SubmitAsync();

        Assert.NotNull(page.MustBe(HttpStatusCode.UnprocessableEntity).FieldError(field));
        (await steward.PageAsync($"{Url}?Input.Review={review}&Input.Automatic={automatic}")).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.NotNull((await (await steward.PageAsync(Url)).Form("Preview").Fill("Review from", review).Fill("Link automatically from", automatic).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).FieldError(field));
        Assert.False(await app.Database(db => db.Settings.AnyAsync(s => s.Name == "review-threshold")));
    }

    [Fact]
    public async Task A_scan_is_started_here_and_tells_what_it_found()
    {
        await using var app = await DuplicatesApp.WithJobsAsync();
        await DuplicatesApp.AddAsync(app, DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        using var steward = await app.SignedInAs(Cast.Steward);
        Assert.Contains("There was no scan so far.", (await steward.PageAsync(Url)).One("#scan").TextContent, StringComparison.Ordinal);

        (await (await steward.PageAsync(Url)).Form("Scan now").SubmitAsync()).MustBeOk();

        await Eventually.Is(async () => (await steward.PageAsync(Url)).One("#scan").TextContent, text => text.Contains("5 contacts compared, 1 pair found. Of those on the list 1 is new", StringComparison.Ordinal), "the result of the scan");
    }

    [Fact]
    public async Task All_is_judged_anew_when_somebody_asks_for_it_here_or_by_the_API()
    {
        await using var app = await DuplicatesApp.WithJobsAsync();
        await DuplicatesApp.AddAsync(app, DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.ScanAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var steward = await app.SignedInAs(Cast.Steward);
        using var api = await app.ApiAsync(Cast.Steward);

        await ScannedAsync(async () => (await (await steward.PageAsync(Url)).Form("Scan now").SubmitAsync()).MustBeOk());
        Assert.Equal(1, await ModelOfPairAsync());
        await ScannedAsync(async () => (await (await steward.PageAsync(Url)).Form("Judge all anew").SubmitAsync()).MustBeOk());
        Assert.Equal(3, await ModelOfPairAsync());
        await ScannedAsync(() => PostAsync("?anew=true", HttpStatusCode.Accepted));
        Assert.Equal(4, await ModelOfPairAsync());
        await ScannedAsync(() => PostAsync("?anew=false", HttpStatusCode.Accepted));
        Assert.Equal(4, await ModelOfPairAsync());
        await PostAsync("?anew=perhaps", HttpStatusCode.BadRequest);

        async Task PostAsync(string query, HttpStatusCode expected)
        {
            using var answer = await api.PostAsync(new Uri($"/api/duplicates/scan{query}", UriKind.Relative), null, TestContext.Current.CancellationToken);
            Assert.Equal(expected, answer.StatusCode);
        }

        async Task ScannedAsync(Func<Task> ask)
        {
            var before = await app.Database(db => db.EstimatedModels.CountAsync());
            await ask();
            await Eventually.Is(() => app.Database(db => db.JobRuns.CountAsync(r => r.Job == "scan-duplicates" && r.Result == JobResult.Done)), done => done == before, "the scan to end");
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Task<int?> ModelOfPairAsync() => app.Database(db => db.DuplicatePairs.Select(p => p.ModelId).SingleAsync());
    }

    [Fact]
    public async Task A_running_scan_shows_its_progress_and_can_be_asked_to_stop()
    {
        await using var app = await DuplicatesApp.StartAsync();
        await app.Database(async db =>
        {
            var run = JobRun.Queued("scan-duplicates", Cast.Steward.Name, app.Clock.UtcNow);
            run.Begin();
            db.Add(run);
            await db.SaveChangesAsync();
            await db.JobRuns.ExecuteUpdateAsync(set => set.SetProperty(r => r.Stage, "Comparing").SetProperty(r => r.Percent, 40));
        });
        using var steward = await app.SignedInAs(Cast.Steward);
        var page = (await steward.PageAsync(Url)).MustBeOk();
        // Asked every second: without the counts of the page.
        Assert.Empty((await steward.PageAsync(page.One("#scan").GetAttribute("hx-get")!)).MustBeOk().All("#preview"));
        Assert.Equal(("every 1s", "40"), (page.One("#scan").GetAttribute("hx-trigger"), page.One("#scan progress").GetAttribute("value")));
        Assert.Contains("Comparing", page.One("#scan").TextContent, StringComparison.Ordinal);

        page = await page.Form("Cancel the scan").SubmitAsync();

        Assert.Contains("It is asked to stop.", page.MustBeOk().One("#scan").TextContent, StringComparison.Ordinal);
        Assert.Equal(Cast.Steward.Name, await app.Database(db => db.JobRuns.Select(r => r.CancelledBy).SingleAsync()));
    }
}
