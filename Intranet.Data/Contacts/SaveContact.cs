using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Saves what somebody wrote into a contact, new or there already, and brings it together with whoever shares its values now.</summary>
public sealed class SaveContact(IntranetDbContext db, ConnectContacts connect, TimeProvider time)
{
    /// <param name="contact">New, or read by this context.</param>
    /// <param name="write">Sets the values, given the time of the change.</param>
    /// <param name="version">The one that was shown; null: the one that was read.</param>
    /// <param name="by">Who saves it; the author of links.</param>
    /// <param name="cancellation">Before the end leaves everything as it was.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed it since. Nothing was saved.</exception>
    public async Task RunAsync(Contact contact, Action<DateTime> write, Guid? version, string by, CancellationToken cancellation = default)
    {
        if (db.Entry(contact).State == EntityState.Detached)
            db.Contacts.Add(contact);
        else if (version is { } seen)
            db.Entry(contact).Property(c => c.Version).OriginalValue = seen;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        // Only now: a scan that begins while somebody waits for the lock must not take the change for one that it has seen.
        write(time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        await connect.RunAsync([contact.Id], by, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
