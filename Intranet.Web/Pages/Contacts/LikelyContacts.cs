using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Contacts that may be the one that is being typed.</summary>
public static class LikelyContacts
{
    // Whoever shares an office line is kept to some of the places, and names leave some of them.
    private const int Most = 5, MostSharing = 3, LeftToSharing = 2;

    /// <summary>
    /// Who is likely by all that is typed, and who has the same given and family name, first those who share the address or number as well;
    /// then up to three who only share one of those. Each person once, nobody for a value that says nothing, and nobody who is one with
    /// the contact that is changed.
    /// </summary>
    public static async Task<IReadOnlyList<ContactListRow>> FindAsync(
        IntranetDbContext db, ArrivalIndex arrivals, ContactInput input, int? except, PhoneRules phones, CancellationToken cancellation)
    {
        var self = except is null ? 0 : await db.Contacts.Where(c => c.Id == except).Select(c => c.LinkedId ?? c.Id).FirstOrDefaultAsync(cancellation);
        var email = string.IsNullOrWhiteSpace(input.Email) || TextKey.Email(input.Email) is not { } address || GenericValues.IsGenericEmail(address) ? null : address;
        var phone = string.IsNullOrWhiteSpace(input.Phone) || phones.Key(input.Phone) is not { } number || GenericValues.IsGenericPhone(number) ? null : number;
        if (email is not null || phone is not null)
        {
            var listed = await db.GenericValues.Where(value => (value.Kind == GenericValueKind.Email && value.ValueKey == email) || (value.Kind == GenericValueKind.Phone && value.ValueKey == phone)).Select(value => value.Kind).ToListAsync(cancellation);
            (email, phone) = (listed.Contains(GenericValueKind.Email) ? null : email, listed.Contains(GenericValueKind.Phone) ? null : phone);
        }

        var likely = arrivals.FindLikely(input.ToRow(except ?? 0)).Select(one => one.Id).ToList();
        var named = likely.Count == 0 ? [] : (await RowsAsync(db.Contacts.Where(c => likely.Contains(c.Id)))).OrderBy(row => likely.IndexOf(row.Id)).ToList();
        var (given, family) = (ContactWord.Of(input.GivenName).FirstOrDefault(), ContactWord.Of(input.FamilyName).LastOrDefault());
        if (given is not null && family is not null)
            named.AddRange(await RowsAsync(db.Contacts.Where(c => db.ContactWords.Where(w => w.Word == family).Select(w => w.ContactId).Contains(c.Id) && db.ContactWords.Any(w => w.ContactId == c.Id && w.Word == given))));
        var sharing = new List<ContactListRow>();
        if (email is not null)
            sharing.AddRange(await RowsAsync(db.Contacts.Where(c => c.EmailKey == email)));
        if (phone is not null)
            sharing.AddRange(await RowsAsync(db.Contacts.Where(c => c.PhoneKey == phone)));

        var both = named.Where(IsSharing).Select(Person).ToHashSet();
        var first = named.OrderByDescending(row => both.Contains(Person(row))).DistinctBy(Person).ToList();
        var others = sharing.ExceptBy(first.Select(Person), Person).DistinctBy(Person).Take(MostSharing).ToList();
        return [.. first.Take(Most - Math.Min(LeftToSharing, others.Count)).Concat(others).Take(Most)];

        // Several of one person are likely all at once: more rows than people are shown.
        Task<List<ContactListRow>> RowsAsync(IQueryable<Contact> some)
            => some.Where(c => c.DeletedAt == null && (c.LinkedId ?? c.Id) != self && c.Id != (except ?? 0)).OrderBy(c => c.Id).Take(Most * 3).Select(ContactListRow.FromContact).ToListAsync(cancellation);

        bool IsSharing(ContactListRow row) => (email is not null && row.Email is not null && TextKey.Email(row.Email) == email) || (phone is not null && row.Phone is not null && phones.Key(row.Phone) == phone);

        static int Person(ContactListRow row) => row.LinkedId ?? row.Id;
    }
}
