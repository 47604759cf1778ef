using System.Numerics;

namespace Intranet.Data.Contacts.Matching;

/// <summary>How alike two words are; the numbers are in order.</summary>
internal enum Likeness : byte
{
    Different = 0,
    Somewhat = 1,
    Similar = 2,
    VerySimilar = 3,
    Equal = 4,
}

/// <summary>
/// Compares words and remembers what it found: names repeat, and one pair of names costs a hundred times a look-up. One for
/// each thread.
/// </summary>
internal sealed class WordLikeness(TokenTable tokens)
{
    private const int Size = 1 << 16;
    private readonly ulong[] _keys = new ulong[Size];
    private readonly Likeness[] _found = new Likeness[Size];

    public Likeness Of(int a, int b)
    {
        if (a == b)
            return Likeness.Equal;
        var shapes = tokens.Shapes;
        if (AreForeign(shapes[a], shapes[b]))
            return Likeness.Different;
        var key = a < b ? ((ulong)(uint)a << 32) | (uint)b : ((ulong)(uint)b << 32) | (uint)a;
        var slot = (int)((key * 0x9e3779b97f4a7c15UL) >> 48);
        if (_keys[slot] == key)
            return _found[slot];
        var likeness = Compare(tokens.All[a], tokens.All[b]);
        (_keys[slot], _found[slot]) = (key, likeness);
        return likeness;
    }

    // Letters that only one of the two has bound both measures from below: nine of ten pairs needn't be compared.
    private static bool AreForeign(in TokenTable.Shape a, in TokenTable.Shape b)
    {
        var onlyA = BitOperations.PopCount(a.Letters & ~b.Letters);
        var onlyB = BitOperations.PopCount(b.Letters & ~a.Letters);
        if (Math.Max(onlyA, onlyB) < 3)
            return false;
        int lengthA = a.Length, lengthB = b.Length;
        if (Math.Max(onlyA, onlyB) == 3 && Math.Min(lengthA, lengthB) >= 7)
            return false;
        if (lengthA == 0 || lengthB == 0)
            return true;
        float common = Math.Min(lengthA - onlyA, lengthB - onlyB);
        var jaro = ((common / lengthA) + (common / lengthB) + 1) / 3;
        var prefix = a.Start == b.Start ? 4 : BitOperations.TrailingZeroCount(a.Start ^ b.Start) / 16;
        return jaro + (prefix * 0.1f * (1 - jaro)) < 0.76f;
    }

    private static Likeness Compare(in TokenTable.Token a, in TokenTable.Token b) => Compare(a.Text, b.Text, a.Sound == b.Sound);

    /// <summary>The thresholds of Jaro–Winkler are those usual in record linkage (Winkler: 0.92 and 0.88 upwards for names).</summary>
    public static Likeness Compare(string a, string b, bool soundAlike)
    {
        if (a == b)
            return Likeness.Equal;
        var shorter = Math.Min(a.Length, b.Length);
        if (shorter < 2 || (Math.Abs(a.Length - b.Length) > 4 && !a.StartsWith(b, StringComparison.Ordinal) && !b.StartsWith(a, StringComparison.Ordinal)))
            return Likeness.Different;
        var winkler = TextDistance.JaroWinkler(a, b);
        if (winkler < 0.6)
            return Likeness.Different;
        var edits = TextDistance.Edits(a, b);
        if ((edits == 1 && shorter >= 3) || winkler >= 0.94)
            return Likeness.VerySimilar;
        if (winkler >= 0.88 || (edits == 2 && shorter >= 5) || (soundAlike && winkler >= 0.8))
            return Likeness.Similar;
        return winkler >= 0.76 || (edits == 3 && shorter >= 7) || edits == 1 || (edits == 2 && shorter >= 4) ? Likeness.Somewhat : Likeness.Different;
    }
}
