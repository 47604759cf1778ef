using static Intranet.Data.Contacts.Matching.FieldLevels;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Counts how often strangers of one place agree, and tells from that how much each field goes with the place: see
/// <see cref="SharedPlace"/>. Pairs are drawn within places by their contents; each counts as far as it is no
/// pair of one person by what the model knows so far.
/// </summary>
internal sealed class CountPlaces
{
    private const int Pairs = 60_000;

    // In fewer rows the pairs of one person stand out too much.
    private const int Fewest = 20;

    // What the starting values are worth, in pairs that agree.
    private const double Known = 20;

    private readonly Comparison[][][] _drawn;

    public CountPlaces(MatchRecords records)
        => _drawn = [.. Enumerable.Range(0, MatchModel.Kinds).Select(kind => SharedPlace.All.Select(place => Draw(records, (PairKind)kind, place)).ToArray())];

    /// <summary>By kind of pair, place, field and level.</summary>
    public double[][][][] Next(MatchModel model)
    {
        var weights = new PairWeights(model, estimating: true);
        var ties = _drawn.Select((drawn, kind) =>
        {
            var next = SharedPlace.Starts();
            for (var place = 0; place < next.Length; place++)
                Next(weights, kind, place, drawn[place], model.Random[kind], next[place]);
            return next;
        }).ToArray();
        ties[(int)PairKind.Mixed] = ties[(int)PairKind.Contacts];
        return ties;
    }

    private static void Next(PairWeights weights, int kind, int place, Comparison[] drawn, double[][] often, double[][] ties)
    {
        var shared = (int)SharedPlace.All[place];
        var compared = new double[Fields][];
        var agreed = new double[Fields][];
        foreach (var field in SharedPlace.Tied[place])
            (compared[field], agreed[field]) = (new double[Rarity.Steps], new double[Most]);
        foreach (ref readonly var found in drawn.AsSpan())
        {
            var strangers = 1 - (1 / (1 + Math.Pow(2, -weights.Score(found))));
            foreach (var field in SharedPlace.Tied[place])
            {
                if (found.Level(field) is not (var level and not 0))
                    continue;
                compared[field][found.Counts[shared]] += strangers;
                agreed[field][level] += strangers;
            }
        }

        foreach (var field in SharedPlace.Tied[place])
            for (var level = 2; level <= Top(field); level++)
                if (SharedPlace.IsTied(field, level))
                    ties[field][level] = Tie(weights, kind, place, compared[field], often[field][level], agreed[field][level], ties[field][level]);
    }

    /// <summary>The tie with which as many pairs are expected to agree as did.</summary>
    private static double Tie(PairWeights weights, int kind, int place, double[] compared, double often, double agreed, double start)
    {
        var expected = Expected(weights, kind, place, compared, often, 0);
        double low = 0, high = 1;
        for (var step = 0; step < 12; step++)
        {
            var middle = (low + high) / 2;
            if (Expected(weights, kind, place, compared, often, middle) < agreed)
                low = middle;
            else
                high = middle;
        }

        var seen = Math.Max(agreed, expected);
        return ((low + high) / 2 * seen + (start * Known)) / (seen + Known);
    }

    private static double Expected(PairWeights weights, int kind, int place, double[] compared, double often, double tie)
    {
        var sum = 0.0;
        for (var step = 0; step < compared.Length; step++)
            if (compared[step] > 0)
                sum += compared[step] * Math.Min(1, often * Math.Pow(2, tie * weights.PlaceBits(kind, place, (byte)step)));
        return sum;
    }

    private static Comparison[] Draw(MatchRecords records, PairKind kind, MatchField place)
    {
        var places = new Dictionary<int, List<int>>();
        var rows = 0;
        for (var i = 0; i < records.Count; i++)
        {
            ref readonly var record = ref records.All[i];
            if (record.Kind != kind || record.IsAlone || Of(record, place) is not (var word and not 0))
                continue;
            if (!places.TryGetValue(word, out var of))
                places.Add(word, of = []);
            of.Add(i);
            rows++;
        }

        var compare = new ComparePair(records);
        var drawn = new List<Comparison>(Pairs);
        // Small sets draw several partners for each, large ones take only some of their rows.
        var partners = Math.Clamp(Pairs / Math.Max(1, rows), 1, 20);
        var share = Math.Min(1, Pairs / (double)Math.Max(1, rows));
        // In an order that doesn't hang on the rows': sums are rounded.
        foreach (var (_, of) in places.OrderBy(one => records.Tokens[one.Key].Hash))
            if (of.Count >= Fewest)
                foreach (var (a, b) in DrawnPairs.Of(records, of, Math.Min(partners, (of.Count - 1) / 2), (int)Math.Ceiling(of.Count * share)))
                    drawn.Add(compare.Of(records.All[a], records.All[b]));
        return [.. drawn];
    }

    private static int Of(in MatchRecord record, MatchField place) => place switch
    {
        MatchField.City => record.City,
        MatchField.State => record.State,
        MatchField.Company => record.CompanyJoined,
        _ => record.Country,
    };
}
