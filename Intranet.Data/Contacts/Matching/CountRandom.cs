using static Intranet.Data.Contacts.Matching.FieldLevels;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Counts how often each level is met by chance: over pairs drawn among contacts of each kind, by their contents, without
/// those that look like one person.
/// </summary>
internal static class CountRandom
{
    private const int RandomPairs = 300_000;

    // What the starting values are worth, in pairs.
    private const double Known = 2_000;

    /// <summary>By <see cref="PairKind"/>, field and level.</summary>
    public static double[][][] Run(MatchRecords records, MatchModel start)
    {
        var compare = new ComparePair(records);
        var weights = new PairWeights(start, estimating: true);
        var counts = start.Random.Select((_, kind) => Count(records, (PairKind)kind, compare, weights)).ToArray();
        // One of each meets by chance what both meet.
        counts[(int)PairKind.Mixed] = [.. counts[(int)PairKind.Contacts].Zip(counts[(int)PairKind.People], (a, b) => a.Zip(b, (x, y) => x + y).ToArray())];
        return [.. start.Random.Select((levels, kind) => Leaning(counts[kind], Leaning(counts[kind], levels)))];
    }

    private static double[][] Count(MatchRecords records, PairKind kind, ComparePair compare, PairWeights weights)
    {
        var counts = FieldLevels.Random.Select(levels => new double[levels.Length]).ToArray();
        var rows = new List<int>();
        for (var i = 0; i < records.Count; i++)
            if (records.All[i].Kind == kind && !records.All[i].IsAlone)
                rows.Add(i);
        if (rows.Count < 2)
            return counts;
        foreach (var (a, b) in DrawnPairs.Of(records, rows, Math.Clamp(RandomPairs / rows.Count, 1, Math.Max(1, (rows.Count - 1) / 2)), RandomPairs))
        {
            var found = compare.Of(records.All[a], records.All[b]);
            if (found.Kind != kind || weights.Score(found) > -2)
                continue;
            for (var field = 0; field < Fields; field++)
                if (found.Level(field) is var level and not 0)
                    counts[field][level]++;
        }

        return counts;
    }

    // Done twice: what is never met is as rare as the square of what was supposed.
    private static double[][] Leaning(double[][] counts, double[][] known) => [.. known.Select((levels, field) =>
    {
        var sum = counts[field].Sum();
        return levels.Select((share, level) => level == 0 ? 0 : (counts[field][level] + (Known * share)) / (sum + Known)).ToArray();
    })];
}
