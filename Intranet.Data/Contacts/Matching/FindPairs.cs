namespace Intranet.Data.Contacts.Matching;

/// <summary>Compares the contacts of a set with each other.</summary>
public static class FindPairs
{
    /// <summary>
    /// All pairs that are one person with at least <paramref name="threshold"/>, the most probable first; the order depends on
    /// ids and contents alone.
    /// </summary>
    /// <param name="model">Estimated from this set or one like it.</param>
    /// <param name="records">The set.</param>
    /// <param name="threshold">A probability; see <see cref="MatchThresholds"/>.</param>
    /// <param name="progress">Told the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops it within milliseconds.</param>
    public static List<PairScore> Run(MatchModel model, MatchRecords records, double threshold = MatchThresholds.Review, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var weights = new PairWeights(model);
        var found = Direct(records, weights, Math.Min(threshold, GroupPairs.Weakest), progress, cancellation);
        return GroupPairs.Run(records, weights, found, threshold, cancellation);
    }

    internal static List<FoundPair> Direct(MatchRecords records, PairWeights weights, double threshold, IProgress<double>? progress, CancellationToken cancellation)
    {
        var lowest = (float)Math.Log2(threshold / (1 - threshold));
        var lists = new List<List<FoundPair>>();
        new CandidatePairs(records).ForEach(
            () =>
            {
                var compare = new ComparePair(records);
                var own = new List<FoundPair>();
                lock (lists)
                    lists.Add(own);
                return (a, b, _) =>
                {
                    if (compare.TryScore(records.All[a], records.All[b], weights, lowest, out Comparison _, out var score))
                        own.Add(new(Math.Min(a, b), Math.Max(a, b), score));
                };
            },
            progress,
            cancellation);
        return [.. lists.SelectMany(list => list)];
    }
}

/// <summary>Places of two records and log2 of the odds.</summary>
internal readonly record struct FoundPair(int A, int B, float Score)
{
    public double Probability => 1 / (1 + Math.Pow(2, -Score));
}
