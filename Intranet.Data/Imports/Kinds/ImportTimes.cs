using System.Globalization;
using Intranet.Data.Leads;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// Days and times as files of leads write them: "2026-11-03", "2026-11-03 14:30" by the lead's clock, "2026-11-03T14:30:00Z",
/// or "today-12" and "today-12 14:30", counted from the lead's own today: a sample that always looks current. Pure.
/// </summary>
internal static class ImportTimes
{
    private const string Today = "today";

    internal const string HowToWrite = "Write it as 2026-11-03 or 2026-11-03 14:30.";

    /// <summary>A moment, UTC; a day alone is noon there, or now where that is still to come today.</summary>
    internal static DateTime? Moment(string text, TimeZoneInfo zone, DateTime now)
    {
        if (text.StartsWith(Today, StringComparison.OrdinalIgnoreCase))
        {
            var (day, time) = text.Split(' ', 2) is [var first, var second] ? (first, second) : (text, "");
            if (Relative(day, LocalDay.Of(now, zone)) is not { } on)
                return null;
            return time.Length == 0 ? Noon(on, zone, now) : Clock(time) is { } clock ? LocalDay.ToUtc(on.ToDateTime(clock), zone) : null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var alone))
            return Noon(alone, zone, now);
        // Nothing that only some cultures write.
        if (text.Length < "yyyy-MM-dd HH:mm".Length || text[4] != '-' || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at))
            return null;
        return at.Kind == DateTimeKind.Utc ? at : LocalDay.ToUtc(at, zone);
    }

    /// <summary>
    /// A day or time as it was written, with the day that "today" meant: the same whatever the zone is by now, and however long after
    /// noon a day of today is read.
    /// </summary>
    internal static string Written(string text, TimeZoneInfo zone, DateTime now)
        => text.StartsWith(Today, StringComparison.OrdinalIgnoreCase) && text.Split(' ', 2) is [var day, .. var time] && Relative(day, LocalDay.Of(now, zone)) is { } on
            ? string.Join(' ', [on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. time]) : text;

    /// <summary>A day of the lead's calendar.</summary>
    internal static DateOnly? Day(string text, TimeZoneInfo zone, DateTime now)
        => text.StartsWith(Today, StringComparison.OrdinalIgnoreCase) ? Relative(text, LocalDay.Of(now, zone))
            : DateOnly.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>"New 2026-01-02; Contacted 2026-01-10": what was when, the earliest first.</summary>
    /// <returns>Null when it can't be read, or isn't in order.</returns>
    internal static List<(string What, DateTime Since)>? History(string text, TimeZoneInfo zone, DateTime now)
    {
        var steps = new List<(string What, DateTime Since)>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split(' ', 2, StringSplitOptions.TrimEntries) is not [var what, var when] || Moment(when, zone, now) is not { } since || since > now || (steps.Count > 0 && since <= steps[^1].Since))
                return null;
            steps.Add((what, since));
        }

        return steps.Count == 0 ? null : steps;
    }

    private static DateTime Noon(DateOnly day, TimeZoneInfo zone, DateTime now)
        => LocalDay.ToUtc(day.ToDateTime(new TimeOnly(12, 0)), zone) is var noon && noon > now && day == LocalDay.Of(now, zone) ? now : noon;

    private static DateOnly? Relative(string text, DateOnly today)
        => text.Length == Today.Length ? today
            : int.TryParse(text.AsSpan(Today.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && Math.Abs(days) <= 36_500 ? today.AddDays(days) : null;

    private static TimeOnly? Clock(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
