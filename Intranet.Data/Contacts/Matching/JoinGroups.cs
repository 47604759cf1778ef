namespace Intranet.Data.Contacts.Matching;

/// <summary>Joins the records of one component of pairs; see <see cref="GroupPairs"/>.</summary>
internal sealed class JoinGroups(MatchRecords records, PairWeights weights, ComparePair compare, List<FoundPair> pairs)
{
    // Of two big groups only so many rows of each are compared, chosen by content.
    private const int Looked = 12;
    private readonly List<int[]?> _groups = [];
    private readonly List<Dictionary<int, GroupComparison>> _known = [];
    private readonly PriorityQueue<(int A, int B), (float, ulong)> _next = new();
    private readonly List<FoundPair> _joined = [];

    public List<FoundPair> Run()
    {
        Start();
        while (_next.TryDequeue(out var best, out var order))
        {
            if (order.Item1 > 0)
                break;
            if (_groups[best.A] is { } a && _groups[best.B] is { } b)
                Join(best.A, best.B, a, b, -order.Item1);
        }

        Rest();
        return _joined;
    }

    private void Start()
    {
        // By content, so that neither ids nor the order of rows matters.
        var places = pairs.SelectMany(pair => new[] { pair.A, pair.B }).Distinct().OrderBy(place => records.All[place].Content).ThenBy(place => records.All[place].Id).ToList();
        var groups = new Dictionary<int, int>();
        foreach (var place in places)
        {
            groups.Add(place, _groups.Count);
            _groups.Add([place]);
            _known.Add([]);
        }

        foreach (var pair in pairs)
            Offer(groups[pair.A], groups[pair.B]);
    }

    private void Offer(int a, int b)
    {
        var between = Between(a, b);
        var score = between.Score(weights);
        _next.Enqueue((a, b), (-score, Order(a) ^ Order(b)));
    }

    private ulong Order(int group) => records.All[_groups[group]![0]].Content;

    private GroupComparison Between(int a, int b)
    {
        if (_known[a].TryGetValue(b, out var known))
            return known;
        known = new GroupComparison();
        foreach (var first in Some(_groups[a]!))
            foreach (var second in Some(_groups[b]!))
                known.Add(weights, compare.Of(records.All[first], records.All[second]));
        _known[a][b] = _known[b][a] = known;
        return known;
    }

    private static ReadOnlySpan<int> Some(int[] group) => group.AsSpan(0, Math.Min(Looked, group.Length));

    private void Join(int a, int b, int[] first, int[] second, float score)
    {
        foreach (var x in first)
            foreach (var y in second)
                _joined.Add(new(Math.Min(x, y), Math.Max(x, y), score));
        var joined = _groups.Count;
        _groups.Add([.. first.Concat(second).OrderBy(place => records.All[place].Content).ThenBy(place => records.All[place].Id)]);
        _known.Add([]);
        var neighbours = _known[a].Keys.Concat(_known[b].Keys).Where(group => group != a && group != b).Distinct().ToList();
        foreach (var other in neighbours)
        {
            var between = Between(a, other).Plus(Between(b, other));
            _known[joined][other] = _known[other][joined] = between;
            _known[other].Remove(a);
            _known[other].Remove(b);
        }

        (_groups[a], _groups[b]) = (null, null);
        _known[a].Clear();
        _known[b].Clear();
        foreach (var other in neighbours)
            Offer(joined, other);
    }

    // What stays apart keeps the score of its groups.
    private void Rest()
    {
        var groups = new Dictionary<int, int>();
        for (var group = 0; group < _groups.Count; group++)
            foreach (var place in _groups[group] ?? [])
                groups.Add(place, group);
        foreach (var pair in pairs)
            if (groups[pair.A] != groups[pair.B])
                _joined.Add(pair with { Score = Math.Min(0, Between(groups[pair.A], groups[pair.B]).Score(weights)) });
    }
}
