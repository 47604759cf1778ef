using static Intranet.Data.Contacts.Matching.FieldLevels;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Estimates the weights from the contacts themselves, without labels. How often levels are met by chance is counted over
/// pairs drawn at random; how often within one person, and how many pairs of each kind there are, by expectation and
/// maximisation over the pairs that share a blocking key (Winkler 1988; as Splink describes it). The pairs of
/// all rules together hold nearly every true pair, so no rule's own field is favoured. Whatever the data is too small to tell
/// stays near the values it starts from. Which pairs are drawn depends on their contents alone.
/// </summary>
public static class EstimateModel
{
    private const int RandomPairs = 300_000;
    private const int SampledPairs = 2_000_000;
    private const int Rounds = 15;

    // log2 of the odds from which on a pair has no weight in the estimate.
    private const float Hopeless = -15;

    // What the starting values are worth, in pairs.
    private const double MatchesKnown = 60;
    private const double RandomKnown = 2_000;
    private const double LookAlikesKnown = 60;

    /// <param name="records">The set that will be searched.</param>
    /// <param name="decided">What stewards decided, by the ids of both contacts; true for the same person. Each counts like ten estimated pairs.</param>
    /// <param name="cancellation">Stops it.</param>
    public static MatchModel Run(MatchRecords records, IReadOnlyCollection<DecidedPair>? decided = null, CancellationToken cancellation = default)
    {
        var model = MatchModel.Initial(records.Count);
        if (records.Count < 2)
            return model;
        model = model with { Random = CountRandom(records, model) };
        var (sample, share) = Sample(records, new PairWeights(model, records.Count), cancellation);
        var known = Known(records, decided);
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            model = Next(model, records.Count, sample, share, known);
        }

        return model;
    }

    private static MatchModel Next(MatchModel model, int records, List<Comparison> sample, double share, List<(Comparison Found, bool Same)> known)
    {
        var weights = new PairWeights(model, records);
        var parts = new Sums[Environment.ProcessorCount];
        Parallel.For(0, parts.Length, part =>
        {
            var sums = parts[part] = new Sums();
            for (var i = part; i < sample.Count; i += parts.Length)
                sums.Add(weights, sample[i], 1 / share);
        });
        var all = parts[0];
        for (var part = 1; part < parts.Length; part++)
            all.Add(parts[part]);
        foreach (var (found, same) in known)
            if (same)
                all.AddMatch(found, 10);
        var matches = new double[Fields][];
        for (var field = 0; field < Fields; field++)
        {
            var sum = all.Levels[field].Sum();
            matches[field] = [.. all.Levels[field].Select((count, level) => level == 0 ? 0 : (count + (MatchesKnown * FieldLevels.Matches[field][level])) / (sum + MatchesKnown))];
        }

        var lookAlikes = LookAlike.All.Select((kind, i) => (all.LookAlikes[i] + (LookAlikesKnown * kind.Share)) / (all.Matches + LookAlikesKnown)).ToArray();
        lookAlikes[LookAlike.Twins] = lookAlikes[LookAlike.Household] * LookAlike.TwinsOfHouseholds;
        lookAlikes[LookAlike.ParentAndChild] = lookAlikes[LookAlike.Household] * LookAlike.ParentsOfHouseholds;
        return model with
        {
            Matches = matches,
            PartnersPerRecord = Math.Clamp(((2 * all.Matches) + (0.2 * 50)) / (records + 50), 0.02, 12),
            LookAlikes = lookAlikes,
        };
    }

    private static double[][] CountRandom(MatchRecords records, MatchModel start)
    {
        var order = Enumerable.Range(0, records.Count).ToArray();
        var contents = new ulong[records.Count];
        for (var i = 0; i < contents.Length; i++)
            contents[i] = records.All[i].Content;
        Array.Sort(contents, order);
        var compare = new ComparePair(records);
        var weights = new PairWeights(start, records.Count);
        var counts = FieldLevels.Random.Select(levels => new double[levels.Length]).ToArray();
        var strides = Math.Max(1, Math.Min((records.Count - 1) / 2, RandomPairs / records.Count));
        var step = Math.Max(1, records.Count / 2 / strides);
        var every = Math.Max(1, records.Count / RandomPairs);
        for (var stride = 1; stride <= strides; stride++)
        {
            for (var i = 0; i < records.Count; i += every)
            {
                ref readonly var a = ref records.All[order[i]];
                ref readonly var b = ref records.All[order[(i + (stride * step)) % records.Count]];
                var found = compare.Of(a, b);
                if (weights.Score(found) > -2)
                    continue;
                for (var field = 0; field < Fields; field++)
                    if (found.Level(field) is var level and not 0)
                        counts[field][level]++;
            }
        }

        for (var field = 0; field < Fields; field++)
        {
            var sum = counts[field].Sum();
            for (var level = 1; level < counts[field].Length; level++)
                counts[field][level] = (counts[field][level] + (RandomKnown * FieldLevels.Random[field][level])) / (sum + RandomKnown);
        }

        return counts;
    }

    private static (List<Comparison> Sample, double Share) Sample(MatchRecords records, PairWeights start, CancellationToken cancellation)
    {
        // About 40 candidates for a record are expected; which of them are looked at is decided by the keys they share.
        var share = Math.Min(1, SampledPairs / (40.0 * records.Count));
        var lists = new List<List<Comparison>>();
        new CandidatePairs(records).ForEach(
            () =>
            {
                var compare = new ComparePair(records);
                var own = new List<Comparison>();
                lock (lists)
                    lists.Add(own);
                return (a, b, _) =>
                {
                    if (compare.TryOf(records.All[a], records.All[b], start, Hopeless, out var found))
                        own.Add(found);
                };
            },
            null,
            cancellation,
            share);
        return ([.. lists.SelectMany(list => list)], share);
    }

    private static List<(Comparison Found, bool Same)> Known(MatchRecords records, IReadOnlyCollection<DecidedPair>? decided)
    {
        if (decided is null or { Count: 0 })
            return [];
        var places = new Dictionary<long, int>(records.Count);
        for (var i = 0; i < records.Count; i++)
            places[records.All[i].Id] = i;
        var compare = new ComparePair(records);
        return [.. decided.Where(pair => places.ContainsKey(pair.A) && places.ContainsKey(pair.B)).Select(pair => (compare.Of(records.All[places[pair.A]], records.All[places[pair.B]]), pair.Same))];
    }

    private sealed class Sums
    {
        public double Matches { get; private set; }
        public double[] LookAlikes { get; } = new double[LookAlike.All.Length];
        public double[][] Levels { get; } = [.. FieldLevels.Matches.Select(levels => new double[levels.Length])];

        public void Add(PairWeights weights, in Comparison found, double times)
        {
            var score = weights.Score(found, out var against, out var nearest);
            if (score < Hopeless)
                return;
            var probability = 1 / (1 + Math.Pow(2, -score));
            AddMatch(found, probability * times);
            // What isn't chance and isn't one person is the nearest kind of look-alike.
            var chance = probability * Math.Pow(2, -against);
            if (nearest >= 0 && chance < 1)
                LookAlikes[nearest] += times * Math.Max(0, 1 - probability - chance);
        }

        public void AddMatch(in Comparison found, double times)
        {
            Matches += times;
            for (var field = 0; field < Fields; field++)
                if (found.Level(field) is var level and not 0)
                    Levels[field][level] += times;
        }

        public void Add(Sums other)
        {
            Matches += other.Matches;
            for (var i = 0; i < LookAlikes.Length; i++)
                LookAlikes[i] += other.LookAlikes[i];
            for (var field = 0; field < Fields; field++)
                for (var level = 0; level < Levels[field].Length; level++)
                    Levels[field][level] += other.Levels[field][level];
        }
    }
}
