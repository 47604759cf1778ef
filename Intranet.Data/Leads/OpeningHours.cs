using System.Globalization;
using System.Text;

namespace Intranet.Data.Leads;

/// <summary>
/// When a place is open, by its own clock. Written as "Mo-Fr 11:00-14:30,17:00-22:00; Sa 12:00-23:00; Su off", a small part
/// of what openstreetmap.org calls opening_hours: a later part replaces what an earlier one said about its days, a part
/// without days is about all of them, an end before its beginning is after midnight. Pure.
/// </summary>
public sealed class OpeningHours
{
    private const int Day = 24 * 60;
    private static readonly string[] Names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

    // Minutes of each day, Monday first; an end beyond the day's is in the next one.
    private readonly IReadOnlyList<(int From, int To)>[] days;

    private OpeningHours(IReadOnlyList<(int From, int To)>[] days) => this.days = days;

    /// <returns>Null with a problem in words; null without one for no text.</returns>
    public static OpeningHours? Parse(string? text, out string? problem)
    {
        problem = null;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var days = Enumerable.Repeat<IReadOnlyList<(int, int)>>([], 7).ToArray();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "24/7")
            {
                Array.Fill(days, [(0, Day)]);
                continue;
            }

            var start = part.AsSpan().IndexOfAnyInRange('0', '9');
            var off = start < 0 && (part.EndsWith("off", StringComparison.OrdinalIgnoreCase) || part.EndsWith("closed", StringComparison.OrdinalIgnoreCase));
            if (start < 0 && !off)
            {
                problem = $"'{part}' has no times. Write it like Mo-Fr 11:00-14:30,17:00-22:00, or Su off.";
                return null;
            }

            var named = off ? part[..^(part.EndsWith("off", StringComparison.OrdinalIgnoreCase) ? 3 : 6)] : part[..start];
            if (DaysOf(named, out problem) is not { } those)
                return null;
            IReadOnlyList<(int, int)>? ranges = off ? [] : RangesOf(part[start..], out problem);
            if (ranges is null)
                return null;
            foreach (var day in those)
                days[day] = ranges;
        }

        var hours = new OpeningHours(days);
        if (Array.TrueForAll(days, ranges => ranges.Count == 0))
            problem = "It would never be open. Leave it empty when the hours are not known.";
        return problem is null ? hours : null;
    }

    /// <summary>Whether it is open at a time of its own clock. The first minute counts, the last doesn't.</summary>
    public bool IsOpen(DateTime local)
    {
        var today = ((int)local.DayOfWeek + 6) % 7;
        var minute = (local.Hour * 60) + local.Minute;
        return days[today].Any(range => minute >= range.From && minute < range.To)
            || days[(today + 6) % 7].Any(range => minute + Day < range.To);
    }

    /// <summary>As it is stored and shown: days with the same hours together.</summary>
    public override string ToString()
    {
        if (Array.TrueForAll(days, ranges => ranges is [(0, Day)]))
            return "24/7";
        var text = new StringBuilder();
        for (var from = 0; from < 7;)
        {
            var to = from;
            while (to < 6 && days[to + 1].SequenceEqual(days[from]))
                to++;
            text.Append(text.Length == 0 ? "" : "; ").Append(Names[from]).Append(to == from ? "" : to == from + 1 ? $",{Names[to]}" : $"-{Names[to]}").Append(' ')
                .Append(days[from].Count == 0 ? "off" : string.Join(',', days[from].Select(range => $"{Clock(range.From)}-{Clock(range.To > Day ? range.To - Day : range.To)}")));
            from = to + 1;
        }

        return text.ToString();
    }

    private static HashSet<int>? DaysOf(string text, out string? problem)
    {
        problem = null;
        var found = new HashSet<int>();
        foreach (var part in text.Trim().TrimEnd(':').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split(['-', '–'], StringSplitOptions.TrimEntries);
            var (from, to) = (Index(ends[0]), Index(ends[^1]));
            if (from < 0 || to < 0 || ends.Length > 2)
            {
                problem = $"'{part}' is no day. Days are Mo, Tu, We, Th, Fr, Sa and Su.";
                return null;
            }

            // Over the end of the week: Fr-Mo.
            for (var day = from; ; day = (day + 1) % 7)
            {
                found.Add(day);
                if (day == to)
                    break;
            }
        }

        return found.Count == 0 ? [.. Enumerable.Range(0, 7)] : found;

        // Written out, or shorter than that.
        static int Index(string name)
            => name.Length < 2 ? -1
                : Array.FindIndex(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], day => day.StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }

    private static List<(int From, int To)>? RangesOf(string text, out string? problem)
    {
        problem = null;
        var ranges = new List<(int From, int To)>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(['-', '–'], StringSplitOptions.TrimEntries) is not [var first, var last] || Minutes(first) is not { } from || Minutes(last) is not { } to || from == Day)
            {
                problem = $"'{part}' is no time from and to. Write it like 11:00-14:30.";
                return null;
            }

            ranges.Add((from, to <= from ? to + Day : to));
        }

        ranges.Sort();
        if (ranges.Zip(ranges.Skip(1)).Any(pair => pair.Second.From < pair.First.To))
            problem = $"The times in '{text}' overlap.";
        return problem is null ? ranges : null;
    }

    private static int? Minutes(string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour))
            return null;
        var minute = 0;
        if (parts.Length == 2 && (parts[1].Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minute)))
            return null;
        return minute < 60 && (hour < 24 || (hour == 24 && minute == 0)) ? (hour * 60) + minute : null;
    }

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}
