using Microsoft.EntityFrameworkCore.Storage;

namespace Intranet.Data;

/// <summary>
/// The transaction of one operation: its own, or a part of the one that its caller began. Then the caller decides: what is
/// committed here is written when that is, and what is given up here the caller must give up.
/// </summary>
public sealed class JoinedTransaction : IAsyncDisposable
{
    private readonly IDbContextTransaction? own;

    private JoinedTransaction(IDbContextTransaction? own) => this.own = own;

    internal static async Task<JoinedTransaction> BeginAsync(IntranetDbContext db, CancellationToken cancellation)
        => new(db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null);

    public Task CommitAsync(CancellationToken cancellation = default) => own?.CommitAsync(cancellation) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public static class JoinedTransactions
{
    /// <summary>Begins a transaction, or takes part in the one that there is.</summary>
    public static Task<JoinedTransaction> BeginOrJoinAsync(this IntranetDbContext db, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return JoinedTransaction.BeginAsync(db, cancellation);
    }
}
