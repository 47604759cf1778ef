using System.Globalization;

namespace Intranet.Data.Reports;

public enum Rhythm
{
    Daily = 0,
    Weekdays = 1,
    Weekly = 2,
    Monthly = 3,
}

/// <summary>When something comes again and again, by the clock of a place. Pure.</summary>
/// <param name="Rhythm">On which days.</param>
/// <param name="Hour">0 to 23, there.</param>
/// <param name="Weekday">The day of a weekly one.</param>
/// <param name="DayOfMonth">The day of a monthly one, 1 to 31; a month that is shorter has it on its last day.</param>
/// <param name="TimeZone">The place, by its IANA name.</param>
public sealed record Schedule(Rhythm Rhythm, int Hour, DayOfWeek Weekday, int DayOfMonth, string TimeZone)
{
    /// <summary>
    /// The first moment after <paramref name="utc"/>, as UTC. The local hour stays the same over changes of the clock: an hour
    /// that is left out there comes as soon as the clock goes on, one that comes twice counts the first time.
    /// </summary>
    /// <exception cref="TimeZoneNotFoundException">This machine doesn't know the place.</exception>
    public DateTime After(DateTime utc)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
        // From the day before: a day that the place leaves out moves its hour into the next one.
        for (var day = DateOnly.FromDateTime(local).AddDays(-1); ; day = day.AddDays(1))
        {
            if (IsOn(day) && Moment(day, zone) is var moment && moment > utc)
                return moment;
        }
    }

    /// <summary>"every weekday at 08:00, Europe/Berlin".</summary>
    public string InWords => string.Create(CultureInfo.InvariantCulture, $"{DaysInWords} at {Hour:00}:00, {TimeZone}");

    private string DaysInWords => Rhythm switch
    {
        Rhythm.Daily => "every day",
        Rhythm.Weekdays => "every weekday",
        Rhythm.Weekly => $"every {CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(Weekday)}",
        _ when DayOfMonth == 31 => "on the last day of every month",
        _ => $"on the {Ordinal(DayOfMonth)} of every month{(DayOfMonth > 28 ? ", or its last day," : "")}",
    };

    private bool IsOn(DateOnly day) => Rhythm switch
    {
        Rhythm.Daily => true,
        Rhythm.Weekdays => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
        Rhythm.Weekly => day.DayOfWeek == Weekday,
        _ => day.Day == Math.Min(DayOfMonth, DateTime.DaysInMonth(day.Year, day.Month)),
    };

    private DateTime Moment(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(new TimeOnly(Hour, 0));
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    private static string Ordinal(int number) => number + (number switch { 1 or 21 or 31 => "st", 2 or 22 => "nd", 3 or 23 => "rd", _ => "th" });
}
