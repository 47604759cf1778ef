using System.Globalization;
using Intranet.Data.Directory;

namespace Intranet.Tests.Directory;

public sealed class WorkingHoursTests
{
    private const Workdays SundayToThursday = Workdays.Sunday | Workdays.Monday | Workdays.Tuesday | Workdays.Wednesday | Workdays.Thursday;

    // 2030: 15 May is a Wednesday; Berlin changes its clocks on 31 March and 27 October.
    [Theory]
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-05-15T06:59", false)]
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-05-15T07:00", true)]
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-05-15T14:59", true)]
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-05-15T15:00", false)]
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-05-18T10:00", false)] // Saturday
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-05-19T10:00", false)] // Sunday
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-03-29T07:30", false)] // 08:30 before summer time
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-04-01T07:30", true)] // 09:30 after
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-10-28T07:30", false)] // 08:30 after winter time
    [InlineData("Asia/Kolkata", "09:30-18:00", "2030-05-15T03:59", false)] // half an hour off
    [InlineData("Asia/Kolkata", "09:30-18:00", "2030-05-15T04:00", true)]
    [InlineData("Asia/Kathmandu", "09:00-17:00", "2030-05-15T03:14", false)] // three quarters
    [InlineData("Asia/Kathmandu", "09:00-17:00", "2030-05-15T03:15", true)]
    [InlineData("Pacific/Auckland", "09:00-17:00", "2030-05-12T21:30", true)] // Monday there, Sunday in London
    [InlineData("Pacific/Auckland", "09:00-17:00", "2030-05-17T21:30", false)] // Saturday there, Friday in London
    [InlineData("America/Los_Angeles", "09:00-17:00", "2030-05-18T00:30", false)] // Friday 17:30 there
    [InlineData("America/Los_Angeles", "09:00-17:00", "2030-05-17T23:30", true)] // Friday 16:30 there
    [InlineData("Europe/Berlin", "22:00-06:00", "2030-05-15T20:00", true)] // Wednesday 22:00
    [InlineData("Europe/Berlin", "22:00-06:00", "2030-05-16T03:59", true)]
    [InlineData("Europe/Berlin", "22:00-06:00", "2030-05-16T04:00", false)]
    [InlineData("Europe/Berlin", "22:00-06:00", "2030-05-18T02:00", true)] // Saturday 04:00, Friday's shift
    [InlineData("Europe/Berlin", "22:00-06:00", "2030-05-18T20:30", false)] // Saturday 22:30
    [InlineData("Europe/Berlin", "22:00-06:00", "2030-05-20T02:00", false)] // Monday 04:00 would be Sunday's shift
    [InlineData("Nowhere/Atall", "09:00-17:00", "2030-05-15T09:00", true)] // counts as UTC
    public void It_is_working_time_or_not(string zone, string hours, string utc, bool expected)
        => Assert.Equal(expected, Hours(zone, hours).AreNow(Utc(utc)));

    [Theory]
    [InlineData("2030-05-16T10:00", true)] // Thursday
    [InlineData("2030-05-17T10:00", false)] // Friday
    [InlineData("2030-05-18T10:00", false)] // Saturday
    [InlineData("2030-05-19T10:00", true)] // Sunday
    public void A_week_may_run_from_Sunday_to_Thursday(string utc, bool expected)
        => Assert.Equal(expected, Hours("Africa/Cairo", "09:00-17:00", SundayToThursday).AreNow(Utc(utc)));

    [Theory]
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-05-15T05:00", "2030-05-15T07:00")]
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-05-15T07:00", "2030-05-16T07:00")] // it has just begun
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-05-17T16:00", "2030-05-20T07:00")] // over the weekend
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-03-29T16:00", "2030-04-01T07:00")] // and over the change of the clock
    [InlineData("Europe/Berlin", "09:00-17:00", "2030-10-25T16:00", "2030-10-28T08:00")]
    [InlineData("Asia/Kolkata", "09:30-18:00", "2030-05-15T20:00", "2030-05-16T04:00")]
    [InlineData("Europe/Berlin", "22:00-06:00", "2030-05-15T22:00", "2030-05-16T20:00")]
    [InlineData("Pacific/Auckland", "09:00-17:00", "2030-05-17T12:00", "2030-05-19T21:00")]
    public void The_next_day_begins(string zone, string hours, string utc, string expected)
    {
        var start = Hours(zone, hours).NextStart(Utc(utc), _ => true);

        Assert.Equal(Utc(expected), start);
        Assert.Equal(DateTimeKind.Utc, start!.Value.Kind);
    }

    [Fact]
    public void After_Thursday_comes_Sunday_in_Cairo()
        => Assert.Equal(Utc("2030-05-19T06:00"), Hours("Africa/Cairo", "09:00-17:00", SundayToThursday).NextStart(Utc("2030-05-16T15:00"), _ => true));

    [Fact]
    public void Days_on_which_somebody_is_away_are_left_out()
        => Assert.Equal(Utc("2030-05-20T07:00"), Hours("Europe/Berlin", "09:00-17:00").NextStart(Utc("2030-05-14T20:00"), day => day > new DateOnly(2030, 5, 17)));

    [Fact]
    public void Who_is_away_all_year_or_works_no_day_never_begins()
    {
        Assert.Null(Hours("Europe/Berlin", "09:00-17:00").NextStart(Utc("2030-05-15T05:00"), _ => false));
        Assert.Null(Hours("Europe/Berlin", "09:00-17:00", Workdays.None).NextStart(Utc("2030-05-15T05:00"), _ => true));
    }

    // Every clock change of a year, in zones that make it by an hour, by half an hour, and at midnight.
    [Theory]
    [InlineData("Europe/Berlin", "09:00-17:00")]
    [InlineData("Europe/Berlin", "22:00-06:00")]
    [InlineData("America/New_York", "00:30-08:30")]
    [InlineData("America/New_York", "16:00-00:00")]
    [InlineData("Australia/Lord_Howe", "09:00-17:00")]
    [InlineData("Australia/Lord_Howe", "20:00-04:00")]
    [InlineData("Africa/Cairo", "08:00-16:00")]
    [InlineData("America/Havana", "22:30-06:30")]
    [InlineData("Asia/Kolkata", "09:30-18:30")]
    public void The_next_day_begins_exactly_when_working_time_does(string zone, string hours)
    {
        var those = Hours(zone, hours, SundayToThursday);
        var begins = new List<DateTime>();
        var before = those.AreNow(Utc("2029-12-31T23:59"));
        for (var utc = Utc("2030-01-01T00:00"); utc < Utc("2031-01-08T00:00"); utc = utc.AddMinutes(1))
        {
            var now = those.AreNow(utc);
            if (now && !before)
                begins.Add(utc);
            before = now;
        }

        Assert.InRange(begins.Count, 255, 270);
        var wrong = new List<string>();
        for (var utc = Utc("2030-01-01T00:00"); utc < Utc("2030-12-31T00:00"); utc = utc.AddMinutes(97))
        {
            var expected = begins.First(begin => begin > utc);
            if (those.NextStart(utc, _ => true) is var start && start != expected)
                wrong.Add($"after {utc:s}: {start:s}, but working time begins at {expected:s}");
        }

        Check.None(wrong);
    }

    [Theory]
    [InlineData("Europe/Berlin", "02:30-10:30", "2030-03-30T12:00", "2030-03-31T01:00")] // 02:30 doesn't exist; the clock goes on at 03:00
    [InlineData("Australia/Lord_Howe", "02:15-10:15", "2030-10-05T08:00", "2030-10-05T15:30")] // it goes on at 02:30
    [InlineData("Europe/Berlin", "02:30-10:30", "2030-10-26T12:00", "2030-10-27T00:30")] // 02:30 comes twice; the first counts
    public void A_day_that_would_begin_in_the_hour_of_the_change_begins_as_early_as_it_can(string zone, string hours, string utc, string expected)
    {
        var those = Hours(zone, hours, SundayToThursday);

        Assert.Equal(Utc(expected), those.NextStart(Utc(utc), _ => true));
        Assert.True(those.AreNow(Utc(expected)));
    }

    [Theory]
    [InlineData("2030-05-15T19:00", "2030-05-15")] // 21:00, before the shift
    [InlineData("2030-05-15T21:00", "2030-05-15")] // 23:00, in it
    [InlineData("2030-05-16T02:00", "2030-05-15")] // 04:00, still the same shift
    [InlineData("2030-05-16T05:00", "2030-05-16")] // 07:00, after it
    public void A_shift_over_midnight_belongs_to_the_day_on_which_it_began(string utc, string day)
    {
        var night = Hours("Europe/Berlin", "22:00-06:00");
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);

        Assert.Equal(date, night.Day(Utc(utc)));
        Assert.True(night.AreCovered(date, date, Utc(utc)));
        Assert.False(night.AreCovered(date.AddDays(1), date.AddDays(9), Utc(utc)));
        Assert.False(night.AreCovered(date.AddDays(-9), date.AddDays(-1), Utc(utc)));
        Assert.False(night.AreCovered(null, null, Utc(utc)));
    }

    private static WorkingHours Hours(string zone, string hours, Workdays days = Workdays.MondayToFriday)
        => new(zone, TimeOnly.Parse(hours[..5], CultureInfo.InvariantCulture), TimeOnly.Parse(hours[6..], CultureInfo.InvariantCulture), days);

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
