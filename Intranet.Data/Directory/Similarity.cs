namespace Intranet.Data.Directory;

/// <summary>How much two texts look alike, from 0 (nothing in common) to 1 (equal). Pure.</summary>
public static class Similarity
{
    /// <summary>
    /// Jaro–Winkler: letters in common near the same place, with a bonus of 0.1 for each of the first four that agree
    /// (W. E. Winkler, 1990). Compares letter by letter; fold the texts first.
    /// </summary>
    public static double JaroWinkler(string a, string b)
    {
        var jaro = Jaro(a, b);
        var prefix = 0;
        while (prefix < Math.Min(4, Math.Min(a.Length, b.Length)) && a[prefix] == b[prefix])
            prefix++;
        return jaro + (prefix * 0.1 * (1 - jaro));
    }

    /// <summary>Jaro's measure alone, without the bonus for a common beginning.</summary>
    public static double Jaro(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
            return a.Length == b.Length ? 1 : 0;
        var reach = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        var takenA = new bool[a.Length];
        var takenB = new bool[b.Length];
        var common = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - reach); j < Math.Min(b.Length, i + reach + 1); j++)
            {
                if (takenB[j] || a[i] != b[j])
                    continue;
                takenA[i] = takenB[j] = true;
                common++;
                break;
            }
        }

        if (common == 0)
            return 0;
        var swapped = 0;
        for (int i = 0, j = 0; i < a.Length; i++)
        {
            if (!takenA[i])
                continue;
            while (!takenB[j])
                j++;
            if (a[i] != b[j++])
                swapped++;
        }

        return (((double)common / a.Length) + ((double)common / b.Length) + ((common - (swapped / 2.0)) / common)) / 3;
    }

    /// <summary>
    /// Compares word by word, whatever their order: each word with the one most like it on the other side, weighed by
    /// its length.
    /// </summary>
    public static double OfWords(string a, string b)
    {
        var left = Words(a);
        var right = Words(b);
        return left.Length == 0 || right.Length == 0 ? 0 : (OneWay(left, right) + OneWay(right, left)) / 2;
    }

    /// <summary>The candidate most like <paramref name="text"/>, for a "did you mean"; null when none is near.</summary>
    public static string? Nearest(string text, IEnumerable<string> candidates)
    {
        var folded = TextKey.Fold(text);
        var (name, score) = candidates
            .Select(candidate => (Name: (string?)candidate, Score: JaroWinkler(folded, TextKey.Fold(candidate))))
            .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return score >= 0.85 ? name : null;
    }

    private static double OneWay(string[] from, string[] to)
        => from.Sum(word => word.Length * to.Max(other => JaroWinkler(word, other))) / from.Sum(word => word.Length);

    private static string[] Words(string text) => text.Split([' ', '-', '/', ',', '.', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
}
