using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>People among the contacts, for the search over everything: each once, however many of their contacts match.</summary>
public static class ContactSuggestions
{
    /// <summary>As many when somebody types.</summary>
    public const int WhileTyping = 5;

    /// <summary>The newest that match; as many queries as the text has words and three, at most nine.</summary>
    public static async Task<IReadOnlyList<Suggestion>> ForAsync(IntranetDbContext db, string? query, int limit, PhoneRules phones, CancellationToken cancellation)
    {
        if (query?.Length > 200 || ContactSearch.KindOf(query) is ContactSearch.Kind.Everything or ContactSearch.Kind.Nothing)
            return [];
        // Several of one person stand beside each other: more rows than people are asked for.
        var part = new ContactSearch.Part(0, limit * 3);
        // Where each of several words is frequent, they may all meet in nobody: the newest can't be found one by one.
        var found = ContactSearch.KindOf(query) == ContactSearch.Kind.Words && ContactWord.Of(query).Skip(1).Any() ? (await db.NewestContactsAsync(query, phones, part, cancellation)).Contacts
            : (await db.SearchContactsAsync(query, phones, cancellation)).Contacts.Where(c => c.DeletedAt == null).OrderByDescending(c => c.Id).Take(part.Take);
        var rows = await found.Select(ContactListRow.FromContact).ToListAsync(cancellation);
        // A line under the box has room for one thing beside the name.
        var told = limit <= WhileTyping ? 1 : 3;
        return [.. rows.DistinctBy(row => row.LinkedId ?? row.Id).Take(limit).Select(row => new Suggestion("Contacts", "address-book", row.Name,
            string.Join(", ", new[] { row.Company, row.Email, row.Phone }.Where(value => value is not null && value != row.Name).Take(told)), $"/contacts/{row.LinkedId ?? row.Id}"))];
    }
}
