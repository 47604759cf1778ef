using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Intranet.Tests.Contacts;

/// <summary>
/// identify at the same moment from two processes on one SQLite file. A few rounds belong to the suite; a hundred of
/// each run with <c>-explicit only -class Intranet.Tests.Contacts.IdentifyRaceTests</c>.
/// </summary>
public sealed class IdentifyRaceTests
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Demo__Load"] = "true",
        ["RateLimits__Enabled"] = "false",
    };

    [Fact]
    public Task Two_processes_make_one_primary_one_secondary_and_one_flat_cluster() => RunAsync(rounds: 3);

    [Fact(Explicit = true)]
    public Task A_hundred_times() => RunAsync(rounds: 100);

    private static async Task RunAsync(int rounds)
    {
        var folder = TestFolders.Create("race");
        try
        {
            await using var one = await AppProcess.StartAsync(Settings, folder);
            using var first = await SignedInAsync(one);
            await using var other = await AppProcess.StartAsync(Settings, folder);
            using var second = await SignedInAsync(other);
            using var callers = new Callers(first, second);
            for (var round = 0; round < rounds; round++)
            {
                await FirstRequestsAsync(callers, folder, $"a{round}", $"81{round:00000000}");
                await EqualRequestsAsync(callers, folder, $"b{round}", $"82{round:00000000}");
                await CrossingBridgesAsync(callers, folder, $"c{round}", 8300000000 + (round * 10));
            }

            Assert.Equal(0L, Scalar(folder, "SELECT COUNT(*) FROM Contacts AS c JOIN Contacts AS p ON p.Id = c.LinkedId WHERE p.LinkedId IS NOT NULL OR p.Id > c.Id"));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FirstRequestsAsync(Callers callers, string folder, string word, string phone)
    {
        var answers = await callers.AtOnceAsync(25, _ => ($"{word}@race.example", phone));
        Assert.Single(answers.Distinct());
        Assert.Equal(1L, Scalar(folder, $"SELECT COUNT(*) FROM Contacts WHERE PhoneKey = '{phone}'"));
    }

    private static async Task EqualRequestsAsync(Callers callers, string folder, string word, string phone)
    {
        await callers.AtOnceAsync(1, _ => ($"{word}@race.example", phone));
        var answers = await callers.AtOnceAsync(20, _ => ($"{word}-again@race.example", phone));
        Assert.Single(answers.Distinct());
        Assert.Equal(2L, Scalar(folder, $"SELECT COUNT(*) FROM Contacts WHERE PhoneKey = '{phone}'"));
        Assert.Equal(1L, Scalar(folder, $"SELECT COUNT(*) FROM Contacts WHERE PhoneKey = '{phone}' AND LinkedId IS NOT NULL"));
    }

    private static async Task CrossingBridgesAsync(Callers callers, string folder, string word, long phone)
    {
        const int People = 6;
        (string Email, string Phone) Pair(int email, int number) => ($"{word}-{email % People}@race.example", $"{phone + (number % People)}");
        await callers.AtOnceAsync(People, i => Pair(i, i));
        await callers.AtOnceAsync(2 * People, i => i % 2 == 0 ? Pair(i / 2, (i / 2) + 1) : Pair((i / 2) + 2, i / 2));

        var answers = await callers.AtOnceAsync(People, i => Pair(i, i));
        Assert.Single(answers.Distinct());
        Assert.Equal((long)People, Scalar(folder, $"SELECT COUNT(*) FROM Contacts WHERE EmailKey LIKE '{word}-%@race.example'"));
        Assert.Equal(1L, Scalar(folder, $"SELECT COUNT(*) FROM Contacts WHERE EmailKey LIKE '{word}-%@race.example' AND LinkedId IS NULL"));
    }

    private static long Scalar(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "intranet.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static async Task<HttpClient> SignedInAsync(AppProcess app)
    {
        var client = app.Anonymous();
        var token = await Eventually.Is(async () =>
        {
            // The accounts come a moment after the app answers.
            using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = "steward@sc1701d.example", password = "Engage-1701-D!" });
            return answer.StatusCode == HttpStatusCode.OK ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()! : "";
        }, token => token.Length > 0, "a token");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Every other request goes to the other process.</summary>
    private sealed class Callers(HttpClient one, HttpClient other) : IDisposable
    {
        /// <returns>The answers as they came.</returns>
        internal async Task<string[]> AtOnceAsync(int count, Func<int, (string Email, string Phone)> values)
            => await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
            {
                var (email, phoneNumber) = values(i);
                using var answer = await (i % 2 == 0 ? one : other).PostAsJsonAsync("/api/identify", new { email, phoneNumber });
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
                return text;
            }));

        public void Dispose()
        {
            one.Dispose();
            other.Dispose();
        }
    }
}
