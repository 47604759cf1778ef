using Intranet.Data.Contacts;

namespace Intranet.Data.Providers.SqlServer;

/// <summary>Each change in a transaction of its own, under the server's lock.</summary>
internal sealed class OwnTransaction(IntranetDbContext db) : ClusterChanges
{
    private const int Attempts = 3;

    public override async Task<T> RunAsync<T>(Func<IntranetDbContext, Task<T>> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(change, cancellation);
            }
            catch (Exception failure) when (attempt < Attempts && SqlServerDbContext.IsDeadlock(failure))
            {
                // Rolled back as a whole. What to do is decided anew under the lock, so that the same again is right.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<T> OnceAsync<T>(Func<IntranetDbContext, Task<T>> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        var answer = await change(db);
        await transaction.CommitAsync(CancellationToken.None);
        return answer;
    }
}
