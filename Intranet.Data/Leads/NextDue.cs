using System.Globalization;
using Intranet.Data.Directory;

namespace Intranet.Data.Leads;

/// <summary>When a lead is to be called next, and why. Pure: the days are those of the lead's own calendar.</summary>
public static class NextDue
{
    /// <param name="Since">The day from which a lead that was never touched is due: the one it was created on.</param>
    /// <param name="PromisedOn"><see cref="Lead.PromisedOn"/>.</param>
    /// <param name="ReopenedOn">The day on which it was reopened last: before it nobody could have called. It is due no earlier, and on a day that the plan prefers.</param>
    public sealed record Facts(
        CallPlan Plan, DateOnly Since, DateOnly? LastTouchOn = null, int Attempts = 0, DateOnly? LastAttemptOn = null, DateOnly? RetryOn = null, RetryCause? RetryCause = null,
        DateOnly? PromisedOn = null, DateOnly? ReopenedOn = null)
    {
        /// <param name="reopenedAt">UTC; null: it was never closed.</param>
        public static Facts Of(Lead lead, DateTime? reopenedAt = null)
            => new(lead.Plan, LocalDay.Of(lead.CreatedAt, LocalDay.Zone(lead.TimeZone)), lead.LastTouchOn, lead.Attempts, lead.LastAttemptOn, lead.RetryOn, lead.RetryCause, lead.PromisedOn,
                reopenedAt is { } at ? LocalDay.Of(at, LocalDay.Zone(lead.TimeZone)) : null);

        // What was promised is due without a plan as well, and stays so until somebody answers.
        internal DateOnly? Promised => RetryCause is Leads.RetryCause.FirstCall ? Retry : PromisedOn ?? (RetryCause is Leads.RetryCause.FollowUp ? RetryOn : null);

        // Who takes a lead over calls no later than on the day that was promised there before.
        internal DateOnly? Retry => RetryCause is Leads.RetryCause.FirstCall && PromisedOn < RetryOn ? PromisedOn : RetryOn;
    }

    /// <param name="On">The day on which it is due.</param>
    /// <param name="At">When that day begins there, UTC.</param>
    /// <param name="OverdueAt">When the day after the one begins on which it should have been called, UTC. An attempt without an answer moves the day on which it is due, and not this.</param>
    /// <param name="PastMaximumAt">When it has waited longer than the maximum, UTC; null without a maximum.</param>
    public sealed record Answer(DateOnly On, DateTime At, DateTime OverdueAt, DateTime? PastMaximumAt);

    /// <returns>Null when it is not in the plan.</returns>
    /// <exception cref="ArgumentException">The plan has <see cref="CallPlan.Problems"/>, such as an interval of 0.</exception>
    public static Answer? Of(Facts facts, TimeZoneInfo zone)
    {
        var plan = facts.Plan;
        if (plan.Problems().Select(problem => problem.Problem).FirstOrDefault() is { } wrong)
            throw new ArgumentException(wrong, nameof(facts));
        if (plan.IntervalDays is null && facts.Promised is null)
            return null;

        var on = On(facts);
        // A day that was promised takes the place of the plan's, be it earlier or later; an attempt without an answer takes
        // nothing back. Nobody waited while it was paused.
        var expected = AfterPause(facts, facts.Promised ?? Planned(facts));
        return new Answer(on, LocalDay.Start(on, zone), LocalDay.Start(DayAfter(expected), zone), PastMaximum(facts) is { } past ? LocalDay.Start(past, zone) : null);
    }

    /// <summary>How many days a lead waits longer than it should; 0 when it doesn't. The one rule of all lists, pages and of the API.</summary>
    /// <param name="overdueAt"><see cref="Answer.OverdueAt"/>; null: nothing is due.</param>
    /// <param name="now">UTC.</param>
    /// <param name="zone">The lead's.</param>
    public static int OverdueDays(DateTime? overdueAt, DateTime now, TimeZoneInfo zone)
        => overdueAt is { } at && at <= now ? LocalDay.Of(now, zone).DayNumber - LocalDay.Of(at, zone).DayNumber + 1 : 0;

    /// <summary>The day after an attempt on which to try again: the next working day, Monday to Friday or one that the lead prefers. For a preferred one only the plan waits.</summary>
    public static DateOnly RetryDay(DateOnly attemptOn, Workdays preferred) => NextPreferred(attemptOn.AddDays(1), preferred | Workdays.MondayToFriday);

    /// <summary>That day, or the next one that the lead prefers; without a preference Monday to Friday.</summary>
    public static DateOnly NextPreferred(DateOnly day, Workdays preferred)
    {
        var days = preferred == Workdays.None ? Workdays.MondayToFriday : preferred;
        while (!days.HasFlag((Workdays)(1 << (int)day.DayOfWeek)))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>Why it is due when it is, in words: "last reached on 3 Nov, every 14 days".</summary>
    /// <param name="facts">Without the day on which it was reopened: that few were is not read for each of a list.</param>
    /// <param name="today">The lead's.</param>
    /// <param name="dueOn">The day that was computed. Where it is later than these facts make it, the lead was reopened since.</param>
    public static string Reason(Facts facts, DateOnly today, DateOnly? dueOn = null)
        => $"{Cause(facts, today)}{(dueOn is { } on && (facts.Plan.IntervalDays is not null || facts.Promised is not null) && On(facts) < on ? "; reopened since" : "")}";

    private static string Cause(Facts facts, DateOnly today)
    {
        if (facts.Plan.PausedUntil > today)
            return $"paused until {Day(facts.Plan.PausedUntil.Value, today)}";
        if (facts.RetryOn is { } retry && facts.RetryCause is { } cause && (facts.Plan.IntervalDays is not null || facts.Promised is not null))
        {
            var attempted = facts.LastAttemptOn is { } last ? $" on {Day(last, today)}" : "";
            var attempts = facts.Attempts == 1 ? "1 attempt" : string.Create(CultureInfo.InvariantCulture, $"{facts.Attempts} attempts");
            var promised = facts.PromisedOn is { } promise ? $"; promised for {Day(promise, today)}" : "";
            return cause switch
            {
                RetryCause.NoAnswer => $"no answer{attempted} ({attempts}), try again{promised}",
                RetryCause.LeftMessage => $"left a message{attempted} ({attempts}), try again{promised}",
                RetryCause.FollowUp => $"follow-up asked for{attempted}, on {Day(retry, today)}",
                _ => $"taken over{attempted}, first call on {Day(retry, today)}{promised}",
            };
        }

        if (facts.Plan.IntervalDays is not { } interval)
            return "not in the plan";
        return facts.LastTouchOn is not { } touched ? "never reached: due now"
            : string.Create(CultureInfo.InvariantCulture, $"last reached on {Day(touched, today)}, {(interval == 1 ? "every day" : $"every {interval} days")}");
    }

    private static DateOnly On(Facts facts) => AfterPause(facts, facts.Retry is { } retry && facts.RetryCause is not null ? retry : Planned(facts));

    private static DateOnly Planned(Facts facts)
        => facts.Plan.IntervalDays is not { } interval ? facts.RetryOn!.Value
            : facts.LastTouchOn is { } touched ? NextPreferred(touched.AddDays(interval), facts.Plan.PreferredDays)
            : facts.ReopenedOn > facts.Since ? facts.ReopenedOn.Value
            : facts.Since;

    // The plan's next day from then on; who was never reached is due at once.
    private static DateOnly? Reopened(Facts facts)
        => facts.ReopenedOn is not { } day ? null : facts.LastTouchOn is null && facts.Retry is null ? day : NextPreferred(day, facts.Plan.PreferredDays);

    private static DateOnly AfterPause(Facts facts, DateOnly day)
        => facts.Plan.PausedUntil > day && !(facts.ReopenedOn >= facts.Plan.PausedUntil) ? NextPreferred(facts.Plan.PausedUntil.Value, facts.Plan.PreferredDays)
            : facts.ReopenedOn > day ? Reopened(facts)!.Value : day;

    private static DateOnly? PastMaximum(Facts facts)
    {
        if (facts.Plan.MaximumDays is not { } maximum)
            return null;
        var past = (facts.LastTouchOn ?? facts.Since).AddDays(maximum + 1);
        // Who asked for a later day doesn't wait too long before it is over.
        if (facts.Promised is { } promised && promised >= past)
            past = DayAfter(promised);
        if (Reopened(facts) is { } reopened && reopened >= past)
            past = DayAfter(reopened);
        return facts.Plan.PausedUntil > past ? facts.Plan.PausedUntil : past;
    }

    // Days of files may have been the last of the calendar.
    private static DateOnly DayAfter(DateOnly day) => day < DateOnly.MaxValue ? day.AddDays(1) : day;

    private static string Day(DateOnly day, DateOnly today)
        => day.ToString(day.Year == today.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);
}
