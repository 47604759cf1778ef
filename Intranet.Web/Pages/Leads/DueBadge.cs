using System.Text.Encodings.Web;
using Intranet.Data.Leads;
using Microsoft.AspNetCore.Html;

namespace Intranet.Web.Pages.Leads;

/// <summary>What lists, cards and pages say beside a lead about its calls.</summary>
/// <param name="OverdueDays">0: nothing was missed.</param>
/// <param name="IsPastMaximum">It has waited longer than its plan allows.</param>
/// <param name="IsDue">Today or earlier.</param>
public sealed record DueBadge(int OverdueDays, bool IsPastMaximum, bool IsDue) : IHtmlContent
{
    public static DueBadge Of(DateTime? dueAt, DateTime? overdueAt, DateTime? pastMaximumAt, string timeZone, DateTime now)
        => new(NextDue.OverdueDays(overdueAt, now, LocalDay.Zone(timeZone)), pastMaximumAt <= now, dueAt <= now);

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (OverdueDays > 0)
            Badge(writer, IsPastMaximum ? "bad" : "warn", $"{InteractionWords.Days(OverdueDays)} overdue");
        if (IsPastMaximum)
            Badge(writer, "bad", "past maximum");
        if (IsDue && OverdueDays == 0 && !IsPastMaximum)
            Badge(writer, "info", "due");
    }

    private static void Badge(TextWriter writer, string kind, string text) => writer.Write($"<span class=\"badge badge-{kind}\">{text}</span> ");
}
