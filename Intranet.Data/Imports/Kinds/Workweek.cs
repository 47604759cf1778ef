using Intranet.Data.Directory;

namespace Intranet.Data.Imports.Kinds;

/// <summary>Working days as people write them: "Mon,Tue,Wed", "Sun-Thu", "monday; tuesday". Pure.</summary>
internal static class Workweek
{
    private static readonly string[] Names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>Null when it names no day, or something that is no day.</summary>
    internal static Workdays? Parse(string text)
    {
        var days = Workdays.None;
        foreach (var part in text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split(['-', '–'], StringSplitOptions.TrimEntries).Select(Day).ToList();
            if (ends.Count > 2 || ends.Contains(null))
                return null;
            for (var day = ends[0]!.Value; ; day = (day + 1) % 7)
            {
                days |= (Workdays)(1 << day);
                if (day == ends[^1])
                    break;
            }
        }

        return days == Workdays.None ? null : days;
    }

    /// <summary>Monday first.</summary>
    internal static string InWords(Workdays days)
        => string.Join(",", Enumerable.Range(1, 7).Select(day => day % 7).Where(day => days.HasFlag((Workdays)(1 << day))).Select(day => Names[day]));

    private static int? Day(string name)
    {
        var day = Array.FindIndex(Enum.GetNames<DayOfWeek>(), full => name.Length >= 2 && full.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return day < 0 ? null : day;
    }
}
