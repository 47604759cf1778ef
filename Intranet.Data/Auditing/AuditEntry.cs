namespace Intranet.Data.Auditing;

/// <summary>Who did what to which record, from what to what, when and from where. Written once, never changed.</summary>
public sealed class AuditEntry
{
    public long Id { get; private set; }
    public DateTime At { get; init; }
    public string Actor { get; init; } = "";
    public string? Address { get; init; }

    /// <summary>added, changed, removed, or a verb of its own such as signed in or imported.</summary>
    public string Action { get; init; } = "";

    /// <summary>The kind of record, by its class name.</summary>
    public string Subject { get; init; } = "";
    public int? SubjectId { get; init; }

    /// <summary>JSON: property → [old, new], or a sentence for actions without properties.</summary>
    public string? Details { get; init; }
}
