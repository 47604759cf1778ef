using System.Runtime.Intrinsics;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Where the keys of the <see cref="BlockingRule"/>s stand beside a record: the pairs of those that have two first, so that eight at a
/// time can be compared with those of another record, straight and crosswise.
/// </summary>
internal static class KeyColumns
{
    private const int Lanes = 8;
    private static readonly int[] Order = [.. Enumerable.Range(0, BlockingRule.All.Length).OrderBy(rule => BlockingRule.All[rule].HasTwoKeys ? 0 : 1)];
    private static readonly int Vectors = (Order.Sum(Size) + Lanes - 1) / Lanes;
    private static readonly Vector256<uint> Crosswise = Vector256.Create(1u, 0, 3, 2, 5, 4, 7, 6);

    /// <summary>How many columns a record has.</summary>
    public static readonly int Width = Vectors * Lanes;

    /// <summary>By rule, its first column.</summary>
    public static readonly int[] Of = Places();

    // By rule and eight columns, those of earlier rules; and of them, those of rules with two keys.
    private static readonly Vector256<uint>[] Earlier = Masks(_ => true);
    private static readonly Vector256<uint>[] EarlierTwo = Masks(rule => BlockingRule.All[rule].HasTwoKeys);

    /// <summary>Whether the two share a key of an earlier rule, or of this one with a smaller key. Keys of a rule differ from those of others by its number.</summary>
    public static bool IsKnown(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, int rule, uint key)
    {
        for (var vector = 0; vector < Vectors; vector++)
        {
            var x = Vector256.Create(a[(vector * Lanes)..]);
            var y = Vector256.Create(b[(vector * Lanes)..]);
            var mask = (rule * Vectors) + vector;
            var shared = (Vector256.Equals(x, y) & Earlier[mask]) | (Vector256.Equals(x, Vector256.Shuffle(y, Crosswise)) & EarlierTwo[mask]);
            if (Vector256.AndNot(shared, Vector256.Equals(x, Vector256<uint>.Zero)) != Vector256<uint>.Zero)
                return true;
        }

        var own = Of[rule];
        var last = own + Size(rule) - 1;
        for (var i = own; i <= last; i++)
            if (a[i] != 0 && a[i] < key && (a[i] == b[own] || a[i] == b[last]))
                return true;
        return false;
    }

    private static int Size(int rule) => BlockingRule.All[rule].HasTwoKeys ? 2 : 1;

    private static int[] Places()
    {
        var places = new int[Order.Length];
        var next = 0;
        foreach (var rule in Order)
        {
            places[rule] = next;
            next += Size(rule);
        }

        return places;
    }

    private static Vector256<uint>[] Masks(Func<int, bool> counts)
    {
        var masks = new uint[BlockingRule.All.Length * Width];
        for (var rule = 0; rule < BlockingRule.All.Length; rule++)
            for (var earlier = 0; earlier < rule; earlier++)
                if (counts(earlier))
                    masks.AsSpan((rule * Width) + Of[earlier], Size(earlier)).Fill(uint.MaxValue);
        return [.. Enumerable.Range(0, masks.Length / Lanes).Select(vector => Vector256.Create<uint>(masks.AsSpan(vector * Lanes)))];
    }
}
