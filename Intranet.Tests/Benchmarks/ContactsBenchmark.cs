using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Intranet.Seed;

namespace Intranet.Tests.Benchmarks;

/// <summary>
/// Contacts at <c>BENCHMARK_CONTACTS</c> (1,000,000), as a process of its own: import, scan, an arrival, search, lists, export, and the
/// memory of each. Not part of the suite; run it in Release:
/// <c>dotnet run -c Release --project Intranet.Tests -- -explicit only -class Intranet.Tests.Benchmarks.ContactsBenchmark -showliveoutput</c>.
/// <c>BENCHMARK_SECONDS</c> is how long each load lasts (10). With <c>BENCHMARK_FOLDER</c> the database stays there, and a
/// later run asks it without importing and scanning again. Nothing is asserted about time: the figures are printed.
/// </summary>
public sealed class ContactsBenchmark
{
    private const int Clients = 16;
    private static readonly int Contacts = Number("BENCHMARK_CONTACTS", 1_000_000);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(Number("BENCHMARK_SECONDS", 10));

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Demo__Load"] = "false",
        ["RateLimits__Enabled"] = "false",
    };

    [Fact(Explicit = true)]
    public async Task A_million_contacts()
    {
        var folder = BenchmarkFolder.Of("contacts");
        var filled = Path.Combine(folder, "filled");
        if (!File.Exists(filled))
        {
            await FillAsync(folder);
            await File.WriteAllTextAsync(filled, "", TestContext.Current.CancellationToken);
        }

        await using (var app = await AppProcess.StartAsync(Settings, folder))
        {
            using var steward = await ClientAsync(app);
            Print($"Fresh, before the first question: {Memory(app)}");
            await QuestionsAsync(app);
            await ExportAsync(steward);
            Print($"After questions and export: {Memory(app)}");
        }

        BenchmarkFolder.GiveBack(folder);
    }

    private static async Task FillAsync(string folder)
    {
        var file = Path.Combine(folder, "contacts.csv");
        CsvFile.Write(file, ContactGenerator.Rows(Contacts));
        await using (var app = await AppProcess.StartAsync(Settings, folder))
        {
            using var steward = await ClientAsync(app);
            await ImportAsync(app, steward, file);
            Print($"After the import: {Memory(app)}");
        }

        // Each with a process of its own: the most memory it ever had is that of this one thing.
        await using (var app = await AppProcess.StartAsync(Settings, folder))
        {
            using var steward = await ClientAsync(app);
            await ScanAsync(steward);
            Print($"After the scan: {Memory(app)}");
            await ArrivalsAsync(steward);
        }
    }

    private static async Task ImportAsync(AppProcess app, HttpClient steward, string file)
    {
        var watch = Stopwatch.StartNew();
        await using var stream = File.OpenRead(file);
        using var form = new MultipartFormDataContent { { new StringContent("contacts"), "kind" }, { new StringContent("true"), "apply" }, { new StreamContent(stream), "file", "contacts.csv" } };
        using var answer = await steward.PostAsync(new Uri("/api/imports", UriKind.Relative), form);
        var import = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        await UntilAsync(steward, $"/api/imports/{import.GetProperty("id").GetInt32()}", ["applied", "failed", "cancelled"]);
        Print($"Import of {Contacts:N0} contacts, {new FileInfo(file).Length >> 20} MB: {Seconds(watch.Elapsed)}; {Memory(app)}");
    }

    private static async Task ScanAsync(HttpClient steward)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await steward.PostAsync(new Uri("/api/duplicates/scan", UriKind.Relative), null);
        var stages = new List<string>();
        var job = await UntilAsync(steward, answer.EnsureSuccessStatusCode().Headers.Location!.ToString(), ["done", "failed", "cancelled", "interrupted"], run =>
        {
            if (run.TryGetProperty("stage", out var stage) && stage.GetString() is { } text && !stages.Exists(known => known.StartsWith(text, StringComparison.Ordinal)))
                stages.Add($"{text} from {Seconds(watch.Elapsed)}");
        });
        Print($"Scan: {Seconds(watch.Elapsed)}; {string.Join(", ", stages)}; {job}");
    }

    // From the request until its pair could be there: the comparison alone is measured by MatchingBenchmark.
    private static async Task ArrivalsAsync(HttpClient steward)
    {
        var times = new List<double>();
        foreach (var row in ContactGenerator.Rows(300, 4711))
        {
            var start = Stopwatch.GetTimestamp();
            var url = $"/contacts/edit?handler=Likely&Input.GivenName={Uri.EscapeDataString(row.GivenName)}&Input.FamilyName={Uri.EscapeDataString(row.Surname)}";
            using var answer = await steward.GetAsync(new Uri(url, UriKind.Relative));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (answer.StatusCode is not HttpStatusCode.OK)
            {
                Print($"Likely contacts while typing answered {(int)answer.StatusCode}.");
                return;
            }
        }

        times.Sort();
        Print(string.Create(CultureInfo.InvariantCulture, $"One typed contact against all, with the page's part around it: p50 {times[times.Count / 2]:0.0} ms, p99 {times[(int)(times.Count * 0.99)]:0.0} ms"));
    }

    private static async Task QuestionsAsync(AppProcess app)
    {
        var clients = new List<HttpClient>();
        for (var i = 0; i < Clients; i++)
            clients.Add(await ClientAsync(app));
        var people = ContactGenerator.Rows(2_000).ToArray();
        var names = people.Select(row => row.Surname).Where(name => name.Length >= 4).ToArray();
        foreach (var parallel in new[] { clients.Take(1).ToList(), clients })
        {
            Print(await Load.RunAsync("bare: /health/live", parallel, _ => "/health/live", Lasts));
            Print(await Load.RunAsync("search, four letters of a family name", parallel, i => $"/api/contacts?pageSize=25&q={Uri.EscapeDataString(names[i % names.Length][..4])}", Lasts));
            Print(await Load.RunAsync("search, given and family name", parallel, i => $"/api/contacts?pageSize=25&q={Uri.EscapeDataString($"{people[i % people.Length].GivenName} {people[i % people.Length].Surname}")}", Lasts));
            Print(await Load.RunAsync("list page, four letters", parallel, i => $"/contacts?q={Uri.EscapeDataString(names[i % names.Length][..4])}", Lasts));
            Print(await Load.RunAsync("list page, given and family name", parallel, i => $"/contacts?q={Uri.EscapeDataString($"{people[i % people.Length].GivenName} {people[i % people.Length].Surname}")}", Lasts));
            Print(await Load.RunAsync("list page, newest", parallel, _ => "/contacts", Lasts));
            Print(await Load.RunAsync("list page, not linked", parallel, _ => "/contacts?linked=no", Lasts));
            Print(await Load.RunAsync("list page, deleted", parallel, _ => "/contacts?deleted=true", Lasts));
            Print(await Load.RunAsync("list page, by source", parallel, i => $"/contacts?source={(i % 2 == 0 ? "import" : "entry")}", Lasts));
            Print(await Load.RunAsync("list page, in the middle", parallel, i => $"/contacts?before={1 + (i * 7919 % Contacts)}", Lasts));
            Print(await Load.RunAsync("person page", parallel, i => $"/contacts/{1 + (i * 7919 % Contacts)}", Lasts));
        }

        clients.ForEach(client => client.Dispose());
    }

    private static async Task ExportAsync(HttpClient steward)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await steward.GetAsync(new Uri("/contacts?handler=Csv", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 16];
        var bytes = (long)await body.ReadAsync(buffer);
        var first = watch.Elapsed;
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
            bytes += read;
        Print($"CSV of all: {(int)answer.StatusCode}, first byte {first.TotalMilliseconds:N0} ms, total {Seconds(watch.Elapsed)}, {bytes >> 20} MB");
    }

    private static async Task<JsonElement> UntilAsync(HttpClient client, string url, string[] ends, Action<JsonElement>? seen = null)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var state = await client.GetFromJsonAsync<JsonElement>(new Uri(url, UriKind.RelativeOrAbsolute));
            seen?.Invoke(state);
            if (ends.Contains(state.GetProperty("state").GetString()))
                return state;
            if (watch.Elapsed > TimeSpan.FromMinutes(10))
                Assert.Fail($"Nothing came of {url}: {state}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>With the cookie for pages and a token for programs: pages look at the one, the API at the other.</summary>
    private static async Task<HttpClient> ClientAsync(AppProcess app)
    {
        var client = app.Anonymous();
        client.Timeout = TimeSpan.FromMinutes(5);
        var page = await client.PageAsync("/account/sign-in");
        (await page.Form("Sign in").Fill("E-mail address", "steward@sc1701d.example").Fill("Password", "Engage-1701-D!").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = "steward@sc1701d.example", password = "Engage-1701-D!" });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
        return client;
    }

    // What the process holds by itself, and with the pages of the database that are mapped into it.
    private static string Memory(AppProcess app)
    {
        var status = File.ReadLines($"/proc/{app.Id}/status").Where(line => line.Contains("kB", StringComparison.Ordinal)).Select(line => line.Split(':'))
            .ToDictionary(parts => parts[0], parts => long.Parse(parts[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024);
        return $"memory {status["RssAnon"]} MB of its own, {status["VmRSS"]} MB resident, {status["VmHWM"]} MB resident at most";
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static int Number(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static void Print(object line) => TestContext.Current.TestOutputHelper!.WriteLine($"{line}");
}
