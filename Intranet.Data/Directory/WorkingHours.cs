
namespace Intranet.Data.Directory;

/// <summary>When people at a location work, by their own clock. Pure.</summary>
public readonly record struct WorkingHours(string TimeZone, TimeOnly Start, TimeOnly End, Workdays Days)
{
    /// <summary>Whether this is the IANA name of a time zone.</summary>
    public static bool IsZone(string name) => ZoneName(name) is not null;

    /// <summary>
    /// The IANA name of a time zone as it is spelt, "Europe/Paris" for "europe/paris": leads are found by it. It reaches the file system
    /// where zones are files: it must look like one first.
    /// </summary>
    /// <returns>Null where there is none.</returns>
    public static string? ZoneName(string name)
    {
        // Whether the case matters to the system depends on its files, and on what was looked for before.
        return name.Length > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+') ? null
            : Spelt.TryGetValue(name, out var spelt) ? spelt
            : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone.Id : null;
    }

    private static readonly HashSet<string> Spelt = TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The local time there. Zone names are checked when a location is saved; an unknown one counts as UTC.</summary>
    public DateTime LocalTime(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>Whether it is working time there. The first minute counts, the last doesn't.</summary>
    public bool AreNow(DateTime utc) => Shift(LocalTime(utc)) is not null;

    /// <summary>The day it is there. A shift over midnight belongs to the day on which it began: until it ends, it is still that day.</summary>
    public DateOnly Day(DateTime utc)
    {
        var local = LocalTime(utc);
        return Shift(local) ?? DateOnly.FromDateTime(local);
    }

    /// <summary>Whether an absence, both days included, covers this moment there.</summary>
    public bool AreCovered(DateOnly? from, DateOnly? until, DateTime utc) => Day(utc) is var day && day >= from && day <= until;

    /// <summary>The next moment (UTC) at which a working day begins there, after now and on a day that <paramref name="isPresent"/> accepts.</summary>
    /// <returns>Null when no day of the next year qualifies.</returns>
    public DateTime? NextStart(DateTime utc, Func<DateOnly, bool> isPresent)
    {
        var today = DateOnly.FromDateTime(LocalTime(utc));
        for (var days = 0; days <= 366; days++)
        {
            var day = today.AddDays(days);
            if (!Works(day) || !isPresent(day))
                continue;
            var start = ToUtc(day.ToDateTime(Start));
            if (start > utc)
                return start;
        }

        return null;
    }

    // The day on which the working time that is going on began; null outside of it.
    private DateOnly? Shift(DateTime local)
    {
        var (today, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        var overMidnight = End < Start;
        if (Works(today) && time >= Start && (time < End || overMidnight))
            return today;
        return overMidnight && time < End && Works(today.AddDays(-1)) ? today.AddDays(-1) : null;
    }

    private bool Works(DateOnly day) => Days.HasFlag((Workdays)(1 << (int)day.DayOfWeek));

    private DateTime ToUtc(DateTime local)
    {
        // In the hour that a change to summer time skips, the day begins when the clock has moved on; in the hour that
        // the change back repeats, it begins the first time.
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return Zone.IsAmbiguousTime(local)
            ? DateTime.SpecifyKind(local - Zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, Zone);
    }

    private TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
