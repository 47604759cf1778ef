namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Names each pair of records that shares a key of a <see cref="BlockingRule"/>, once. Keys are sorted, not looked up: one array
/// of numbers for a rule, gone when the rule is through. What was a key of an earlier rule stands beside the record,
/// so that a pair known already is passed over without a table of pairs.
/// </summary>
internal sealed class CandidatePairs
{
    private readonly MatchRecords _records;
    private readonly int _largest;
    private readonly uint[] _keys;

    public CandidatePairs(MatchRecords records)
    {
        _records = records;
        _largest = LargestBlock(records);
        _keys = new uint[(long)records.Count * KeyColumns.Width];
    }

    /// <summary>
    /// How many records a block may have before it is parted. Small sets can afford bigger blocks; the pairs of a rule stay
    /// in proportion to the records. Those that weights come from decide, as far as the others don't make it too many.
    /// </summary>
    public static int LargestBlock(MatchRecords records) => Math.Min(LargestBlock(records.Population), 2 * LargestBlock(records.Count));

    private static int LargestBlock(int records) => records switch
    {
        <= 20_000 => 300,
        <= 100_000 => 200,
        <= 300_000 => 100,
        _ => 40,
    };

    /// <summary>Calls a worker with the places of both records and the number of the rule. Each worker is used by one thread at a time.
    /// Of a share below 1 only so many blocks are looked at; which, their keys decide.</summary>
    public void ForEach(Func<PairWorker> newWorker, IProgress<double>? progress, CancellationToken cancellation, double share = 1)
    {
        var workers = Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount)).Select(_ => newWorker()).ToArray();
        for (var rule = 0; rule < BlockingRule.All.Length; rule++)
        {
            cancellation.ThrowIfCancellationRequested();
            var entries = BlockEntries.Of(_records, rule, _largest, null);
            Remember(entries, rule);
            Visit(entries, rule, workers, share, cancellation);
            progress?.Report((rule + 1.0) / BlockingRule.All.Length);
        }
    }

    /// <summary>Takes a pair.</summary>
    public delegate void PairWorker(int a, int b, int rule);

    private void Remember(ArraySegment<ulong> entries, int rule)
    {
        foreach (var entry in entries)
        {
            var place = ((long)(uint)entry * KeyColumns.Width) + KeyColumns.Of[rule];
            if (_keys[place] == 0)
                _keys[place] = (uint)(entry >> 32);
            else
                _keys[place + 1] = (uint)(entry >> 32);
        }
    }

    private void Visit(ArraySegment<ulong> entries, int rule, PairWorker[] workers, double share, CancellationToken cancellation)
    {
        var next = 0;
        const int Stride = 4096;
        Parallel.For(0, workers.Length, new ParallelOptions { CancellationToken = cancellation }, part =>
        {
            var worker = workers[part];
            int from;
            while ((from = Interlocked.Add(ref next, Stride) - Stride) < entries.Count)
            {
                cancellation.ThrowIfCancellationRequested();
                // A block belongs to the stride in which it begins.
                var start = from;
                while (start > 0 && start < entries.Count && entries[start] >> 32 == entries[start - 1] >> 32)
                    start++;
                while (start < entries.Count && start < from + Stride)
                {
                    var end = start + 1;
                    while (end < entries.Count && entries[end] >> 32 == entries[start] >> 32)
                        end++;
                    if (share >= 1 || StableHash.Mix(entries[start] >> 32) < share * ulong.MaxValue)
                        Block(entries.AsSpan(start, end - start), rule, worker);
                    start = end;
                }
            }
        });
    }

    private void Block(ReadOnlySpan<ulong> block, int rule, PairWorker worker)
    {
        var key = (uint)(block[0] >> 32);
        for (var i = 0; i < block.Length; i++)
        {
            var a = (int)(uint)block[i];
            var keysA = Keys(a);
            for (var j = i + 1; j < block.Length; j++)
            {
                var b = (int)(uint)block[j];
                if (a != b && !KeyColumns.IsKnown(keysA, Keys(b), rule, key))
                    worker(a, b, rule);
            }
        }
    }

    private ReadOnlySpan<uint> Keys(int record) => _keys.AsSpan(record * KeyColumns.Width, KeyColumns.Width);
}
