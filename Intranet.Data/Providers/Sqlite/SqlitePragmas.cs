using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// Settings of each connection. WAL is a property of the file and set with it. NORMAL is safe with WAL: a power
/// cut may lose the last transactions but never corrupts, and a killed process loses nothing. Who finds the file locked
/// by another process asks again within milliseconds, and only after a second at the pace of Microsoft.Data.Sqlite.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>KB, as SQLite wants it said.</summary>
    internal const string CacheSize = "-16000";

    /// <summary>Pages, after which whoever commits moves them into the database; <see cref="SqliteCheckpoints"/> mostly comes before.</summary>
    internal const string LongestLog = "4000";

    /// <summary>
    /// Bytes: the beginning of the file is read without copying, up to 128 MB of it. What is mapped counts as memory of the process, and
    /// twice as much was no faster.
    /// </summary>
    internal const string Mapped = "134217728";

    private const string Pragmas
        = $"PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = {LongestLog}; PRAGMA temp_store = MEMORY; PRAGMA cache_size = {CacheSize}; PRAGMA mmap_size = {Mapped}; PRAGMA busy_timeout = 1000;";

    // A pooled connection keeps them: it is told once, not for every query.
    private static readonly ConditionalWeakTable<sqlite3, object> Told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tell(connection);

    // SQLite answers at once; there is nothing to wait for.
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(connection);
        return Task.CompletedTask;
    }

    internal static void Tell(DbConnection connection)
    {
        if (!Told.TryAdd(((SqliteConnection)connection).Handle!, Told))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
