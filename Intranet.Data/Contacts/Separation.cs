using Intranet.Data.Auditing;

namespace Intranet.Data.Contacts;

/// <summary>A steward said: not the same person. Nothing automatic brings the two into one cluster again.</summary>
public sealed class Separation : IAudited
{
    private Separation()
    {
    }

    public int Id { get; private set; }

    /// <summary>The smaller id of the two; a pair has one order.</summary>
    public int FirstId { get; private set; }
    public Contact? First { get; private set; }
    public int SecondId { get; private set; }
    public Contact? Second { get; private set; }

    public DateTime CreatedAt { get; private set; }
    public string CreatedBy { get; private set; } = "";

    /// <exception cref="ArgumentException">A contact can't be separated from itself.</exception>
    public static Separation Between(int one, int other, DateTime at, string by)
        => one == other
            ? throw new ArgumentException("A contact is one person with itself.", nameof(other))
            : new Separation { FirstId = Math.Min(one, other), SecondId = Math.Max(one, other), CreatedAt = at, CreatedBy = by };
}
