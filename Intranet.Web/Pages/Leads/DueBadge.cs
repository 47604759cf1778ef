using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>What lists, cards and pages say beside a lead about its calls.</summary>
/// <param name="OverdueDays">0: nothing was missed.</param>
/// <param name="IsPastMaximum">It has waited longer than its plan allows.</param>
/// <param name="IsDue">Today or earlier.</param>
public sealed record DueBadge(int OverdueDays, bool IsPastMaximum, bool IsDue)
{
    public static DueBadge Of(DateTime? dueAt, DateTime? overdueAt, DateTime? pastMaximumAt, string timeZone, DateTime now)
        => new(NextDue.OverdueDays(overdueAt, now, LocalDay.Zone(timeZone)), pastMaximumAt <= now, dueAt <= now);

    public static DueBadge Of(DueState state) => new(state.OverdueDays, state.IsPastMaximum, IsDue: true);
}
