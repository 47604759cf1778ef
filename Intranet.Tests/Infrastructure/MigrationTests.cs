using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Intranet.Tests.Infrastructure;

/// <summary>Both databases, without a server for either.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void The_model_has_no_change_that_a_SQLite_migration_lacks()
    {
        using var db = Sqlite("Data Source=:memory:");
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void The_model_has_no_change_that_a_SQL_Server_migration_lacks()
    {
        using var db = SqlServer();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task SQLite_migrates_an_empty_file()
    {
        var folder = TestFolders.Create("migration");
        await using var db = Sqlite($"Data Source={Path.Combine(folder, "empty.db")};Pooling=False");

        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(20, await db.Titles.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(5, await db.Roles.CountAsync(TestContext.Current.CancellationToken));
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Files_of_mails_stay_with_them_when_several_mails_may_share_one()
    {
        var folder = TestFolders.Create("files");
        await using var db = Sqlite($"Data Source={Path.Combine(folder, "files.db")};Pooling=False");
        await db.GetService<IMigrator>().MigrateAsync("DueQueue", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO OutboxMessages (Id, MessageId, Kind, "To", Cc, Subject, Text, Html, CreatedAt, CreatedBy, State, Attempts, DueAt, Delivered)
            VALUES (7, 'seven', 'test', '["a@example.org"]', '[]', 'Seven', '', '', '2026-11-01 08:00:00', '', 0, 0, '2026-11-01 08:00:00', '[]'),
                   (8, 'eight', 'test', '["a@example.org"]', '[]', 'Eight', '', '', '2026-11-01 08:00:00', '', 0, 0, '2026-11-01 08:00:00', '[]');
            INSERT INTO OutboxAttachments (Id, MessageId, FileName, ContentType, Content) VALUES (1, 8, 'one.txt', 'text/plain', X'01'), (2, 7, 'two.txt', 'text/plain', X'02'), (3, 8, 'three.txt', 'text/plain', X'03');
            """, TestContext.Current.CancellationToken);

        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);

        var mails = await db.OutboxMessages.Include(mail => mail.Attachments).OrderBy(mail => mail.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["two.txt:2", "one.txt:1 three.txt:3"], mails.Select(mail => string.Join(' ', mail.Attachments.OrderBy(file => file.Id).Select(file => $"{file.FileName}:{file.Content[0]}"))));
        await db.GetService<IMigrator>().MigrateAsync("DueQueue", TestContext.Current.CancellationToken);
        Assert.Equal([8, 7, 8], await db.Database.SqlQuery<int>($"SELECT MessageId AS Value FROM OutboxAttachments ORDER BY Id").ToListAsync(TestContext.Current.CancellationToken));
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_new_SQLite_file_is_made_from_what_the_migrations_say()
    {
        using var db = Sqlite("Data Source=:memory:");
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);

        Assert.Equal(Lines(script), Lines(await NewDatabase.ScriptAsync(TestContext.Current.CancellationToken)));

        static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd());
    }

    [Fact]
    public async Task A_new_SQLite_file_is_the_same_as_one_that_was_migrated()
    {
        var folder = TestFolders.Create("new");
        await using var made = Sqlite($"Data Source={Path.Combine(folder, "made.db")};Pooling=False");
        await using var migrated = Sqlite($"Data Source={Path.Combine(folder, "migrated.db")};Pooling=False");

        await Task.WhenAll(made.BringUpToDateAsync(TestContext.Current.CancellationToken), migrated.Database.MigrateAsync(TestContext.Current.CancellationToken));
        Assert.False(await NewDatabase.TryMakeAsync(made, TestContext.Current.CancellationToken));
        await made.BringUpToDateAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await made.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(await ContentAsync(migrated), await ContentAsync(made));
        System.IO.Directory.Delete(folder, recursive: true);

        // What there is, and how many rows each table has; but for the lock that migrating leaves behind.
        static async Task<List<string>> ContentAsync(SqliteDbContext db)
        {
            var content = await db.Database.SqlQuery<string>($"SELECT type || ' ' || name || ' ' || COALESCE(sql, '') AS Value FROM sqlite_master WHERE name <> '__EFMigrationsLock' AND tbl_name <> '__EFMigrationsLock'").ToListAsync();
            content.AddRange(await db.Database.SqlQuery<string>($"PRAGMA journal_mode").ToListAsync());
            foreach (var table in await db.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name <> '__EFMigrationsLock'").ToListAsync())
#pragma warning disable EF1003 // The name comes from the database itself.
                content.Add($"{table}: {(await db.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM \"" + table + "\"").ToListAsync())[0]}");
#pragma warning restore EF1003
            content.Sort(StringComparer.Ordinal);
            return content;
        }
    }

    [Fact]
    public async Task Two_who_open_a_new_SQLite_file_at_once_make_one()
    {
        var folder = TestFolders.Create("both");
        var file = $"Data Source={Path.Combine(folder, "both.db")};Pooling=False";
        var all = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var db = Sqlite(file);
            return await NewDatabase.TryMakeAsync(db, TestContext.Current.CancellationToken);
        })).ToArray();

        Assert.Single(await Task.WhenAll(all), made => made);
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Both_databases_have_migrations_of_the_same_names()
    {
        using var sqlite = Sqlite("Data Source=:memory:");
        using var sqlServer = SqlServer();
        // The procedure exists only where there are procedures.
        Assert.Equal(
            sqlite.Database.GetMigrations().Select(Name),
            sqlServer.Database.GetMigrations().Select(Name).Where(name => name != "FindPoc"));

        static string Name(string migration) => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_script_for_SQL_Server_can_be_generated_and_brings_FindPOC(bool idempotent)
    {
        using var db = SqlServer();
        var script = db.GetService<IMigrator>().GenerateScript(options: idempotent ? MigrationsSqlGenerationOptions.Idempotent : MigrationsSqlGenerationOptions.Default);

        Assert.Contains("CREATE PROCEDURE FindPOC", script, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE [Employees]", script, StringComparison.Ordinal);
    }

    [Fact]
    public void FindPOC_can_be_called_by_hand_with_either_name_and_answers_under_the_names_of_the_contract()
    {
        using var db = SqlServer();
        var script = db.GetService<IMigrator>().GenerateScript();
        // In the script it stands inside EXEC(N'…').
        var procedure = script[script.IndexOf("CREATE PROCEDURE FindPOC", StringComparison.Ordinal)..].Replace("''", "'", StringComparison.Ordinal);
        procedure = procedure[..procedure.IndexOf("END');", StringComparison.Ordinal)];

        Assert.Matches(@"@ProductName nvarchar\(100\) = NULL,\s+@RepositoryName nvarchar\(100\) = NULL,\s+@Today date = NULL", procedure);
        Assert.Matches(@"SELECT e\.EmpId, e\.FirstName, e\.LastName, t\.Name AS Title, e\.EmailId AS \[Email ID\],\s+e\.ChatUserName AS \[Chat User Name\], l\.Region, l\.City\s+FROM", procedure);
        Assert.Contains("ORDER BY e.FirstNameKey, e.LastNameKey, e.EmpIdKey;", procedure, StringComparison.Ordinal);
        Assert.Contains("LEFT JOIN Titles", procedure, StringComparison.Ordinal);
        Assert.DoesNotContain("SELECT *", procedure, StringComparison.Ordinal);
        // Every name it uses is one of the tables' own.
        Assert.All(System.Text.RegularExpressions.Regex.Matches(procedure, @"(?:FROM|JOIN) (\w+)").Select(match => match.Groups[1].Value),
            table => Assert.Contains($"CREATE TABLE [{table}]", script, StringComparison.Ordinal));
    }

    [Fact]
    public void No_index_key_is_longer_than_SQL_Server_takes()
    {
        using var db = SqlServer();
        var tooLong = db.Model.GetEntityTypes().SelectMany(entity => entity.GetIndexes())
            .Select(index => (Name: $"{index.DeclaringEntityType.GetTableName()}.{index.GetDatabaseName()}", Bytes: index.Properties.Sum(Bytes)))
            // What every version takes; newer ones take 1,700 where the index isn't clustered.
            .Where(index => index.Bytes > 900)
            .Select(index => $"{index.Name}: {index.Bytes} bytes");

        Check.None(tooLong);

        static int Bytes(Microsoft.EntityFrameworkCore.Metadata.IProperty property)
            => property.ClrType == typeof(string) ? 2 * (property.GetMaxLength() ?? 100_000) : 8;
    }

    private static SqliteDbContext Sqlite(string connection)
        => new(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite(new SqliteConnection(connection)).Options);

    private static SqlServerDbContext SqlServer()
        => new(new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer("Server=nowhere").Options);
}
