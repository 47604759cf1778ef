using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Intranet.Data.Contacts;
using Intranet.Data.Providers.Sqlite;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Intranet.Tests.Providers.Sqlite;

/// <summary>What goes past EF on SQLite stores and counts what EF would.</summary>
public sealed class SqliteStatementTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task A_row_inserted_by_hand_is_stored_as_EF_stores_it()
    {
        Assert.SkipUnless(TestDatabase.Server is null, "SQLite's own way.");
        var at = new DateTime(2030, 2, 3, 4, 5, 6, 789, 120, DateTimeKind.Utc);
        await app.Database(async db =>
        {
            db.Contacts.Add(Row());
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            var byHand = Row();
            await db.InsertAsync(byHand, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, byHand.Id);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        });

        var rows = await app.Database(async db =>
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "SELECT * FROM Contacts WHERE ExternalId = 'by hand' ORDER BY Id";
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var read = new List<Dictionary<string, string>>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                read.Add(Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetName(i) is not ("Id" or "Version"))
                    .ToDictionary(reader.GetName, i => $"{reader.GetFieldType(i).Name} {Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)}"));
            return read;
        });
        Assert.Equal(2, rows.Count);
        Assert.Equal(rows[0], rows[1]);
        // The version is found again by EF, which compares it as text.
        var ids = await app.Database(db => db.Contacts.Where(c => c.ExternalId == "by hand").ToListAsync(TestContext.Current.CancellationToken));
        foreach (var one in ids)
            Assert.True(await app.Database(db => db.Contacts.AnyAsync(c => c.Version == one.Version, TestContext.Current.CancellationToken)));

        Contact Row()
        {
            var contact = new Contact { ExternalId = "by hand", Source = "entry", GivenName = "Žofie \0 \U0001F600", BirthDate = new DateOnly(1990, 1, 2), CreatedAt = at, UpdatedAt = at.AddTicks(-5) };
            contact.SetEmail("By.Hand@shop.example");
            contact.SetPhone("+91 98200 12345", new PhoneRules("IN"));
            return contact;
        }
    }

    [Fact]
    public async Task Connections_that_nobody_uses_are_closed_while_others_go_on()
    {
        Assert.SkipUnless(TestDatabase.Server is null, "SQLite's own way.");
        using var steward = app.Anonymous();
        using var signedIn = await steward.PostAsJsonAsync("/api/auth/login", new { username = Cast.Steward.Email, password = Cast.Password }, TestContext.Current.CancellationToken);
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString();
        steward.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var email = ContactsGiven.NewEmail();
        using var ended = new CancellationTokenSource();
        var closing = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await app.Database(db =>
                {
                    db.CloseIdleConnections();
                    return Task.CompletedTask;
                });
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }, TestContext.Current.CancellationToken);

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (i, cancellation) =>
        {
            using var answer = await steward.PostAsJsonAsync("/api/identify", new { email, phoneNumber = $"{9300000000 + i}" }, cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        });
        await ended.CancelAsync();
        await closing;

        Assert.Equal(200, await app.Database(db => db.Contacts.CountAsync(c => c.Email == email, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Contacts_are_found_by_their_words_as_if_they_were_looked_at()
    {
        var (one, other) = (Given.Unique("Frequent"), Given.Unique("Second"));
        var both = await app.Contact(one, other);
        var son = await app.Contact(one, one + "son");
        var third = await app.Contact("Any", other);
        var deleted = await app.Contact(one, other);
        await app.Database(async db =>
        {
            (await db.Contacts.SingleAsync(c => c.Id == deleted.Id, TestContext.Current.CancellationToken)).Delete(app.Clock.UtcNow);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });

        var all = new ContactSearch.Part(0, 10);
        foreach (var (beginnings, part, count, ids) in new (string[], ContactSearch.Part, int, int[])[]
        {
            ([one], all, 2, [son.Id, both.Id]), ([other], all, 2, [third.Id, both.Id]), ([one, other], all, 1, [both.Id]), ([one, "nobody"], all, 0, []),
            ([one], all with { Take = 1 }, 2, [son.Id]), ([one], all with { Skip = 1 }, 2, [both.Id]), ([one], all with { Skip = 2 }, 2, []),
            ([one], all with { Before = son.Id }, 1, [both.Id]), ([one], all with { Before = both.Id }, 0, []), ([one], all with { Before = deleted.Id + 1 }, 2, [son.Id, both.Id]),
        })
        {
            var words = beginnings.SelectMany(text => ContactWord.Of(text)).ToList();
            foreach (var found in new[] { await app.Database(db => db.NewestWithWordsAsync(words, part, TestContext.Current.CancellationToken)), await app.Database(db => ContactSearch.NewestWithWordsAsync(db, words, part, TestContext.Current.CancellationToken)) })
            {
                Assert.Equal(count, found.Count);
                Assert.Equal(ids, found.Ids);
            }
        }
    }

    [Fact]
    public async Task What_is_committed_comes_into_the_file_long_before_the_log_is_full()
    {
        Assert.SkipUnless(TestDatabase.Server is null, "This is SQLite's log.");
        var file = new FileInfo(await app.Database(db => Task.FromResult(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource)));
        // Waits for the log of what other tests did, and counts from there.
        await app.Database(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"));
        file.Refresh();
        var before = file.Length;

        for (var i = 0; i < 40; i++)
            await app.Contact("Moved", company: new string('x', 200), city: new string('y', 100));

        Assert.True(new FileInfo(file.FullName + "-wal").Length < 4000 * 4096, "The log is full, and was moved by whoever filled it.");
        await Eventually.Is(() =>
        {
            file.Refresh();
            return Task.FromResult(file.Length);
        }, length => length > before, "the file to grow");
    }

    [Fact]
    public async Task A_stop_leaves_the_database_in_one_file()
    {
        var folder = TestFolders.Create("stop");
        try
        {
            await using (var process = await AppProcess.StartAsync(new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" }, folder))
            {
                using var client = process.Anonymous();
                var token = await Eventually.Is(async () =>
                {
                    using var signedIn = await client.PostAsync(new Uri("/api/auth/login", UriKind.Relative),
                        new FormUrlEncodedContent([new("username", "steward@sc1701d.example"), new("password", "Engage-1701-D!")]), TestContext.Current.CancellationToken);
                    var body = await signedIn.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    return signedIn.IsSuccessStatusCode ? System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("access_token").GetString()! : "";
                }, text => text.Length > 0, "a token");
                client.DefaultRequestHeaders.Authorization = new("Bearer", token);
                for (var i = 0; i < 2; i++)
                {
                    using var content = new StringContent("""{"email":"stop@shop.example","phoneNumber":"9820012399"}""", System.Text.Encoding.UTF8, "application/json");
                    using var answer = await client.PostAsync(new Uri("/api/identify", UriKind.Relative), content, TestContext.Current.CancellationToken);
                    Assert.True(answer.IsSuccessStatusCode);
                }

                await process.StopAsync();
            }

            // Whoever copies the file then has all of it: statements that are kept don't keep the log.
            Assert.Equal(["intranet.db"], System.IO.Directory.GetFiles(folder, "intranet.db*").Select(Path.GetFileName));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
