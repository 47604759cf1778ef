using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// A statement that stays prepared as long as its connection is open underneath, which a pool keeps for long: to prepare
/// a short question takes several times as long as to answer it. For hot paths. Used by one at a time, as the connection is.
/// </summary>
internal sealed class SqliteStatement
{
    // As Microsoft.Data.Sqlite waits for a lock, by default.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ConditionalWeakTable<sqlite3, Dictionary<string, SqliteStatement>> Prepared = [];

    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;

    // Whoever closes the last connection to the file leaves it whole, without a log beside it; an open statement would be in the way.
    static SqliteStatement() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var (_, statements) in Prepared)
        {
            foreach (var one in statements.Values)
                one.statement.Dispose();
        }
    };

    private SqliteStatement(sqlite3 connection, string sql)
    {
        this.connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    /// <param name="connection">Open; parameters in <paramref name="sql"/> are bound by position.</param>
    /// <param name="sql">One of few: each is kept.</param>
    internal static SqliteStatement Of(SqliteConnection connection, string sql)
    {
        var statements = Prepared.GetOrCreateValue(connection.Handle!);
        return statements.TryGetValue(sql, out var known) ? known : statements[sql] = new SqliteStatement(connection.Handle!, sql);
    }

    /// <summary>Runs it; nothing is read.</summary>
    internal void Run(params ReadOnlySpan<object?> values)
    {
        using var rows = Ask(values);
        while (rows.Read())
        {
        }
    }

    /// <summary>Begins to answer; dispose what comes before asking again.</summary>
    /// <param name="values">In order of the parameters, as the model stores them.</param>
    internal Rows Ask(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            Check(Bind(i + 1, values[i]));
        return new Rows(this);
    }

    // The texts that Microsoft.Data.Sqlite makes of times and ids, so that both can be compared.
    private int Bind(int position, object? value) => value switch
    {
        null or DBNull => raw.sqlite3_bind_null(statement, position),
        string text => raw.sqlite3_bind_text(statement, position, text),
        DateTime time => raw.sqlite3_bind_text(statement, position, time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        DateOnly day => raw.sqlite3_bind_text(statement, position, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Guid id => raw.sqlite3_bind_text(statement, position, id.ToString().ToUpperInvariant()),
        double number => raw.sqlite3_bind_double(statement, position, number),
        byte[] bytes => raw.sqlite3_bind_blob(statement, position, bytes),
        bool or byte or short or int or long => raw.sqlite3_bind_int64(statement, position, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"Nothing of type {value.GetType().Name} is bound by hand."),
    };

    private bool Step()
    {
        var began = 0L;
        while (true)
        {
            switch (raw.sqlite3_step(statement))
            {
                case raw.SQLITE_ROW:
                    return true;
                case raw.SQLITE_DONE:
                    return false;
                // Rare: readers don't wait for writers, but for whoever repairs the log after a crash. SQLite itself waits a second each time.
                case raw.SQLITE_BUSY or raw.SQLITE_LOCKED when began == 0 || Stopwatch.GetElapsedTime(began) < Patience:
                    began = began == 0 ? Stopwatch.GetTimestamp() : began;
                    raw.sqlite3_reset(statement);
                    break;
                case var failed:
                    Check(failed);
                    return false;
            }
        }
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, connection);

    /// <summary>The rows of an answer, one after the other; columns are read by position.</summary>
    internal readonly ref struct Rows(SqliteStatement of)
    {
        internal bool Read() => of.Step();

        internal bool IsNull(int column) => raw.sqlite3_column_type(of.statement, column) == raw.SQLITE_NULL;

        internal int Number(int column) => raw.sqlite3_column_int(of.statement, column);

        internal long Long(int column) => raw.sqlite3_column_int64(of.statement, column);

        internal string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(of.statement, column).utf8_to_string();

        /// <summary>A text as the database has it, in UTF-8; until the next row is read.</summary>
        internal ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(of.statement, column);

        public void Dispose()
        {
            raw.sqlite3_reset(of.statement);
            raw.sqlite3_clear_bindings(of.statement);
        }
    }
}
