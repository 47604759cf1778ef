using System.Collections.Frozen;

namespace Intranet.Data.Contacts.Matching;

/// <summary>A street line as house number and words; what follows the street (flat, unit, floor) is left out.</summary>
internal readonly record struct StreetParts(string Number, List<string> Words)
{
    private static readonly FrozenDictionary<string, string> Short = Pairs(
        "street st str strasse, avenue ave av aven, road rd, drive dr drv, lane ln, court ct crt, place pl plc, boulevard blvd bvd boul bd, " +
        "square sq, terrace ter tce terr, crescent cres cr crs, circle cir circ, parade pde, highway hwy, parkway pkwy pky, close cl, " +
        "grove gr grv, way wy, gardens gdns gdn garden, mount mt, saint sankt, north n, south s, east e, west w, circuit cct crct, " +
        "esplanade esp, alley aly, expressway expy, freeway fwy, mews mws, plaza plz, rue r, platz, weg");

    private static readonly FrozenSet<string> Units = new[]
    {
        "apt", "apartment", "unit", "flat", "suite", "ste", "floor", "fl", "room", "rm", "level", "lot", "bldg", "building", "po", "box", "no", "nr",
        "number", "between", "off", "at", "near", "the", "and", "of",
    }.ToFrozenSet();

    /// <summary>Whether a word says only what kind of way it is.</summary>
    public static bool IsKind(string word) => Short.TryGetValue(word, out var kind) && kind == word;

    /// <summary>
    /// "12b High Str., Apt 3" is number 12b and "high st". The number may stand behind ("Hauptstraße 5"), be glued to
    /// the word ("162Maple Court") or come in its own column.
    /// </summary>
    public static StreetParts Parse(string? street, string? houseNumber)
    {
        var number = FoldText.Joined(FoldText.Words(houseNumber));
        var words = new List<string>(4);
        var skipNext = false;
        foreach (var raw in FoldText.Words(street).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var word = raw;
            if (skipNext)
            {
                skipNext = false;
                if (char.IsAsciiDigit(word[0]) || word.Length == 1)
                    continue;
            }

            if (char.IsAsciiDigit(word[0]))
            {
                var digits = 1;
                while (digits < word.Length && char.IsAsciiDigit(word[digits]))
                    digits++;
                var rest = word[digits..];
                if (rest is "st" or "nd" or "rd" or "th")
                {
                    words.Add(word);
                    continue;
                }

                if (number.Length == 0)
                    number = rest.Length <= 1 ? word : word[..digits];
                if (rest.Length <= 1)
                    continue;
                word = rest;
            }

            if (Units.Contains(word))
            {
                skipNext = word.Length > 1;
                continue;
            }

            if (word.Length > 8 && word.EndsWith("strasse", StringComparison.Ordinal))
                word = word[..^4];
            words.Add(Short.GetValueOrDefault(word, word));
        }

        return new(number, words);
    }

    private static FrozenDictionary<string, string> Pairs(string lines)
        => lines.Split(", ").Select(line => line.Split(' ')).SelectMany(line => line.Select(word => (Word: word, Kind: line.Length > 1 ? line[1] : line[0])))
            .ToFrozenDictionary(pair => pair.Word, pair => pair.Kind);
}
