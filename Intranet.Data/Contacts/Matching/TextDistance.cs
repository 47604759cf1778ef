using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Intranet.Data.Contacts.Matching;

/// <summary>How far apart two folded words are. Nothing is allocated for words up to 64 letters.</summary>
internal static class TextDistance
{
    private const int Longest = 64;

    /// <summary>
    /// Insertions, deletions, substitutions and swaps of neighbours that turn one into the other (Damerau 1964, in its
    /// restricted form: no letter is edited twice). Only the first 64 letters count.
    /// </summary>
    public static int Edits(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (a.Length > 0 && b.Length > 0 && a[0] == b[0])
        {
            a = a[1..];
            b = b[1..];
        }

        while (a.Length > 0 && b.Length > 0 && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }

        if (a.Length > Longest)
            a = a[..Longest];
        if (b.Length > Longest)
            b = b[..Longest];
        if (a.Length == 0 || b.Length == 0)
            return a.Length + b.Length;
        return Math.Min(a.Length, b.Length) <= ShortWord.Longest ? (a.Length <= b.Length ? EditsOfShort(a, b) : EditsOfShort(b, a)) : EditsOfLong(a, b);
    }

    // All cells of a column at once, as bits (Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
    // 2003): a bit of `plus` or `minus` says that the cell is one more or one less than the one above it.
    private static int EditsOfShort(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var word = new ShortWord(a);
        var last = 1u << (a.Length - 1);
        var edits = a.Length;
        uint plus = uint.MaxValue, minus = 0, diagonal = 0, before = 0;
        foreach (var letter in b)
        {
            var same = word.Places(letter);
            var swapped = ((~diagonal & same) << 1) & before;
            diagonal = (((same & plus) + plus) ^ plus) | same | minus | swapped;
            var more = minus | ~(diagonal | plus);
            var less = diagonal & plus;
            edits += (more & last) != 0 ? 1 : (less & last) != 0 ? -1 : 0;
            more = (more << 1) | 1;
            less <<= 1;
            plus = less | ~(diagonal | more);
            minus = more & diagonal;
            before = same;
        }

        return edits;
    }

    private static int EditsOfLong(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> now = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(last[j] + 1, now[j - 1] + 1), last[j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, before[j - 2] + 1);
                now[j] = best;
            }

            var free = before;
            before = last;
            last = now;
            now = free;
        }

        return last[b.Length];
    }

    /// <summary>
    /// Jaro's measure with Winkler's bonus of 0.1 for each of the first four letters in common (W. E. Winkler 1990),
    /// from 0 to 1. The letters in common are found from the shorter word, so that the order of the two doesn't matter.
    /// </summary>
    public static double JaroWinkler(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length > b.Length || (a.Length == b.Length && a.SequenceCompareTo(b) > 0))
        {
            var other = a;
            a = b;
            b = other;
        }

        if (a.Length > Longest)
            a = a[..Longest];
        if (b.Length > Longest)
            b = b[..Longest];
        if (a.Length == 0)
            return b.Length == 0 ? 1 : 0;
        var reach = Math.Max(0, (b.Length / 2) - 1);
        var (takenA, takenB) = b.Length <= ShortWord.Longest ? CommonOfShort(a, b, reach) : CommonOfLong(a, b, reach);
        var common = BitOperations.PopCount(takenA);
        if (common == 0)
            return 0;
        var swapped = 0;
        for (ulong restA = takenA, restB = takenB; restA != 0; restA &= restA - 1, restB &= restB - 1)
            if (a[BitOperations.TrailingZeroCount(restA)] != b[BitOperations.TrailingZeroCount(restB)])
                swapped++;

        var jaro = (((double)common / a.Length) + ((double)common / b.Length) + ((common - (swapped / 2.0)) / common)) / 3;
        var prefix = 0;
        while (prefix < Math.Min(4, a.Length) && a[prefix] == b[prefix])
            prefix++;
        return jaro + (prefix * 0.1 * (1 - jaro));
    }

    // Which letters of each word find their like in the other, no farther away than `reach`.
    private static (ulong A, ulong B) CommonOfShort(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int reach)
    {
        var word = new ShortWord(b);
        uint takenA = 0, takenB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var near = ((1u << Math.Min(b.Length, i + reach + 1)) - 1) & ~((1u << Math.Max(0, i - reach)) - 1);
            var places = word.Places(a[i]) & near & ~takenB;
            if (places == 0)
                continue;
            takenA |= 1u << i;
            takenB |= places & (~places + 1);
        }

        return (takenA, takenB);
    }

    private static (ulong A, ulong B) CommonOfLong(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int reach)
    {
        ulong takenA = 0, takenB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var end = Math.Min(b.Length, i + reach + 1);
            for (var j = Math.Max(0, i - reach); j < end; j++)
            {
                if ((takenB >> j & 1) != 0 || a[i] != b[j])
                    continue;
                takenA |= 1UL << i;
                takenB |= 1UL << j;
                break;
            }
        }

        return (takenA, takenB);
    }

    /// <summary>A word of so few letters that one step tells where a letter stands in it: a bit for each place.</summary>
    private readonly ref struct ShortWord
    {
        public const int Longest = 31;
        private const int Half = 16;
        private readonly Vector256<ushort> _first;
        private readonly Vector256<ushort> _second;
        private readonly int _length;

        public ShortWord(ReadOnlySpan<char> word)
        {
            Span<ushort> letters = stackalloc ushort[2 * Half];
            MemoryMarshal.Cast<char, ushort>(word).CopyTo(letters);
            (_first, _second, _length) = (Vector256.Create<ushort>(letters), Vector256.Create<ushort>(letters[Half..]), word.Length);
        }

        public uint Places(char letter)
        {
            var places = Vector256.Equals(_first, Vector256.Create((ushort)letter)).ExtractMostSignificantBits();
            if (_length > Half)
                places |= Vector256.Equals(_second, Vector256.Create((ushort)letter)).ExtractMostSignificantBits() << Half;
            return places & ((1u << _length) - 1);
        }
    }
}
