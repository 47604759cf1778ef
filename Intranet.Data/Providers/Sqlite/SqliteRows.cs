using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// One statement for many rows, prepared once and given its values by position: a command of ADO.NET finds each parameter by name
/// again for each row, which takes longer than SQLite takes to store it. Values are stored as Microsoft.Data.Sqlite stores them.
/// </summary>
internal static class SqliteRows
{
    /// <param name="db">In a transaction.</param>
    /// <param name="text">One statement.</param>
    /// <param name="columns">Its parameters.</param>
    /// <param name="rows">Entities.</param>
    /// <param name="cancellation">Stops between rows.</param>
    internal static async Task RunAsync<T>(SqliteDbContext db, string text, ManyRows.Column[] columns, IEnumerable<T> rows, CancellationToken cancellation) where T : class
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            var handle = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, text, out var statement), handle);
            using (statement)
            {
                foreach (var row in rows)
                {
                    cancellation.ThrowIfCancellationRequested();
                    for (var i = 0; i < columns.Length; i++)
                        SqliteException.ThrowExceptionForRC(Bind(statement, i + 1, columns[i].Value(row)), handle);
                    if (raw.sqlite3_step(statement) is not raw.SQLITE_DONE and var answer)
                        SqliteException.ThrowExceptionForRC(answer, handle);
                    raw.sqlite3_reset(statement);
                }
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static int Bind(sqlite3_stmt statement, int position, object value) => value switch
    {
        DBNull => raw.sqlite3_bind_null(statement, position),
        string text => raw.sqlite3_bind_text(statement, position, text),
        int number => raw.sqlite3_bind_int(statement, position, number),
        long number => raw.sqlite3_bind_int64(statement, position, number),
        bool isSo => raw.sqlite3_bind_int(statement, position, isSo ? 1 : 0),
        double number => raw.sqlite3_bind_double(statement, position, number),
        Guid id => raw.sqlite3_bind_text(statement, position, id.ToString().ToUpperInvariant()),
        DateTime time => raw.sqlite3_bind_text(statement, position, time.ToString(@"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        DateOnly day => raw.sqlite3_bind_text(statement, position, day.ToString(@"yyyy\-MM\-dd", CultureInfo.InvariantCulture)),
        byte[] bytes => raw.sqlite3_bind_blob(statement, position, bytes),
        byte number => raw.sqlite3_bind_int(statement, position, number),
        _ => throw new NotSupportedException($"Values of {value.GetType().Name} are not written in many rows."),
    };
}
