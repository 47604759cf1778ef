using System.Globalization;

namespace Intranet.Data.Contacts.Matching;

/// <summary>A birth date as year·10000 + month·100 + day; month and day are 0 where only the year is known, 0 is no date.</summary>
internal static class Birth
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>
    /// Reads 1980-02-29, 19800229, 29.2.1980, 29/02/1980, 2/29/1980, 29 Feb 1980, Feb 29, 1980 and 1980. Between day and month a
    /// number above 12 decides; else the day is taken to come first, and comparing forgives the other way round.
    /// Days that don't exist (31 February) are kept: a typing error in one digit still says much.
    /// </summary>
    public static int Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return 0;
        Span<int> numbers = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        var count = 0;
        var month = 0;
        for (var i = 0; i < text.Length;)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                var start = i;
                while (i < text.Length && char.IsAsciiDigit(text[i]))
                    i++;
                if (count == 3)
                    break;
                if (i - start > 8)
                    return 0;
                numbers[count] = int.Parse(text.AsSpan(start, i - start), CultureInfo.InvariantCulture);
                lengths[count++] = i - start;
            }
            else if (char.IsLetter(text[i]))
            {
                var start = i;
                while (i < text.Length && char.IsLetter(text[i]))
                    i++;
                // 1980-02-29T00:00 ends the date.
                if (i - start == 1 && count == 3)
                    break;
                if (i - start >= 3)
                    for (var m = 0; m < 12; m++)
                        if (text.AsSpan(start, 3).Equals(Months[m], StringComparison.OrdinalIgnoreCase))
                            month = m + 1;
            }
            else
                i++;
        }

        return (count, month) switch
        {
            (1, 0) when lengths[0] == 8 => Day(numbers[0] / 10000, numbers[0] / 100 % 100, numbers[0] % 100),
            (1, 0) when lengths[0] == 4 => Day(numbers[0], 0, 0),
            (1, > 0) when lengths[0] == 4 => Day(numbers[0], month, 0),
            (2, > 0) when lengths[0] == 4 => Day(numbers[0], month, numbers[1]),
            (2, > 0) => Day(FullYear(numbers[1], lengths[1]), month, numbers[0]),
            (2, 0) when lengths[0] == 4 => Day(numbers[0], numbers[1], 0),
            (3, _) when lengths[0] == 4 => Day(numbers[0], numbers[1], numbers[2]),
            (3, _) when numbers[1] > 12 => Day(FullYear(numbers[2], lengths[2]), numbers[0], numbers[1]),
            (3, _) => Day(FullYear(numbers[2], lengths[2]), numbers[1], numbers[0]),
            _ => 0,
        };
    }

    /// <summary>
    /// Whether it is three numbers of which the first two may be day and month in either order: 01/02/1980, but not 13/02/1980,
    /// 01/01/1980 or 1980-02-01. Which day it is only who wrote it knows.
    /// </summary>
    public static bool IsAmbiguous(string? text)
    {
        var first = NextNumber(text, 0);
        // Most begin with the year, and end here.
        if (first.Value is < 1 or > 12)
            return false;
        var second = NextNumber(text, first.End);
        if (second.Value is < 1 or > 12 || second.Value == first.Value)
            return false;
        var third = NextNumber(text, second.End);
        return third.End > 0 && !text.AsSpan(0, third.End).ContainsAnyExcept(Numbers) && Parse(text) != 0;
    }

    private static readonly System.Buffers.SearchValues<char> Numbers = System.Buffers.SearchValues.Create("0123456789 ./-,");

    private static (int Value, int End) NextNumber(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && !char.IsAsciiDigit(text[from]))
            from++;
        var end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end == from || end - from > 8 ? (0, 0) : (int.Parse(text[from..end], CultureInfo.InvariantCulture), end);
    }

    // Two digits: nobody in a list of contacts is born after 2025 or, written so, before 1926.
    private static int FullYear(int year, int digits) => digits > 2 ? year : year <= 25 ? 2000 + year : 1900 + year;

    private static int Day(int year, int month, int day)
        => year is < 1000 or > 2999 || month > 99 || day > 99 ? 0 : (year * 10000) + (month * 100) + day;
}
