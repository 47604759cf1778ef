using System.Collections.Frozen;

namespace Intranet.Data.Contacts.Matching;

/// <summary>A person's name as folded words: given names and family names.</summary>
internal readonly record struct NameParts(string[] Given, string[] Family)
{
    private static readonly FrozenSet<string> Titles = new[]
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lord", "lady", "dame", "rev", "herr", "frau", "mme", "mlle", "hon", "capt", "captain", "col",
        "jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "mba", "msc", "bsc",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Particles = new[]
    {
        "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn", "st", "ter", "ten", "zu", "zur", "mac", "mc", "o",
    }.ToFrozenSet();

    /// <summary>
    /// The full name is read only where both columns are empty. "Lovelace, Ada" starts with the family name; otherwise the
    /// last word is the family name, with the particles before it (Ludwig van Beethoven).
    /// </summary>
    public static NameParts Parse(string? given, string? family, string? full)
    {
        var (first, last) = (Words(given), Words(family));
        if (first.Length > 0 || last.Length > 0)
            return new(first, Glued(last));
        if (string.IsNullOrWhiteSpace(full))
            return new([], []);
        var comma = full.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
        {
            var (before, after) = (Words(full[..comma]), Words(full[(comma + 1)..]));
            // "Thomas Clifford, 1st baron of Chudleigh": what follows is no given name.
            if (after.Length is > 0 and <= 3 && before.Length is > 0 and <= 3 && !char.IsAsciiDigit(after[0][0]))
                return new(after, Glued(before));
            if (before.Length > 0)
                return Split(before);
        }

        var words = Words(full);
        // "Salner-Harris" is one family name of two words.
        var parts = full.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 1 && parts[^1].Contains('-') && Words(parts[^1]) is { Length: > 1 } double_ && words.Length > double_.Length)
            return new(words[..^double_.Length], double_);
        return Split(words);
    }

    private static NameParts Split(string[] words)
    {
        if (words.Length <= 1)
            return new([], words);
        var start = words.Length - 1;
        while (start > 1 && Particles.Contains(words[start - 1]))
            start--;
        return new(words[..start], Glued(words[start..]));
    }

    // "van der berg" and "vanderberg" are one name, as are "o connor" and "oconnor".
    private static string[] Glued(string[] words)
    {
        var particles = 0;
        while (particles < words.Length - 1 && Particles.Contains(words[particles]))
            particles++;
        return particles == 0 ? words : [string.Concat(words[..(particles + 1)]), .. words[(particles + 1)..]];
    }

    private static string[] Words(string? text)
    {
        var words = FoldText.Words(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words.Any(Titles.Contains) ? [.. words.Where(word => !Titles.Contains(word)) is { } kept && kept.Any() ? kept : words] : words;
    }
}
