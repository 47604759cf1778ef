using System.Text.RegularExpressions;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Tells whether what a file says of a lead names somebody who was erased: by name where they were the lead's poc, by address or number
/// anywhere. Who is among the lead's people now is no secret, whatever was erased before.
/// </summary>
internal static partial class ErasedTexts
{
    // Of an erased name; the other words of a text aren't known by any digest.
    private const int MostWords = 6;

    /// <param name="Key">What the caller knows the row by: its line.</param>
    /// <param name="Lead">By our id.</param>
    internal readonly record struct Text(int Key, int Lead, string Words);

    /// <summary>Notes somebody at leads: the name, and the words of it by which a text is looked at.</summary>
    internal static void Note(ErasedNotes notes, IReadOnlyCollection<int> leads, IReadOnlyCollection<string> names, bool inTexts)
    {
        notes.AddPairs([.. leads.Select(NameAt)], names);
        if (!inTexts || names.Count == 0)
            return;
        notes.AddPairs([.. leads.Select(WordAt)], [.. names.SelectMany(name => name.Split(' ')).Distinct()]);
        notes.Add(leads.Select(Lead));
    }

    /// <summary>The keys of texts that name somebody erased.</summary>
    internal static async Task<HashSet<int>> InTextsAsync(this ErasedPeople erased, IntranetDbContext db, IReadOnlyList<Text> texts, PhoneRules phones, CancellationToken cancellation)
    {
        var known = texts.Select(text => text.Lead).Distinct().Where(lead => erased.Knows(Lead(lead))).ToHashSet();
        var now = await PeopleAsync(db, known, cancellation);
        var found = texts.Where(text => known.Contains(text.Lead) && NamesIn(erased, text).Any(name => !now.Contains((text.Lead, name)))).Select(text => text.Key).ToHashSet();
        // One row for each value, known by its place.
        var values = texts.Where(text => !found.Contains(text.Key)).SelectMany(text => ValuesIn(text.Words, phones).Select(value => (text.Key, value.Email, value.Phone))).ToList();
        var places = await erased.FindAsync(db, values.Select((value, place) => new ErasedPeople.Row(place, value.Email, value.Phone, null, null, null)), cancellation);
        found.UnionWith(places.Select(place => values[place].Key));
        return found;
    }

    /// <summary>The keys of names that are those of somebody erased, who was the lead's poc.</summary>
    internal static async Task<HashSet<int>> AsPocsAsync(this ErasedPeople erased, IntranetDbContext db, IReadOnlyList<Text> names, CancellationToken cancellation)
    {
        var found = names.Select(name => name with { Words = ErasedPeople.Words(name.Words) }).Where(name => name.Words.Length > 0 && erased.Beside(NameAt(name.Lead))(name.Words)).ToList();
        var now = await PeopleAsync(db, [.. found.Select(name => name.Lead)], cancellation);
        return [.. found.Where(name => !now.Contains((name.Lead, name.Words))).Select(name => name.Key)];
    }

    private static async Task<HashSet<(int Lead, string Name)>> PeopleAsync(IntranetDbContext db, IReadOnlyCollection<int> leads, CancellationToken cancellation)
    {
        var people = new HashSet<(int, string)>();
        foreach (var some in leads.Chunk(500))
        {
            people.UnionWith((await db.Pocs.Where(poc => some.Contains(poc.LeadId) && poc.RemovedAt == null && poc.Contact!.DeletedAt == null)
                .Select(poc => new { poc.LeadId, poc.Contact!.GivenName, poc.Contact.FamilyName, poc.Contact.FullName }).ToListAsync(cancellation))
                .SelectMany(poc => ErasedPeople.NamesOf(poc.GivenName, poc.FamilyName, poc.FullName).Select(name => (poc.LeadId, name))));
        }

        return people;
    }

    // Only words of erased names are left of a text; then every choice of them is tried.
    private static IEnumerable<string> NamesIn(ErasedPeople erased, Text text)
    {
        var words = ErasedPeople.Words(text.Words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(erased.Beside(WordAt(text.Lead))).Take(2 * MostWords).ToList();
        var isErased = erased.Beside(NameAt(text.Lead));
        for (var choice = 1; choice < 1 << words.Count; choice++)
        {
            if (int.PopCount(choice) > MostWords)
                continue;
            var name = string.Join(' ', words.Where((_, i) => (choice & (1 << i)) != 0));
            if (isErased(name))
                yield return name;
        }
    }

    private static IEnumerable<(string? Email, string? Phone)> ValuesIn(string text, PhoneRules phones)
    {
        if (text.Contains('@', StringComparison.Ordinal))
        {
            foreach (Match address in Address().Matches(text))
                yield return (TextKey.Email(address.Value.TrimEnd('.')), null);
        }

        foreach (var key in phones.KeysIn(text))
            yield return (null, key);
    }

    private static string Lead(int lead) => $"lead {lead}";

    private static string WordAt(int lead) => $"lead {lead} word";

    private static string NameAt(int lead) => $"lead {lead} name";

    [GeneratedRegex(@"[^\s@<>()\[\],;:""]+@[^\s@<>()\[\],;:""]+")]
    private static partial Regex Address();
}
