using static Intranet.Data.Contacts.Matching.FieldLevels;

namespace Intranet.Data.Contacts.Matching;

/// <summary>Compares the names of two people, also with given and family name the other way round.</summary>
internal static class CompareNames
{
    public static void Run(MatchRecords records, WordLikeness likeness, in MatchRecord a, in MatchRecord b, ref Comparison found)
    {
        var givenA = records.Given(a);
        var givenB = records.Given(b);
        var familyA = records.Family(a);
        var familyB = records.Family(b);
        var given = Given(records.Tokens, likeness, givenA, givenB, a.GivenJoined, b.GivenJoined);
        var family = Family(records.Tokens, likeness, familyA, familyB, a.FamilyJoined, b.FamilyJoined);
        var countGiven = Math.Max(a.Counts[(int)MatchField.GivenName], b.Counts[(int)MatchField.GivenName]);
        var countFamily = Math.Max(a.Counts[(int)MatchField.FamilyName], b.Counts[(int)MatchField.FamilyName]);
        if (given < NameShort && family < NameShort)
        {
            var crossA = Given(records.Tokens, likeness, givenA, familyB, a.GivenJoined, b.FamilyJoined);
            var crossB = Given(records.Tokens, likeness, givenB, familyA, b.GivenJoined, a.FamilyJoined);
            if (Math.Max(crossA, crossB) >= NameSimilar && Worth(crossA) + Worth(crossB) > Worth(given) + Worth(family) + 2)
            {
                found.Swapped = true;
                // Which of the two is the given name isn't known: the better level is read as the family's.
                var countA = Math.Max(a.Counts[(int)MatchField.GivenName], b.Counts[(int)MatchField.FamilyName]);
                var countB = Math.Max(b.Counts[(int)MatchField.GivenName], a.Counts[(int)MatchField.FamilyName]);
                if (crossA > crossB || (crossA == crossB && countA < countB))
                    (family, given, countFamily, countGiven) = (crossA, crossB, countA, countB);
                else
                    (family, given, countFamily, countGiven) = (crossB, crossA, countB, countA);
            }
        }

        // "annamaria rossi" and "anna | mariarossi": cut at different places, but one text.
        if (given is > 0 and < NameEqual && family is > 0 and < NameEqual && SameText(records.Tokens, a, b))
            (given, family) = (NameEqual, NameEqual);
        if (given > 0)
            found.Set(MatchField.GivenName, given, countGiven);
        if (family > 0)
            found.Set(MatchField.FamilyName, family, countFamily);
    }

    /// <summary>0 where a side has none.</summary>
    public static int Given(TokenTable tokens, WordLikeness likeness, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int joinedA, int joinedB)
    {
        if (a.Length == 0 || b.Length == 0)
            return 0;
        if (joinedA == joinedB)
            return NameEqual;
        ref readonly var first = ref tokens.All[a[0]];
        ref readonly var other = ref tokens.All[b[0]];
        if (a[0] == b[0])
            return first.Text.Length > 1 ? NameEqual : NameInitial;
        var level = Level(likeness.Of(a[0], b[0]));
        if (a.Length + b.Length > 2)
            level = Math.Max(level, Level(likeness.Of(joinedA, joinedB)));
        if (level >= NameVerySimilar)
            return level;
        if (Nicknames.Share(first.Groups, other.Groups))
            return NameShort;
        // Known by the second name: Anna Maria and Maria.
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < b.Length; j++)
                if (i + j > 0 && (i == 0 || j == 0) && tokens.Text(a[i]).Length > 2 && (a[i] == b[j] || likeness.Of(a[i], b[j]) >= Likeness.VerySimilar))
                    return NameShort;
        if (first.Text.Length == 1 || other.Text.Length == 1)
            return first.Text[0] == other.Text[0] ? NameInitial : 1;
        return level;
    }

    /// <summary>0 where a side has none.</summary>
    public static int Family(TokenTable tokens, WordLikeness likeness, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int joinedA, int joinedB)
    {
        if (a.Length == 0 || b.Length == 0)
            return 0;
        if (joinedA == joinedB)
            return NameEqual;
        var level = Level(likeness.Of(joinedA, joinedB));
        if (a.Length + b.Length > 2)
            foreach (var word in a)
                foreach (var other in b)
                    if (tokens.Text(word).Length > 2)
                        level = Math.Max(level, Math.Min(NameShort, Level(likeness.Of(word, other))));
        if (tokens.Text(joinedA).Length == 1 || tokens.Text(joinedB).Length == 1)
            return tokens.Text(joinedA)[0] == tokens.Text(joinedB)[0] ? NameInitial : 1;
        return level;
    }

    private static bool SameText(TokenTable tokens, in MatchRecord a, in MatchRecord b)
    {
        var (first, last) = (tokens.Text(a.GivenJoined), tokens.Text(a.FamilyJoined));
        var (otherFirst, otherLast) = (tokens.Text(b.GivenJoined), tokens.Text(b.FamilyJoined));
        return first.Length + last.Length == otherFirst.Length + otherLast.Length && first.Length + last.Length > 4 && first[0] == otherFirst[0]
            && string.Concat(first, last) == string.Concat(otherFirst, otherLast);
    }

    private static int Worth(int level) => level == 0 ? 1 : level;

    private static int Level(Likeness likeness) => likeness switch
    {
        Likeness.Equal => NameEqual,
        Likeness.VerySimilar => NameVerySimilar,
        Likeness.Similar => NameSimilar,
        Likeness.Somewhat => NameSomewhat,
        _ => 1,
    };
}
