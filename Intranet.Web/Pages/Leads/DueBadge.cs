using System.Text.Encodings.Web;
using Intranet.Data.Leads;
using Microsoft.AspNetCore.Html;

namespace Intranet.Web.Pages.Leads;

/// <summary>What lists, cards and pages say beside a lead about its calls.</summary>
/// <param name="OverdueDays">0: nothing was missed.</param>
/// <param name="IsPastMaximum">It has waited longer than its plan allows.</param>
/// <param name="IsDue">Today or earlier.</param>
/// <param name="Missed">"4 Nov": the day that was missed, where the next one is to come: after an attempt without an answer.</param>
public sealed record DueBadge(int OverdueDays, bool IsPastMaximum, bool IsDue, string? Missed = null) : IHtmlContent
{
    public static DueBadge Of(DateTime? dueAt, DateTime? overdueAt, DateTime? pastMaximumAt, string timeZone, DateTime now)
    {
        var zone = LocalDay.Zone(timeZone);
        var (days, today) = (NextDue.OverdueDays(overdueAt, now, zone), LocalDay.Of(now, zone));
        return new DueBadge(days, pastMaximumAt <= now, dueAt <= now, days > 0 && dueAt > now ? InteractionWords.Day(today.AddDays(-days), today) : null);
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (OverdueDays > 0)
            Badge(writer, IsPastMaximum ? "bad" : "warn", Missed is null ? $"{InteractionWords.Days(OverdueDays)} overdue" : $"missed since {Missed}");
        if (IsPastMaximum)
            Badge(writer, "bad", "past maximum");
        if (IsDue && OverdueDays == 0 && !IsPastMaximum)
            Badge(writer, "info", "due");
    }

    private static void Badge(TextWriter writer, string kind, string text) => writer.Write($"<span class=\"badge badge-{kind}\">{text}</span> ");
}
