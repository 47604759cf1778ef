namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// What a pair can be compared by. Lists differ: what a sales department collects knows households and colleagues, a register
/// of people hardly, a guide to restaurants not at all. Each kind has weights of its own, so that loading one
/// list changes little for another. The numbers are stored with a pair.
/// </summary>
internal enum PairKind
{
    /// <summary>People with a mailbox, a phone or a firm on both sides.</summary>
    Contacts = 0,

    /// <summary>People who are known by name, birth and address alone.</summary>
    People = 1,

    /// <summary>Things without people's names.</summary>
    Organisations = 2,
}
