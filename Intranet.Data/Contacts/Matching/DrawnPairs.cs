using System.Runtime.InteropServices;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Pairs of rows drawn at random, which their contents alone decide: neighbours, once the rows are shuffled. A row more or less changes no
/// pairs but those next to it.
/// </summary>
internal static class DrawnPairs
{
    /// <param name="records">Where the rows lie.</param>
    /// <param name="rows">Their places.</param>
    /// <param name="partners">With how many others each of them is drawn.</param>
    /// <param name="most">How many rows are drawn at most for each partner.</param>
    public static IEnumerable<(int A, int B)> Of(MatchRecords records, List<int> rows, int partners, int most)
    {
        var own = Own(records, rows);
        var (keys, order) = (new ulong[rows.Count], new int[rows.Count]);
        for (var partner = 0; partner < partners; partner++)
        {
            for (var i = 0; i < rows.Count; i++)
                (keys[i], order[i]) = (StableHash.Join(own[i], (ulong)partner), rows[i]);
            Array.Sort(keys, order);
            for (var i = 0; i < Math.Min(most, order.Length - 1); i++)
                yield return (order[i], order[i + 1]);
        }
    }

    // Rows of the same content are told apart, or they would stand beside each other each time.
    private static ulong[] Own(MatchRecords records, List<int> rows)
    {
        var seen = new Dictionary<ulong, ulong>(rows.Count);
        return [.. rows.Select(row => StableHash.Join(records.All[row].Content, CollectionsMarshal.GetValueRefOrAddDefault(seen, records.All[row].Content, out _)++))];
    }
}
