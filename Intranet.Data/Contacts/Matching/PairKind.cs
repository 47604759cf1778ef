namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// What a contact tells of itself, and so what a pair can be compared by. Lists differ: what a sales department collects knows households and colleagues, a register
/// of people hardly, a guide to restaurants not at all. Each kind has weights of its own, and values are counted
/// among contacts of one kind, so that loading one list changes little for another. The numbers are stored with a pair.
/// </summary>
internal enum PairKind
{
    /// <summary>People with a mailbox, a phone or a firm.</summary>
    Contacts = 0,

    /// <summary>People who are known by name, birth and address alone.</summary>
    People = 1,

    /// <summary>Things without people's names.</summary>
    Organisations = 2,

    /// <summary>One of a kind, one of another: who has a mailbox in one list and none in the other.</summary>
    Mixed = 3,
}
