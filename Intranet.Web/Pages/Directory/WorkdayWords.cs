using System.Globalization;
using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory;

/// <summary>The days of a working week in words. Pure.</summary>
public static class WorkdayWords
{
    // The week as most calendars print it.
    public static readonly IReadOnlyList<DayOfWeek> Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>"Mon–Fri", "Sun–Thu", or "Mon, Wed" where the days don't follow each other; "none" without any.</summary>
    public static string Of(Workdays days)
    {
        var chosen = Week.Where(day => days.HasFlag(Flag(day))).ToList();
        if (chosen.Count is 0 or 7)
            return chosen.Count == 0 ? "none" : "every day";
        // A run may go over the end of the week.
        var starts = chosen.Where(day => !days.HasFlag(Flag(Before(day)))).ToList();
        if (chosen.Count > 2 && starts is [var first])
            return $"{Short(first)}–{Short((DayOfWeek)(((int)first + chosen.Count - 1) % 7))}";
        return string.Join(", ", chosen.Select(Short));
    }

    public static Workdays Flag(DayOfWeek day) => (Workdays)(1 << (int)day);

    private static DayOfWeek Before(DayOfWeek day) => (DayOfWeek)(((int)day + 6) % 7);

    private static string Short(DayOfWeek day) => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName(day);
}
