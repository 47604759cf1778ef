using Intranet.Data.Directory;

namespace Intranet.Data.Contacts;

/// <summary>What identify is asked: values as typed, and the keys they are compared by.</summary>
internal sealed class IdentifyRequest(string? email, string? phone, PhoneRules rules)
{
    public string? Email { get; } = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
    public string? Phone { get; } = string.IsNullOrWhiteSpace(phone) ? null : phone.Trim();
    public string? EmailKey { get; } = string.IsNullOrWhiteSpace(email) ? null : TextKey.Email(email);
    public string? PhoneKey { get; } = string.IsNullOrWhiteSpace(phone) ? null : rules.Key(phone);
}

/// <summary>What to do about a request.</summary>
internal abstract record Decision
{
    /// <summary>Nothing is new.</summary>
    internal sealed record Known(int Cluster) : Decision;

    /// <summary>Nobody has it, or nobody that it says something about: a new primary.</summary>
    internal sealed record Stranger(IReadOnlyList<int> Suspects) : Decision;

    /// <summary>One value is known, the other new: a new secondary.</summary>
    /// <param name="Suspects">Clusters with the other value that the row is not linked to; the oldest is put up for review with it.</param>
    internal sealed record Join(int Cluster, LinkReason Reason, IReadOnlyList<int> Suspects, PairCause Cause) : Decision;

    /// <summary>Both are known, of different clusters: they fuse.</summary>
    internal sealed record Bridge(int OfEmail, int OfPhone) : Decision;
}
