using Intranet.Data.Auditing;

namespace Intranet.Data.Contacts;

/// <summary>
/// Two contacts are one person, and why. Cutting keeps the row: the history of who said what stays, and undoing a cut
/// is taking it back.
/// </summary>
public sealed class Link : IAudited, IVersioned
{
    private Link()
    {
    }

    public int Id { get; private set; }
    public Guid Version { get; set; } = Guid.NewGuid();

    /// <summary>The smaller id of the two; a pair has one order.</summary>
    public int FirstId { get; private set; }
    public Contact? First { get; private set; }
    public int SecondId { get; private set; }
    public Contact? Second { get; private set; }

    public LinkReason Reason { get; private set; }

    /// <summary>What the reason is about: the shared address or number, or a steward's words.</summary>
    public string? Detail { get; private set; }

    public DateTime CreatedAt { get; private set; }
    public string CreatedBy { get; private set; } = "";

    public DateTime? CutAt { get; private set; }
    public string? CutBy { get; private set; }

    /// <summary>It ended with the decision that made it, which was taken back: nobody cut anything.</summary>
    public bool IsUndone { get; private set; }

    public bool IsCut => CutAt is not null;

    /// <exception cref="ArgumentException">A contact can't be linked to itself.</exception>
    public static Link Between(int one, int other, LinkReason reason, string? detail, DateTime at, string by)
        => one == other
            ? throw new ArgumentException("A contact is one person with itself.", nameof(other))
            : new Link { FirstId = Math.Min(one, other), SecondId = Math.Max(one, other), Reason = reason, Detail = detail, CreatedAt = at, CreatedBy = by };

    /// <summary>It holds no more. One that was cut already stays cut since then, by whom it was.</summary>
    public void Cut(DateTime at, string by) => (CutAt, CutBy) = (CutAt ?? at, CutBy ?? by);

    /// <summary>Takes back that it was made. One that somebody cut meanwhile stays cut.</summary>
    public void Undo(DateTime at, string by)
    {
        if (!IsCut)
            (CutAt, CutBy, IsUndone) = (at, by, true);
    }

    /// <summary>It holds again, whether it was cut or ended with its decision; who did so is forgotten here, and stays in the audit.</summary>
    public void TakeBackCut() => (CutAt, CutBy, IsUndone) = (null, null, false);
}

public enum LinkReason
{
    /// <summary>The same e-mail address, compared by key.</summary>
    Email,

    /// <summary>The same phone number, compared by key.</summary>
    Phone,

    /// <summary>An address of one and a number of the other were given together.</summary>
    Together,

    /// <summary>A steward said so.</summary>
    Steward,

    /// <summary>A duplicate pair above the automatic threshold.</summary>
    Automatic,
}
