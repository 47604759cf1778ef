using static Intranet.Data.Contacts.Matching.MatchField;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// People of one city, state or country share more than people drawn anywhere: names, firms and postcodes go with a place.
/// How much a field does is one number for each level: 0 when strangers of one place agree as often as any
/// two, 1 when the place alone makes them agree, and in between the share of the bits said by the place that the field says
/// again. So a small country takes more from its names than a large one, and nothing takes more than the place gave.
/// </summary>
internal static class SharedPlace
{
    /// <summary>The narrow ones first.</summary>
    public static readonly MatchField[] All = [City, State, Country, Company];

    /// <summary>By place, the fields that may go with it. What is broader than the place isn't among them: it was counted first.</summary>
    public static readonly int[][] Tied =
    [
        [(int)GivenName, (int)FamilyName, (int)WholeName, (int)Email, (int)Street, (int)Postcode, (int)Company, (int)JobTitle],
        [(int)GivenName, (int)FamilyName, (int)WholeName, (int)Email, (int)Street, (int)City, (int)Postcode, (int)Company, (int)JobTitle],
        [(int)GivenName, (int)FamilyName, (int)WholeName, (int)Email, (int)Street, (int)City, (int)Postcode, (int)State, (int)Company, (int)JobTitle],
        [(int)GivenName, (int)FamilyName, (int)Email, (int)Phone, (int)Street, (int)JobTitle],
    ];

    /// <summary>Whether a level may go with a place. A mailbox is somebody's own; its domain is that of a firm.</summary>
    public static bool IsTied(int field, int level) => level > 1 && (field != (int)Email || level == FieldLevels.EmailDomain) && (field != (int)Phone || level == FieldLevels.PhoneTail || level == FieldLevels.PhoneEqual);

    /// <summary>What to start from, and to lean on where a set is small.</summary>
    public static double Start(int place, int field) => (MatchField)field switch
    {
        Email or Phone or Street when All[place] == Company => 0.5,
        Postcode => place == 0 ? 0.6 : 0.4,
        City or State => 0.4,
        Company or Email => place == 0 ? 0.2 : 0.1,
        _ => 0.05,
    };

    /// <summary>By place, field and level.</summary>
    public static double[][][] Starts() => [.. Enumerable.Range(0, All.Length).Select(place => Enumerable.Range(0, FieldLevels.Fields).Select(field => Starts(place, field)).ToArray())];

    private static double[] Starts(int place, int field)
        => [.. Enumerable.Range(0, FieldLevels.Top(field) + 1).Select(level => Tied[place].Contains(field) && IsTied(field, level) ? Start(place, field) : 0)];
}
