using System.Text.RegularExpressions;
using Intranet.Data.Directory;

namespace Intranet.Data.Leads;

/// <summary>
/// What of an address says where it is: its city with the state and country behind it, or those alone, without street,
/// numbers and postcodes: "10 Main St, Chicago, IL 60601" is Chicago, IL. Pure.
/// </summary>
internal static partial class AddressParts
{
    /// <param name="IsBeforeNumber">A postcode of America follows, as behind its states.</param>
    internal sealed record Part(string Text, bool IsBeforeNumber)
    {
        public string Key { get; } = TextKey.Fold(Text).Replace(".", "", StringComparison.Ordinal);
        public bool IsCity => CityZones.Cities.ContainsKey(Key);
        public string? Country => CityZones.Countries.TryGetValue(Key, out var country) ? country.Code : null;
        public bool IsRegion => Country is not null || StateOf is not null || CityZones.CountryCodes.ContainsKey(Key);
        public string? StateOf => CityZones.States.TryGetValue(Key, out var state) ? state.Code : null;
    }

    /// <returns>As they were typed, to be read by <see cref="GuessTimeZone"/>.</returns>
    public static IReadOnlyList<Part> Of(string? address)
    {
        var parts = Read(address ?? "");
        // The last one: streets are called by cities, too.
        var at = parts.FindLastIndex(part => part.IsCity);
        // "Spokane, Washington 99201": what is called as a city may be the state.
        while (at > 0 && (parts[at].StateOf ?? parts[at].Country) is not null && parts[at - 1].IsCity)
            at--;
        if (at >= 0)
            return [.. parts.Skip(at)];
        var codes = parts.Select(part => part.Country).OfType<string>().ToList();
        // Behind a city that nobody knows two letters are many things: Como CO isn't in Colorado.
        return [.. parts.Where(part => part.Key.Length > 2 || part.StateOf is null || part.IsBeforeNumber || codes.Contains(part.StateOf))];
    }

    /// <summary>The state and the country that an address ends with, for a city that is given beside it; none where it is the address of another city.</summary>
    /// <param name="city">Folded.</param>
    public static IReadOnlyList<Part> Behind(string? address, string city)
    {
        var parts = Read(address ?? "");
        var first = parts.Count;
        while (first > 0 && parts[first - 1].IsRegion && parts[first - 1].Key != city)
            first--;
        return first > 0 && parts[first - 1].IsCity && parts[first - 1].Key != city ? [] : [.. parts.Skip(first)];
    }

    // Of the United States or the beginning of a Canadian one: "Chennai, TN 600002" is not in Tennessee.
    [GeneratedRegex(@"^(\d{5}(-\d{4})?|[A-Za-z]\d[A-Za-z]\w*)$")]
    private static partial Regex AmericanPostcode();

    private static List<Part> Read(string address)
    {
        var parts = new List<Part>();
        foreach (var text in address.Split([",", ";", "\n", "/", "|", " - ", " – "], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = new List<string>();
            var before = "";
            foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // Numbers of houses and postcodes, with the letters of Dutch ones: 1011 AB.
                if (word.Any(char.IsAsciiDigit) || (word.Length == 2 && word.All(char.IsAsciiLetterUpper) && before.Length == 4 && before.All(char.IsAsciiDigit)))
                    End(AmericanPostcode().IsMatch(word));
                else
                    words.Add(word);
                before = word;
            }

            End(isBeforeNumber: false);

            void End(bool isBeforeNumber)
            {
                if (words.Count == 0)
                    return;
                // "Chicago IL": the state isn't always behind a comma.
                if (words.Count > 1 && words[^1].Length == 2 && new Part(words[^1], false).StateOf is not null && !new Part(string.Join(' ', words), false).IsCity)
                {
                    parts.Add(new Part(string.Join(' ', words.SkipLast(1)), false));
                    words.RemoveRange(0, words.Count - 1);
                }

                parts.Add(new Part(string.Join(' ', words), isBeforeNumber));
                words.Clear();
            }
        }

        return parts;
    }
}
