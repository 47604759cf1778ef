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
    /// goes back and shows it twice, the first.
    /// </summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        // Clocks are changed by whole minutes; the longest gap was a day, when Samoa crossed the date line.
        while (zone.IsInvalidTime(local))
            local = local.AddTicks(TimeSpan.TicksPerMinute - (local.Ticks % TimeSpan.TicksPerMinute));
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
