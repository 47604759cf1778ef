using Intranet.Data.Auditing;

namespace Intranet.Data.Contacts;

/// <summary>
/// A steward chose this contact's value of a field for the person. It belongs to the contact, so it comes and goes with
/// the contact's cluster; among several the latest counts.
/// </summary>
public sealed class FieldChoice : IAudited
{
    public int Id { get; private set; }
    public int ContactId { get; init; }
    public Contact? Contact { get; private set; }

    /// <summary>Name of the property, such as <see cref="Contacts.Contact.City"/>.</summary>
    public string Field { get; init; } = "";
    public DateTime ChosenAt { get; init; }
    public string ChosenBy { get; init; } = "";

    /// <summary>The decision about pairs that it was part of (<see cref="DuplicatePair.DecisionId"/>), to be undone with it.</summary>
    public Guid? DecisionId { get; init; }
}
