using System.Globalization;
using System.Linq.Expressions;

namespace Intranet.Data.Leads;

/// <summary>What the place of a due lead depends on. A thousand are sorted where a few show: no more is read of them.</summary>
internal sealed record DueKey(int Id, DateTime DueAt, bool IsPastMaximum, bool IsOverdue, bool IsMain, string TimeZone, string? OpeningHours)
{
    internal static Expression<Func<Lead, DueKey>> FromLead(DateTime now)
        => lead => new DueKey(lead.Id, lead.DueAt!.Value, lead.PastMaximumAt <= now, lead.OverdueAt <= now, lead.IsMain, lead.TimeZone, lead.OpeningHours);

    internal static IEnumerable<DuePlace> Places(IEnumerable<DueKey> keys, DateTime now)
    {
        // Many have the same hours.
        var open = new Dictionary<(string, string), bool?>();
        foreach (var key in keys)
        {
            var isOpen = (bool?)null;
            if (key.OpeningHours is { } hours && !open.TryGetValue((key.TimeZone, hours), out isOpen))
                open.Add((key.TimeZone, hours), isOpen = DueLead.IsOpen(hours, LocalDay.Time(now, LocalDay.Zone(key.TimeZone))));
            yield return DuePlace.Of(key.IsPastMaximum ? DueGroup.PastMaximum : key.IsOverdue ? DueGroup.Overdue : DueGroup.Today, key.IsMain, isOpen, key.DueAt, key.Id);
        }
    }
}

/// <summary>A lead that is due, with all that its place in the queue and its sentence depend on.</summary>
public sealed record DueLead(
    int Id, string Name, string City, string TimeZone, string? OpeningHours, bool IsMain, int? OwnerId, string Currency, string? NextStep, DateTime CreatedAt, CallPlan Plan,
    DateOnly? LastTouchOn, int Attempts, DateOnly? LastAttemptOn, DateOnly? RetryOn, RetryCause? RetryCause, DateOnly? PromisedOn, DateOnly NextDueOn, DateTime DueAt, DateTime? OverdueAt, DateTime? PastMaximumAt)
{
    public static readonly Expression<Func<Lead, DueLead>> FromLead = lead => new DueLead(
        lead.Id, lead.Name, lead.City, lead.TimeZone, lead.OpeningHours, lead.IsMain, lead.OwnerId, lead.Currency, lead.NextStep, lead.CreatedAt,
        new CallPlan(lead.IntervalDays, lead.MaximumDays, lead.PreferredDays, lead.PreferredFrom, lead.PreferredTo, lead.PausedUntil),
        lead.LastTouchOn, lead.Attempts, lead.LastAttemptOn, lead.RetryOn, lead.RetryCause, lead.PromisedOn, lead.NextDueOn!.Value, lead.DueAt!.Value, lead.OverdueAt, lead.PastMaximumAt);

    /// <summary>How the lead stands at one moment.</summary>
    public DueState At(DateTime now)
    {
        var zone = LocalDay.Zone(TimeZone);
        var local = LocalDay.Time(now, zone);
        var facts = new NextDue.Facts(Plan, LocalDay.Of(CreatedAt, zone), LastTouchOn, Attempts, LastAttemptOn, RetryOn, RetryCause, PromisedOn);
        return new DueState(this, local, PastMaximumAt <= now, NextDue.OverdueDays(OverdueAt, now, zone), IsOpen(OpeningHours, local), facts);
    }

    /// <summary>Null when nobody knows the hours.</summary>
    internal static bool? IsOpen(string? hours, DateTime local) => Leads.OpeningHours.Parse(hours, out _)?.IsOpen(local);
}

/// <param name="LocalTime">By the lead's clock.</param>
/// <param name="IsPastMaximum">It has waited longer than its plan allows.</param>
/// <param name="OverdueDays">0: due today, nothing was missed.</param>
/// <param name="IsOpen">Null when nobody knows its hours.</param>
/// <param name="Facts">What it is due by.</param>
public sealed record DueState(DueLead Lead, DateTime LocalTime, bool IsPastMaximum, int OverdueDays, bool? IsOpen, NextDue.Facts Facts)
{
    /// <summary>Why it is due.</summary>
    public string Reason => NextDue.Reason(Facts, DateOnly.FromDateTime(LocalTime), Lead.NextDueOn);

    public DueGroup Group => IsPastMaximum ? DueGroup.PastMaximum : OverdueDays > 0 ? DueGroup.Overdue : DueGroup.Today;

}

/// <summary>The parts of the queue, in their order.</summary>
public enum DueGroup
{
    PastMaximum = 0,
    Overdue = 1,
    Today = 2,
}

/// <summary>A place in the queue, for going on behind it.</summary>
public readonly record struct DuePlace(int Rank, long DueTicks, int Id) : IComparable<DuePlace>
{
    /// <summary>Past maximum, overdue, main accounts, open now, and who waits longest.</summary>
    public static DuePlace Of(DueGroup group, bool isMain, bool? isOpen, DateTime dueAt, int id)
        => new(((int)group * 6) + (isMain ? 0 : 3) + (isOpen switch { true => 0, null => 1, false => 2 }), dueAt.Ticks, id);

    public DueGroup Group => (DueGroup)(Rank / 6);

    public int CompareTo(DuePlace other) => (Rank, DueTicks, Id).CompareTo((other.Rank, other.DueTicks, other.Id));

    public static bool operator <(DuePlace one, DuePlace other) => one.CompareTo(other) < 0;
    public static bool operator >(DuePlace one, DuePlace other) => one.CompareTo(other) > 0;
    public static bool operator <=(DuePlace one, DuePlace other) => one.CompareTo(other) <= 0;
    public static bool operator >=(DuePlace one, DuePlace other) => one.CompareTo(other) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rank}-{DueTicks}-{Id}");

    /// <returns>Null when it isn't one.</returns>
    public static DuePlace? Parse(string? text)
        => text?.Split('-') is [var rank, var ticks, var id] && int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var due) && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var lead)
            ? new DuePlace(place, due, lead) : null;
}
