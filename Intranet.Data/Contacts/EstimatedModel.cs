namespace Intranet.Data.Contacts;

/// <summary>A <see cref="Matching.MatchModel"/> as a scan estimated it; the newest is used for arrivals and explanations.</summary>
public sealed class EstimatedModel
{
    public int Id { get; private set; }
    public DateTime EstimatedAt { get; init; }

    /// <summary>How many contacts it was estimated from.</summary>
    public int Contacts { get; init; }

    /// <summary><see cref="Matching.MatchModel.ToJson"/>.</summary>
    public string Json { get; init; } = "";
}
