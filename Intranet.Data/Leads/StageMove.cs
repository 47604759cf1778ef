namespace Intranet.Data.Leads;

/// <summary>A lead moved from one stage to another. Written once; nothing of it changes but that it may be taken back.</summary>
public sealed class StageMove
{
    public const int LongestReason = 500;

    public int Id { get; private set; }
    public int LeadId { get; init; }
    public Lead? Lead { get; init; }

    /// <summary>Null: the lead was created in <see cref="To"/>.</summary>
    public Stage? From { get; init; }

    /// <summary>When it had come into <see cref="From"/>: the time in that stage is known from this row alone.</summary>
    public DateTime? FromSince { get; init; }
    public Stage To { get; init; }
    public DateTime At { get; init; }
    public int? ById { get; init; }
    public string ByName { get; init; } = "";

    /// <summary>Always there when a lead was closed.</summary>
    public string? Reason { get; init; }

    /// <summary>The move was taken back, or takes one back: histories show both, figures count neither.</summary>
    public bool IsTakenBack { get; internal set; }

    /// <returns>What is wrong with the reason of a move, or of a lead that begins there; null when nothing is.</returns>
    internal static Refusal? ReasonRefusal(Stage to, string? reason)
        => ReasonOf(reason) is not { } text ? to == Stage.Closed ? new Refusal("Reason", "Say why it is closed.") : null
            : text.Length > LongestReason ? new Refusal("Reason", $"Use at most {LongestReason} characters.") : null;

    /// <summary>As it is kept: trimmed, null where nothing is said.</summary>
    internal static string? ReasonOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
