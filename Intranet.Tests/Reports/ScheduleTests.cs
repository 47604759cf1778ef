using System.Globalization;
using Intranet.Data.Reports;

namespace Intranet.Tests.Reports;

public sealed class ScheduleTests
{
    [Theory]
    // The hour of the day at the place, later today or tomorrow.
    [InlineData(Rhythm.Daily, 8, "Europe/Berlin", "2026-11-28 06:59", "2026-11-28 07:00")]
    [InlineData(Rhythm.Daily, 8, "Europe/Berlin", "2026-11-28 07:00", "2026-11-29 07:00")]
    [InlineData(Rhythm.Daily, 8, "Asia/Kolkata", "2026-11-28 00:00", "2026-11-28 02:30")]
    [InlineData(Rhythm.Daily, 23, "Pacific/Auckland", "2026-11-28 09:59", "2026-11-28 10:00")]
    [InlineData(Rhythm.Daily, 0, "Pacific/Kiritimati", "2026-11-28 10:00", "2026-11-29 10:00")]
    [InlineData(Rhythm.Daily, 0, "UTC", "2026-12-31 00:00", "2027-01-01 00:00")]
    // Over a change of the clock the local hour stays.
    [InlineData(Rhythm.Daily, 8, "Europe/Berlin", "2026-03-28 07:00", "2026-03-29 06:00")]
    [InlineData(Rhythm.Daily, 8, "Europe/Berlin", "2026-10-24 06:00", "2026-10-25 07:00")]
    [InlineData(Rhythm.Daily, 8, "Australia/Lord_Howe", "2026-10-03 00:00", "2026-10-03 21:00")]
    // An hour that is left out comes when the clock goes on, and the next day at its own time.
    [InlineData(Rhythm.Daily, 2, "Europe/Berlin", "2026-03-28 01:00", "2026-03-29 01:00")]
    [InlineData(Rhythm.Daily, 2, "Europe/Berlin", "2026-03-29 01:00", "2026-03-30 00:00")]
    [InlineData(Rhythm.Daily, 2, "Australia/Lord_Howe", "2026-10-03 00:00", "2026-10-03 15:30")]
    [InlineData(Rhythm.Daily, 0, "America/Havana", "2026-03-07 06:00", "2026-03-08 05:00")]
    // An hour that comes twice counts once.
    [InlineData(Rhythm.Daily, 2, "Europe/Berlin", "2026-10-24 12:00", "2026-10-25 00:00")]
    [InlineData(Rhythm.Daily, 2, "Europe/Berlin", "2026-10-25 00:00", "2026-10-26 01:00")]
    [InlineData(Rhythm.Daily, 1, "America/New_York", "2026-11-01 05:00", "2026-11-02 06:00")]
    // Friday, Saturday and Sunday are followed by Monday; the day is the one at the place.
    [InlineData(Rhythm.Weekdays, 8, "Europe/Berlin", "2026-11-27 07:00", "2026-11-30 07:00")]
    [InlineData(Rhythm.Weekdays, 8, "Europe/Berlin", "2026-11-28 12:00", "2026-11-30 07:00")]
    [InlineData(Rhythm.Weekdays, 6, "Asia/Tokyo", "2026-11-29 20:59", "2026-11-29 21:00")]
    [InlineData(Rhythm.Weekly, 8, "Europe/Berlin", "2026-12-02 07:00", "2026-12-09 07:00")]
    [InlineData(Rhythm.Weekly, 8, "Europe/Berlin", "2026-12-02 06:59", "2026-12-02 07:00")]
    // Not before the year ends, and not the day that was missed.
    [InlineData(Rhythm.Weekdays, 8, "Europe/Berlin", "2026-12-31 07:00", "2027-01-01 07:00")]
    [InlineData(Rhythm.Weekly, 8, "Europe/Berlin", "2026-12-30 07:01", "2027-01-06 07:00")]
    [InlineData(Rhythm.Monthly, 8, "Europe/Berlin", "2026-11-15 07:01", "2026-12-15 07:00")]
    public void It_comes_next(Rhythm rhythm, int hour, string zone, string after, string next)
        => Assert.Equal(Utc(next), new Schedule(rhythm, hour, DayOfWeek.Wednesday, 15, zone).After(Utc(after)));

    [Theory]
    [InlineData(15, "2026-11-28 12:00", "2026-12-15 08:00")]
    [InlineData(31, "2026-11-28 12:00", "2026-11-30 08:00")]
    [InlineData(31, "2026-11-30 08:00", "2026-12-31 08:00")]
    [InlineData(31, "2027-01-31 08:00", "2027-02-28 08:00")]
    [InlineData(30, "2028-02-01 00:00", "2028-02-29 08:00")]
    [InlineData(29, "2027-02-28 08:00", "2027-03-29 08:00")]
    [InlineData(1, "2026-12-01 08:00", "2027-01-01 08:00")]
    public void Of_a_month_it_comes_on_its_day_or_on_the_last(int day, string after, string next)
        => Assert.Equal(Utc(next), new Schedule(Rhythm.Monthly, 8, DayOfWeek.Monday, day, "UTC").After(Utc(after)));

    [Theory]
    [InlineData(Rhythm.Daily, 1, "every day at 08:00, Europe/Berlin")]
    [InlineData(Rhythm.Weekdays, 1, "every weekday at 08:00, Europe/Berlin")]
    [InlineData(Rhythm.Weekly, 1, "every Wednesday at 08:00, Europe/Berlin")]
    [InlineData(Rhythm.Monthly, 1, "on the 1st of every month at 08:00, Europe/Berlin")]
    [InlineData(Rhythm.Monthly, 22, "on the 22nd of every month at 08:00, Europe/Berlin")]
    [InlineData(Rhythm.Monthly, 13, "on the 13th of every month at 08:00, Europe/Berlin")]
    [InlineData(Rhythm.Monthly, 30, "on the 30th of every month, or its last day, at 08:00, Europe/Berlin")]
    [InlineData(Rhythm.Monthly, 31, "on the last day of every month at 08:00, Europe/Berlin")]
    public void It_says_when(Rhythm rhythm, int day, string words)
        => Assert.Equal(words, new Schedule(rhythm, 8, DayOfWeek.Wednesday, day, "Europe/Berlin").InWords);

    [Fact]
    public void Through_a_whole_year_it_comes_once_a_day_in_every_zone_with_a_clock_that_changes()
    {
        foreach (var zone in new[] { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Asia/Kolkata" })
        {
            for (var hour = 0; hour < 24; hour++)
            {
                var schedule = new Schedule(Rhythm.Daily, hour, DayOfWeek.Monday, 1, zone);
                var (at, days) = (Utc("2026-01-01 00:00").AddTicks(-1), 0);
                for (var end = Utc("2027-01-01 00:00"); (at = schedule.After(at)) < end; days++)
                {
                }

                Assert.Equal((zone, hour, 365), (zone, hour, days));
            }
        }
    }

    private static DateTime Utc(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
