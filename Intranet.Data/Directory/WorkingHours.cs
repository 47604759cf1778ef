namespace Intranet.Data.Directory;

/// <summary>When people at a location work, by their own clock. Pure.</summary>
public readonly record struct WorkingHours(string TimeZone, TimeOnly Start, TimeOnly End, Workdays Days)
{
    /// <summary>The local time there. Zone names are checked when a location is saved; an unknown one counts as UTC.</summary>
    public DateTime LocalTime(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>Whether it is working time there. The first minute counts, the last doesn't.</summary>
    public bool AreNow(DateTime utc)
    {
        var local = LocalTime(utc);
        var time = TimeOnly.FromDateTime(local);
        if (Start <= End)
            return Works(local) && time >= Start && time < End;
        // A shift over midnight belongs to the day on which it began.
        return (Works(local) && time >= Start) || (Works(local.AddDays(-1)) && time < End);
    }

    /// <summary>The next moment (UTC) at which a working day begins there, after now and on a day that <paramref name="isPresent"/> accepts.</summary>
    /// <returns>Null when no day of the next year qualifies.</returns>
    public DateTime? NextStart(DateTime utc, Func<DateOnly, bool> isPresent)
    {
        var today = DateOnly.FromDateTime(LocalTime(utc));
        for (var days = 0; days <= 366; days++)
        {
            var day = today.AddDays(days);
            if (!Works(day.ToDateTime(TimeOnly.MinValue)) || !isPresent(day))
                continue;
            var start = ToUtc(day.ToDateTime(Start));
            if (start > utc)
                return start;
        }

        return null;
    }

    private bool Works(DateTime local) => Days.HasFlag((Workdays)(1 << (int)local.DayOfWeek));

    private DateTime ToUtc(DateTime local)
    {
        // In the hour that a change to summer time skips, the day begins when the clock has moved on.
        if (Zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return TimeZoneInfo.ConvertTimeToUtc(local, Zone);
    }

    private TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
