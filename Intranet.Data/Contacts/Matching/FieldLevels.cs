namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// The levels of agreement of each field, from 1 (different) upwards, in words, with what the model starts from. Level 0 is
/// "missing on a side" and weighs nothing.
/// </summary>
internal static class FieldLevels
{
    public const int Fields = FieldBytes.Length;
    public const int Most = 9;

    public const int NameSomewhat = 2, NameInitial = 3, NameSimilar = 4, NameShort = 5, NameVerySimilar = 6, NameEqual = 7;
    public const int WordsLittle = 2, WordsAcronym = 3, WordsHalf = 4, WordsContained = 5, WordsSimilar = 6, WordsEqual = 7;
    public const int BirthNear = 2, BirthYear = 3, BirthYearOnly = 4, BirthTwoParts = 5, BirthOneEdit = 6, BirthSwapped = 7, BirthEqual = 8;
    public const int EmailDomain = 2, EmailLocal = 3, EmailEdits = 4, EmailEqual = 5;
    public const int PhoneTail = 2, PhoneEdit = 3, PhoneEqual = 4;
    public const int StreetNumber = 2, StreetWords = 3, StreetPart = 4, StreetSimilar = 5, StreetEqual = 6;
    public const int CitySimilar = 2, CityEqual = 3;
    public const int PostcodeArea = 2, PostcodeEdit = 3, PostcodeEqual = 4;
    public const int JobHalf = 2, JobEqual = 3;

    private static readonly string[] Name = ["missing", "different", "somewhat alike", "an initial that fits", "alike", "a short form", "nearly equal", "equal"];
    private static readonly string[] Words = ["missing", "different", "little in common", "an acronym", "half of the words", "one contains the other", "nearly equal", "equal"];

    /// <summary>In plain words.</summary>
    public static readonly string[][] Texts =
    [
        Name,
        [.. Name[..5], "a part of the name equal", .. Name[6..]],
        Words,
        ["missing", "different", "nearly the same year", "the same year", "the same year, one without a day", "two of day, month and year", "one digit off", "day and month swapped", "equal"],
        ["missing", "different", "the same organisation", "the same mailbox elsewhere", "nearly equal", "equal"],
        ["missing", "different", "the same last digits", "one digit off", "equal"],
        ["missing", "different", "the same number elsewhere", "another number", "equal as far as given", "nearly equal", "equal"],
        ["missing", "different", "alike", "equal"],
        ["missing", "different", "the same area", "nearly equal", "equal"],
        ["missing", "different", "equal"],
        ["missing", "different", "equal"],
        Words,
        ["missing", "different", "partly equal", "equal"],
    ];

    /// <summary>
    /// How often each level is met between two rows of one person, to start from and to lean on where there is little data.
    /// Orders of magnitude from published error rates of such lists (Febrl's generator, Christen 2009; Splink's examples).
    /// </summary>
    public static readonly double[][] Matches =
    [
        [0, .030, .020, .020, .030, .050, .080, .770],
        [0, .040, .010, .010, .020, .030, .080, .810],
        [0, .030, .050, .010, .090, .120, .150, .550],
        [0, .025, .010, .015, .010, .025, .050, .015, .850],
        [0, .250, .050, .050, .050, .600],
        [0, .280, .010, .060, .650],
        [0, .150, .020, .030, .060, .120, .620],
        [0, .150, .100, .750],
        [0, .150, .040, .060, .750],
        [0, .100, .900],
        [0, .060, .940],
        [0, .200, .030, .010, .040, .060, .100, .560],
        [0, .400, .100, .500],
    ];

    /// <summary>The same between two rows of different people.</summary>
    public static readonly double[][] Random =
    [
        [0, .940, .0300, .0100, .0060, .0030, .0030, .0080],
        [0, .960, .0280, .0050, .0040, .0006, .0010, .0014],
        [0, .938, .0500, .0010, .0060, .0030, .0010, .0010],
        [0, .960, .0110, .0165, .0020, .0070, .0025, .0005, .00005],
        [0, .989, .0080, .0020, .0010, .000002],
        [0, .9998, .0001, .0001, .000002],
        [0, .980, .0100, .0040, .0020, .0002, .00002],
        [0, .970, .0100, .0200],
        [0, .955, .0400, .0040, .0010],
        [0, .850, .150],
        [0, .500, .500],
        [0, .955, .0350, .0002, .0050, .0010, .0008, .0030],
        [0, .890, .0600, .0500],
    ];

    /// <summary>How probable it is that somebody else has the very value, where the set doesn't tell.</summary>
    public static readonly double[] RareValue = [1 / 1500.0, 1 / 4000.0, 1 / 8000.0, 1 / 20000.0, 1e-6, 1e-6, 2e-6, 1 / 400.0, 1 / 4000.0, 1 / 20.0, 1 / 3.0, 1 / 4000.0, 1 / 200.0];

    public static int Top(int field) => Matches[field].Length - 1;
}
