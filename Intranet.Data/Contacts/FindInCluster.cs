using System.Globalization;
using Intranet.Data.Directory;

namespace Intranet.Data.Contacts;

/// <summary>Finds rows among those of one person, of whom some have thousands. Pure.</summary>
public static class FindInCluster
{
    /// <summary>The row of that number, or else the rows whose address, phone, name or company begin as the text does; in their order.</summary>
    public static IReadOnlyList<PersonRow> Matching(this IEnumerable<PersonRow> rows, string text, PhoneRules phones)
    {
        text = text.Trim();
        var id = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var (address, words) = (TextKey.Email(text), ContactWord.Of(text).ToList());
        var keys = phones.Key(text) is { } key ? phones.KeysAbroad(text).Prepend(key).ToList() : [];
        var all = rows.ToList();
        // A number that is one of these rows is meant as that, and not as the beginning of a phone.
        if (all.Find(row => row.Id == id) is { } numbered)
            return [numbered];
        return [.. all.Where(row => ContactSearch.KindOf(text) switch
        {
            ContactSearch.Kind.Email => row.Email is not null && TextKey.Email(row.Email).StartsWith(address, StringComparison.Ordinal),
            ContactSearch.Kind.Phone => row.PhoneKey is not null && keys.Exists(key => row.PhoneKey.StartsWith(key, StringComparison.Ordinal)),
            ContactSearch.Kind.Words => HasWords(row, words),
            _ => false,
        })];
    }

    private static bool HasWords(PersonRow row, List<string> words)
    {
        var own = ContactWord.Of(row.GivenName, row.FamilyName, row.FullName, row.Company).ToList();
        return words.TrueForAll(word => own.Exists(known => known.StartsWith(word, StringComparison.Ordinal)));
    }
}
