using Intranet.Data.Imports;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Erases a person for privacy, for good: the values of every row of the cluster, deleted ones included, what was made
/// of them, what the audit and the notes of imports remembered of them, what stands on the list of generic values and nobody else
/// has, and what was written about talks with them. That it happened, who did it and why stays in the audit. A file that waits or
/// comes later doesn't bring them back (<see cref="ErasedPeople"/>), nor what it tells of them (<see cref="ErasedTexts"/>).
/// </summary>
public sealed class EraseContact(IntranetDbContext db, TimeProvider time)
{
    /// <param name="id">Any contact of the cluster.</param>
    /// <param name="reason">For the audit; must name no values.</param>
    /// <param name="wipesNotes">Also the texts of interactions with them, and what else names them at their leads.</param>
    /// <param name="seen">The rows that were shown (<see cref="ErasePreview.SeenOf"/>); null erases whatever is there.</param>
    /// <param name="cancellation">Stops between statements; then nothing has happened.</param>
    /// <returns>How many rows were erased; null when there is no such contact, or it is erased already.</returns>
    /// <exception cref="DbUpdateConcurrencyException">It is about other rows than were seen: somebody linked or cut meanwhile.</exception>
    public async Task<int?> RunAsync(int id, string reason, bool wipesNotes = true, string? seen = null, CancellationToken cancellation = default)
    {
        var (rows, interactions) = (new EraseImportRows(db), new EraseInteractions(db));
        var named = await db.ClusterAsync(id, cancellation) is { } before ? await rows.FindNamedAsync([.. before.All], cancellation) : [];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        if (await db.ClusterAsync(id, cancellation) is not { } cluster || cluster.All.All(row => row.ErasedAt is not null))
            return null;
        var contacts = cluster.All.Where(row => row.ErasedAt is null).Select(row => row.Id).ToArray();
        var people = cluster.All.Where(row => row.ErasedAt is null).ToList();
        if (seen is not null && seen != ErasePreview.SeenOf(people))
            throw new DbUpdateConcurrencyException("The person is of other rows than those that were seen.");
        await rows.RunAsync(contacts, named, cancellation);
        if (wipesNotes)
            await interactions.RunAsync(people, await interactions.FindAsync(people, cancellation), cancellation);
        // Off the list first: what only they have is known by itself from then on.
        await new EraseGenericValues(db).RunAsync(people, reason, cancellation);
        await ErasedPeople.RememberAsync(db, people, wipesNotes, time.GetUtcNow().UtcDateTime, cancellation);
        var links = cluster.Links.Select(link => link.Id).ToArray();
        foreach (var some in contacts.Chunk(500))
            await WipeAsync(some, cancellation);
        foreach (var some in links.Chunk(500))
        {
            // The reason a link gives is the shared value; the neighbour of a cut link keeps its own row.
            await db.Links.Where(l => some.Contains(l.Id)).ExecuteUpdateAsync(set => set.SetProperty(l => l.Detail, (string?)null).SetProperty(l => l.Version, Guid.NewGuid()), cancellation);
            await ForgetAsync(nameof(Link), some, cancellation);
        }

        foreach (var contact in contacts)
            db.Audit("erased", nameof(Contact), contact, reason);
        await db.SaveChangesAsync(cancellation);
        await db.ReclusterAsync(contacts, cancellation);
        await transaction.CommitAsync(cancellation);
        return contacts.Length;
    }

    private async Task WipeAsync(int[] some, CancellationToken cancellation)
    {
        // Past change tracking: it would write what is erased into the audit.
        var now = time.GetUtcNow().UtcDateTime;
        await db.Contacts.Where(c => some.Contains(c.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.ExternalId, (string?)null)
            .SetProperty(c => c.GivenName, (string?)null)
            .SetProperty(c => c.FamilyName, (string?)null)
            .SetProperty(c => c.FullName, (string?)null)
            .SetProperty(c => c.BirthDate, (DateOnly?)null)
            .SetProperty(c => c.BirthDateAsTyped, (string?)null)
            .SetProperty(c => c.Street, (string?)null)
            .SetProperty(c => c.City, (string?)null)
            .SetProperty(c => c.Postcode, (string?)null)
            .SetProperty(c => c.State, (string?)null)
            .SetProperty(c => c.Country, (string?)null)
            .SetProperty(c => c.Company, (string?)null)
            .SetProperty(c => c.JobTitle, (string?)null)
            .SetProperty(c => c.Email, (string?)null)
            .SetProperty(c => c.EmailKey, (string?)null)
            .SetProperty(c => c.Phone, (string?)null)
            .SetProperty(c => c.PhoneKey, (string?)null)
            .SetProperty(c => c.Version, Guid.NewGuid())
            .SetProperty(c => c.UpdatedAt, now)
            .SetProperty(c => c.OlderValues, (string?)null)
            .SetProperty(c => c.ErasedAt, now)
            .SetProperty(c => c.DeletedAt, c => c.DeletedAt ?? now), cancellation);
        await db.ContactWords.Where(word => some.Contains(word.ContactId)).ExecuteDeleteAsync(cancellation);
        var choices = await db.FieldChoices.Where(choice => some.Contains(choice.ContactId)).Select(choice => choice.Id).ToArrayAsync(cancellation);
        await db.FieldChoices.Where(choice => some.Contains(choice.ContactId)).ExecuteDeleteAsync(cancellation);
        await ForgetAsync(nameof(FieldChoice), choices, cancellation);
        await ForgetAsync(nameof(Contact), some, cancellation);
        // How alike two rows were says something about the values, too.
        await db.DuplicatePairs.Where(pair => some.Contains(pair.FirstId) || some.Contains(pair.SecondId)).ExecuteUpdateAsync(set => set.SetProperty(pair => pair.Evidence, (string?)null), cancellation);
    }

    /// <summary>The entries stay: that something was done, when and by whom.</summary>
    private Task<int> ForgetAsync(string subject, int[] ids, CancellationToken cancellation)
        => db.AuditEntries.Where(entry => entry.Subject == subject && entry.SubjectId != null && ids.Contains(entry.SubjectId.Value) && entry.Details != null)
            .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Details, (string?)null), cancellation);
}
