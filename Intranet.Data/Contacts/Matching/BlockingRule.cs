namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// A reason to compare two records at all: they share a key. A record may have two keys of a rule (both its names); then
/// it is enough if any of them is shared.
/// </summary>
/// <param name="Name">In plain words.</param>
/// <param name="Keys">Writes up to two keys; 0 is none.</param>
/// <param name="Finer">What parts a block that has grown too big, one after the other.</param>
internal sealed record BlockingRule(string Name, BlockingRule.WriteKeys Keys, params BlockingRule.Key[] Finer)
{
    /// <summary>The most keys of a rule.</summary>
    public const int Columns = 2;

    public delegate ulong Key(RecordKeys keys, in MatchRecord record);

    public delegate void WriteKeys(RecordKeys keys, in MatchRecord record, Span<ulong> found);

    private static readonly Key Initials = (RecordKeys k, in MatchRecord r) => k.Initials(r);
    private static readonly Key Sounds = (RecordKeys k, in MatchRecord r) => k.Sounds(r);
    private static readonly Key Year = (RecordKeys k, in MatchRecord r) => RecordKeys.Year(r);
    private static readonly Key MonthDay = (RecordKeys k, in MatchRecord r) => RecordKeys.MonthDay(r);
    private static readonly Key City = (RecordKeys k, in MatchRecord r) => k.Of(r.City);
    private static readonly Key Postcode = (RecordKeys k, in MatchRecord r) => k.Of(r.Postcode);
    private static readonly Key HouseNumber = (RecordKeys k, in MatchRecord r) => k.Of(r.StreetNumber);
    private static readonly Key Job = (RecordKeys k, in MatchRecord r) => k.Of(r.JobJoined);

    /// <summary>The most telling first: a pair is compared for the first rule that names it.</summary>
    public static readonly BlockingRule[] All =
    [
        new("e-mail", (k, in r, f) => f[0] = k.Email(r), Initials, Sounds),
        new("phone, last seven digits", (k, in r, f) => f[0] = r.PhoneLength < 7 ? 0 : StableHash.Join(PhoneDigits.Tail(r.Phone, 7), 1), Initials, Sounds),
        new("birth date", (k, in r, f) => f[0] = r.Birth % 10000 == 0 ? 0 : (ulong)r.Birth, Initials, Sounds, City),
        new("sound of both names", (k, in r, f) => f[0] = k.Sounds(r), Year, City, MonthDay),
        new("mailbox on any domain", (k, in r, f) => f[0] = k.Mailbox(r), Initials, Sounds, City),
        new("postcode and a name's sound", (k, in r, f) => (f[0], f[1]) = (RecordKeys.And(k.Of(r.Postcode), k.GivenSound(r)), RecordKeys.And(k.Of(r.Postcode), k.Sound(r.FamilyJoined))), Initials, Year, MonthDay) { HasTwoKeys = true },
        new("street and number", (k, in r, f) => f[0] = r.StreetNumber == 0 ? 0 : k.Of(r.StreetJoined), Postcode, Initials),
        new("postcode and house number", (k, in r, f) => f[0] = RecordKeys.And(k.Of(r.Postcode), k.Of(r.StreetNumber)), Initials),
        new("house number and initials", (k, in r, f) => f[0] = RecordKeys.And(k.Of(r.StreetNumber), k.Initials(r)), City, Year),
        new("month, day and a name's sound", (k, in r, f) => (f[0], f[1]) = (RecordKeys.And(RecordKeys.MonthDay(r), k.GivenSound(r)), RecordKeys.And(RecordKeys.MonthDay(r), k.Sound(r.FamilyJoined))), Initials, City, Year) { HasTwoKeys = true },
        new("year, month and initials", (k, in r, f) => f[0] = RecordKeys.And(RecordKeys.YearMonth(r), k.Initials(r)), City, Sounds),
        new("year, day and initials", (k, in r, f) => f[0] = RecordKeys.And(RecordKeys.YearDay(r), k.Initials(r)), City, Sounds),
        new("city and a name", (k, in r, f) => (f[0], f[1]) = (RecordKeys.And(k.Of(r.City), k.Of(r.Given)), RecordKeys.And(k.Of(r.City), k.Of(r.FamilyJoined))), Initials, Year, Job) { HasTwoKeys = true },
        new("company and initials", (k, in r, f) => f[0] = RecordKeys.And(k.Of(r.CompanyJoined), r.GivenCount + r.FamilyCount == 0 ? 1 : k.Initials(r)), Sounds, City),
        new("company's first word and family name", (k, in r, f) => f[0] = RecordKeys.And(k.CompanyWord(r), k.Sound(r.FamilyJoined)), Initials, City),
        new("beginnings of both names", (k, in r, f) => f[0] = k.Beginnings(r), Year, City, MonthDay),
        new("name and end of the other", (k, in r, f) => (f[0], f[1]) = k.Ends(r), Year, City, MonthDay) { HasTwoKeys = true },
        new("family name and year", (k, in r, f) => f[0] = RecordKeys.And(k.Of(r.FamilyJoined), RecordKeys.Year(r)), Initials, City),
        new("family name and initial", (k, in r, f) => f[0] = RecordKeys.And(k.Of(r.FamilyJoined), k.Initial(r.Given)), Year, City, Job),
        new("given name and year", (k, in r, f) => f[0] = RecordKeys.And(k.Of(r.Given), RecordKeys.Year(r)), Initials, City, MonthDay),
        new("rarest word of an organisation's name", (k, in r, f) => (f[0], f[1]) = k.RareWords(r), City, Postcode) { HasTwoKeys = true },
        new("postcode", (k, in r, f) => f[0] = k.Of(r.Postcode), HouseNumber, Initials, Year),
        new("house number and street's sound", (k, in r, f) => f[0] = RecordKeys.And(k.Of(r.StreetNumber), k.StreetSound(r)), City, Initials),
        new("month and day", (k, in r, f) => f[0] = RecordKeys.MonthDay(r), Initials, City, Sounds),
        new("sound of the family name and year", (k, in r, f) => f[0] = RecordKeys.And(k.Sound(r.FamilyJoined), RecordKeys.Year(r)), Initials, City),
        new("city and house number", (k, in r, f) => f[0] = RecordKeys.And(k.Of(r.City), k.Of(r.StreetNumber)), Initials),
    ];

    /// <summary>Such a rule writes two.</summary>
    public bool HasTwoKeys { get; private init; }
}
