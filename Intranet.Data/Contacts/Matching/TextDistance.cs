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
        ulong takenA = 0, takenB = 0;
        var common = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var end = Math.Min(b.Length, i + reach + 1);
            for (var j = Math.Max(0, i - reach); j < end; j++)
            {
                if ((takenB >> j & 1) != 0 || a[i] != b[j])
                    continue;
                takenA |= 1UL << i;
                takenB |= 1UL << j;
                common++;
                break;
            }
        }

        if (common == 0)
            return 0;
        var swapped = 0;
        for (int i = 0, j = 0; i < a.Length; i++)
        {
            if ((takenA >> i & 1) == 0)
                continue;
            while ((takenB >> j & 1) == 0)
                j++;
            if (a[i] != b[j++])
                swapped++;
        }

        var jaro = (((double)common / a.Length) + ((double)common / b.Length) + ((common - (swapped / 2.0)) / common)) / 3;
        var prefix = 0;
        while (prefix < Math.Min(4, a.Length) && a[prefix] == b[prefix])
            prefix++;
        return jaro + (prefix * 0.1 * (1 - jaro));
    }
}
