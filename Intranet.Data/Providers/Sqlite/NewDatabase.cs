using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// Makes an empty database from <c>Migrations/All.sql</c>, what all migrations say one after the other. Bringing it up migration by
/// migration builds the whole model of each, a fifth of the first start.
/// </summary>
internal static class NewDatabase
{
    /// <summary>The text of all migrations; a test compares it with the migrations.</summary>
    internal static async Task<string> ScriptAsync(CancellationToken cancellation)
    {
        await using var stream = typeof(NewDatabase).Assembly.GetManifestResourceStream("Sqlite.All.sql") ?? throw new InvalidOperationException("All.sql is not part of the assembly.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellation);
    }

    /// <summary>All tables or none. Whoever comes second waits, and finds them there.</summary>
    /// <returns>False, and nothing done, where the database has tables already.</returns>
    internal static async Task<bool> TryMakeAsync(IntranetDbContext db, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            // A property of the file: readers and the writer don't wait for each other from now on.
            await using (var wal = connection.CreateCommand())
            {
                wal.CommandText = "PRAGMA journal_mode = 'wal'";
                await wal.ExecuteNonQueryAsync(cancellation);
            }

            await using var transaction = connection.BeginTransaction();
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT COUNT(*) FROM sqlite_master";
            if (await command.ExecuteScalarAsync(cancellation) is not 0L)
                return false;
            command.CommandText = await ScriptAsync(cancellation);
            await command.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
