namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// What the search for duplicates sees of a contact. Anything but <see cref="Id"/> may be missing. A thing without
/// people's names (a restaurant, a branch) brings its name as <see cref="FullName"/> or <see cref="Company"/> and its
/// kind as <see cref="JobTitle"/>; both ways are compared word by word.
/// </summary>
public sealed record ContactRow
{
    public required long Id { get; init; }
    public string? ExternalId { get; init; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }

    /// <summary>Read only where the given and the family name are empty: "Ada Lovelace" or "Lovelace, Ada".</summary>
    public string? FullName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    /// <summary>ISO, or a common way to write a day; a year alone counts as a year alone.</summary>
    public string? BirthDate { get; init; }

    /// <summary>With the house number where it has one.</summary>
    public string? Street { get; init; }

    /// <summary>The house number, where it stands in a column of its own.</summary>
    public string? HouseNumber { get; init; }
    public string? City { get; init; }
    public string? Postcode { get; init; }
    public string? State { get; init; }
    public string? Country { get; init; }
    public string? Company { get; init; }
    public string? JobTitle { get; init; }
}
