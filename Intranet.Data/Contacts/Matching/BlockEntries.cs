using System.Buffers;

namespace Intranet.Data.Contacts.Matching;

/// <summary>The keys of one <see cref="BlockingRule"/> over all records.</summary>
internal static class BlockEntries
{
    // How many times as large a block may be by contacts that have nothing in common with any other.
    private const int MostAlone = 4;

    /// <summary>
    /// Key in the upper half, record in the lower; sorted. Blocks bigger than <paramref name="largest"/> are parted by the rule's
    /// finer keys, and left out where that doesn't help. With <paramref name="parted"/>, which is told the keys of those,
    /// records alone in their block are kept as well.
    /// </summary>
    public static ArraySegment<ulong> Of(MatchRecords records, int rule, int largest, HashSet<uint>? parted)
    {
        var count = records.Count;
        // Each rule needs one as large: made anew for each, they would be most of the memory of a scan.
        var found = ArrayPool<ulong>.Shared.Rent(count * BlockingRule.Columns);
        var definition = BlockingRule.All[rule];
        Parallel.For(0, Environment.ProcessorCount, part =>
        {
            var keys = new RecordKeys(records);
            Span<ulong> own = stackalloc ulong[BlockingRule.Columns];
            var (from, to) = ((int)((long)count * part / Environment.ProcessorCount), (int)((long)count * (part + 1) / Environment.ProcessorCount));
            for (var i = from; i < to; i++)
            {
                own.Clear();
                definition.Keys(keys, records.All[i], own);
                for (var column = 0; column < BlockingRule.Columns; column++)
                    found[(i * BlockingRule.Columns) + column] = own[column] == 0 || (column == 1 && own[1] == own[0]) ? 0 : Entry(StableHash.Join(own[column], (ulong)rule), i);
            }
        });
        var entries = Sorted(found.AsSpan(0, count * BlockingRule.Columns));
        ArrayPool<ulong>.Shared.Return(found);
        var finer = new RecordKeys(records);
        var kept = new List<ArraySegment<ulong>>();
        for (var step = 0; ; step++)
        {
            var again = Part(records, entries, largest, step < definition.Finer.Length ? definition.Finer[step] : null, finer, parted, out var small);
            kept.Add(small);
            if (again.Length == 0)
                break;
            entries = Sorted(again.AsSpan());
        }

        return kept.Count == 1 ? kept[0] : Sorted(kept.SelectMany(part => part).ToArray());
    }

    // The blocks that are small enough, and the entries of the others with a finer key.
    private static ulong[] Part(MatchRecords records, ulong[] entries, int largest, BlockingRule.Key? finer, RecordKeys keys, HashSet<uint>? parted, out ArraySegment<ulong> small)
    {
        var kept = 0;
        var again = new List<ulong>();
        for (var start = 0; start < entries.Length;)
        {
            var end = start + 1;
            while (end < entries.Length && entries[end] >> 32 == entries[start] >> 32)
                end++;
            var size = end - start;
            var isLarge = size > largest && Members(records, entries.AsSpan(start, size)) > largest;
            if (isLarge)
                parted?.Add((uint)(entries[start] >> 32));
            // Whoever has nothing in common with anybody doesn't part the others: too many of them are parted for themselves.
            var isMixed = !isLarge && size > MostAlone * largest;
            for (var i = start; i < end && (size > 1 || parted is not null); i++)
            {
                var place = (int)(uint)entries[i];
                ref readonly var record = ref records.All[place];
                if (!isLarge && !(isMixed && record.IsAlone))
                    entries[kept++] = entries[i];
                else if (finer is not null && finer(keys, record) is var more and not 0)
                    again.Add(Entry(StableHash.Join(entries[i] >> 32, more), place));
            }

            start = end;
        }

        small = new ArraySegment<ulong>(entries, 0, kept);
        return [.. again];
    }

    private static int Members(MatchRecords records, ReadOnlySpan<ulong> block)
    {
        var members = 0;
        foreach (var entry in block)
            members += records.All[(int)(uint)entry].IsAlone ? 0 : 1;
        return members;
    }

    // Keys are hashes, so their first bytes part the entries evenly: each part fits a cache, and they are sorted side by side.
    private static ulong[] Sorted(ReadOnlySpan<ulong> entries)
    {
        const int Parts = 256, Shift = 56;
        var starts = new int[Parts + 1];
        foreach (var entry in entries)
        {
            if (entry != 0)
                starts[(entry >> Shift) + 1]++;
        }

        for (var part = 0; part < Parts; part++)
            starts[part + 1] += starts[part];
        var sorted = new ulong[starts[Parts]];
        var next = starts[..Parts];
        foreach (var entry in entries)
        {
            if (entry != 0)
                sorted[next[entry >> Shift]++] = entry;
        }

        Parallel.For(0, Parts, part => sorted.AsSpan(starts[part]..starts[part + 1]).Sort());
        return sorted;
    }

    public static ulong Entry(ulong key, int record) => ((ulong)Math.Max(1u, (uint)(key >> 32)) << 32) | (uint)record;
}
