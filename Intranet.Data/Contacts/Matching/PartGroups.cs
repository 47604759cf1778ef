namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Parts a component of pairs that has grown too large to be looked at as a whole: weak pairs may chain through a million
/// contacts. The most probable pairs join first, and never to more than <see cref="Largest"/> rows (Kruskal's algorithm,
/// 1956, with a bound). Rows of the same content stay together and pairs are ordered by scores and contents, so neither
/// ids nor the order of rows matter.
/// </summary>
internal static class PartGroups
{
    /// <summary>How many rows a part has at most, but for more rows of one content than that.</summary>
    public const int Largest = 500;

    // Just below the threshold from which on a pair is accepted.
    private const float Apart = -0.01f;

    /// <param name="records">The set.</param>
    /// <param name="pairs">All pairs of one component.</param>
    /// <param name="between">Told the pairs whose rows are in different parts, as no more than possible.</param>
    public static List<List<FoundPair>> Run(MatchRecords records, List<FoundPair> pairs, List<FoundPair> between)
    {
        var groups = new Dictionary<int, int>();
        var sizes = new List<int>();
        var contents = new Dictionary<ulong, int>();
        foreach (var pair in pairs)
        {
            foreach (var place in (ReadOnlySpan<int>)[pair.A, pair.B])
            {
                if (groups.ContainsKey(place))
                    continue;
                var content = records.All[place].Content;
                if (!contents.TryGetValue(content, out var same))
                {
                    contents.Add(content, same = sizes.Count);
                    sizes.Add(0);
                }

                groups.Add(place, same);
                sizes[same]++;
            }
        }

        if (groups.Count <= Largest)
            return [pairs];
        var parents = Enumerable.Range(0, sizes.Count).ToArray();
        foreach (var pair in pairs.OrderByDescending(pair => pair.Score).ThenBy(pair => Contents(records, pair)))
        {
            var (a, b) = (Root(parents, groups[pair.A]), Root(parents, groups[pair.B]));
            if (a == b || sizes[a] + sizes[b] > Largest)
                continue;
            parents[a] = b;
            sizes[b] += sizes[a];
        }

        var parts = new Dictionary<int, List<FoundPair>>();
        foreach (var pair in pairs)
        {
            var part = Root(parents, groups[pair.A]);
            if (part != Root(parents, groups[pair.B]))
                between.Add(pair with { Score = Math.Min(pair.Score, Apart) });
            else if (parts.TryGetValue(part, out var list))
                list.Add(pair);
            else
                parts.Add(part, [pair]);
        }

        return [.. parts.Values];
    }

    private static (ulong, ulong) Contents(MatchRecords records, in FoundPair pair)
    {
        var (a, b) = (records.All[pair.A].Content, records.All[pair.B].Content);
        return a < b ? (a, b) : (b, a);
    }

    private static int Root(int[] parents, int i)
    {
        while (parents[i] != i)
            i = parents[i] = parents[parents[i]];
        return i;
    }
}
