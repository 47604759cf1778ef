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
    public async Task<Outcome> RunAsync(int one, int other, string by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync("contacts", cancellation);
        var outcome = await AddAsync(one, other, time.GetUtcNow().UtcDateTime, by, cancellation);
        await transaction.CommitAsync(cancellation);
        return outcome;
    }

    /// <summary>The same as part of something larger, which holds the lock "contacts" in its transaction.</summary>
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
