using System.Collections.Concurrent;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Looks at pairs that hang together as groups. Two pairs that each look right can't both be when the ends contradict each
/// other: a row without a birth date fits the father and the son, and through it both would become one. The
/// other way round two rows with nothing in common are one person when a third one is surely both. So rows are joined
/// step by step, the most probable first (agglomerative clustering), and what is compared are the groups: each field with
/// what all rows of both groups say on average. A pair gets the probability with which its two groups were joined, so
/// that the closure of the accepted pairs is those pairs.
/// </summary>
internal static class GroupPairs
{
    /// <summary>Pairs less probable than that take no part.</summary>
    public const double Weakest = 0.1;

    public static List<PairScore> Run(MatchRecords records, PairWeights weights, List<FoundPair> found, double threshold, CancellationToken cancellation)
    {
        var lowest = (float)Math.Log2(threshold / (1 - threshold));
        var scores = new List<PairScore>(found.Count);
        var components = Components(records.Count, found, out var singles);
        var single = new ComparePair(records);
        foreach (var pair in singles)
            Add(records, single, scores, pair, lowest, null);
        var between = new List<FoundPair>();
        var parts = new List<List<FoundPair>>(components.Count);
        foreach (var component in components)
        {
            // A component has at most one row more than pairs.
            if (component.Count < PartGroups.Largest)
                parts.Add(component);
            else
                parts.AddRange(PartGroups.Run(records, component, between));
        }

        foreach (var pair in between)
            Add(records, single, scores, pair, lowest, null);
        if (parts.Count > 0)
            Groups(records, weights, parts, lowest, scores, cancellation);
        scores.Sort((x, y) => (-x.Probability, x.A, x.B).CompareTo((-y.Probability, y.A, y.B)));
        return scores;
    }

    private static void Groups(MatchRecords records, PairWeights weights, List<List<FoundPair>> components, float lowest, List<PairScore> scores, CancellationToken cancellation)
    {
        var several = new ConcurrentBag<List<PairScore>>();
        Parallel.ForEach(
            Partitioner.Create(0, components.Count),
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            range =>
            {
                var compare = new ComparePair(records);
                var own = new List<PairScore>();
                for (var i = range.Item1; i < range.Item2; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var direct = components[i].ToDictionary(pair => (pair.A, pair.B), pair => pair.Score);
                    foreach (var pair in new JoinGroups(records, weights, compare, components[i]).Run())
                        Add(records, compare, own, pair, lowest, direct);
                }

                several.Add(own);
            });
        foreach (var own in several)
            scores.AddRange(own);
    }

    private static void Add(MatchRecords records, ComparePair compare, List<PairScore> scores, in FoundPair pair, float lowest, Dictionary<(int, int), float>? direct)
    {
        if (pair.Score < lowest)
            return;
        ref readonly var a = ref records.All[pair.A];
        ref readonly var b = ref records.All[pair.B];
        var itself = direct is null || direct.ContainsKey((pair.A, pair.B));
        scores.Add(new(Math.Min(a.Id, b.Id), Math.Max(a.Id, b.Id), pair.Probability, PairLevels.Of(compare.Of(a, b)), !itself));
    }

    // Pairs that stand alone, and lists of pairs that hang together.
    private static List<List<FoundPair>> Components(int count, List<FoundPair> found, out List<FoundPair> singles)
    {
        var parents = new int[count];
        for (var i = 0; i < count; i++)
            parents[i] = i;
        foreach (var pair in found)
            parents[Root(parents, pair.A)] = Root(parents, pair.B);
        var sizes = new int[count];
        foreach (var pair in found)
            sizes[Root(parents, pair.A)]++;
        var lists = new Dictionary<int, List<FoundPair>>();
        singles = [];
        foreach (var pair in found)
        {
            var root = Root(parents, pair.A);
            if (sizes[root] == 1)
                singles.Add(pair);
            else if (lists.TryGetValue(root, out var list))
                list.Add(pair);
            else
                lists.Add(root, [pair]);
        }

        return [.. lists.Values];
    }

    private static int Root(int[] parents, int i)
    {
        while (parents[i] != i)
            i = parents[i] = parents[parents[i]];
        return i;
    }
}
