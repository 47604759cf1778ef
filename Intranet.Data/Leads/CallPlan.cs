using Intranet.Data.Directory;

namespace Intranet.Data.Leads;

/// <summary>How often and when a lead wants to be called.</summary>
/// <param name="IntervalDays">Ideal number of days between two touches; null: the lead is not in the plan.</param>
/// <param name="MaximumDays">Number of days after which it has waited too long.</param>
/// <param name="PreferredDays">None: every working day, Monday to Friday.</param>
/// <param name="PreferredFrom">By the lead's clock.</param>
/// <param name="PreferredTo">By the lead's clock; earlier than the start means after midnight.</param>
/// <param name="PausedUntil">The first day on which it may be due again.</param>
public sealed record CallPlan(
    int? IntervalDays = null, int? MaximumDays = null, Workdays PreferredDays = Workdays.None, TimeOnly? PreferredFrom = null, TimeOnly? PreferredTo = null, DateOnly? PausedUntil = null)
{
    /// <summary>Longer is no plan, and would lead out of the calendar.</summary>
    public const int LongestDays = 3650;

    private static readonly DateOnly LastPause = new(2199, 12, 31);

    /// <summary>What is wrong with it, by the name of its property; empty when nothing is.</summary>
    public IEnumerable<(string Property, string Problem)> Problems()
    {
        if (IntervalDays is <= 0)
            yield return (nameof(IntervalDays), "Give a number of days from 1, or leave it empty to take the lead out of the plan.");
        if (MaximumDays is <= 0)
            yield return (nameof(MaximumDays), "Give a number of days from 1, or leave it empty.");
        if (IntervalDays > LongestDays || MaximumDays > LongestDays)
            yield return (IntervalDays > LongestDays ? nameof(IntervalDays) : nameof(MaximumDays), "Give at most 3650 days.");
        if (MaximumDays > 0 && IntervalDays is null)
            yield return (nameof(MaximumDays), "A maximum needs an interval.");
        if (IntervalDays > 0 && MaximumDays > 0 && MaximumDays < IntervalDays)
            yield return (nameof(MaximumDays), "The maximum can't be shorter than the interval.");
        if (PausedUntil > LastPause)
            yield return (nameof(PausedUntil), "Give a day before 2200.");
        if (PreferredFrom is null != PreferredTo is null)
            yield return (PreferredFrom is null ? nameof(PreferredFrom) : nameof(PreferredTo), "Give both a beginning and an end, or neither.");
    }
}
