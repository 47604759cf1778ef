namespace Intranet.Data.Directory;

/// <summary>Typing errors: which words are near enough to what was typed. Pure.</summary>
public static class Spelling
{
    // Only the first letters are varied (SymSpell's prefix length), which keeps the table small and lets a
    // misspelled beginning find the whole word.
    private const int Prefix = 7;

    /// <summary>How many typing errors are forgiven in a word of this length.</summary>
    public static int Tolerance(int length) => length switch
    {
        < 4 => 0,
        < 8 => 1,
        _ => 2,
    };

    /// <summary>The beginning of the word with up to <see cref="Tolerance"/> letters left out; none for short words.</summary>
    public static IReadOnlyCollection<string> Variants(string word)
    {
        var tolerance = Tolerance(word.Length);
        if (tolerance == 0)
            return [];
        var variants = new HashSet<string>(StringComparer.Ordinal) { word[..Math.Min(word.Length, Prefix)] };
        var latest = variants.ToList();
        for (var errors = 0; errors < tolerance; errors++)
        {
            latest = [.. latest.SelectMany(LeaveOneOut).Where(variants.Add)];
        }

        return variants;
    }

    private static IEnumerable<string> LeaveOneOut(string word)
    {
        for (var i = 0; i < word.Length && word.Length > 1; i++)
            yield return word.Remove(i, 1);
    }

    /// <summary>
    /// Typing errors (insert, delete, replace, swap of neighbours) between what was typed and the nearest
    /// beginning of the word: optimal string alignment, Boytsov 2011, with free letters at the word's end.
    /// </summary>
    /// <returns>The number of errors, or null when there are more than <see cref="Tolerance"/> allows.</returns>
    public static int? Errors(string typed, string word)
    {
        var tolerance = Tolerance(typed.Length);
        if (word.Length < typed.Length - tolerance)
            return null;
        // No beginning longer than this can be within the tolerance.
        var width = Math.Min(word.Length, typed.Length + tolerance);
        var before = new int[width + 1];
        var last = new int[width + 1];
        var now = new int[width + 1];
        for (var j = 0; j <= width; j++)
            last[j] = j;
        for (var i = 1; i <= typed.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= width; j++)
            {
                var cost = typed[i - 1] == word[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(now[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
            }

            (before, last, now) = (last, now, before);
        }

        var errors = last.Min();
        return errors <= tolerance ? errors : null;
    }
}
