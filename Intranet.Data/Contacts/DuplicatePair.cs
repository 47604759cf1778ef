using Intranet.Data.Auditing;

namespace Intranet.Data.Contacts;

/// <summary>Two contacts that may be one person, with the probability and its evidence, for a steward to decide.</summary>
public sealed class DuplicatePair : IAudited, IVersioned
{
    private DuplicatePair()
    {
    }

    public int Id { get; private set; }
    public Guid Version { get; set; } = Guid.NewGuid();

    /// <summary>The smaller id of the two; a pair has one order.</summary>
    public int FirstId { get; private set; }
    public Contact? First { get; private set; }
    public int SecondId { get; private set; }
    public Contact? Second { get; private set; }

    public PairCause Cause { get; private set; }

    /// <summary>0 to 1.</summary>
    public double Probability { get; private set; }

    /// <summary><see cref="Matching.PairLevels"/> as text: what each field says for or against; null where nobody compared them.</summary>
    public string? Evidence { get; private set; }

    /// <summary>The <see cref="EstimatedModel"/> that <see cref="Probability"/> comes from; null where nobody compared them, or long ago.</summary>
    public int? ModelId { get; private set; }

    public PairState State { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? DecidedAt { get; private set; }
    public string? DecidedBy { get; private set; }

    /// <summary>What was decided in one go, and is undone in one go.</summary>
    public Guid? DecisionId { get; private set; }

    /// <summary>The link that deciding "same" added; null where they were linked already.</summary>
    public int? LinkId { get; private set; }

    /// <summary>The decision that put it off first, which counts again when a later one is taken back.</summary>
    public DateTime? PutOffAt { get; private set; }
    public string? PutOffBy { get; private set; }
    public Guid? PutOffDecisionId { get; private set; }

    /// <summary>Who looks at it, and until when nobody else is given it.</summary>
    public string? ClaimedBy { get; private set; }
    public DateTime? ClaimedUntil { get; private set; }

    /// <exception cref="ArgumentException">A contact can't be a pair with itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability isn't one.</exception>
    public static DuplicatePair Of(int one, int other, PairCause cause, double probability, string? evidence, DateTime at, int? model = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        return one == other
            ? throw new ArgumentException("A contact is one person with itself.", nameof(other))
            : new DuplicatePair { FirstId = Math.Min(one, other), SecondId = Math.Max(one, other), Cause = cause, Probability = probability, Evidence = evidence, ModelId = model, CreatedAt = at };
    }

    /// <summary>
    /// Sets what was decided, and frees the pair from whoever looked at it. That it was put off before is kept, for <see cref="TakeBack"/>;
    /// any other decision before is overwritten.
    /// </summary>
    /// <param name="state">Not open: that is <see cref="TakeBack"/>.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who; stands beside the pair.</param>
    /// <param name="decision">Shared by all that is undone in one go.</param>
    /// <param name="link">That "same" added for this pair.</param>
    public void Decide(PairState state, DateTime at, string by, Guid? decision = null, int? link = null)
    {
        if (State == PairState.Later)
            (PutOffAt, PutOffBy, PutOffDecisionId) = (PutOffAt ?? DecidedAt, PutOffBy ?? DecidedBy, PutOffDecisionId ?? DecisionId);
        (State, DecidedAt, DecidedBy, DecisionId, LinkId, ClaimedBy, ClaimedUntil) = (state, at, by, decision, link, null, null);
    }

    /// <summary>Takes the decision back: what was put off before waits among those again, all else is open.</summary>
    public void TakeBack()
    {
        (State, DecidedAt, DecidedBy, DecisionId, LinkId) = (PutOffAt is null ? PairState.Open : PairState.Later, PutOffAt, PutOffBy, PutOffDecisionId, null);
        (PutOffAt, PutOffBy, PutOffDecisionId) = (null, null, null);
    }

    /// <summary>
    /// Somebody has to look at the two who are not one person, whatever their likeness: sets another cause where likeness alone
    /// put them up, and takes back that they are the same, which nothing makes true any more. What was decided otherwise stays.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    internal bool Raise(PairCause cause)
    {
        if (State == PairState.Different || (State != PairState.Same && Cause != PairCause.Likeness))
            return false;
        if (State == PairState.Same)
            TakeBack();
        (Cause, Version) = (cause, Guid.NewGuid());
        return true;
    }

    /// <summary>What is written where one is raised.</summary>
    internal static readonly string[] Raised =
    [
        nameof(Cause), nameof(State), nameof(DecidedAt), nameof(DecidedBy), nameof(DecisionId), nameof(LinkId), nameof(PutOffAt), nameof(PutOffBy), nameof(PutOffDecisionId), nameof(Version),
    ];

    /// <summary>Another comparison found another probability; what was decided stays.</summary>
    public void Found(double probability, string? evidence, int model) => (Probability, Evidence, ModelId) = (probability, evidence, model);
}

/// <summary>What put the pair up.</summary>
public enum PairCause
{
    /// <summary>The scan, or the comparison of a new contact on arrival.</summary>
    Likeness,

    /// <summary>They share a value that many share.</summary>
    GenericValue,

    /// <summary>They share a value, and their names clearly differ.</summary>
    DifferentNames,

    /// <summary>A request would have brought together what a steward separated.</summary>
    Separated,

    /// <summary>Somebody cut a link between their people, and they share a value or are alike all the same.</summary>
    Cut,
}

public enum PairState
{
    Open,
    Same,
    Different,
    Later,
}
