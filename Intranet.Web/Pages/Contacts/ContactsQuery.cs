using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Microsoft.AspNetCore.Mvc;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Which contacts, as the URL of the list carries it.</summary>
public sealed class ContactsQuery
{
    /// <summary>Words of name or company, an e-mail address, or a phone number.</summary>
    [FromQuery(Name = "q"), StringLength(200, ErrorMessage = "Search for at most 200 characters.")]
    public string? Q { get; set; }

    [FromQuery(Name = "source"), StringLength(40, ErrorMessage = "A source has at most 40 characters.")]
    public string? Source { get; set; }

    /// <summary>yes: one person with others; no: alone.</summary>
    [FromQuery(Name = "linked"), RegularExpression("yes|no", ErrorMessage = "Linked is yes or no.")]
    public string? Linked { get; set; }

    /// <summary>Deleted contacts instead of those that take part.</summary>
    [FromQuery(Name = "deleted")]
    public bool? Deleted { get; set; }

    /// <summary>Only contacts with a smaller id: where the page before ended.</summary>
    [FromQuery(Name = "before"), Range(1, int.MaxValue, ErrorMessage = "Continue before a contact's number.")]
    public int? Before { get; set; }

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Q) || Source is not null || Linked is not null || Deleted == true;

    /// <summary>Words of those that take part, without any other filter. A single letter or two alone begin so many words that the newest are soon found one by one; beside another word they may be nobody's.</summary>
    internal bool IsOfWordsAlone => Source is null && Linked is null && Deleted != true && ContactSearch.KindOf(Q) == ContactSearch.Kind.Words && ContactWord.Of(Q).ToList() is not [{ Length: <= 2 }];

    /// <summary>This question as route values; without <paramref name="before"/>, from the newest.</summary>
    /// <param name="all">Of a file: every field, and not what the list shows.</param>
    public Dictionary<string, string?> Route(int? before = null, bool all = false) => new()
    {
        ["q"] = Q,
        ["source"] = Source,
        ["linked"] = Linked,
        ["deleted"] = Deleted == true ? "true" : null,
        ["all"] = all ? "true" : null,
        ["before"] = before?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What was asked, without the words: those name people, and the audit must not.</summary>
    public string InWords
    {
        get
        {
            var by = ContactSearch.KindOf(Q) switch
            {
                ContactSearch.Kind.Everything => "all",
                ContactSearch.Kind.Email => "by e-mail address",
                ContactSearch.Kind.Phone => "by phone number",
                _ => "by name or company",
            };
            return string.Join(", ", new[] { by, Source, Linked is null ? null : Linked == "yes" ? "linked" : "not linked", Deleted == true ? "deleted" : null }.OfType<string>());
        }
    }

    /// <summary>The same question without where a page began.</summary>
    internal ContactsQuery FromTheFirst() => new() { Q = Q, Source = Source, Linked = Linked, Deleted = Deleted };

    /// <summary>The contacts, in no order, and whether they are few enough to be counted.</summary>
    public async Task<(IQueryable<Contact> Found, bool IsNarrow)> FindAsync(IntranetDbContext db, PhoneRules phones, CancellationToken cancellation)
    {
        var (found, isNarrow, _) = await db.SearchContactsAsync(Q, phones, cancellation);
        // Always with a bound, so that the newest are read from the end of the key and not by reading everything.
        var before = Before ?? int.MaxValue;
        found = found.Where(c => c.Id < before);
        found = Deleted == true ? found.Where(c => c.DeletedAt != null) : found.Where(c => c.DeletedAt == null);
        if (Source is not null)
            found = found.Where(c => c.Source == Source);
        if (Linked == "yes")
            found = found.Where(c => c.LinkedId != null || db.Contacts.Any(other => other.LinkedId == c.Id));
        else if (Linked == "no")
            found = found.Where(c => c.LinkedId == null && !db.Contacts.Any(other => other.LinkedId == c.Id));
        return (found, isNarrow);
    }
}
