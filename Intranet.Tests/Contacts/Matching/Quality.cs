using Intranet.Data.Contacts.Matching;
using Intranet.Tests.Contacts.Matching.Samples;

namespace Intranet.Tests.Contacts.Matching;

/// <summary>How well the pairs that were found agree with who is who.</summary>
public sealed record Quality(double Precision, double Recall, double F1, double ClosureF1, double AutomaticPrecision, double BestF1, double BestThreshold)
{
    /// <summary>At the shipped thresholds, with nothing known but the rows.</summary>
    public static Quality Of(LabelledRows labelled)
    {
        var records = MatchRecords.Read(labelled.Rows);
        return Of(labelled.People, FindPairs.Run(EstimateModel.Run(records, cancellation: TestContext.Current.CancellationToken), records, 0.05, cancellation: TestContext.Current.CancellationToken));
    }

    public static Quality Of(Dictionary<long, int> people, List<PairScore> pairs)
    {
        double total = people.GroupBy(person => person.Value).Sum(rows => Pairs(rows.Count()));
        bool Same(PairScore pair) => people[pair.A] == people[pair.B];
        var accepted = pairs.Where(pair => pair.Probability >= MatchThresholds.Review).ToList();
        var automatic = pairs.Where(pair => pair.Probability >= MatchThresholds.Automatic).ToList();
        var (best, at, hits, seen) = (0.0, 1.0, 0, 0);
        foreach (var pair in pairs.OrderByDescending(pair => pair.Probability))
        {
            seen++;
            hits += Same(pair) ? 1 : 0;
            if (2 * hits / (seen + total) is var f1 && f1 > best)
                (best, at) = (f1, pair.Probability);
        }

        var right = accepted.Count(Same);
        var clusters = Clusters(accepted);
        var joined = clusters.Sum(cluster => Pairs(cluster.Count));
        var joinedRight = clusters.Sum(cluster => cluster.GroupBy(id => people[id]).Sum(rows => Pairs(rows.Count())));
        return new(
            right / Math.Max(1.0, accepted.Count), right / total, 2 * right / (accepted.Count + total), 2 * joinedRight / (joined + total),
            automatic.Count(Same) / Math.Max(1.0, automatic.Count), best, at);
    }

    private static double Pairs(int rows) => rows * (rows - 1.0) / 2;

    private static List<List<long>> Clusters(List<PairScore> pairs)
    {
        var parents = new Dictionary<long, long>();
        long Root(long id)
        {
            while (parents.TryGetValue(id, out var parent) && parent != id)
                id = parent;
            return id;
        }

        foreach (var pair in pairs)
        {
            parents.TryAdd(pair.A, pair.A);
            parents.TryAdd(pair.B, pair.B);
            parents[Root(pair.A)] = Root(pair.B);
        }

        return [.. parents.Keys.GroupBy(Root).Select(cluster => cluster.ToList())];
    }
}
