using Intranet.Data.Accounts;

namespace Intranet.Data.Leads;

/// <summary>Who owned a lead from when to when. What happened in it stays credited to them.</summary>
public sealed class OwnershipPeriod
{
    public int Id { get; private set; }
    public int LeadId { get; init; }
    public Lead? Lead { get; init; }
    public int OwnerId { get; init; }
    public User? Owner { get; private set; }
    public DateTime From { get; init; }

    /// <summary>Who gave it to them with <see cref="ReassignLeads"/>, and may take that back; null where they have it otherwise: from its first moment, back from another, by an import.</summary>
    public int? ById { get; init; }

    /// <summary>The first moment at which it was not theirs any more; null: it still is.</summary>
    public DateTime? To { get; internal set; }
}
