using Intranet.Data.Directory;

namespace Intranet.Data.Leads;

/// <summary>
/// Which time zone a lead is in, by what is written as its city: "Lyon", "Portland, Oregon", "Springfield, IL, USA". Pure.
/// A guess: whoever enters the lead sees it and may change it.
/// </summary>
public static class GuessTimeZone
{
    // A state of America, and a country.
    private const string Georgia = "georgia", GeorgiaCode = "GE";

    /// <summary>The zone of a lead of whose place nothing is known.</summary>
    public const string Fallback = "Etc/UTC";

    /// <param name="Zone">IANA name.</param>
    /// <param name="IsKnown">False: nothing was recognised, and it is the fallback.</param>
    /// <param name="Why">For who looks at it: "Lyon is in France."</param>
    public sealed record Answer(string Zone, bool IsKnown, string Why);

    /// <param name="city">With or without state and country after commas.</param>
    /// <param name="fallback">The company's zone.</param>
    public static Answer Of(string? city, string fallback = Fallback)
        => Of(city, Parts(city ?? ""), null, fallback);

    private static List<string> Parts(string text)
        => [.. TextKey.Fold(text).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => part.Replace(".", "", StringComparison.Ordinal))];

    // Folded parts of a text, and the one of them that is a state of America for sure.
    private static Answer Of(string? city, List<string> parts, string? sure, string fallback)
    {
        if (parts.Count == 0)
            return new Answer(fallback, false, $"No city is given; {fallback} is assumed.");

        // What stands behind the city is surer than the city: there are many Springfields.
        string? country = null, unclear = null, doubtful = null;
        var places = CityZones.Cities.GetValueOrDefault(parts[0]) ?? [];
        foreach (var part in parts.Skip(1).Reverse())
        {
            // "Sydney, NS, CA" is in Canada.
            if (part.Length == 2 && parts.Skip(1).Any(other => other != part && CityZones.States.TryGetValue(other, out var its) && its.Code.Equals(part, StringComparison.OrdinalIgnoreCase)))
                country ??= part.ToUpperInvariant();
            // "Mumbai, IN" is not in Indiana.
            else if (part.Length == 2 && places.Find(place => place.Code.Equals(part, StringComparison.OrdinalIgnoreCase)) is { Zone: not null } place)
                return new Answer(place.Zone, true, $"By the city, {Written(city!, parts[0])}.");
            if (CityZones.Countries.TryGetValue(part, out var named))
            {
                if (named.Zone is not null)
                    return new Answer(named.Zone, true, $"By the country, {Written(city!, part)}.");
                country ??= named.Code;
            }
            // "Haarlem, NL" is not in Newfoundland, nor "Naperville, IL" in Israel: behind a city that nobody knows, two letters that
            // are a state's as well as a country's say nothing for sure.
            else if (country is null && places.Count == 0 && part != sure && CityZones.CountryCodes.TryGetValue(part, out var zone))
            {
                if (zone is not null && CityZones.States.ContainsKey(part))
                {
                    unclear ??= part;
                    continue;
                }

                if (zone is not null)
                    return new Answer(zone, true, $"By the country, {Written(city!, part)}.");
                country = part.ToUpperInvariant();
            }
            else if (CityZones.States.TryGetValue(part, out var state) && (country is null || country == state.Code))
            {
                // "Milano, MI" is in no state, and "Milan, MI 48160" may be.
                if (country is null && CityZones.OwnLetters.Contains((parts[0], part)))
                    doubtful ??= part == sure ? part : null;
                // The state and the country have one name.
                else if (country is null && part == Georgia && part != sure && (places.Count == 0 || places.Exists(place => place.Code == GeorgiaCode)))
                    unclear ??= part;
                else
                    return CityZones.Apart.TryGetValue((parts[0], part), out var apart) ? new Answer(apart, true, $"By the city, {Written(city!, parts[0])}.") : new Answer(state.Zone, true, $"By the state, {Written(city!, part)}.");
            }
        }

        if (doubtful is not null)
            return new Answer(fallback, false, $"{Written(city!, doubtful)} may be a state or a region; {fallback} is assumed. Choose the zone, or add the country.");

        if (places.Find(place => country is null || place.Code == country) is { Zone: not null } likely)
            return new Answer(likely.Zone, true, $"By the city, {Written(city!, parts[0])}.");

        if (unclear is not null)
            return new Answer(fallback, false, $"{Written(city!, unclear)} may be a state or a country; {fallback} is assumed. {(unclear.Length == 2 ? "Write it in full." : "Choose the zone, or add the country.")}");

        // Somebody wrote the country alone.
        if (parts.Count == 1 && CityZones.Countries.TryGetValue(parts[0], out var only) && only.Zone is not null)
            return new Answer(only.Zone, true, $"By the country, {Written(city!, parts[0])}.");
        return new Answer(fallback, false, $"{city!.Trim()} is not among the cities known here; {fallback} is assumed.");
    }

    /// <summary>
    /// Where a lead is: by its city, with the state and country that its address ends with, else by the address alone. Of a place
    /// that is known elsewhere only ("Sydney" in Canada) nothing is guessed.
    /// </summary>
    /// <param name="city">As people type it; may be a whole address.</param>
    /// <param name="address">With street, postcode, state and country or without.</param>
    /// <param name="fallback">The company's zone.</param>
    public static Answer OfLead(string? city, string? address, string fallback = Fallback)
    {
        var byCity = Of(city, fallback);
        if (byCity.IsKnown)
            return OfBoth(city!, address, fallback) ?? byCity;
        foreach (var text in new[] { city, address })
            if (AddressParts.Of(text) is { Count: > 0 } parts && Of(string.Join(", ", parts.Select(part => part.Text)), parts.Select(part => part.Key).ToList(), parts.FirstOrDefault(part => part.IsBeforeNumber)?.Key, fallback) is { IsKnown: true } byAddress)
                return byAddress;
        return string.IsNullOrWhiteSpace(city) && !string.IsNullOrWhiteSpace(address)
            ? new Answer(fallback, false, $"The address names no city that is known here; {fallback} is assumed.") : byCity;
    }

    // Null where the address adds nothing to the city.
    private static Answer? OfBoth(string city, string? address, string fallback)
    {
        var own = Parts(city);
        if (AddressParts.Behind(address, own[0]) is not { Count: > 0 } behind)
            return null;
        var written = city.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // What stands behind the city in its own field goes last, for it is read first.
        return Of(
            string.Join(", ", written.Take(1).Concat(behind.Select(part => part.Text)).Concat(written.Skip(1))), [own[0], .. behind.Select(part => part.Key), .. own.Skip(1)],
            behind.FirstOrDefault(part => part.IsBeforeNumber)?.Key, fallback);
    }

    /// <summary>
    /// Whether a zone goes along with city and address: nobody chose it, and it is what was guessed, by the city alone at one time,
    /// or the fallback. What else it may be somebody must have chosen before that was remembered.
    /// </summary>
    public static bool Follows(string zone, bool isChosen, (string City, string Address) place, string fallback = Fallback)
        => !isChosen && (zone == fallback || zone == OfLead(place.City, place.Address, fallback).Zone || zone == Of(place.City, fallback).Zone);

    /// <summary>
    /// The zone of a lead whose city or address becomes another. One that <see cref="Follows"/> does so; one that somebody chose
    /// stays, and so does any that the new place says nothing better about.
    /// </summary>
    public static string Again(string zone, bool isChosen, (string City, string Address) was, (string City, string Address) now, string fallback = Fallback)
        => was != now && Follows(zone, isChosen, was, fallback) && OfLead(now.City, now.Address, fallback) is { IsKnown: true } again ? again.Zone : zone;

    // As it was typed, not as it was folded.
    private static string Written(string text, string folded)
        => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(part => TextKey.Fold(part).Replace(".", "", StringComparison.Ordinal) == folded) ?? folded;
}
