using static Intranet.Data.Contacts.Matching.FieldLevels;

namespace Intranet.Data.Contacts.Matching;

/// <summary>Compares names of organisations word by word; a rare word counts more than "restaurant".</summary>
internal static class CompareWords
{
    public static int Level(TokenTable tokens, float[] weights, WordLikeness likeness, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int joinedA, int joinedB)
    {
        if (joinedA == joinedB)
            return WordsEqual;
        var joined = likeness.Of(joinedA, joinedB);
        if (joined >= Likeness.VerySimilar)
            return WordsSimilar;
        double sumA = 0, sumB = 0, common = 0;
        foreach (var word in a)
            sumA += Weight(weights, word);
        foreach (var word in b)
            sumB += Weight(weights, word);
        var taken = 0;
        foreach (var word in a)
        {
            var best = Likeness.Different;
            var where = -1;
            for (var j = 0; j < b.Length; j++)
            {
                if ((taken >> j & 1) != 0)
                    continue;
                var found = Of(tokens, likeness, word, b[j]);
                if (found > best)
                    (best, where) = (found, j);
            }

            if (best < Likeness.Similar)
                continue;
            taken |= 1 << where;
            common += Math.Min(Weight(weights, word), Weight(weights, b[where])) * (best == Likeness.Similar ? 0.7 : 1);
        }

        var contained = common / Math.Min(sumA, sumB);
        var both = 2 * common / (sumA + sumB);
        if (both >= 0.95)
            return WordsSimilar;
        if (contained >= 0.9 && both >= 0.45)
            return WordsContained;
        if (both >= 0.5)
            return WordsHalf;
        if (IsAcronym(tokens, a, joinedB) || IsAcronym(tokens, b, joinedA))
            return WordsAcronym;
        return both >= 0.2 || joined >= Likeness.Somewhat ? WordsLittle : 1;
    }

    public static int Jobs(WordLikeness likeness, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int joinedA, int joinedB)
    {
        if (joinedA == joinedB || likeness.Of(joinedA, joinedB) >= Likeness.VerySimilar)
            return JobEqual;
        foreach (var word in a)
            foreach (var other in b)
                if (word == other)
                    return JobHalf;
        return likeness.Of(joinedA, joinedB) >= Likeness.Similar ? JobHalf : 1;
    }

    // "deli" is said for "delicatessen".
    private static Likeness Of(TokenTable tokens, WordLikeness likeness, int a, int b)
    {
        var found = likeness.Of(a, b);
        if (found >= Likeness.Similar)
            return found;
        // Three letters of each are in the shape: mostly they differ, and the texts needn't be looked at.
        const ulong Three = (1UL << 48) - 1;
        var shapes = tokens.Shapes;
        if (((shapes[a].Start ^ shapes[b].Start) & Three) != 0)
            return found;
        var (shorter, longer) = (tokens.Text(a), tokens.Text(b));
        if (shorter.Length > longer.Length)
            (shorter, longer) = (longer, shorter);
        return shorter.Length >= 3 && longer.StartsWith(shorter, StringComparison.Ordinal) ? (shorter.Length > 3 ? Likeness.VerySimilar : Likeness.Similar) : found;
    }

    private const float Rarest = 8;

    /// <summary>Bits by how rare it is, within bounds.</summary>
    public static float Weight(int count, int records) => (float)Math.Clamp(Math.Log2((records + 1000.0) / (count + 1.0)) - 3, 0.5, Rarest);

    // Words that came later than the counting are as rare as can be.
    private static float Weight(float[] weights, int word) => word < weights.Length ? weights[word] : Rarest;

    private static bool IsAcronym(TokenTable tokens, ReadOnlySpan<int> words, int joined)
    {
        var text = tokens.Text(joined);
        if (words.Length < 2 || text.Length != words.Length)
            return false;
        for (var i = 0; i < words.Length; i++)
            if (tokens.Text(words[i])[0] != text[i])
                return false;
        return true;
    }
}
