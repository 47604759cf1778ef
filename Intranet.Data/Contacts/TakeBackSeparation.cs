using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>A steward takes back "not the same person": requests and scans may bring the two together again, and what was decided of them waits again.</summary>
public sealed class TakeBackSeparation(IntranetDbContext db, TimeProvider time)
{
    /// <returns>The two contacts it was about; null when there is no such separation.</returns>
    public async Task<(int FirstId, int SecondId)?> RunAsync(int id, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        await db.LockAsync(Locks.Duplicates, cancellation);
        if (await db.Separations.FirstOrDefaultAsync(s => s.Id == id, cancellation) is not { } separation)
            return null;
        db.Separations.Remove(separation);
        if (await db.DuplicatePairs.FirstOrDefaultAsync(p => p.FirstId == separation.FirstId && p.SecondId == separation.SecondId && p.State == PairState.Different, cancellation) is { } pair)
            pair.TakeBack();
        await db.SaveChangesAsync(cancellation);
        await db.LoosenPairsAsync([separation.FirstId, separation.SecondId], time.GetUtcNow().UtcDateTime, cancellation);
        await transaction.CommitAsync(cancellation);
        return (separation.FirstId, separation.SecondId);
    }
}
