namespace Intranet.Data.Leads;

/// <summary>Days that figures are asked for, both ends included.</summary>
public readonly record struct Period(DateOnly From, DateOnly To)
{
    /// <summary>Two years: more is read too slowly to be waited for, and too narrow to be seen.</summary>
    public const int LongestDays = 731;

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>For what has an instant and no day of its own, days are UTC's.</summary>
    public DateTime Start => From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>The first instant after it.</summary>
    public DateTime End => To.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>The calendar quarter that holds a day.</summary>
    public static Period Quarter(DateOnly day)
    {
        var first = new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1);
        return new Period(first, first.AddMonths(3).AddDays(-1));
    }

    /// <summary>The Mondays of its weeks; the first may lie before it.</summary>
    public IEnumerable<DateOnly> Weeks()
    {
        for (var week = WeekOf(From); week <= To; week = week.AddDays(7))
            yield return week;
    }

    /// <summary>Its whole weeks: the first Monday, and the first day after the last of them; the same where there are none.</summary>
    public (DateOnly From, DateOnly Until) WholeWeeks
    {
        get
        {
            var (from, until) = (WeekOf(From.AddDays(6)), WeekOf(To.AddDays(1)));
            return (from, until > from ? until : from);
        }
    }

    /// <summary>The Monday on or before a day.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
