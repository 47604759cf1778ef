using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Takes a contact out of everything, or brings it back; its values stay as they are, and so do its links.</summary>
public sealed class DeleteContact(IntranetDbContext db, ConnectContacts connect, TimeProvider time)
{
    /// <summary>Soft: the rest of its cluster stays together as far as other links hold it.</summary>
    /// <returns>False when there is no such contact, or somebody deleted it already.</returns>
    public async Task<bool> RunAsync(int id, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        if (await db.Contacts.FirstOrDefaultAsync(c => c.Id == id && c.DeletedAt == null, cancellation) is not { } contact)
            return false;
        contact.Delete(time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        // Its neighbours as well: without it they may be several clusters.
        var neighbours = await NeighboursAsync(id, cancellation);
        await db.ReclusterAsync([id, .. neighbours], cancellation);
        await db.LoosenPairsAsync(neighbours, time.GetUtcNow().UtcDateTime, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>
    /// Undoes the deletion: cluster and primary are what the links say. What has come meanwhile with a value of it is linked, or put up
    /// for review, as if the contact was saved now.
    /// </summary>
    /// <param name="id">Of the contact; one that is there stays as it is.</param>
    /// <param name="by">Who restores it; the author of links.</param>
    /// <param name="cancellation">Before the end leaves everything as it was.</param>
    /// <returns>
    /// Null when it is back. Else why not: there is no such contact, it was erased for good, or its links would bring together
    /// what a steward separated meanwhile.
    /// </returns>
    public async Task<LinkContacts.Refusal?> RestoreAsync(int id, string by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        if (await db.Contacts.FirstOrDefaultAsync(c => c.Id == id, cancellation) is not { } contact)
            return LinkContacts.Refusal.Missing;
        var neighbours = await NeighboursAsync(id, cancellation);
        var wasDeleted = contact.DeletedAt is not null;
        if (wasDeleted && await AreSeparatedAsync(id, neighbours, cancellation))
            return LinkContacts.Refusal.Separated;
        if (!contact.Restore())
            return LinkContacts.Refusal.Missing;
        await db.SaveChangesAsync(cancellation);
        await db.ReclusterAsync([id, .. neighbours], cancellation);
        await db.LoosenPairsAsync([id], time.GetUtcNow().UtcDateTime, cancellation);
        if (wasDeleted)
            await connect.RunAsync([id], by, cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    private Task<List<int>> NeighboursAsync(int id, CancellationToken cancellation)
        => db.Links.Where(l => l.CutAt == null && (l.FirstId == id || l.SecondId == id)).Select(l => l.FirstId == id ? l.SecondId : l.FirstId).ToListAsync(cancellation);

    // Two of the clusters that become one through it, or one of them and itself.
    private async Task<bool> AreSeparatedAsync(int id, List<int> neighbours, CancellationToken cancellation)
    {
        var clusters = await db.Contacts.Where(c => EF.Parameter(neighbours).Contains(c.Id) && c.DeletedAt == null).Select(c => c.LinkedId ?? c.Id).Distinct().ToListAsync(cancellation);
        return clusters.Count > 0
            && ((await db.ApartAsync(clusters, cancellation)).Count > 0
                || await db.Separations.AnyAsync(s => (s.FirstId == id && EF.Parameter(clusters).Contains(s.Second!.LinkedId ?? s.SecondId)) || (s.SecondId == id && EF.Parameter(clusters).Contains(s.First!.LinkedId ?? s.FirstId)), cancellation));
    }
}
