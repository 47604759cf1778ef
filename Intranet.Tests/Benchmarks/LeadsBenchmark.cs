using System.Diagnostics;
using System.Globalization;
using System.Net;
using Intranet.Data.Providers.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Benchmarks;

/// <summary>
/// The pages of leads with 200,000 of them and 5,000,000 interactions on SQLite, the app as a process of its own, asked by one
/// client and by 16, with a pause after each answer and without; and the computing of them all. Not part of the suite; run it in Release:
/// <c>dotnet run -c Release --project Intranet.Tests -- -explicit only -class Intranet.Tests.Benchmarks.LeadsBenchmark -showliveoutput</c>.
/// <c>BENCHMARK_LEADS</c> and <c>BENCHMARK_INTERACTIONS</c> are how many there are, <c>BENCHMARK_SECONDS</c> how long each load lasts (10),
/// <c>BENCHMARK_FOLDER</c> a folder to keep the database in, so that the next run needn't fill it again. Nothing is asserted about
/// time: the figures are printed. How often a page asks the database is counted in the tests of each page.
/// </summary>
public sealed class LeadsBenchmark
{
    private const int Clients = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly int Leads = Number("BENCHMARK_LEADS", 200_000);
    private static readonly int Interactions = Number("BENCHMARK_INTERACTIONS", 5_000_000);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(Number("BENCHMARK_SECONDS", 10));

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Demo__Load"] = "false",
        ["RateLimits__Enabled"] = "false",
    };

    [Fact(Explicit = true)]
    public async Task Many_leads()
    {
        var kept = Environment.GetEnvironmentVariable("BENCHMARK_FOLDER");
        var folder = kept ?? TestFolders.Create("leads");
        System.IO.Directory.CreateDirectory(folder);
        var (first, count) = await FilledAsync(folder);

        await using (var app = await AppProcess.StartAsync(Settings, folder))
        {
            await MeasureRecomputeAsync(app);
            await MeasurePagesAsync(app, first, count);
            await MeasureDownloadAsync(app);
            Print($"Memory now {Status(app, "VmRSS")}, at most {Status(app, "VmHWM")}");
        }

        await using (var app = await AppProcess.StartAsync(Settings, folder))
        {
            using var client = await SignedInAsync(app, "lead@sc1701d.example");
            (await client.PageAsync("/performance")).MustBeOk();
            // Long enough to have come to rest.
            await Task.Delay(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Print($"Memory at rest, after a start and one page: {Status(app, "VmRSS")}");
        }

        if (kept is null)
            System.IO.Directory.Delete(folder, recursive: true);
    }

    /// <returns>The id of the first lead, and how many there are.</returns>
    private static async Task<(int First, int Count)> FilledAsync(string folder)
    {
        // Once, so that tables and sample accounts are there.
        await using (var app = await AppProcess.StartAsync(Settings, folder))
            (await SignedInAsync(app, "kam@sc1701d.example")).Dispose();
        var file = Path.Combine(folder, "intranet.db");
        await using var db = new SqliteDbContext(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite($"Data Source={file};Pooling=False").Options);
        if (!await db.Leads.AnyAsync())
        {
            var watch = Stopwatch.StartNew();
            // On the connection that fills it: another one has a cache of its own, and with a small one each row of millions is written many times.
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=OFF; PRAGMA cache_size=-3000000");
            var sample = await db.Users.Where(user => user.Email == "kam@sc1701d.example").Select(user => user.Id).SingleAsync();
            var owners = await ManyLeads.OwnersAsync(db, 99);
            await new ManyLeads(Leads, Interactions, 1, [sample, .. owners], DateTime.UtcNow).FillAsync(db);
            Print($"{Leads:N0} leads and {Interactions:N0} interactions in {watch.Elapsed.TotalSeconds:0} s, {new FileInfo(file).Length / 1048576} MB");
        }

        return (await db.Leads.MinAsync(lead => lead.Id), await db.Leads.CountAsync());
    }

    private static async Task MeasureRecomputeAsync(AppProcess app)
    {
        using var client = await SignedInAsync(app, "lead@sc1701d.example");
        foreach (var round in new[] { "first", "again" })
        {
            var page = (await client.PageAsync("/performance")).MustBeOk();
            var watch = Stopwatch.StartNew();
            await page.Form("Recompute all").SubmitAsync();
            while ((await client.PageAsync("/performance?handler=Recompute")).MustBeOk().All("progress").Count > 0)
                await Task.Delay(100, TestContext.Current.CancellationToken);
            Print($"Recompute, {round}: {watch.Elapsed.TotalSeconds:0.0} s; memory at most {Status(app, "VmHWM")}");
        }
    }

    private static async Task MeasurePagesAsync(AppProcess app, int first, int count)
    {
        var (leads, kams) = (new List<HttpClient>(), new List<HttpClient>());
        for (var i = 0; i < Clients; i++)
        {
            leads.Add(await SignedInAsync(app, "lead@sc1701d.example"));
            kams.Add(await SignedInAsync(app, "kam@sc1701d.example"));
        }

        var (words, lists) = (new[] { "olive", "gold har", "lantern ber", "wild", "corner tok" }, new[] { "slipping", "under", "average", "well" });
        await AskAsync("bare: /health/live", leads, _ => "/health/live");
        await AskAsync("lead page", leads, i => $"/leads/{first + (i * 7919L % count)}");
        await AskAsync("list", leads, _ => "/leads");
        await AskAsync("list, filters", leads, i => $"/leads?stage=active&place=berlin&label={lists[(i % 3) + 1]}");
        await AskAsync("list, text", leads, i => $"/leads?q={Uri.EscapeDataString(words[i % words.Length])}");
        await AskAsync("list, text and filters", leads, i => $"/leads?q={Uri.EscapeDataString(words[i % words.Length])}&stage=active&label={lists[(i % 3) + 1]}");
        await AskAsync("list, by owner", leads, _ => "/leads?sort=owner");
        await AskAsync("list, late", leads, _ => "/leads?due=late&stage=new");
        await AskAsync("list of a KAM", kams, _ => "/leads?owner=me");
        await AskAsync("board", leads, _ => "/leads/board");
        await AskAsync("board of a KAM", kams, _ => "/leads/board?owner=me");
        await AskAsync("board, text", leads, i => $"/leads/board?q={Uri.EscapeDataString(words[i % words.Length])}");
        await AskAsync("due", kams, _ => "/leads/due");
        await AskAsync("due, team", leads, _ => "/leads/due?owner=all");
        await AskAsync("home of a KAM", kams, _ => "/");
        await AskAsync("home of a sales lead", leads, _ => "/");
        await AskAsync("performance", leads, i => $"/performance?show={lists[i % 4]}");
        await AskAsync("performance, by last order", leads, i => $"/performance?show={lists[i % 4]}&sort=last");
        await AskAsync("performance, by name", leads, i => $"/performance?show={lists[i % 4]}&sort=name");
        await AskAsync("performance, city and stage", leads, i => $"/performance?show={lists[i % 4]}&city=berlin&stage=active");
        await AskAsync("performance, one owner", leads, i => $"/performance?show={lists[i % 4]}&owner={2 + (i % 50)}");
        await AskAsync("charts, this quarter", leads, _ => "/performance/charts");
        await AskAsync("charts of a KAM", kams, i => $"/performance/charts?kam={2 + (i % 50)}");
        await AskAsync("charts, two years", leads, _ => $"/performance/charts?from={Day(-ManyLeads.Days)}&to={Day(0)}");
        await AskAsync("search over everything", leads, i => $"/search?q={Uri.EscapeDataString(words[i % words.Length])}");
        await AskAsync("API: leads", leads, _ => "/api/leads/");
        await AskAsync("API: leads, text", leads, i => $"/api/leads/?q={Uri.EscapeDataString(words[i % words.Length])}");
        await AskAsync("API: due today", leads, _ => "/api/leads/due_today");
        await AskAsync("API: interactions", leads, _ => "/api/interactions/");
        await AskAsync("API: calls", leads, _ => "/api/interactions/?kind=call");
        await AskAsync("API: underperforming", leads, _ => "/api/performance/underperforming");
        await MeasureFreshChartsAsync(leads[0]);
        foreach (var client in leads.Concat(kams))
            client.Dispose();
    }

    // What a page costs whose figures nobody has asked for lately: every time another period.
    private static async Task MeasureFreshChartsAsync(HttpClient client)
    {
        foreach (var (what, days) in new[] { ("a quarter", 91), ("two years", ManyLeads.Days - 10) })
        {
            var times = new List<double>();
            for (var i = 0; i < 7; i++)
            {
                var start = Stopwatch.GetTimestamp();
                (await client.PageAsync($"/performance/charts?from={Day(-i - days)}&to={Day(-i)}")).MustBeOk();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            Print(string.Create(CultureInfo.InvariantCulture, $"charts of {what}, added up anew, one client: median {times.Order().ElementAt(times.Count / 2):0} ms, at most {times.Max():0} ms"));
        }
    }

    private static async Task MeasureDownloadAsync(AppProcess app)
    {
        using var client = await SignedInAsync(app, "lead@sc1701d.example");
        foreach (var address in new[] { "/performance?show=average&handler=Csv", "/performance?show=average&handler=Xlsx", "/leads?handler=Csv" })
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            await using var body = await answer.Content.ReadAsStreamAsync();
            var buffer = new byte[1 << 16];
            var (read, bytes, first) = (0, 0L, TimeSpan.Zero);
            while ((read = await body.ReadAsync(buffer)) > 0)
            {
                first = bytes == 0 ? watch.Elapsed : first;
                bytes += read;
            }

            Print(string.Create(CultureInfo.InvariantCulture, $"{address}: {(int)answer.StatusCode}, first byte {first.TotalMilliseconds:N0} ms, total {watch.Elapsed.TotalSeconds:0.0} s, {bytes / 1048576.0:0.0} MB; memory at most {Status(app, "VmHWM")}"));
        }
    }

    // One client, who waits for nobody; all of them as people ask; and all of them without a pause.
    private static async Task AskAsync(string what, List<HttpClient> clients, Func<int, string> question)
    {
        using var answer = await clients[0].GetAsync(new Uri(question(1), UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            Print($"{what}: {(int)answer.StatusCode}, not measured");
            return;
        }

        Print(await Load.RunAsync(what, clients[..1], question, Lasts));
        Print(await Load.RunAsync($"{what} (each pauses {Pause.TotalMilliseconds} ms)", clients, question, Lasts, Pause));
        Print(await Load.RunAsync(what, clients, question, Lasts));
    }

    private static async Task<HttpClient> SignedInAsync(AppProcess app, string email)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var client = app.Anonymous();
            var page = await client.PageAsync("/account/sign-in");
            var answer = await page.Form("Sign in").Fill("E-mail address", email).Fill("Password", "Engage-1701-D!").SubmitAsync(follow: false);
            if (answer.Status == HttpStatusCode.Redirect)
                return client;
            client.Dispose();
            // The accounts come a moment after the app answers.
            if (watch.Elapsed > TimeSpan.FromSeconds(30))
                answer.MustBe(HttpStatusCode.Redirect);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static string Day(int ago) => DateTime.UtcNow.AddDays(ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Status(AppProcess app, string field)
        => File.ReadLines($"/proc/{app.Id}/status").Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .Select(line => $"{long.Parse(line[(field.Length + 1)..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024} MB").Single();

    private static int Number(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static void Print(object line) => TestContext.Current.TestOutputHelper!.WriteLine($"{line}");
}
