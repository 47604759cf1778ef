using System.Diagnostics;
using System.Globalization;
using System.Net;
using Intranet.Seed;

namespace Intranet.Tests.Benchmarks;

/// <summary>
/// The directory at 100,000 employees, as a process of its own. Not part of the suite; run it in Release:
/// <c>dotnet run -c Release --project Intranet.Tests -- -explicit only -class Intranet.Tests.Benchmarks.DirectoryBenchmark -showliveoutput</c>.
/// Nothing is asserted about time: the figures are printed.
/// </summary>
public sealed class DirectoryBenchmark
{
    private const int Employees = 100_000;
    private const int Clients = 16;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, string> Demo = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Demo__Load"] = "true",
        ["RateLimits__Enabled"] = "false",
    };

    [Fact(Explicit = true)]
    public async Task Starts()
    {
        Print("First start to first page, with the sample", await FirstPageAsync(Demo, TestFolders.Create("first")));
        Print("First start to first page, without the sample", await FirstPageAsync(new(Demo) { ["Demo__Load"] = "false" }, TestFolders.Create("empty")));
        var folder = TestFolders.Create("second");
        await FirstPageAsync(Demo, folder);
        Print("Second start to first page", await FirstPageAsync(Demo, folder));
    }

    [Fact(Explicit = true)]
    public async Task A_hundred_thousand_employees()
    {
        await using var app = await AppProcess.StartAsync(Demo);
        using var steward = await SignedInAsync(app);
        var folder = TestFolders.Create("generated");
        var employees = Path.Combine(folder, "employees.csv");
        CsvFile.Write(employees, EmployeeGenerator.Rows(Employees));
        var assignments = Path.Combine(folder, "assignments.csv");
        CsvFile.Write(assignments, AssignmentGenerator.Rows(Employees));
        await ImportAsync(app, steward, "employees", employees);
        await ImportAsync(app, steward, "assignments", assignments);

        await MeasureDownloadAsync(app, steward, "CSV of everybody", "/directory?handler=Csv");
        await MeasureDownloadAsync(app, steward, "xlsx of one city (about 10,000 rows)", "/directory?city=Bengaluru&handler=Xlsx");

        var clients = new List<HttpClient>();
        for (var i = 0; i < Clients; i++)
            clients.Add(await SignedInAsync(app));
        var names = EmployeeGenerator.Rows(2_000, 4711).Select(row => row.FirstName).ToArray();
        var people = EmployeeGenerator.Rows(2_000, 4711).Select(row => $"{row.FirstName} {row.LastName[..1]}").ToArray();
        Print(await Load.RunAsync("bare: /health/live", clients, _ => "/health/live", Lasts));
        Print(await Load.RunAsync("suggestions, 3 letters of a name", clients, i => $"/search/suggestions?q={Uri.EscapeDataString(names[i % names.Length][..Math.Min(3, names[i % names.Length].Length)])}", Lasts));
        Print(await Load.RunAsync("suggestions, name and initial", clients, i => $"/search/suggestions?q={Uri.EscapeDataString(people[i % people.Length])}", Lasts));
        Print(await Load.RunAsync("suggestions, misspelled product", clients, _ => "/search/suggestions?q=securtyscan", Lasts));
        Print(await Load.RunAsync("API search, a name", clients, i => $"/api/directory?q={Uri.EscapeDataString(names[i % names.Length])}&pageSize=25", Lasts));
        Print(await Load.RunAsync("directory page, a name", clients, i => $"/directory?q={Uri.EscapeDataString(names[i % names.Length])}", Lasts));
        Print(await Load.RunAsync("directory page, everybody", clients, _ => "/directory", Lasts));
        Print(await Load.RunAsync("person page", clients, i => $"/directory/people/{1 + (i * 7919 % Employees)}", Lasts));
        Print(await Load.RunAsync("bare again: /health/live", clients, _ => "/health/live", Lasts));
        Print($"Memory now {Status(app, "VmRSS")}, at most {Status(app, "VmHWM")}");
        clients.ForEach(client => client.Dispose());
    }

    private static async Task<TimeSpan> FirstPageAsync(Dictionary<string, string> settings, string folder)
    {
        var watch = Stopwatch.StartNew();
        await using var app = await AppProcess.StartAsync(settings, folder);
        using var client = app.Anonymous();
        (await client.PageAsync("/account/sign-in")).MustBeOk();
        return watch.Elapsed;
    }

    private static async Task<HttpClient> SignedInAsync(AppProcess app)
    {
        var client = app.Anonymous();
        var page = await client.PageAsync("/account/sign-in");
        (await page.Form("Sign in").Fill("E-mail address", "steward@sc1701d.example").Fill("Password", "Engage-1701-D!").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
        return client;
    }

    private static async Task ImportAsync(AppProcess app, HttpClient client, string kind, string file)
    {
        var watch = Stopwatch.StartNew();
        var page = await (await client.PageAsync("/imports")).Form("Upload").Fill("Kind", kind).Attach("File", Path.GetFileName(file), await File.ReadAllBytesAsync(file), "text/csv").SubmitAsync();
        var url = page.Path;
        var uploaded = watch.Elapsed;
        page = await UntilAsync(client, url, shown => shown.All("button").Any(button => button.Words().StartsWith("Apply", StringComparison.Ordinal)));
        var previewed = watch.Elapsed;
        await page.Form("Apply").SubmitAsync();
        await UntilAsync(client, url, shown => shown.Text.Contains("Applied", StringComparison.Ordinal));
        Print($"Import of {kind}, {new FileInfo(file).Length / 1048576.0:0.0} MB: upload {Seconds(uploaded)}, preview {Seconds(previewed - uploaded)}, apply {Seconds(watch.Elapsed - previewed)}; memory at most {Status(app, "VmHWM")}");
    }

    private static async Task<Page> UntilAsync(HttpClient client, string url, Func<Page, bool> reached)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var page = (await client.PageAsync(url)).MustBeOk();
            if (reached(page))
                return page;
            if (watch.Elapsed > TimeSpan.FromMinutes(5))
                Assert.Fail($"Nothing came of {url}: {page.Text}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task MeasureDownloadAsync(AppProcess app, HttpClient client, string what, string url)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 16];
        var read = await body.ReadAsync(buffer);
        var first = watch.Elapsed;
        var bytes = (long)read;
        while ((read = await body.ReadAsync(buffer)) > 0)
            bytes += read;
        Print($"{what}: {(int)answer.StatusCode}, first byte {first.TotalMilliseconds:N0} ms, total {Seconds(watch.Elapsed)}, {bytes / 1048576.0:0.0} MB; memory at most {Status(app, "VmHWM")}");
    }

    private static string Status(AppProcess app, string field)
        => File.ReadLines($"/proc/{app.Id}/status").Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .Select(line => $"{long.Parse(line[(field.Length + 1)..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024} MB").Single();

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static void Print(string what, TimeSpan time) => Print($"{what}: {Seconds(time)}");

    private static void Print(object line) => TestContext.Current.TestOutputHelper!.WriteLine($"{line}");
}
