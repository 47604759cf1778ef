using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Intranet.Data.Contacts;

/// <summary>Keeps the words that contacts are found by in line with their names, whoever saves them.</summary>
internal static class ContactSearchWords
{
    private static readonly string[] Sources = [nameof(Contact.GivenName), nameof(Contact.FamilyName), nameof(Contact.FullName), nameof(Contact.Company)];

    /// <summary>What is about to be saved and has other words now, before it is saved.</summary>
    internal static List<(Contact Contact, bool IsNew)> Collect(ChangeTracker tracker)
        => [.. tracker.Entries<Contact>()
            .Where(entry => entry.State == EntityState.Added ? ContactWord.Of(entry.Entity).Any()
                : entry.State == EntityState.Modified && Sources.Any(source => entry.Property(source).IsModified))
            .Select(entry => (entry.Entity, entry.State == EntityState.Added))];

    /// <summary>After saving, in the same transaction.</summary>
    internal static async Task KeepAsync(IntranetDbContext db, List<(Contact Contact, bool IsNew)> changed, CancellationToken cancellation)
    {
        var old = changed.Where(change => !change.IsNew).Select(change => change.Contact.Id).ToList();
        if (old.Count > 0)
            await db.ContactWords.Where(word => old.Contains(word.ContactId)).ExecuteDeleteAsync(cancellation);
        await db.InsertManyAsync(changed.SelectMany(change => ContactWord.Of(change.Contact).Select(word => new ContactWord { Word = word, ContactId = change.Contact.Id })), cancellation);
    }
}
