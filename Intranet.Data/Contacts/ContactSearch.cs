using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// What the one search box over contacts means: an e-mail address (or the beginning of one) where it has an @, a phone
/// number in any formatting (also "tel:") where it has only digits, otherwise the beginnings of words of name and company.
/// </summary>
public static partial class ContactSearch
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
            : IsPhone(Tel().Replace(text, "")) ? Kind.Phone
            : ContactWord.Of(text).Any() ? Kind.Words : Kind.Nothing;

    private static bool IsPhone(string text) => PhoneRules.HasDigit(text) && text.EnumerateRunes().All(letter => Rune.IsDigit(letter) || IsFormatting(letter));

    // Whatever pages and letters put between digits, seen or not. But 1&1 is a company, and 100% and 5 € are no numbers.
    private static bool IsFormatting(Rune letter)
        => Rune.IsWhiteSpace(letter) || Rune.GetUnicodeCategory(letter) == UnicodeCategory.Format
            || ((Rune.IsPunctuation(letter) || Rune.IsSymbol(letter)) && letter.Value is not ('&' or '%') && Rune.GetUnicodeCategory(letter) != UnicodeCategory.CurrencySymbol);

    [GeneratedRegex(@"^\s*tel[\s.:]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tel();

    /// <summary>What was found.</summary>
    /// <param name="Contacts">Deleted ones included, in no order.</param>
    /// <param name="IsNarrow">They are few enough to be counted one by one.</param>
    /// <param name="CountPresentAsync">How many of them take part, exactly; by index alone where they are many.</param>
    public sealed record Found(IQueryable<Contact> Contacts, bool IsNarrow, Func<CancellationToken, Task<int>> CountPresentAsync);

    /// <summary>Which of those found, newest first.</summary>
    /// <param name="Before">Only contacts with a smaller id.</param>
    public readonly record struct Part(int Skip, int Take, int Before = int.MaxValue);

    /// <param name="Count">All that take part and come before <see cref="Part.Before"/>, exactly, and not only the part.</param>
    /// <param name="Ids">Of the part, newest first.</param>
    public sealed record Newest(int Count, IReadOnlyList<int> Ids);

    /// <summary>The newest that take part, and how many there are in all, exactly.</summary>
    public static async Task<(int Count, IQueryable<Contact> Contacts)> NewestContactsAsync(this IntranetDbContext db, string? text, PhoneRules phones, Part part, CancellationToken cancellation = default)
    {
        if (KindOf(text) == Kind.Words)
        {
            var (count, ids) = await db.NewestWithWordsAsync(Words(text!), part, cancellation);
            return (count, db.Contacts.Where(c => ids.Contains(c.Id)).OrderByDescending(c => c.Id));
        }

        var found = await db.SearchContactsAsync(text, phones, cancellation);
        return (await found.CountPresentAsync(cancellation), Present(found.Contacts, part));
    }

    private static IQueryable<Contact> Present(IQueryable<Contact> found, Part part)
        => found.Where(c => c.DeletedAt == null && c.Id < part.Before).OrderByDescending(c => c.Id).Skip(part.Skip).Take(part.Take);

    private static IReadOnlyList<string> Words(string text) => [.. ContactWord.Of(text).Take(6)];

    public static async Task<Found> SearchContactsAsync(this IntranetDbContext db, string? text, PhoneRules phones, CancellationToken cancellation = default)
    {
#pragma warning disable CA1309 // string.Compare becomes a comparison in SQL; the collation of the column decides
        switch (KindOf(text))
        {
            case Kind.Everything:
                // The deleted are few and have an index; all others would have to be looked at.
                return new Found(db.Contacts, false, async cancellation => await db.Contacts.CountAsync(cancellation) - await db.Contacts.Deleted().CountAsync(cancellation));
            case Kind.Nothing:
                return Narrow(db.Contacts.Where(c => c.Id < 0));
            case Kind.Email:
                var address = TextKey.Email(text!);
                var afterAddress = address + char.MaxValue;
                return await ByKeyAsync(db,
                    db.Contacts.Where(c => string.Compare(c.EmailKey, address) >= 0 && string.Compare(c.EmailKey, afterAddress) < 0).OrderBy(c => c.EmailKey),
                    db.Contacts.Where(c => c.EmailKey!.Substring(0, address.Length) == address), cancellation);
            case Kind.Phone:
                var number = phones.Key(text!)!;
                var afterNumber = number + char.MaxValue;
                var beginning = db.Contacts.Where(c => string.Compare(c.PhoneKey, number) >= 0 && string.Compare(c.PhoneKey, afterNumber) < 0);
                // A whole number as it is written at home, wherever that is.
                if (phones.KeysAbroad(text!).ToList() is { Count: > 0 } abroad)
                {
                    var ids = beginning.Select(c => c.Id).Union(db.Contacts.Where(c => abroad.Contains(c.PhoneKey!)).Select(c => c.Id));
                    return Narrow(db.Contacts.Where(c => ids.Contains(c.Id)));
                }

                return await ByKeyAsync(db, beginning.OrderBy(c => c.PhoneKey), db.Contacts.Where(c => c.PhoneKey!.Substring(0, number.Length) == number), cancellation);
            default:
                return await ByWordsAsync(db, Words(text!), cancellation);
        }
    }

    private static Found Narrow(IQueryable<Contact> found) => new(found, true, cancellation => found.CountAsync(c => c.DeletedAt == null, cancellation));

    /// <param name="db">To search.</param>
    /// <param name="range">Of the key's index.</param>
    /// <param name="oneByOne">The same, for the newest to be looked at one by one where many have it.</param>
    /// <param name="cancellation">Stops the search.</param>
    private static async Task<Found> ByKeyAsync(IntranetDbContext db, IQueryable<Contact> range, IQueryable<Contact> oneByOne, CancellationToken cancellation)
    {
        var isNarrow = await range.Take(Many + 1).CountAsync(cancellation) <= Many;
        var ids = range.Select(c => c.Id);
        return new Found(isNarrow ? db.Contacts.Where(c => ids.Contains(c.Id)) : oneByOne, isNarrow, cancellation => range.CountAsync(c => c.DeletedAt == null, cancellation));
    }

    private static async Task<Found> ByWordsAsync(IntranetDbContext db, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var sizes = new List<(string Word, int Size)>();
        foreach (var word in words)
            sizes.Add((word, await Beginning(db, word).OrderBy(w => w.Word).Take(Many + 1).CountAsync(cancellation)));
        var few = sizes.Where(one => one.Size <= Many).Select(one => one.Word).ToList();
        var many = sizes.Where(one => one.Size > Many).Select(one => one.Word).ToList();
        // A single frequent word is found by looking at the newest one by one, of which enough have it. Several may meet in nobody.
        if (few.Count == 0 && many.Count > 1)
            (few, many) = (many, []);
        var found = db.Contacts.AsQueryable();
        if (few.Count > 0)
        {
            var ids = few.Select(word => Beginning(db, word).Select(w => w.ContactId)).Aggregate((some, others) => some.Intersect(others));
            found = found.Where(c => ids.Contains(c.Id));
        }

        foreach (var word in many)
        {
            var ofWord = Beginning(db, word);
            found = found.Where(c => ofWord.Any(w => w.ContactId == c.Id));
        }

        return sizes.Exists(one => one.Size <= Many) ? Narrow(found) : new Found(found, false, cancellation => CountWithWordsAsync(db, words, int.MaxValue, cancellation));
    }

    /// <summary>As <see cref="IntranetDbContext.NewestWithWordsAsync"/>, on any database.</summary>
    internal static async Task<Newest> NewestWithWordsAsync(IntranetDbContext db, IReadOnlyList<string> beginnings, Part part, CancellationToken cancellation)
    {
        var (contacts, isNarrow, _) = await ByWordsAsync(db, beginnings, cancellation);
        var count = isNarrow ? await contacts.CountAsync(c => c.DeletedAt == null && c.Id < part.Before, cancellation) : await CountWithWordsAsync(db, beginnings, part.Before, cancellation);
        return new Newest(count, await Present(contacts, part).Select(c => c.Id).ToListAsync(cancellation));
    }

    // All that have the words, by index alone, without the deleted ones among them: those are few.
    private static async Task<int> CountWithWordsAsync(IntranetDbContext db, IReadOnlyList<string> beginnings, int before, CancellationToken cancellation)
    {
        var ids = beginnings.Select(word => Beginning(db, word).Where(w => w.ContactId < before).Select(w => w.ContactId)).Aggregate((some, others) => some.Intersect(others));
        var deleted = db.Contacts.Deleted().Where(c => c.Id < before);
        foreach (var beginning in beginnings)
        {
            var ofWord = Beginning(db, beginning);
            deleted = deleted.Where(c => ofWord.Any(w => w.ContactId == c.Id));
        }

        return await ids.Distinct().CountAsync(cancellation) - await deleted.CountAsync(cancellation);
    }

    private static IQueryable<ContactWord> Beginning(IntranetDbContext db, string text)
    {
        var after = text + char.MaxValue;
        return db.ContactWords.Where(word => string.Compare(word.Word, text) >= 0 && string.Compare(word.Word, after) < 0);
    }
}
