namespace Intranet.Data.Leads;

/// <summary>Days by the clock of a place. Pure.</summary>
public static class LocalDay
{
    /// <summary>The zone of a name. Names are checked when they are saved; an unknown one counts as UTC.</summary>
    public static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The time there.</summary>
    public static DateTime Time(DateTime utc, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    /// <summary>The day it is there.</summary>
    public static DateOnly Of(DateTime utc, TimeZoneInfo zone) => DateOnly.FromDateTime(Time(utc, zone));

    /// <summary>The first moment of a day there, UTC.</summary>
    public static DateTime Start(DateOnly day, TimeZoneInfo zone) => ToUtc(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>
    /// A time there in UTC. Where the clock goes forward and skips it, the moment at which it goes on; where the clock
    /// goes back and shows it twice, the first. In the first and the last year of the calendar every clock is that of UTC.
    /// </summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        // The days around it wouldn't be in the calendar.
        if (local.Year is 1 or 9999)
            return DateTime.SpecifyKind(local, DateTimeKind.Utc);
        // Asked by instants only: what the framework says about local times is wrong in zones whose rules changed lately
        // (America/Coyhaique, Pacific/Apia).
        var about = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var (before, after) = (zone.GetUtcOffset(about.AddDays(-1)), zone.GetUtcOffset(about.AddDays(1)));
        var (early, late) = before > after ? (about - before, about - after) : (about - after, about - before);
        if (Time(early, zone) == about)
            return early;
        if (Time(late, zone) == about)
            return late;
        while (late - early > TimeSpan.FromTicks(1))
        {
            var middle = early + ((late - early) / 2);
            (early, late) = Time(middle, zone) < about ? (middle, late) : (early, middle);
        }

        return late;
    }
}
