using Intranet.Data.Auditing;
using Intranet.Data.Contacts;

namespace Intranet.Data.Leads;

/// <summary>A contact in a role on a lead. The person shown is the one of the contact's cluster.</summary>
public sealed class Poc : IAuditedPart, IVersioned
{
    public int Id { get; private set; }
    public Guid Version { get; set; } = Guid.NewGuid();
    public int LeadId { get; init; }
    public Lead? Lead { get; private set; }
    public int ContactId { get; init; }
    public Contact? Contact { get; private set; }

    /// <summary>Decision maker, purchasing, kitchen, accounts, or any other words.</summary>
    public string Role { get; set => field = value.Trim(); } = "";

    /// <summary>At most one of those a lead has now.</summary>
    public bool IsMain { get; internal set; }
    public DateTime CreatedAt { get; init; }

    /// <summary>Soft: interactions with them still name them, and it can be taken back.</summary>
    public DateTime? RemovedAt { get; internal set; }

    /// <summary>Proposed where a role is asked for.</summary>
    public static readonly IReadOnlyList<string> UsualRoles = ["decision maker", "purchasing", "kitchen", "accounts"];

    public IEnumerable<(string Subject, int Id)> Wholes() => [(nameof(Lead), LeadId)];
}
