using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data.Leads;
using Microsoft.AspNetCore.Mvc;

namespace Intranet.Web.Pages.Performance;

/// <summary>Which days, whose, and in which currency, as the URL carries it.</summary>
public sealed class PeriodQuery : IValidatableObject
{
    [FromQuery(Name = "from")]
    public DateOnly? From { get; set; }

    /// <summary>The last day.</summary>
    [FromQuery(Name = "to")]
    public DateOnly? To { get; set; }

    [FromQuery(Name = "kam")]
    public int? Kam { get; set; }

    [FromQuery(Name = "currency"), StringLength(3, ErrorMessage = "A currency has three letters.")]
    public string? Currency { get; set; }

    /// <summary>What was chosen; this quarter where nothing was.</summary>
    public Period Period(DateOnly today)
    {
        var quarter = Data.Leads.Period.Quarter(From ?? To ?? today);
        return new Period(From ?? quarter.From, To ?? quarter.To);
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (new[] { From, To }.Any(day => day?.Year is < 2000 or > 2100))
            yield return new ValidationResult("Choose days from 2000 to 2100.", [nameof(From)]);
        else if (From > To)
            yield return new ValidationResult("The first day is after the last.", [nameof(From)]);
        else if (From is { } from && To is { } to && new Period(from, to).Days > Data.Leads.Period.LongestDays)
            yield return new ValidationResult("Choose two years at most.", [nameof(To)]);
    }

    public Dictionary<string, string?> Route() => new()
    {
        ["from"] = Day(From),
        ["to"] = Day(To),
        ["kam"] = Kam?.ToString(CultureInfo.InvariantCulture),
        ["currency"] = Currency,
    };

    public Dictionary<string, string?> Route(Period period) => new(Route()) { ["from"] = Day(period.From), ["to"] = Day(period.To) };

    public Dictionary<string, string?> RouteOf(int? kam) => new(Route()) { ["kam"] = kam?.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Periods that people ask for.</summary>
    public static IEnumerable<(string Name, Period Period)> Usual(DateOnly today)
    {
        var quarter = Data.Leads.Period.Quarter(today);
        var month = new DateOnly(today.Year, today.Month, 1);
        yield return ("This month", new Period(month, month.AddMonths(1).AddDays(-1)));
        yield return ("This quarter", quarter);
        yield return ("Last quarter", Data.Leads.Period.Quarter(quarter.From.AddDays(-1)));
        yield return ("This year", new Period(new DateOnly(today.Year, 1, 1), new DateOnly(today.Year, 12, 31)));
        yield return ("12 months", new Period(today.AddYears(-1).AddDays(1), today));
    }

    private static string? Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);
}
