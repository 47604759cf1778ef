using System.Collections.Frozen;

namespace Intranet.Data.Contacts.Matching;

/// <summary>The words of an organisation's name without its legal form.</summary>
internal static class CompanyWords
{
    private static readonly FrozenSet<string> Legal = new[]
    {
        "inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp", "lp", "ltd", "limited", "plc", "pvt", "private", "pty", "gmbh",
        "mbh", "ag", "kg", "ohg", "ug", "se", "ev", "eg", "kgaa", "sa", "sas", "sarl", "sasu", "eurl", "snc", "sl", "slu", "srl", "spa", "sapa", "bv", "nv",
        "vof", "cv", "ab", "as", "asa", "oy", "oyj", "aps", "sp", "zoo", "doo", "kft", "sro", "spol", "pte", "bhd", "sdn", "kk", "ulc", "cic",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Small = new[] { "and", "the", "of", "und", "et", "y", "e", "di", "de", "la", "le", "der", "die", "das", "des", "du", "for" }.ToFrozenSet();

    // Words that only an organisation has in its name.
    private static readonly FrozenSet<string> Organisation = Legal.Concat(
    [
        "restaurant", "ristorante", "cafe", "caffe", "coffee", "bar", "grill", "grille", "bistro", "brasserie", "deli", "delicatessen", "diner", "pizzeria",
        "pizza", "kitchen", "steakhouse", "steak", "sushi", "house", "hotel", "inn", "pub", "tavern", "trattoria", "bakery", "bank", "school", "college",
        "university", "church", "hospital", "clinic", "pharmacy", "museum", "theatre", "theater", "club", "group", "holdings", "systems", "solutions",
        "services", "consulting", "partners", "associates", "association", "society", "foundation", "trust", "institute", "centre", "center", "store",
        "shop", "market", "markets", "foods", "software", "technologies", "technology", "media", "studio", "studios", "industries", "international", "council",
        "ministry", "department", "library", "agency", "insurance", "logistics", "motors", "garage", "salon", "gallery", "the", "on", "at",
    ]).ToFrozenSet();

    /// <summary>In the order in which they stand; where nothing but legal forms is given, those.</summary>
    public static List<string> Of(string? name)
    {
        var all = FoldText.Words(name?.Replace("&", " and ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // S.A.R.L. and S. A. arrive as single letters: they are joined before the legal form is looked up.
        var words = new List<string>(all.Length);
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Length > 1)
            {
                words.Add(all[i]);
                continue;
            }

            var end = i;
            while (end < all.Length && all[end].Length == 1)
                end++;
            words.Add(string.Concat(all[i..end]));
            i = end - 1;
        }

        var kept = words.Where(word => !Small.Contains(word)).ToList();
        while (kept.Count > 1 && Legal.Contains(kept[^1]))
            kept.RemoveAt(kept.Count - 1);
        return kept.Count > 0 ? kept : words;
    }

    /// <summary>Whether a full name reads as that of an organisation rather than a person.</summary>
    public static bool IsOrganisation(string fullName)
    {
        var words = FoldText.Words(fullName).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 4 || fullName.Contains('&') || fullName.Contains("'s", StringComparison.OrdinalIgnoreCase)
            || words.Any(word => Organisation.Contains(word) || char.IsAsciiDigit(word[0]));
    }
}
