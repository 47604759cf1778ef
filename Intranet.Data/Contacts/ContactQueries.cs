namespace Intranet.Data.Contacts;

public static class ContactQueries
{
    /// <summary>The rows of a cluster that take part, by its primary.</summary>
    public static IQueryable<Contact> OfCluster(this IQueryable<Contact> contacts, int primary)
        => contacts.Where(contact => (contact.Id == primary || contact.LinkedId == primary) && contact.DeletedAt == null);

    /// <summary>Those that were deleted, by the index of them, which is taken only where its key is asked for.</summary>
    public static IQueryable<Contact> Deleted(this IQueryable<Contact> contacts) => contacts.Where(contact => contact.Id > 0 && contact.DeletedAt != null);
}
