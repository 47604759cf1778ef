using static Intranet.Data.Contacts.Matching.FieldLevels;

namespace Intranet.Data.Contacts.Matching;

/// <summary>Compares street lines: house number and words apart.</summary>
internal static class CompareStreets
{
    /// <summary>0 where the two have nothing that could be compared (only a number here, only a street there).</summary>
    public static int Level(MatchRecords records, WordLikeness likeness, in MatchRecord a, in MatchRecord b)
    {
        var numbers = a.StreetNumber == 0 || b.StreetNumber == 0 ? -1 : Number(records.Tokens, a.StreetNumber, b.StreetNumber);
        if (a.StreetCount == 0 || b.StreetCount == 0)
            return numbers switch
            {
                -1 => 0,
                2 => StreetNumber,
                _ => 1,
            };
        var words = a.StreetJoined == b.StreetJoined ? 1 : Words(records, likeness, records.Street(a), records.Street(b));
        return (words, numbers) switch
        {
            ( >= 0.95, 2) => StreetEqual,
            ( >= 0.65, 2) or ( >= 0.95, 1) => StreetSimilar,
            ( >= 0.65, -1) => StreetPart,
            ( >= 0.65, _) => StreetWords,
            (_, 2) => StreetNumber,
            _ => 1,
        };
    }

    // 2 equal, 1 nearly, 0 different.
    private static int Number(TokenTable tokens, int a, int b)
    {
        if (a == b)
            return 2;
        var (x, y) = (tokens.Text(a), tokens.Text(b));
        return TextDistance.Edits(x, y) == 1 && Math.Max(x.Length, y.Length) > 1 ? 1 : 0;
    }

    // The share of the letters that find their like, of the shorter line; kinds of ways (street, road) count little.
    private static double Words(MatchRecords records, WordLikeness likeness, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (Letters(records.Tokens, a) > Letters(records.Tokens, b))
        {
            var other = a;
            a = b;
            b = other;
        }

        double all = 0, common = 0;
        foreach (var word in a)
        {
            var weight = Weight(records.Tokens, word);
            all += weight;
            var best = Likeness.Different;
            foreach (var candidate in b)
                best = (Likeness)Math.Max((byte)best, (byte)likeness.Of(word, candidate));
            common += weight * best switch
            {
                Likeness.Equal => 1,
                Likeness.VerySimilar => 0.9,
                Likeness.Similar => 0.75,
                Likeness.Somewhat => 0.3,
                _ => 0,
            };
        }

        return all == 0 ? 0 : common / all;
    }

    private static double Letters(TokenTable tokens, ReadOnlySpan<int> words)
    {
        var sum = 0.0;
        foreach (var word in words)
            sum += Weight(tokens, word);
        return sum;
    }

    private static double Weight(TokenTable tokens, int word) => tokens.Shapes[word] is var shape && shape.IsWay ? 0.5 : shape.Length;
}
