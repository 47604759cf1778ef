using Intranet.Data.Auditing;

namespace Intranet.Data.Contacts;

/// <summary>An address or number that many people share and that therefore links nobody; on the stewards' list.</summary>
public sealed class GenericValue : IAudited
{
    public int Id { get; private set; }
    public GenericValueKind Kind { get; init; }

    /// <summary>As compared: <see cref="Contact.EmailKey"/> or <see cref="Contact.PhoneKey"/>.</summary>
    public string ValueKey { get; init; } = "";
    public DateTime AddedAt { get; init; }
    public string AddedBy { get; init; } = "";
}

public enum GenericValueKind
{
    Email,
    Phone,
}
