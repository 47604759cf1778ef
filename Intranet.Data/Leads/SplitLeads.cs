using Intranet.Data.Directory;

namespace Intranet.Data.Leads;

/// <summary>Who gets which leads when one KAM's go to several. Pure.</summary>
public static class SplitLeads
{
    /// <summary>What counts as one city, however it is written.</summary>
    public static string Key(string city) => TextKey.Fold(city);

    /// <summary>Each city to one owner, the largest first, to whoever has fewest by then.</summary>
    /// <returns>The owner of each city's <see cref="Key"/>.</returns>
    public static IReadOnlyDictionary<string, int> ByCity(IEnumerable<(string City, int Leads)> cities, IReadOnlyList<int> owners)
    {
        var given = owners.Distinct().ToDictionary(owner => owner, _ => 0);
        var split = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, leads) in cities.GroupBy(city => Key(city.City), StringComparer.Ordinal).Select(same => (same.Key, Leads: same.Sum(city => city.Leads))).OrderByDescending(city => city.Leads).ThenBy(city => city.Key, StringComparer.Ordinal))
        {
            var owner = owners.MinBy(one => given[one]);
            split[key] = owner;
            given[owner] += leads;
        }

        return split;
    }

    /// <summary>In turn: how many each gets.</summary>
    public static IReadOnlyDictionary<int, int> Evenly(int leads, IReadOnlyList<int> owners)
        => owners.Select((owner, i) => (owner, Count: (leads / owners.Count) + (i < leads % owners.Count ? 1 : 0))).ToDictionary(one => one.owner, one => one.Count);
}
