using Intranet.Data.Contacts;
using Intranet.Data.Providers.Sqlite;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Providers.Sqlite;

/// <summary>Lists of contacts and the person's page take the index of what is rare, never one of what nearly all contacts have.</summary>
public sealed class ContactPlanTests(QueryPlanTests.WatchedApp app) : IClassFixture<QueryPlanTests.WatchedApp>
{
    [Theory]
    [InlineData("/contacts/{contact}", "IX_DuplicatePairs_FirstId_SecondId (FirstId=?)", "IX_DuplicatePairs_State_Probability")]
    [InlineData("/contacts/{contact}", "IX_DuplicatePairs_SecondId (SecondId=?)", "TEMP B-TREE FOR DISTINCT")]
    [InlineData("/contacts", "SEARCH c USING INTEGER PRIMARY KEY (rowid<?)", "TEMP B-TREE")]
    [InlineData("/contacts?deleted=true", "IX_Contacts_Deleted (Id<?)", "TEMP B-TREE")]
    [InlineData("/contacts?source=entry", "IX_Contacts_Source (Source=? AND rowid<?)", "TEMP B-TREE")]
    [InlineData("/contacts?linked=no", "SEARCH c USING INTEGER PRIMARY KEY (rowid<?)", "TEMP B-TREE")]
    [InlineData("/contacts?linked=yes", "COVERING INDEX IX_Contacts_LinkedId_CreatedAt (LinkedId=?)", "TEMP B-TREE")]
    [InlineData("/contacts?q=anna", "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)", "TEMP B-TREE FOR ORDER BY")]
    [InlineData("/contacts?q=anna+berg", "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)", "INTERSECT")]
    [InlineData("/contacts?q=a+b", "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)", "INTERSECT")]
    [InlineData("/contacts?q=a", "SEARCH c USING INTEGER PRIMARY KEY (rowid", "INTERSECT")]
    [InlineData("/search?q=a+b", "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)", "INTERSECT")]
    [InlineData("/api/contacts?q=a", "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)", "TEMP B-TREE FOR ORDER BY")]
    [InlineData("/contacts?q=anna+berg&linked=no", "INTERSECT USING TEMP B-TREE", "TEMP B-TREE FOR ORDER BY")]
    [InlineData("/contacts?q=98200", "IX_Contacts_PhoneKey_LinkedId_DeletedAt (PhoneKey>? AND PhoneKey<?)", "TEMP B-TREE FOR ORDER BY")]
    [InlineData("/contacts?q=anna@shop", "IX_Contacts_EmailKey_LinkedId_DeletedAt (EmailKey>? AND EmailKey<?)", "TEMP B-TREE FOR ORDER BY")]
    [InlineData("/api/contacts", "INDEX IX_Contacts_Deleted (Id>?)", "TEMP B-TREE")]
    [InlineData("/api/contacts?q=anna+berg", "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)", "TEMP B-TREE FOR ORDER BY")]
    public async Task It_takes_what_is_rare(string url, string takes, string avoids)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        using var client = await app.SignedInAs(Cast.Employee);
        var address = await app.AddressAsync(url);
        await client.PageAsync(address);

        var statements = await app.Statements.DuringAsync(async () => (await client.PageAsync(address)).MustBeOk());

        var plans = statements.Where(statement => statement.Sql.Contains("\"Contacts\"", StringComparison.Ordinal) || statement.Sql.Contains("\"DuplicatePairs\"", StringComparison.Ordinal))
            .SelectMany(statement => statement.Plan).ToList();
        Assert.True(plans.Exists(step => step.Contains(takes, StringComparison.Ordinal)), string.Join('\n', plans));
        Assert.False(plans.Exists(step => step.Contains(avoids, StringComparison.Ordinal)), string.Join('\n', plans));
    }

    [Fact]
    public async Task Who_may_be_typed_and_who_came_back_is_found_by_an_index()
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        using var client = await app.SignedInAs(Cast.Steward);
        const string typed = "/contacts/edit?handler=Likely&Input.GivenName=Anna&Input.FamilyName=Berg&Input.Phone=9820055501&Input.Email=anna@shop.example";
        await client.PageAsync(typed);

        var likely = await PlansAsync(async () => (await client.PageAsync(typed)).MustBeOk());
        var back = await PlansAsync(() => app.Database(db => db.Contacts.LoosenedAfter(new ArrivalMark(app.Clock.UtcNow, 5)).Take(10).ToListAsync(TestContext.Current.CancellationToken)));

        foreach (var index in new[] { "IX_Contacts_EmailKey_LinkedId_DeletedAt (EmailKey=?", "IX_Contacts_PhoneKey_LinkedId_DeletedAt (PhoneKey=?", "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)" })
            Assert.Contains(likely, step => step.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(likely, step => step.StartsWith("SCAN c", StringComparison.Ordinal) && !step.Contains("Words", StringComparison.Ordinal));
        Assert.Contains(back, step => step.Contains("IX_Contacts_LoosenedAt_Id (LoosenedAt>?", StringComparison.Ordinal));

        async Task<List<string>> PlansAsync(Func<Task> act) => [.. (await app.Statements.DuringAsync(act)).Where(statement => statement.Sql.Contains("\"Contacts\"", StringComparison.Ordinal)).SelectMany(statement => statement.Plan)];
    }

    [Theory]
    [InlineData(SqliteIdentify.WithEmail, "COVERING INDEX IX_Contacts_EmailKey_LinkedId_DeletedAt (EmailKey=?)")]
    [InlineData(SqliteIdentify.WithPhone, "COVERING INDEX IX_Contacts_PhoneKey_LinkedId_DeletedAt (PhoneKey=?)")]
    [InlineData(SqliteIdentify.Listed, "COVERING INDEX IX_GenericValues_Kind_ValueKey (Kind=? AND ValueKey=?)")]
    [InlineData(SqliteIdentify.Primary, "INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData(SqliteIdentify.Secondaries, "IX_Contacts_LinkedId_CreatedAt (LinkedId=?)")]
    [InlineData(SqliteIdentify.PrimaryWithEmail, "INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData(SqliteIdentify.PrimaryWithPhone, "INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData(SqliteIdentify.SecondaryWithEmail, "IX_Contacts_EmailKey_LinkedId_DeletedAt (EmailKey=? AND LinkedId=? AND DeletedAt=?)")]
    [InlineData(SqliteIdentify.SecondaryWithPhone, "IX_Contacts_PhoneKey_LinkedId_DeletedAt (PhoneKey=? AND LinkedId=? AND DeletedAt=?)")]
    [InlineData(SqliteContactWords.WithBeginning, "COVERING INDEX sqlite_autoindex_ContactWords_1 (Word>? AND Word<?)")]
    [InlineData(SqliteContactWords.HasBeginning, "COVERING INDEX IX_ContactWords_ContactId_Word (ContactId=? AND Word>? AND Word<?)")]
    [InlineData(SqliteContactWords.Deleted, "INDEX IX_Contacts_Deleted (Id>?)")]
    [InlineData(KeptBeginnings.Latest, "SEARCH AuditEntries")]
    [InlineData(KeptBeginnings.Latest, "SEARCH Contacts")]
    [InlineData(KeptBeginnings.Changed, "INTEGER PRIMARY KEY (rowid>?)")]
    [InlineData(KeptBeginnings.Added, "COVERING INDEX IX_ContactWords_ContactId_Word (ContactId>?)")]
    [InlineData(KeptBeginnings.Words, "COVERING INDEX IX_ContactWords_ContactId_Word (ContactId=?)")]
    public async Task What_is_asked_by_hand_is_answered_by_one_index(string sql, string index)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        var plan = await app.Database(async db =>
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            // Parameters by position, to be bound by hand: a plan needs no values.
            command.CommandText = $"EXPLAIN QUERY PLAN {Numbered(sql)}";
            for (var i = 1; i <= sql.Count(letter => letter == '?'); i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"?{i}", "x");
                command.Parameters.Add(parameter);
            }

            var steps = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                steps.Add(reader.GetString(3));
            return steps;
        });

        Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal) && !sql.Contains("LIMIT 1", StringComparison.Ordinal));
    }

    private static string Numbered(string sql)
    {
        var number = 0;
        return string.Concat(sql.Select(letter => letter == '?' ? $"?{++number}" : $"{letter}"));
    }
}
