using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Cuts a link, of whatever reason and wherever it stands in a cluster: what only it held together comes apart, exactly
/// as it was before. Nothing is deleted, so a cut can be taken back.
/// </summary>
public sealed class CutLink(IntranetDbContext db, TimeProvider time)
{
    /// <returns>The contacts that have another primary now; null when there is no such link.</returns>
    public async Task<IReadOnlyList<int>?> RunAsync(int id, string by, CancellationToken cancellation = default)
        => await ChangeAsync(id, link => link.Cut(time.GetUtcNow().UtcDateTime, by), cancellation);

    /// <summary>Takes a cut back: the link holds again.</summary>
    /// <returns>The contacts that have another primary now; null when there is no such link.</returns>
    public async Task<IReadOnlyList<int>?> UndoAsync(int id, CancellationToken cancellation = default)
        => await ChangeAsync(id, link => link.TakeBackCut(), cancellation);

    private async Task<IReadOnlyList<int>?> ChangeAsync(int id, Action<Link> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync("contacts", cancellation);
        if (await db.Links.FirstOrDefaultAsync(l => l.Id == id, cancellation) is not { } link)
            return null;
        change(link);
        await db.SaveChangesAsync(cancellation);
        var changed = await db.ReclusterAsync([link.FirstId, link.SecondId], cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }
}
