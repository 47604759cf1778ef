using Intranet.Data.Contacts;

namespace Intranet.Data.Providers.SqlServer;

/// <summary>Each change in a transaction of its own, under the server's lock.</summary>
internal sealed class OwnTransaction(IntranetDbContext db) : ClusterChanges
{
    public override async Task<T> RunAsync<T>(Func<IntranetDbContext, Task<T>> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync("contacts", cancellation);
        var answer = await change(db);
        await transaction.CommitAsync(CancellationToken.None);
        return answer;
    }
}
