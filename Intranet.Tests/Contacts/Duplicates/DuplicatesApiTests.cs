using System.Globalization;
using System.Net;
using System.Text.Json;
using Intranet.Data.Contacts;
using Intranet.Data.Jobs;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Contacts.Duplicates;

public sealed class DuplicatesApiTests
{
    [Fact]
    public async Task A_scan_is_followed_to_its_end_and_its_pairs_are_read()
    {
        await using var app = await DuplicatesApp.WithJobsAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app, null));
        await DuplicatesApp.AddAsync(app, one, other);
        using var steward = await app.ApiAsync(Cast.Steward);

        using var started = await steward.PostAsync(new Uri("/api/duplicates/scan", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var location = started.Headers.Location!.ToString();
        var job = await started.JsonAsync();
        Assert.Equal((location, "scan-duplicates"), (job.GetProperty("url").GetString(), job.GetProperty("job").GetString()));
        var done = await Eventually.Is(() => steward.JsonAsync(location), answer => State(answer) is not ("queued" or "running"), "the scan to end");
        Assert.Equal("done", State(done));
        Assert.Equal("5 contacts compared, 1 pair found. Of those on the list 1 is new, 0 changed, 0 gone.", done.GetProperty("summary").GetString());
        Assert.Equal(Cast.Steward.Name, (await app.Database(db => db.JobRuns.SingleAsync(r => r.Job == "scan-duplicates"))).StartedBy);

        using var answer = await steward.GetAsync(new Uri("/api/duplicates", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("1", answer.Headers.GetValues("X-Total-Count").Single());
        var pair = Assert.Single((await answer.JsonAsync()).EnumerateArray());
        Assert.Equal((one.Id, other.Id, "crm-1", "open"), (pair.GetProperty("firstId").GetInt32(), pair.GetProperty("secondId").GetInt32(), pair.GetProperty("firstExternalId").GetString(), pair.GetProperty("status").GetString()));
        var csv = await steward.CsvAsync("/api/duplicates?status=open");
        Assert.Equal("external_id_a,external_id_b,probability,status", csv[0]);
        Assert.Equal(["crm-1", other.Id.ToString(CultureInfo.InvariantCulture), "open"], csv[1].Split(',').Where((_, i) => i != 2));
        Assert.InRange(double.Parse(csv[1].Split(',')[2], CultureInfo.InvariantCulture), 0.9, 1);
        Assert.Equal(2, csv.Length);
    }

    [Fact]
    public async Task All_adds_decided_pairs_and_links_each_once_and_open_leaves_out_what_is_settled()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var people = "a,1;b;c;d".Split(';').Select(id => DuplicatesApp.Person(app, "Given" + id, "Family" + id, externalId: id)).ToArray();
        await DuplicatesApp.AddAsync(app, people);
        var (a, b, c, d) = (people[0].Id, people[1].Id, people[2].Id, people[3].Id);
        await app.With<LinkContacts, LinkContacts.Result>(link => link.RunAsync(a, b, LinkReason.Steward, null, "x"));
        await app.With<LinkContacts, LinkContacts.Result>(link => link.RunAsync(b, c, LinkReason.Steward, null, "x"));
        await app.Database(async db =>
        {
            var same = DuplicatePair.Of(a, b, PairCause.Likeness, 0.8, null, app.Clock.UtcNow);
            same.Decide(PairState.Same, app.Clock.UtcNow, Cast.Steward.Name);
            db.AddRange(same, DuplicatePair.Of(a, c, PairCause.Likeness, 0.7, null, app.Clock.UtcNow), DuplicatePair.Of(c, d, PairCause.Likeness, 0.6, null, app.Clock.UtcNow), DuplicatePair.Of(b, d, PairCause.Likeness, 0.2, null, app.Clock.UtcNow));
            await db.SaveChangesAsync();
        });
        using var steward = await app.ApiAsync(Cast.Steward);

        Assert.Equal(["c,d,0.6,open", "\"a,1\",b,1,linked", "\"a,1\",c,1,linked", "b,c,1,linked"], (await steward.CsvAsync("/api/duplicates?status=all")).Skip(1));
        Assert.Equal(["c,d,0.6,open"], (await steward.CsvAsync("/api/duplicates")).Skip(1));
        Assert.Equal(["c,d,0.6,open", "b,d,0.2,open"], (await steward.CsvAsync("/api/duplicates?minProbability=0.1")).Skip(1));
        // Whatever stewards want to look at themselves.
        await app.Database(async db =>
        {
            db.Settings.Add(new Setting { Name = ReviewQueries.ThresholdSetting, Value = "0.9" });
            await db.SaveChangesAsync();
        });
        Assert.Equal(["c,d,0.6,open"], (await steward.CsvAsync("/api/duplicates")).Skip(1));
        using var page = await steward.GetAsync(new Uri("/api/duplicates?status=all&pageSize=3&pageNumber=2", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("4", page.Headers.GetValues("X-Total-Count").Single());
        Assert.Equal("linked", Assert.Single((await page.JsonAsync()).EnumerateArray()).GetProperty("status").GetString());
        // Who said so stays to be read.
        var decided = (await steward.JsonAsync("/api/duplicates?status=all")).EnumerateArray().Single(pair => pair.GetProperty("decidedBy").ValueKind != JsonValueKind.Null);
        Assert.Equal((a, b, 1.0, "linked", "likeness", Cast.Steward.Name), (decided.GetProperty("firstId").GetInt32(), decided.GetProperty("secondId").GetInt32(), decided.GetProperty("probability").GetDouble(),
            decided.GetProperty("status").GetString(), decided.GetProperty("cause").GetString(), decided.GetProperty("decidedBy").GetString()));

        // A deleted one takes no part, whatever was decided.
        await app.With<DeleteContact, bool>(delete => delete.RunAsync(d));
        await app.With<DeleteContact, bool>(delete => delete.RunAsync(b));
        Assert.Equal(["\"a,1\",c,0.7,open"], (await steward.CsvAsync("/api/duplicates?status=all")).Skip(1));
    }

    [Fact]
    public async Task A_cluster_of_more_than_a_hundred_is_told_by_its_links()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var people = Enumerable.Range(0, 102).Select(i => DuplicatesApp.Person(app, $"Given{i}", $"Family{i}", externalId: $"x{i}")).ToArray();
        await DuplicatesApp.AddAsync(app, people);
        await app.Database(async db =>
        {
            db.AddRange(people.Skip(1).Select(other => Link.Between(people[0].Id, other.Id, LinkReason.Steward, null, app.Clock.UtcNow, "x")));
            await db.SaveChangesAsync();
            var primary = people[0].Id;
            await db.Contacts.Where(c => c.ExternalId != null && c.Id != primary).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, primary));
            // Decided together with what its link says, and without one of its own.
            foreach (var (one, other) in new[] { (0, 1), (1, 2) })
            {
                var pair = DuplicatePair.Of(people[one].Id, people[other].Id, PairCause.Likeness, 0.8, null, app.Clock.UtcNow);
                pair.Decide(PairState.Same, app.Clock.UtcNow, Cast.Steward.Name);
                db.Add(pair);
            }

            await db.SaveChangesAsync();
        });
        using var steward = await app.ApiAsync(Cast.Steward);

        Assert.Equal(people.Skip(1).Select((_, i) => $"x0,x{i + 1},1,linked").Append("x1,x2,1,linked"), (await steward.CsvAsync("/api/duplicates?status=all")).Skip(1));
    }

    [Theory]
    [InlineData("minProbability=2", "minProbability")]
    [InlineData("minProbability=much", "minProbability")]
    [InlineData("minProbability=NaN", "minProbability")]
    [InlineData("status=closed", "status")]
    [InlineData("pageSize=1001", "pageSize")]
    [InlineData("pageNumber=0", "pageNumber")]
    public async Task What_is_wrong_is_told_at_its_field(string query, string field)
    {
        await using var app = await DuplicatesApp.StartAsync();
        using var steward = await app.ApiAsync(Cast.Steward);
        using var answer = await steward.GetAsync(new Uri($"/api/duplicates?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_scan_that_runs_is_answered_unless_contacts_came_since_it_began()
    {
        await using var own = await DuplicatesApp.WithJobsAsync();
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        var running = JobRun.Queued("scan-duplicates", "schedule", own.Clock.UtcNow);
        running.Begin();
        await own.Database(db =>
        {
            db.JobRuns.Add(running);
            return db.SaveChangesAsync();
        });
        using var steward = await own.ApiAsync(Cast.Steward);

        Assert.Equal($"/api/jobs/{running.Id}", await ScanAsync());
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        await own.Contact("After");
        Assert.NotEqual($"/api/jobs/{running.Id}", await ScanAsync());

        async Task<string> ScanAsync()
        {
            using var answer = await steward.PostAsync(new Uri("/api/duplicates/scan", UriKind.Relative), null, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            return answer.Headers.Location!.OriginalString;
        }
    }

    [Fact]
    public async Task Only_stewards_scan_read_pairs_and_stop_jobs()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var run = JobRun.Queued("scan-duplicates", Cast.Steward.Name, app.Clock.UtcNow);
        await app.Database(async db =>
        {
            db.Add(run);
            await db.SaveChangesAsync();
        });
        using var stranger = app.Anonymous();
        using var employee = await app.ApiAsync(Cast.Employee);
        using var steward = await app.ApiAsync(Cast.Steward);
        foreach (var (method, url) in new[] { (HttpMethod.Get, "/api/duplicates"), (HttpMethod.Post, "/api/duplicates/scan") })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger, method, url));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(employee, method, url));
        }

        // What it tells is for who may start it, and for nobody by a name that others may have as well.
        using var salesLead = await app.ApiAsync(Cast.SalesLead);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger, method, $"/api/jobs/{run.Id}"));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(employee, method, $"/api/jobs/{run.Id}"));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(salesLead, method, $"/api/jobs/{run.Id}"));
        }

        var own = new JobRun { Job = "recompute-performance", StartedAt = app.Clock.UtcNow, StartedBy = Cast.Kam.Name };
        await app.Database(async db =>
        {
            db.Add(own);
            await db.SaveChangesAsync();
        });
        using var kam = await app.ApiAsync(Cast.Kam);
        foreach (var (client, status) in new[] { (kam, HttpStatusCode.NotFound), (salesLead, HttpStatusCode.OK), (steward, HttpStatusCode.NotFound), (employee, HttpStatusCode.NotFound) })
            Assert.Equal(status, await StatusAsync(client, HttpMethod.Get, $"/api/jobs/{own.Id}"));
        await app.Database(db => db.JobRuns.Where(r => r.Id == own.Id).ExecuteDeleteAsync());
        Assert.Null(await app.Database(db => db.JobRuns.Select(r => r.CancelledBy).SingleAsync()));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(steward, HttpMethod.Get, "/api/jobs/999999"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(steward, HttpMethod.Delete, "/api/jobs/999999"));
        // Nobody would ever begin it here.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(steward, HttpMethod.Post, "/api/duplicates/scan"));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, HttpMethod method, string url)
    {
        using var request = new HttpRequestMessage(method, url);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static string? State(JsonElement job) => job.GetProperty("state").GetString();
}
