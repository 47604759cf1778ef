using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Takes a contact out of everything, or brings it back; its values and links stay as they are.</summary>
public sealed class DeleteContact(IntranetDbContext db, TimeProvider time)
{
    /// <summary>Soft: the rest of its cluster stays together as far as other links hold it.</summary>
    /// <returns>False when there is no such contact.</returns>
    public Task<bool> RunAsync(int id, CancellationToken cancellation = default)
        => ChangeAsync(id, contact => contact.Delete(time.GetUtcNow().UtcDateTime), cancellation);

    /// <summary>Undoes the deletion: cluster and primary are what the links say.</summary>
    /// <returns>False when there is no such contact, or it was erased for good.</returns>
    public Task<bool> RestoreAsync(int id, CancellationToken cancellation = default)
        => ChangeAsync(id, contact => contact.Restore(), cancellation);

    private async Task<bool> ChangeAsync(int id, Func<Contact, bool> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync("contacts", cancellation);
        if (await db.Contacts.FirstOrDefaultAsync(c => c.Id == id, cancellation) is not { } contact || !change(contact))
            return false;
        await db.SaveChangesAsync(cancellation);
        // Its neighbours as well: without it they may be several clusters.
        var neighbours = await db.Links.Where(l => l.CutAt == null && (l.FirstId == id || l.SecondId == id)).Select(l => l.FirstId == id ? l.SecondId : l.FirstId).ToListAsync(cancellation);
        await db.ReclusterAsync([id, .. neighbours], cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
