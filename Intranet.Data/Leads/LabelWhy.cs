namespace Intranet.Data.Leads;

/// <summary>What the sentence of a lead's label depends on; a part of <see cref="LeadPerformance"/>.</summary>
public sealed record LabelWhy(
    int Orders, DateOnly? LastOrderOn, DateOnly ComputedFor, double? RhythmDays, double? RhythmSpread, PerformanceLabel? ManualLabel, string? ManualBy, string? ManualReason, DateOnly? ManualUntil)
{
    /// <summary>As of the day for which it was computed.</summary>
    public int? DaysSince => LastOrderOn is { } last ? ComputedFor.DayNumber - last.DayNumber : null;

    /// <summary>"9 orders in 90 days, the last one 3 days ago", and who says otherwise.</summary>
    public string Sentence(int windowDays) => PerformanceRules.Sentence(this, windowDays);

    /// <summary>"orders every 6 ± 2 days; now 15"; null without a rhythm.</summary>
    public string? Rhythm => PerformanceRules.Rhythm(RhythmDays, RhythmSpread, DaysSince);
}
