using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Contacts that may be the one that is being typed.</summary>
public static class LikelyContacts
{
    private const int Most = 5;

    /// <summary>The same address, the same number, the same given and family name, then who is likely by all that is typed; each person once, and nobody who is one with the contact that is changed.</summary>
    public static async Task<IReadOnlyList<ContactListRow>> FindAsync(
        IntranetDbContext db, ArrivalIndex arrivals, ContactInput input, int? except, PhoneRules phones, CancellationToken cancellation)
    {
        var found = new List<ContactListRow>();
        var self = except is null ? 0 : await db.Contacts.Where(c => c.Id == except).Select(c => c.LinkedId ?? c.Id).FirstOrDefaultAsync(cancellation);
        if (!string.IsNullOrWhiteSpace(input.Email) && TextKey.Email(input.Email) is var email)
            await AddAsync(db.Contacts.Where(c => c.EmailKey == email));
        if (!string.IsNullOrWhiteSpace(input.Phone) && phones.Key(input.Phone) is { } phone)
            await AddAsync(db.Contacts.Where(c => c.PhoneKey == phone));
        var (given, family) = (ContactWord.Of(input.GivenName).FirstOrDefault(), ContactWord.Of(input.FamilyName).LastOrDefault());
        if (given is not null && family is not null)
            await AddAsync(db.Contacts.Where(c => db.ContactWords.Where(w => w.Word == family).Select(w => w.ContactId).Contains(c.Id) && db.ContactWords.Any(w => w.ContactId == c.Id && w.Word == given)));
        var likely = arrivals.FindLikely(input.ToRow(except ?? 0)).Select(one => one.Id).ToList();
        if (likely.Count > 0)
            await AddAsync(db.Contacts.Where(c => likely.Contains(c.Id)));
        return found;

        async Task AddAsync(IQueryable<Contact> some)
        {
            if (found.Count >= Most)
                return;
            // Several of one person are likely all at once: more rows than people are shown.
            var rows = await some.Where(c => c.DeletedAt == null && (c.LinkedId ?? c.Id) != self && c.Id != (except ?? 0)).OrderBy(c => c.Id).Take(Most * 3).Select(ContactListRow.FromContact).ToListAsync(cancellation);
            found = [.. found.Concat(rows).DistinctBy(row => row.LinkedId ?? row.Id).Take(Most)];
        }
    }
}
