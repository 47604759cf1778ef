using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Intranet.Data.Contacts;
using Intranet.Data.Providers.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Benchmarks;

/// <summary>
/// identify with 1,000,000 contacts and 32 clients on SQLite, the app as a process of its own, beside a bare endpoint
/// that does the same statements by hand. Not part of the suite; run it in Release:
/// <c>dotnet run -c Release --project Intranet.Tests -- -explicit only -class Intranet.Tests.Benchmarks.IdentifyBenchmark -showliveoutput</c>.
/// <c>BENCHMARK_SECONDS</c> is how long each load lasts (60), <c>BENCHMARK_CONTACTS</c> how many contacts there are.
/// With <c>BENCHMARK_FOLDER</c> the filled database stays there, and a later run begins with a copy of it.
/// Nothing is asserted about time: the figures are printed.
/// </summary>
public sealed class IdentifyBenchmark
{
    private const int Clients = 32;
    private const int ClusterRows = 10_000;
    private const int SeparationsOfOthers = 20_000;
    private const int SeparationsOfTheCluster = 1_000;
    private static readonly int Contacts = Number("BENCHMARK_CONTACTS", 1_000_000);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(Number("BENCHMARK_SECONDS", 60));

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Demo__Load"] = "true",
        ["RateLimits__Enabled"] = "false",
    };

    [Fact(Explicit = true)]
    public async Task A_million_contacts()
    {
        var folder = BenchmarkFolder.Of("identify");
        var (database, copy, filled) = (Path.Combine(folder, "intranet.db"), Path.Combine(folder, "bare.db"), Path.Combine(folder, "filled.db"));
        if (!File.Exists(filled))
        {
            await using (var first = await AppProcess.StartAsync(Settings, folder))
            {
                await SignInAsync(first.Address);
                await first.StopAsync();
            }

            await FillAsync(database);
            File.Copy(database, filled);
        }

        Copy(filled, database);
        // Migrated, where it is of an earlier run.
        await using (var first = await AppProcess.StartAsync(Settings, folder))
            await first.StopAsync();
        Copy(database, copy);

        await using (var app = await AppProcess.StartAsync(Settings, folder))
        {
            await MeasureAsync("identify", app.Address, await SignInAsync(app.Address), app.Id);
            await MeasureClusterAsync(app.Address);
        }

        await using (var bare = await BareIdentify.StartAsync(copy))
            await MeasureAsync("bare", bare.Address, token: null, Environment.ProcessId);
        BenchmarkFolder.GiveBack(folder);
    }

    // The log of a database that was here before, and whose process was killed, would be taken for this one's.
    private static void Copy(string from, string to)
    {
        File.Delete(to + "-wal");
        File.Delete(to + "-shm");
        File.Copy(from, to, overwrite: true);
    }

    private static async Task MeasureAsync(string what, Uri address, string? token, int process)
    {
        var clients = Enumerable.Range(0, Clients).Select(_ => Client(address, token)).ToList();
        await LoadAsync("new pairs", i => Ask($"new{i}@example.org", $"8{i:000000000}"));
        await LoadAsync("repeats", Repeat);
        // A tenth each of: a new person, and a new value of a known one.
        await LoadAsync("mixed", i => (i % 10) switch
        {
            0 => Ask($"mixed{i}@example.org", $"7{i:000000000}"),
            1 => Ask($"second{i}@example.org", Phone(Known(i))),
            _ => Repeat(i),
        });
        clients.ForEach(client => client.Dispose());

        async Task LoadAsync(string mode, Func<int, HttpRequestMessage> question)
        {
            using var server = Process.GetProcessById(process);
            var before = server.TotalProcessorTime;
            var figures = await Load.RunAsync($"{what}, {mode}", clients, question, Lasts);
            server.Refresh();
            // Of all processors together; the bare endpoint's includes the clients, which share its process. Unlike the rate it hardly depends on what else the machine does.
            var each = (server.TotalProcessorTime - before).TotalMicroseconds / (figures.PerSecond * Lasts.TotalSeconds * 1.1);
            Print(string.Create(CultureInfo.InvariantCulture, $"{figures}   {each:N0} µs of processor time each"));
        }
    }

    private static async Task MeasureClusterAsync(Uri address)
    {
        using var client = Client(address, await SignInAsync(address));
        // A new value is one that nobody got in the loads before, either: that would be another way through the code, and its first time.
        foreach (var (what, email, phone) in new[]
        {
            ("known", "cluster@example.com", (string?)null), ("a new value joins", "cluster@example.com", "6543210001"), ("another cluster fuses", "cluster@example.com", Phone(17)),
        })
        {
            var times = new List<double>();
            for (var i = 0; i < 20; i++)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(Ask(email, phone is null ? null : $"{long.Parse(phone, CultureInfo.InvariantCulture) + i}"));
                await answer.Content.CopyToAsync(Stream.Null);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            Print(string.Create(CultureInfo.InvariantCulture, $"identify in a cluster of {ClusterRows:N0} rows, {what}: median {times.Order().ElementAt(times.Count / 2):0.0} ms, at most {times.Skip(1).Max():0.0} ms after the first"));
        }
    }

    private static async Task FillAsync(string file)
    {
        var watch = Stopwatch.StartNew();
        await using var db = new SqliteDbContext(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite($"Data Source={file};Pooling=False").Options);
        var rules = new PhoneRules("IN");
        var start = DateTime.UtcNow.AddDays(-1);
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await db.InsertManyAsync(Enumerable.Range(0, Contacts).Select(i => Row($"user{i}@example.net", Phone(i), start.AddMilliseconds(i))));
            await db.InsertManyAsync([Row("cluster@example.com", "6000000000", start)]);
            var primary = await db.Contacts.Where(c => c.EmailKey == "cluster@example.com").Select(c => c.Id).SingleAsync();
            await db.InsertManyAsync(Enumerable.Range(1, ClusterRows - 1).Select(i => Row($"cluster{i}@example.com", $"{6000000000 + i}", start.AddSeconds(i))));
            await db.Contacts.Where(c => c.Id > primary).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, primary));
            // What stewards said of others, and of the big cluster: each request that fuses two must ask for it.
            await db.InsertManyAsync(Enumerable.Range(1, SeparationsOfOthers).Select(i => Separation.Between(primary - (2 * i), primary - (2 * i) - 1, start, "steward")));
            await db.InsertManyAsync(Enumerable.Range(1, SeparationsOfTheCluster).Select(i => Separation.Between(primary + i, primary - i, start, "steward")));
            await transaction.CommitAsync();
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Print($"{Contacts:N0} contacts in {watch.Elapsed.TotalSeconds:0} s, {new FileInfo(file).Length / 1048576} MB");

        Contact Row(string email, string phone, DateTime at)
        {
            var contact = new Contact { Source = "benchmark", CreatedAt = at, UpdatedAt = at };
            contact.SetEmail(email);
            contact.SetPhone(phone, rules);
            return contact;
        }
    }

    private static HttpRequestMessage Repeat(int i) => Ask($"user{Known(i)}@example.net", Phone(Known(i)));

    private static int Known(int i) => (int)(i * 7919L % Contacts);

    private static string Phone(int i) => $"9{i:000000000}";

    private static HttpRequestMessage Ask(string email, string? phone) => new(HttpMethod.Post, "/api/identify")
    {
        Content = new StringContent(phone is null ? $$"""{"email":"{{email}}"}""" : $$"""{"email":"{{email}}","phoneNumber":"{{phone}}"}""", Encoding.UTF8, "application/json"),
    };

    private static HttpClient Client(Uri address, string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };
        foreach (var (name, value) in AppProcess.ProxyHeaders)
            client.DefaultRequestHeaders.Add(name, value);
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<string> SignInAsync(Uri address)
    {
        using var client = Client(address, null);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            // The accounts come a moment after the app answers.
            using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = "steward@sc1701d.example", password = "Engage-1701-D!" });
            if (answer.StatusCode == HttpStatusCode.OK || watch.Elapsed > TimeSpan.FromSeconds(30))
                return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
            await Task.Delay(200);
        }
    }

    private static int Number(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static void Print(object line) => TestContext.Current.TestOutputHelper!.WriteLine($"{line}");
}
