using Intranet.Data.Auditing;
using Intranet.Data.Directory;

namespace Intranet.Data.Contacts;

/// <summary>
/// One row as it came from somewhere: a form, a spreadsheet, an API call. It stays what it was; that it is the same
/// person as another is a <see cref="Link"/>.
/// </summary>
public sealed class Contact : IAudited, IVersioned
{
    public int Id { get; private set; }
    public Guid Version { get; set; } = Guid.NewGuid();

    /// <summary>The row's id where it came from; returned by exports.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Where it came from: identify, entry, import.</summary>
    public string Source { get; init; } = "";

    /// <summary>The import that made it, and the line of its file; null for all else.</summary>
    public int? ImportId { get; init; }
    public int? ImportLine { get; init; }

    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }

    /// <summary>The whole name where the source has no parts.</summary>
    public string? FullName { get; set; }
    public DateOnly? BirthDate { get; set; }

    /// <summary>
    /// As it came, where it is no day of the calendar: a year alone, or 31 February. A row stays what it was, and comparing
    /// still learns from it.
    /// </summary>
    public string? BirthDateAsTyped { get; set; }
    public string? Street { get; set; }
    public string? City { get; set; }
    public string? Postcode { get; set; }
    public string? State { get; set; }
    public string? Country { get; set; }
    public string? Company { get; set; }
    public string? JobTitle { get; set; }

    /// <summary>As typed, trimmed.</summary>
    public string? Email { get; private set; }

    /// <summary><see cref="TextKey.Email"/>: what is compared; null for what can't be an address.</summary>
    public string? EmailKey { get; private set; }

    /// <summary>As typed, trimmed.</summary>
    public string? Phone { get; private set; }

    /// <summary><see cref="PhoneRules.Key"/>: what is compared.</summary>
    public string? PhoneKey { get; private set; }

    /// <summary>
    /// The primary of the cluster where that is another contact: always a primary itself, never a secondary. Stored
    /// result of the links (<see cref="Components"/>); nothing but whoever changes links writes it.
    /// </summary>
    public int? LinkedId { get; internal set; }

    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Which values are older than <see cref="UpdatedAt"/>, and how old; null where none is: <see cref="ValueTimes"/>.</summary>
    public string? OlderValues { get; private set; }

    /// <summary>
    /// When it last ceased to be one person with others, or to be separated from them, or came back: pairs that no scan has asked about
    /// since then are asked about. Null: never.
    /// </summary>
    public DateTime? LoosenedAt { get; private set; }

    /// <summary>Soft: the row takes part in nothing, and can be restored.</summary>
    public DateTime? DeletedAt { get; private set; }

    /// <summary>Its values were wiped for privacy; this can't be undone.</summary>
    public DateTime? ErasedAt { get; private set; }

    /// <summary>Stands for a contact whose primary is to be written, with nothing else known of it.</summary>
    internal static Contact WithPrimary(int id, int? linkedId) => new() { Id = id, LinkedId = linkedId };

    public bool IsPrimary => LinkedId is null;

    /// <summary>The id of the cluster: its primary's.</summary>
    public int PrimaryId => LinkedId ?? Id;

    /// <summary>Sets the address as typed, trimmed, with its key; blank is none. What can't be an address is kept, and has no key to be found or linked by.</summary>
    public void SetEmail(string? email)
    {
        Email = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        EmailKey = Email is null || !EmailAddress.IsPlausible(Email) ? null : TextKey.Email(Email);
    }

    /// <summary>Sets the number as typed, trimmed, with its key; blank is none. What has no digit is kept, and has no key to be found or linked by.</summary>
    public void SetPhone(string? phone, PhoneRules rules)
    {
        Phone = string.IsNullOrWhiteSpace(phone) ? null : phone.Trim();
        PhoneKey = Phone is null ? null : rules.Key(Phone);
    }

    /// <summary>Is changed now: what differs from before is new, the other values stay as old as they were.</summary>
    /// <param name="before"><see cref="PersonFields.Values"/> before they were written.</param>
    public void Change(IReadOnlyList<string?> before, DateTime at)
        => (UpdatedAt, OlderValues) = new ValueTimes(UpdatedAt, OlderValues).After(before, PersonFields.Values(this), at);

    /// <summary>Takes it out of everything; one that is deleted already stays deleted since then.</summary>
    public void Delete(DateTime at) => DeletedAt ??= at;

    /// <returns>False for an erased contact: there is nothing to bring back.</returns>
    public bool Restore()
    {
        if (ErasedAt is not null)
            return false;
        DeletedAt = null;
        return true;
    }
}
