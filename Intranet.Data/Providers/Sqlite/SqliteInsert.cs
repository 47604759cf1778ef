using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>A new row, as quick as can be.</summary>
internal static class SqliteInsert
{
    /// <summary>Inserts it in the connection's transaction, past change tracking, and gives it its id.</summary>
    internal static void Insert<T>(IntranetDbContext db, SqliteConnection connection, T row) where T : class
    {
        var (sql, values, key) = ManyRows.OneRow<T>(db);
        SqliteStatement.Of(connection, sql).Run([.. values.Select(value => value(row))]);
        var id = raw.sqlite3_last_insert_rowid(connection.Handle);
        key.SetValue(row, Convert.ChangeType(id, key.PropertyType, null));
    }
}
