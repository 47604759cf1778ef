using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>A steward says that two contacts are not the same person: nothing automatic brings them together from now on.</summary>
public sealed class SeparateContacts(IntranetDbContext db, TimeProvider time)
{
    public enum Outcome
    {
        Separated,

        /// <summary>One of them is not there, or deleted.</summary>
        Missing,

        /// <summary>Links hold them together; those have to be cut first.</summary>
        Linked,
    }

    /// <summary>Saying it twice changes nothing.</summary>
    /// <param name="closesPair">Whether a pair of the two that waits is decided by it.</param>
    public async Task<Outcome> RunAsync(int one, int other, string by, bool closesPair = false, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        await db.LockAsync(Locks.Duplicates, cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        var outcome = await AddAsync(one, other, now, by, cancellation);
        if (closesPair && outcome == Outcome.Separated && await db.DuplicatePairs.FirstOrDefaultAsync(
            p => p.FirstId == Math.Min(one, other) && p.SecondId == Math.Max(one, other) && (p.State == PairState.Open || p.State == PairState.Later), cancellation) is { } pair)
        {
            pair.Decide(PairState.Different, now, by);
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return outcome;
    }

    /// <summary>The same as part of something larger, which holds <see cref="Locks.Contacts"/> in its transaction.</summary>
    internal async Task<Outcome> AddAsync(int one, int other, DateTime at, string by, CancellationToken cancellation)
    {
        var primaries = await db.Contacts.Where(c => (c.Id == one || c.Id == other) && c.DeletedAt == null).Select(c => c.LinkedId ?? c.Id).ToListAsync(cancellation);
        if (primaries.Count < 2)
            return Outcome.Missing;
        if (primaries[0] == primaries[1])
            return Outcome.Linked;
        var separation = Separation.Between(one, other, at, by);
        if (!await db.Separations.AnyAsync(s => s.FirstId == separation.FirstId && s.SecondId == separation.SecondId, cancellation))
        {
            db.Separations.Add(separation);
            await db.SaveChangesAsync(cancellation);
        }

        return Outcome.Separated;
    }
}
