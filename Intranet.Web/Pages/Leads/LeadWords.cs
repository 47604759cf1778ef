using System.Globalization;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>What things about leads are called on pages.</summary>
public static class LeadWords
{
    public static readonly IReadOnlyList<(string Value, string Text)> Labels = [("well", "Well-performing"), ("average", "Average"), ("under", "Underperforming"), ("slipping", "Slipping")];

    public static readonly IReadOnlyList<(string Value, string Text)> Dues = [("due", "Due"), ("overdue", "Overdue"), ("late", "Past maximum")];

    public static string Of(PerformanceLabel label) => label switch
    {
        PerformanceLabel.Well => "Well",
        PerformanceLabel.Average => "Average",
        _ => "Under",
    };

    /// <summary>The class of a badge.</summary>
    public static string Badge(PerformanceLabel label) => label switch
    {
        PerformanceLabel.Well => "badge badge-good",
        PerformanceLabel.Average => "badge",
        _ => "badge badge-bad",
    };

    /// <summary>How long it has been where it is, in days of the reader's calendar: "12 days in stage".</summary>
    public static string InStage(DateTime since, DateTime now, TimeZoneInfo zone) => (LocalDay.Of(now, zone).DayNumber - LocalDay.Of(since, zone).DayNumber) switch
    {
        <= 0 => "here since today",
        1 => "1 day in stage",
        var days => string.Create(CultureInfo.CurrentCulture, $"{days:N0} days in stage"),
    };

    public static string Count(int leads) => $"{leads.ToString("N0", CultureInfo.CurrentCulture)} {(leads == 1 ? "lead" : "leads")}";

    /// <summary>What an undo of many did; what changed since is left alone, and said.</summary>
    public static string TakenBack(int back, int stayed)
        => back == 0 ? "This can't be taken back any more: the leads have changed since, or it is too long ago."
            : $"Taken back: {Count(back)}.{(stayed > 0 ? $" {Count(stayed)} changed since, and stayed." : "")}";
}
