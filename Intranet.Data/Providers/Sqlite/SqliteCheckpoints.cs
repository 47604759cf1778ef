using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// Moves what the log holds into the database beside the work, after every few commits. SQLite would let whoever fills its
/// thousandth page do that, and wait for the disk; it still does when this doesn't keep up (<see cref="SqlitePragmas.LongestLog"/>).
/// Nobody waits for it: it takes only what no reader needs, and leaves the rest for the next time.
/// </summary>
internal sealed class SqliteCheckpoints(string connection) : DbTransactionInterceptor
{
    // A commit of one request writes some ten to twenty pages, one of a group of them some hundreds.
    private const int Commits = 16;

    private int commits;
    private int isWorking;

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Count();

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Count();
        return Task.CompletedTask;
    }

    private void Count()
    {
        if (Interlocked.Increment(ref commits) % Commits != 0 || Interlocked.Exchange(ref isWorking, 1) != 0)
            return;
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(Move);
    }

    private void Move()
    {
        try
        {
            using var own = new SqliteConnection(connection);
            own.Open();
            SqlitePragmas.Tell(own);
            using var command = own.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // Another process moves it, or the file is on its way out. Nothing is lost: it is in the log, and is moved later. A
            // disk that is full or broken is told to whoever commits when the log is as long as it may be.
        }
        finally
        {
            Volatile.Write(ref isWorking, 0);
        }
    }
}
