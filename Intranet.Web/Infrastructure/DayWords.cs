using System.Collections.Concurrent;
using System.Globalization;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Days with the name of their month, in the order and with the marks of a culture: "28 Nov", "Nov 28", "11月28日". Cultures have a
/// pattern for day and month, and a long one with year and weekday; the others are made of these. Pure.
/// </summary>
public static class DayWords
{
    // What may stand between the weekday and the rest; spaces of some cultures don't break.
    private static readonly char[] Between = [' ', ',', '،', '、', '\u00a0', '\u202f'];
    private static readonly ConcurrentDictionary<CultureInfo, Patterns> Known = new();

    /// <summary>"28 Nov".</summary>
    public static string InMonth(this DateOnly day, CultureInfo culture) => day.ToString(Of(culture).DayAndMonth, culture);

    /// <summary>"28 Nov 2026".</summary>
    public static string InYear(this DateOnly day, CultureInfo culture) => day.ToString(Of(culture).WithYear, culture);

    /// <summary>"Saturday, 28 November".</summary>
    public static string InWeek(this DateOnly day, CultureInfo culture) => day.ToString(Of(culture).WithWeekday, culture);

    private sealed record Patterns(string DayAndMonth, string WithYear, string WithWeekday);

    private static Patterns Of(CultureInfo culture) => Known.GetOrAdd(culture, one => Make(one.DateTimeFormat));

    private static Patterns Make(DateTimeFormatInfo format)
    {
        const string weekday = "dddd";
        var (day, whole) = (format.MonthDayPattern, format.LongDatePattern);
        if (whole.StartsWith(weekday, StringComparison.Ordinal))
        {
            var date = whole[weekday.Length..].TrimStart(Between);
            var mark = whole[weekday.Length..^date.Length];
            return new Patterns(Short(day), Short(date), $"{weekday}{(mark.Length == 0 ? " " : mark)}{day}");
        }

        if (whole.EndsWith(weekday, StringComparison.Ordinal))
        {
            var date = whole[..^weekday.Length].TrimEnd(Between);
            return new Patterns(Short(day), Short(date), $"{day}{whole[date.Length..]}");
        }

        // The weekday in the middle, or none.
        return new Patterns(Short(day), format.ShortDatePattern, $"{weekday}, {day}");
    }

    private static string Short(string pattern) => pattern.Replace("MMMM", "MMM", StringComparison.Ordinal);
}
