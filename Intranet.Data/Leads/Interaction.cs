using Intranet.Data.Accounts;
using Intranet.Data.Auditing;

namespace Intranet.Data.Leads;

/// <summary>
/// Something that happened between a lead and us. Its author may change it for a day; after that it is corrected by a
/// new one. It never disappears.
/// </summary>
public sealed class Interaction : IAuditedPart, IVersioned
{
    public const int LongestDetails = 4000;

    /// <summary>How long its author may change it.</summary>
    public static readonly TimeSpan Editable = TimeSpan.FromHours(24);

    public int Id { get; private set; }
    public Guid Version { get; set; } = Guid.NewGuid();
    public int LeadId { get; init; }
    public Lead? Lead { get; private set; }
    public InteractionKind Kind { get; internal set; }

    /// <summary>Of calls only.</summary>
    public CallOutcome? Outcome { get; internal set; }

    /// <summary>When it happened, UTC; may be long before it was written down.</summary>
    public DateTime At { get; internal set; }

    /// <summary>The lead's day of <see cref="At"/>.</summary>
    public DateOnly On { get; internal set; }
    public int? PocId { get; internal set; }
    public Poc? Poc { get; private set; }
    public string Details { get; internal set => field = value.Trim(); } = "";

    /// <summary>An order was placed: by its kind, or in a call, a visit or a mail.</summary>
    public bool IsOrder { get; internal set; }

    /// <summary>
    /// <see cref="On"/> of an order that counts, null of all else and of what was corrected: orders are found, and added
    /// up by lead and by day, in indexes that hold nothing but them.
    /// </summary>
    public DateOnly? OrderedOn { get; internal set; }

    /// <summary>In minor units of <see cref="Currency"/>; of orders only.</summary>
    public long? OrderValue { get; internal set; }

    /// <summary>The lead's at the time.</summary>
    public string? Currency { get; internal set; }

    /// <summary>Who wrote it down.</summary>
    public int? AuthorId { get; init; }
    public User? Author { get; private set; }

    /// <summary>Who owned the lead at <see cref="At"/>.</summary>
    public int? CreditedToId { get; internal set; }
    public User? CreditedTo { get; private set; }

    /// <summary>The lead's day on which another call was asked for.</summary>
    public DateOnly? FollowUpOn { get; internal set; }
    public DateTime CreatedAt { get; init; }
    public DateTime? UpdatedAt { get; internal set; }

    /// <summary>The one that this corrects.</summary>
    public int? CorrectsId { get; init; }

    /// <summary>
    /// Of one from a file: what the row said, its upper half by lead, day or time as written, and kind, its lower half by the rest. The
    /// same file finds it by that, also when the lead's clock, or what is said here, became another since. Null of all else.
    /// </summary>
    public long? ImportKey { get; internal set; }

    /// <summary>When another one corrected this; from then on it counts nothing.</summary>
    public DateTime? CorrectedAt { get; internal set; }

    /// <summary>Whether somebody may still change it in place.</summary>
    public bool IsEditableBy(int user, DateTime now) => AuthorId == user && CorrectedAt is null && now < CreatedAt + Editable;

    public IEnumerable<(string Subject, int Id)> Wholes() => [(nameof(Lead), LeadId)];
}

public enum InteractionKind
{
    Call = 0,
    Visit = 1,
    Mail = 2,
    Order = 3,
    Note = 4,
}

public enum CallOutcome
{
    Reached = 0,
    NoAnswer = 1,
    LeftMessage = 2,

    /// <summary>Somebody asked for another call.</summary>
    FollowUp = 3,
}
