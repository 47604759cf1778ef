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
    private const int SampledPairs = 2_000_000;

    // Of more contacts than this about so many are drawn: no weight gets better by more, and finding candidates among all costs as
    // much as a scan.
    private const int MostRecords = 200_000;
    private const int Rounds = 15;
    private const int PlacesEvery = 3;

    // log2 of the odds from which on a pair has no weight in the estimate.
    private const float Hopeless = -15;

    // What the starting values are worth, in pairs.
    private const double MatchesKnown = 60;
    private const double LookAlikesKnown = 60;

    // Two people of one name in one firm look like one who has moved and changed phone and mail: only many such pairs
    // are believed.
    private const double PeopleOfFirmKnown = 2_000;

    /// <param name="records">The set that will be searched.</param>
    /// <param name="decided">What stewards decided, by the ids of both contacts; true for the same person. Each counts like ten estimated pairs.</param>
    /// <param name="cancellation">Stops it.</param>
    public static MatchModel Run(MatchRecords records, IReadOnlyCollection<DecidedPair>? decided = null, CancellationToken cancellation = default)
    {
        var model = MatchModel.Initial(records.Count) with { Counted = Counted(records.Counted) };
        if (records.Population < 2)
            return model;
        model = model with { Random = CountRandom.Run(records, model) };
        var rows = Math.Min(1, MostRecords / (double)records.Population);
        if (rows >= 0.8)
            rows = 1;
        var drawn = rows < 1 || records.Population < records.Count ? records.Drawn(rows) : records;
        var (sample, share) = Sample(drawn, new PairWeights(model, estimating: true), cancellation);
        // Of a person's pairs with both rows drawn.
        share *= rows * rows;
        var known = Known(records, decided);
        var places = new CountPlaces(records);
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (round % PlacesEvery == 0)
                model = model with { Places = places.Next(model) };
            model = Next(model, sample, share, known);
        }

        return model;
    }

    private static MatchModel Next(MatchModel model, List<Comparison> sample, double share, List<(Comparison Found, bool Same)> known)
    {
        var weights = new PairWeights(model, estimating: true);
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
        var together = Together(all);
        var start = MatchModel.Initial(model.Records);
        var pooled = Matches(together, start.Matches[0]);
        var pooledAlike = LookAlikes(together, start.LookAlikes[0], PairKind.Organisations);
        return model with
        {
            Matches = [.. all.Kinds.Select(kind => Matches(kind, pooled))],
            PartnersPerRecord = Partners(all, model.Counted),
            LookAlikes = [.. all.Kinds.Select((sum, kind) => LookAlikes(sum, pooledAlike, (PairKind)kind))],
        };
    }

    // Frequencies of one of each kind relate to the larger; there are no more pairs than one has with the other.
    private static int[] Counted(int[] counted)
        => [counted[(int)PairKind.Contacts], counted[(int)PairKind.People], counted[(int)PairKind.Organisations], Math.Max(counted[(int)PairKind.Contacts], counted[(int)PairKind.People])];

    private static double[] Partners(Sums all, int[] counted) => [.. all.Kinds.Select((sum, kind) =>
    {
        var rows = kind == (int)PairKind.Mixed ? 2.0 * Math.Min(counted[(int)PairKind.Contacts], counted[(int)PairKind.People]) : counted[kind];
        return Math.Clamp(((2 * sum.Matches) + (0.2 * 50)) / (rows + 50), 0.02, 12);
    })];

    private static Sum Together(Sums all)
    {
        var sum = new Sum();
        foreach (var kind in all.Kinds)
            sum.Add(kind);
        return sum;
    }

    // Where a kind has few pairs, it leans on all of them, and these on the starting values.
    private static double[][] Matches(Sum counted, double[][] known) => [.. known.Select((levels, field) =>
    {
        var sum = counted.Levels[field].Sum();
        return Bounded(field, [.. levels.Select((share, level) => level == 0 ? 0 : (counted.Levels[field][level] + (MatchesKnown * share)) / (sum + MatchesKnown))]);
    })];

    // Whoever has a wrong name or day of birth so often isn't one person: without a bound the estimate may settle on families,
    // firms, or whatever has a word in common, where these outnumber the rows of one person.
    private static double[] Bounded(int field, double[] levels)
    {
        var (unlike, most) = (MatchField)field switch
        {
            MatchField.GivenName or MatchField.FamilyName => (1, 0.2),
            MatchField.WholeName => (WordsLittle, 0.2),
            MatchField.BirthDate => (1, 0.3),
            MatchField.Phone or MatchField.Street => (1, 0.5),
            _ => (1, 1.0),
        };
        var sum = levels.AsSpan(0, unlike + 1).ToArray().Sum();
        return sum <= most ? levels : [.. levels.Select((share, level) => level <= unlike ? share * most / sum : share * (1 - most) / (1 - sum))];
    }

    private static double[] LookAlikes(Sum counted, double[] known, PairKind kind)
    {
        var shares = known.Select((share, alike) => (counted.LookAlikes[alike] + (LookAlikesKnown * share)) / (counted.Matches + LookAlikesKnown)).ToArray();
        shares[LookAlike.Twins] = shares[LookAlike.Household] * LookAlike.TwinsOfHouseholds;
        shares[LookAlike.ParentAndChild] = shares[LookAlike.Household] * LookAlike.ParentsOfHouseholds;
        if (kind != PairKind.Organisations)
            shares[LookAlike.Branches] = (counted.LookAlikes[LookAlike.Branches] + (PeopleOfFirmKnown * LookAlike.All[LookAlike.Branches].Share)) / (counted.Matches + PeopleOfFirmKnown);
        return shares;
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
        public Sum[] Kinds { get; } = [new(), new(), new(), new()];

        public void Add(PairWeights weights, in Comparison found, double times)
        {
            var score = weights.Score(found, out var against, out var nearest, Hopeless);
            if (score < Hopeless)
                return;
            var probability = 1 / (1 + Math.Pow(2, -score));
            AddMatch(found, probability * times);
            // What isn't chance and isn't one person is the nearest kind of look-alike.
            var chance = probability * Math.Pow(2, -against);
            if (nearest >= 0 && chance < 1)
                Kinds[(int)found.Kind].LookAlikes[nearest] += times * Math.Max(0, 1 - probability - chance);
        }

        public void AddMatch(in Comparison found, double times)
        {
            var sum = Kinds[(int)found.Kind];
            sum.Matches += times;
            for (var field = 0; field < Fields; field++)
                if (found.Level(field) is var level and not 0)
                    sum.Levels[field][level] += times;
        }

        public void Add(Sums other)
        {
            for (var kind = 0; kind < Kinds.Length; kind++)
                Kinds[kind].Add(other.Kinds[kind]);
        }
    }

    private sealed class Sum
    {
        public double Matches { get; set; }
        public double[] LookAlikes { get; } = new double[LookAlike.All.Length];
        public double[][] Levels { get; } = [.. FieldLevels.Matches.Select(levels => new double[levels.Length])];

        public void Add(Sum other)
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
