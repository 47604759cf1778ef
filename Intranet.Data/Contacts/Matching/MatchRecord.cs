using System.Runtime.CompilerServices;

namespace Intranet.Data.Contacts.Matching;

/// <summary>A contact made comparable. Words are numbers of a <see cref="TokenTable"/>; lists of words lie in <see cref="MatchRecords"/>.</summary>
internal struct MatchRecord
{
    public long Id;
    public ulong Content;
    public ulong Phone;
    public int Words;
    public byte GivenCount, FamilyCount, WholeCount, StreetCount, CompanyCount, JobCount;
    public byte PhoneLength;
    public RecordMarks Marks;

    /// <summary>The kind of list it seems to come from: values are counted, and others expected, among those.</summary>
    public PairKind Kind;
    public int GivenJoined, FamilyJoined, WholeJoined, CompanyJoined, JobJoined;
    public int Given, Family;
    public int StreetNumber, StreetJoined;
    public int City, Postcode, State, Country;
    public int EmailLocal, EmailDomain;
    public uint EmailLetters;
    public int Birth;

    /// <summary>By field, how often its value occurs in the set: see <see cref="Rarity"/>.</summary>
    public FieldBytes Counts;

    /// <summary>See <see cref="MarkAlone"/>.</summary>
    public readonly bool IsAlone => (Marks & RecordMarks.Alone) != 0;
}

[Flags]
internal enum RecordMarks : byte
{
    None = 0,
    GenericMailbox = 1,
    FreeMail = 2,

    /// <summary>The name came as a full name; it may be that of an organisation.</summary>
    FullNameOnly = 4,
    Organisation = 8,

    /// <summary>A full name without what only people have in a list: a birth date, a mailbox, a firm.</summary>
    NothingOfPeople = 16,

    /// <summary>Nothing in common with any other: see <see cref="MarkAlone"/>.</summary>
    Alone = 32,
}

/// <summary>A byte for each <see cref="MatchField"/>.</summary>
[InlineArray(Length)]
internal struct FieldBytes
{
    public const int Length = 13;
    private byte _first;
}
