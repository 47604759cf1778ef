namespace Intranet.Data.Contacts;

/// <summary>
/// A <see cref="Matching.MatchModel"/> as a scan estimated it; the newest is used for arrivals. What it said of a pair stands as long
/// as both contacts are as it saw them (<see cref="StandingJudgements"/>), and it is kept as long as a pair comes from it, to explain that.
/// </summary>
public sealed class EstimatedModel
{
    public int Id { get; private set; }

    /// <summary>When its scan began to read.</summary>
    public DateTime EstimatedAt { get; init; }

    /// <summary>Contacts with greater ids came later.</summary>
    public int LastContactId { get; init; }

    /// <summary>When all pairs that it found were stored; null before.</summary>
    public DateTime? StoredAt { get; private set; }

    /// <summary>How many contacts it was estimated from.</summary>
    public int Contacts { get; init; }

    /// <summary><see cref="Matching.MatchModel.ToJson"/>.</summary>
    public string Json { get; init; } = "";
}
