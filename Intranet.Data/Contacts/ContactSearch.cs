using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// What the one search box over contacts means: an e-mail address (or the beginning of one) where it has an @, a phone
/// number in any formatting where it has only digits, otherwise the beginnings of words of name and company.
/// </summary>
public static class ContactSearch
{
    // How many contacts a word may begin for the list to be driven by it. Beyond that the newest are looked at one by
    // one, of which enough have the word.
    private const int Many = 10_000;

    public enum Kind
    {
        Everything,
        Email,
        Phone,
        Words,

        /// <summary>Only signs that nobody is found by.</summary>
        Nothing,
    }

    public static Kind KindOf(string? text)
        => string.IsNullOrWhiteSpace(text) ? Kind.Everything
            : text.Contains('@', StringComparison.Ordinal) ? Kind.Email
            : text.Any(char.IsAsciiDigit) && text.All(letter => char.IsAsciiDigit(letter) || char.IsWhiteSpace(letter) || "+-()./".Contains(letter, StringComparison.Ordinal)) ? Kind.Phone
            : ContactWord.Of(text).Any() ? Kind.Words : Kind.Nothing;

    /// <returns>The contacts, deleted ones included, and whether there are few enough of them to be counted.</returns>
    public static async Task<(IQueryable<Contact> Found, bool IsNarrow)> SearchContactsAsync(this IntranetDbContext db, string? text, PhoneRules phones, CancellationToken cancellation = default)
    {
#pragma warning disable CA1309 // string.Compare becomes a comparison in SQL; the collation of the column decides
        switch (KindOf(text))
        {
            case Kind.Everything:
                return (db.Contacts, false);
            case Kind.Nothing:
                return (db.Contacts.Where(c => c.Id < 0), true);
            case Kind.Email:
                var address = TextKey.Email(text!);
                var afterAddress = address + char.MaxValue;
                return (db.Contacts.Where(c => string.Compare(c.EmailKey, address) >= 0 && string.Compare(c.EmailKey, afterAddress) < 0), true);
            case Kind.Phone:
                var number = phones.Key(text!)!;
                var afterNumber = number + char.MaxValue;
                return (db.Contacts.Where(c => string.Compare(c.PhoneKey, number) >= 0 && string.Compare(c.PhoneKey, afterNumber) < 0), true);
            default:
                return await ByWordsAsync(db, [.. ContactWord.Of(text).Take(6)], cancellation);
        }
    }

    private static async Task<(IQueryable<Contact> Found, bool IsNarrow)> ByWordsAsync(IntranetDbContext db, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var sizes = new List<(string Word, int Size)>();
        foreach (var word in words)
            sizes.Add((word, await Beginning(db, word).Take(Many + 1).CountAsync(cancellation)));
        sizes.Sort((one, other) => one.Size.CompareTo(other.Size));
        var isNarrow = sizes[0].Size <= Many;
        var found = db.Contacts.AsQueryable();
        for (var i = 0; i < sizes.Count; i++)
        {
            var ofWord = Beginning(db, sizes[i].Word);
            // Several words that are all frequent may meet in nobody; then looking one by one would read everything.
            found = (isNarrow ? i == 0 : sizes.Count > 1)
                ? found.Where(c => ofWord.Select(word => word.ContactId).Contains(c.Id))
                : found.Where(c => ofWord.Any(word => word.ContactId == c.Id));
        }

        return (found, isNarrow);
    }

    private static IQueryable<ContactWord> Beginning(IntranetDbContext db, string text)
    {
        var after = text + char.MaxValue;
        return db.ContactWords.Where(word => string.Compare(word.Word, text) >= 0 && string.Compare(word.Word, after) < 0);
    }
}
