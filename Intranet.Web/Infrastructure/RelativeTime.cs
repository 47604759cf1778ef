using System.Globalization;

namespace Intranet.Web.Infrastructure;

/// <summary>Times and days in words, relative to now.</summary>
public static class RelativeTime
{
    /// <summary>
    /// "just now", "in a moment", "5 minutes ago", "in 2 hours", "yesterday", "in 3 days"; beyond a month the date. Days count by the
    /// calendar of the given zone, not by 24 hours: yesterday evening is yesterday this morning.
    /// </summary>
    public static string Words(DateTime utc, DateTime nowUtc, TimeZoneInfo zone)
    {
        var ago = nowUtc - utc;
        var minutes = (int)Math.Round(Math.Abs(ago.TotalMinutes));
        if (Math.Abs(ago.TotalSeconds) < 45) return ago >= TimeSpan.Zero ? "just now" : "in a moment";
        if (minutes < 60) return Sentence(minutes, "minute", ago > TimeSpan.Zero);

        var day = Day(utc, zone);
        var today = Day(nowUtc, zone);
        if (day == today || Math.Abs(ago.TotalHours) < 6)
            return Sentence((int)Math.Round(Math.Abs(ago.TotalHours)), "hour", ago > TimeSpan.Zero);
        return Words(day, today);
    }

    /// <summary>"today", "tomorrow", "3 days ago"; beyond a month the date in the current culture.</summary>
    public static string Words(DateOnly day, DateOnly today)
    {
        var days = today.DayNumber - day.DayNumber;
        return days switch
        {
            0 => "today",
            1 => "yesterday",
            -1 => "tomorrow",
            > -31 and < 31 => Sentence(Math.Abs(days), "day", days > 0),
            _ => day.ToString("d", CultureInfo.CurrentCulture),
        };
    }

    private static DateOnly Day(DateTime utc, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone));

    private static string Sentence(int count, string unit, bool past)
    {
        var amount = count == 1 ? $"1 {unit}" : $"{count} {unit}s";
        return past ? $"{amount} ago" : $"in {amount}";
    }
}
