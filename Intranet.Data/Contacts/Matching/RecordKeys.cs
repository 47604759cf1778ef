namespace Intranet.Data.Contacts.Matching;

/// <summary>The parts that blocking rules build their keys from. They depend on contents alone; 0 is none.</summary>
internal sealed class RecordKeys(MatchRecords records)
{
    private readonly TokenTable _tokens = records.Tokens;

    public ulong Of(int word) => word == 0 ? 0 : _tokens.All[word].Hash;

    public static ulong And(ulong a, ulong b) => a == 0 || b == 0 ? 0 : StableHash.Join(a, b);

    public ulong Sound(int word) => word == 0 || _tokens.All[word].Sound == 0 ? 0 : (ulong)_tokens.All[word].Sound;

    public ulong GivenSound(in MatchRecord record) => record.Given == 0 || _tokens.All[record.Given].Text.Length < 2 ? 0 : (ulong)_tokens.All[record.Given].HeadSound;

    public ulong Initial(int word) => word == 0 ? 0UL : _tokens.All[word].Text[0];

    /// <summary>Both initials, whichever comes first.</summary>
    public ulong Initials(in MatchRecord record)
    {
        var (a, b) = (Initial(record.Given), Initial(record.Family));
        if (a == 0 && b == 0)
            return record.WholeCount > 0 ? Initial(record.WholeJoined) : 0;
        return a < b ? (a << 16) | b : (b << 16) | a;
    }

    /// <summary>The sounds of both names, whichever comes first; short forms count as the full name.</summary>
    public ulong Sounds(in MatchRecord record)
    {
        if (record.Given == 0 || record.FamilyJoined == 0)
            return 0;
        var (a, b) = (GivenOrFamily(record.Given), GivenOrFamily(record.FamilyJoined));
        return a == 0 || b == 0 ? 0 : a < b ? StableHash.Join(a, b) : StableHash.Join(b, a);
    }

    public ulong Email(in MatchRecord record)
        => record.EmailLocal == 0 || (record.Marks & RecordMarks.GenericMailbox) != 0 ? 0 : StableHash.Join(Of(record.EmailLocal), Of(record.EmailDomain));

    public ulong Mailbox(in MatchRecord record)
        => record.EmailLocal == 0 || (record.Marks & RecordMarks.GenericMailbox) != 0 || _tokens.All[record.EmailLocal].Text.Length < 4 ? 0 : Of(record.EmailLocal);

    public static ulong Year(in MatchRecord record) => (ulong)(record.Birth / 10000);

    public static ulong MonthDay(in MatchRecord record)
        => record.Birth % 10000 is 0 or 101 ? 0 : (ulong)(Math.Min(record.Birth / 100 % 100, record.Birth % 100) * 100) + (ulong)Math.Max(record.Birth / 100 % 100, record.Birth % 100);

    public static ulong YearMonth(in MatchRecord record) => record.Birth % 10000 == 0 ? 0 : (ulong)(record.Birth / 100);

    public static ulong YearDay(in MatchRecord record) => record.Birth % 100 == 0 ? 0 : (ulong)((record.Birth / 10000 * 100) + (record.Birth % 100));

    public ulong CompanyWord(in MatchRecord record) => record.CompanyCount == 0 ? 0 : Of(records.Company(record)[0]);

    /// <summary>Of the first word of the street that is more than a kind of way.</summary>
    public ulong StreetSound(in MatchRecord record)
    {
        foreach (var word in records.Street(record))
            if (_tokens.All[word].Text.Length > 3)
                return Sound(word);
        return 0;
    }

    /// <summary>Three letters of each name, whichever comes first.</summary>
    public ulong Beginnings(in MatchRecord record)
    {
        if (record.Given == 0 || record.FamilyJoined == 0)
            return 0;
        var (a, b) = (Part(_tokens.All[record.Given].Text, 0, 3), Part(_tokens.All[record.FamilyJoined].Text, 0, 3));
        return a == 0 || b == 0 ? 0 : a < b ? StableHash.Join(a, b) : StableHash.Join(b, a);
    }

    /// <summary>One name's sound with the last three letters of the other, for an error at its beginning.</summary>
    public (ulong GivenFirst, ulong FamilyFirst) Ends(in MatchRecord record)
    {
        if (record.Given == 0 || record.FamilyJoined == 0)
            return (0, 0);
        var (given, family) = (_tokens.All[record.Given].Text, _tokens.All[record.FamilyJoined].Text);
        return (And(GivenOrFamily(record.Given), Part(family, family.Length - 3, 3)), And(GivenOrFamily(record.FamilyJoined), Part(given, given.Length - 3, 3)));
    }

    /// <summary>The two rarest words of an organisation's name, where it isn't a person's.</summary>
    public (ulong Rarest, ulong Next) RareWords(in MatchRecord record)
    {
        var words = record.WholeCount > 0 ? records.Whole(record) : record.GivenCount + record.FamilyCount == 0 ? records.Company(record) : [];
        int first = 0, next = 0;
        foreach (var word in words)
        {
            if (_tokens.All[word].Text.Length < 3)
                continue;
            if (first == 0 || Rarer(word, first))
                (first, next) = (word, first);
            else if (next == 0 || Rarer(word, next))
                next = word;
        }

        return (Beginning(first), Beginning(next));
    }

    private bool Rarer(int a, int b)
    {
        var (x, y) = (Count(a), Count(b));
        return x != y ? x < y : Of(a) < Of(b);
    }

    private int Count(int word) => word < records.WordCounts.Length ? records.WordCounts[word] : 0;

    private ulong Beginning(int word) => word == 0 ? 0 : Part(_tokens.All[word].Text, 0, Math.Min(5, _tokens.All[word].Text.Length));

    private ulong GivenOrFamily(int word) => (ulong)_tokens.All[word].HeadSound;

    private static ulong Part(string text, int start, int length)
    {
        if (start < 0 || text.Length < length)
            return 0;
        ulong part = 7;
        for (var i = start; i < start + length; i++)
            part = (part * 131) + text[i];
        return StableHash.Mix(part);
    }
}
