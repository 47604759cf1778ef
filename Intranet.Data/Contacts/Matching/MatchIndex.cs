namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Compares one contact with all others: for arrivals. Holds the keys of all rules in memory, eight bytes for each contact and
/// rule. Not for several threads at once.
/// </summary>
public sealed class MatchIndex
{
    private readonly MatchRecords _records;
    private readonly RecordReader _reader;
    private readonly RecordKeys _keys;
    private readonly ComparePair _compare;
    private readonly ulong[][] _entries;
    private readonly HashSet<uint>[] _parted;
    private readonly Dictionary<(int Rule, uint Key), List<int>> _added = [];
    private readonly Dictionary<long, int> _places;
    private readonly HashSet<int> _removed = [];
    private readonly int _largest;
    private readonly PairWeights _weights;

    /// <param name="model">Estimated from the contacts.</param>
    /// <param name="records">All of them; the index goes on filling it.</param>
    public MatchIndex(MatchModel model, MatchRecords records)
    {
        (_records, _reader, _keys, _compare) = (records, new(records), new(records), new(records));
        _weights = new(model);
        _largest = CandidatePairs.LargestBlock(records);
        _places = new(records.Count);
        for (var i = 0; i < records.Count; i++)
            _places[records.All[i].Id] = i;
        _entries = new ulong[BlockingRule.All.Length][];
        _parted = new HashSet<uint>[BlockingRule.All.Length];
        for (var rule = 0; rule < _entries.Length; rule++)
            _entries[rule] = BlockEntries.Of(records, rule, _largest, _parted[rule] = []).ToArray();
    }

    /// <summary>How many contacts it knows.</summary>
    public int Count => _places.Count;

    /// <summary>Adds a contact, or takes the new state of one it knows.</summary>
    public void Add(ContactRow row)
    {
        Remove(row.Id);
        var place = _places[row.Id] = _reader.Add(row);
        foreach (var key in Keys(place))
        {
            if (!_added.TryGetValue(key, out var list))
                _added.Add(key, list = []);
            list.Add(place);
        }
    }

    /// <summary>Forgets a contact. One it doesn't know is no error.</summary>
    public void Remove(long id)
    {
        if (_places.Remove(id, out var place))
            _removed.Add(place);
    }

    /// <summary>
    /// The contacts that are the same person as <paramref name="row"/> with at least <paramref name="threshold"/>, the most probable first. The
    /// row itself isn't added; where its id is known already, it isn't compared with itself.
    /// </summary>
    public List<PairScore> Find(ContactRow row, double threshold = MatchThresholds.Review)
    {
        var lowest = (float)Math.Log2(threshold / (1 - threshold));
        var place = _reader.Add(row);
        var seen = new HashSet<int>();
        var scores = new List<PairScore>();
        foreach (var (rule, key) in Keys(place))
        {
            foreach (var entry in Block(_entries[rule], key))
                Score((int)(uint)entry, place, lowest, seen, scores);
            foreach (var other in _added.GetValueOrDefault((rule, key)) ?? [])
                Score(other, place, lowest, seen, scores);
        }

        _records.RemoveLast();
        scores.Sort((x, y) => (-x.Probability, x.A, x.B).CompareTo((-y.Probability, y.A, y.B)));
        return scores;
    }

    private void Score(int other, int place, float lowest, HashSet<int> seen, List<PairScore> scores)
    {
        ref readonly var a = ref _records.All[other];
        ref readonly var b = ref _records.All[place];
        if (a.Id == b.Id || _removed.Contains(other) || !seen.Add(other))
            return;
        if (_compare.TryScore(a, b, _weights, lowest, out var found, out var score))
            scores.Add(new(Math.Min(a.Id, b.Id), Math.Max(a.Id, b.Id), new FoundPair(other, place, score).Probability, PairLevels.Of(found)));
    }

    private List<(int Rule, uint Key)> Keys(int place)
    {
        var keys = new List<(int, uint)>();
        Span<ulong> own = stackalloc ulong[BlockingRule.Columns];
        for (var rule = 0; rule < BlockingRule.All.Length; rule++)
        {
            own.Clear();
            BlockingRule.All[rule].Keys(_keys, _records.All[place], own);
            foreach (var value in own)
                if (value != 0 && Final(rule, place, (uint)(BlockEntries.Entry(StableHash.Join(value, (ulong)rule), 0) >> 32)) is var key and not 0)
                    keys.Add((rule, key));
        }

        return keys;
    }

    // Follows a block that was parted to its part.
    private uint Final(int rule, int place, uint key)
    {
        foreach (var finer in BlockingRule.All[rule].Finer)
        {
            if (!_parted[rule].Contains(key))
                return key;
            var more = finer(_keys, _records.All[place]);
            if (more == 0)
                return 0;
            key = (uint)(BlockEntries.Entry(StableHash.Join(key, more), 0) >> 32);
        }

        return _parted[rule].Contains(key) ? 0 : key;
    }

    private static ReadOnlySpan<ulong> Block(ulong[] entries, uint key)
    {
        var (start, end) = (Place(entries, (ulong)key << 32), Place(entries, ((ulong)key + 1) << 32));
        return entries.AsSpan(start, end - start);
    }

    private static int Place(ulong[] entries, ulong from)
    {
        if (from == 0)
            return entries.Length;
        var place = Array.BinarySearch(entries, from);
        return place < 0 ? ~place : place;
    }
}
