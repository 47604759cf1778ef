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

    /// <summary>The newest that match; as many queries as the text has words, at most seven.</summary>
    public static async Task<IReadOnlyList<Suggestion>> ForAsync(IntranetDbContext db, string? query, int limit, PhoneRules phones, CancellationToken cancellation)
    {
        if (query?.Length > 200 || ContactSearch.KindOf(query) is ContactSearch.Kind.Everything or ContactSearch.Kind.Nothing)
            return [];
        var found = (await db.SearchContactsAsync(query, phones, cancellation)).Contacts;
        // Several of one person stand beside each other: more rows than people are asked for.
        var rows = await found.Where(c => c.DeletedAt == null).OrderByDescending(c => c.Id).Take(limit * 3).Select(ContactListRow.FromContact).ToListAsync(cancellation);
        // A line under the box has room for one thing beside the name.
        var told = limit <= WhileTyping ? 1 : 3;
        return [.. rows.DistinctBy(row => row.LinkedId ?? row.Id).Take(limit).Select(row => new Suggestion("Contacts", "address-book", row.Name,
            string.Join(", ", new[] { row.Company, row.Email, row.Phone }.Where(value => value is not null && value != row.Name).Take(told)), $"/contacts/{row.LinkedId ?? row.Id}"))];
    }
}
