using Intranet.Data;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Intranet.Tests.Support;

/// <summary>
/// A database of its own for each running app, with the schema and the cast in it. SQLite: a copy of one file that
/// is made once per test run. SQL Server (<c>INTRANET_TEST_SQLSERVER</c> holds the connection string of a server):
/// a database created for the app and dropped after it.
/// </summary>
internal sealed class TestDatabase(string folder, string? connection) : IAsyncDisposable
{
    internal static readonly string? Server = Environment.GetEnvironmentVariable("INTRANET_TEST_SQLSERVER") is { Length: > 0 } server ? server : null;

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    // SQL Server copies one database of its own for each new one, and refuses who comes meanwhile and waits too long (error 1807).
    private static readonly SemaphoreSlim Creating = new(1);

    /// <summary>What the app needs to be told to use it.</summary>
    internal IReadOnlyDictionary<string, string?> Settings
        => connection is null ? new Dictionary<string, string?>()
            : new Dictionary<string, string?> { ["Database:Provider"] = "SqlServer", ["ConnectionStrings:Intranet"] = connection };

    internal static async Task<TestDatabase> CreateAsync(string folder)
    {
        if (Server is null)
        {
            File.Copy(await Template.Value, Path.Combine(folder, "intranet.db"));
            return new TestDatabase(folder, null);
        }

        var connection = new SqlConnectionStringBuilder(Server) { InitialCatalog = $"intranet_test_{Guid.NewGuid():N}" }.ConnectionString;
        await using var db = SqlServerContext(connection);
        await Creating.WaitAsync();
        try
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateAsync();
        }
        finally
        {
            Creating.Release();
        }

        var database = new TestDatabase(folder, connection);
        try
        {
            await db.Database.MigrateAsync();
            await BringCastAsync(folder, database.Settings);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }

        return database;
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = TestFolders.Create("template");
        await BringCastAsync(folder, new Dictionary<string, string?>());
        var file = Path.Combine(folder, "intranet.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            // The copy takes this one file; nothing may be left in the log beside it.
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(folder, recursive: true);
        return file;
    }

    // The app itself does it: its migrations, its accounts.
    private static async Task BringCastAsync(string folder, IReadOnlyDictionary<string, string?> settings)
    {
        await using var app = RunningApp.Unprepared(folder, settings);
        await app.InitializeAsync();
        await Cast.CreateAsync(app.Services);
    }

    /// <summary>The database without an app.</summary>
    internal IntranetDbContext Open()
        => connection is null ? new SqliteDbContext(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite($"Data Source={Path.Combine(folder, "intranet.db")};Pooling=False").Options)
            : SqlServerContext(connection);

    internal static SqlServerDbContext SqlServerContext(string connection)
        => new(new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer(connection).Options);

    public async ValueTask DisposeAsync()
    {
        if (connection is null)
        {
            var file = Path.Combine(folder, "intranet.db");
            using var pool = new SqliteConnection($"Data Source={file}");
            SqliteConnection.ClearPool(pool);
            Check.None(await LongTexts.FindAsync(file));
            return;
        }

        await using var db = SqlServerContext(connection);
        await db.Database.EnsureDeletedAsync();
    }
}
