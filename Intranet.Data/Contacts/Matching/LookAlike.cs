using static Intranet.Data.Contacts.Matching.MatchField;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Two people who share more than chance would give them. Fellegi and Sunter know pairs of one person and pairs drawn at
/// random; a family shares name, address and phone all at once, and adding up the three as if they were independent
/// makes one person of it. Each kind is a class of its own in the mixture: what such people share is as
/// probable as in one person, the rest (<see cref="Own"/>) is as in random pairs.
/// </summary>
/// <param name="Name">In plain words, in the plural.</param>
/// <param name="Share">How many such pairs are expected for one true pair, before the data says anything.</param>
/// <param name="SharedMail">How many bits an equal e-mail speaks at most: such people may share a mailbox.</param>
/// <param name="Own">The fields that tell such people apart.</param>
internal sealed record LookAlike(string Name, double Share, float SharedMail, params MatchField[] Own)
{
    public const int Household = 0, Twins = 1, ParentAndChild = 2, Colleagues = 3, Branches = 5;

    public static readonly LookAlike[] All =
    [
        new("two people of one household", 0.02, 3, GivenName, BirthDate, Email, JobTitle),
        new("twins", 0.02, 3, GivenName, Email, JobTitle),
        new("parent and child of one name", 0.01, 4, BirthDate, Email, JobTitle),
        new("colleagues", 0.05, 5, GivenName, FamilyName, BirthDate, Email, JobTitle),
        new("namesakes", 0.02, 99, BirthDate, Email, Phone, Street, City, Postcode, State, Country, Company, JobTitle, WholeName),
        new("branches of one organisation", 0.02, 0, Phone, Street, City, Postcode, Email),
    ];

    /// <summary>
    /// Twins are told from one person with a wrong given name by nothing in the pair itself. What tells them is whether the
    /// set has families at all: their share follows that of households, as does that of parents and children.
    /// </summary>
    public const double TwinsOfHouseholds = 0.6, ParentsOfHouseholds = 0.3;

    /// <summary>Organisations have branches and nothing else; two people of one name in one firm are like its branches.</summary>
    public static bool IsOf(int alike, PairKind kind) => alike == Branches || kind != PairKind.Organisations;

    /// <summary>
    /// Branches write from one mailbox. Two people of one name in one firm have each their own, but lists that invent
    /// addresses from names give both the same: it is a hint, no more.
    /// </summary>
    public float SharedMailOf(PairKind kind) => this == All[Branches] && kind != PairKind.Organisations ? 1.5f : SharedMail;

    /// <summary>A bit for each field in <see cref="Own"/>.</summary>
    public int Mask { get; } = Own.Aggregate(0, (mask, field) => mask | (1 << (int)field));
}
