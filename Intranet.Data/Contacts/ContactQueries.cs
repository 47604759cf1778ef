using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

public static class ContactQueries
{
    /// <summary>The rows of a cluster that take part, by its primary.</summary>
    public static IQueryable<Contact> OfCluster(this IQueryable<Contact> contacts, int primary)
        => contacts.Where(contact => (contact.Id == primary || contact.LinkedId == primary) && contact.DeletedAt == null);

    /// <summary>
    /// The rows of several people that take part, by their primaries. Two questions in one statement: an "or" of two lists keeps SQL Server
    /// from both indexes, and it would read every contact.
    /// </summary>
    public static IQueryable<Contact> OfPeople(this IQueryable<Contact> contacts, IReadOnlyCollection<int> primaries)
        => contacts.Where(contact => contact.DeletedAt == null && EF.Parameter(primaries).Contains(contact.Id))
            .Concat(contacts.Where(contact => contact.DeletedAt == null && contact.LinkedId != null && EF.Parameter(primaries).Contains(contact.LinkedId.Value)));

    /// <summary>The pairs of which one contact, or both, is among these; in the same way.</summary>
    public static IQueryable<DuplicatePair> OfAny(this IQueryable<DuplicatePair> pairs, IReadOnlyCollection<int> contacts)
        => pairs.Where(pair => EF.Parameter(contacts).Contains(pair.FirstId))
            .Concat(pairs.Where(pair => EF.Parameter(contacts).Contains(pair.SecondId) && !EF.Parameter(contacts).Contains(pair.FirstId)));

    /// <summary>Those that were deleted, by the index of them, which is taken only where its key is asked for.</summary>
    public static IQueryable<Contact> Deleted(this IQueryable<Contact> contacts) => contacts.Where(contact => contact.Id > 0 && contact.DeletedAt != null);
}
