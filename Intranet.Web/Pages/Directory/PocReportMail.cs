using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory;

/// <summary>The mail of a report: a short list to read, the whole one in the workbook.</summary>
public sealed record PocReportMail(string Title, string SentBy, string? Message, IReadOnlyList<PocRow> Rows, string Asked)
{
    /// <summary>Longer lists are read in the workbook.</summary>
    public const int Shown = 25;

    public int Hidden => Math.Max(0, Rows.Count - Shown);

    public string Text => string.Join('\n', Lines());

    private IEnumerable<string> Lines()
    {
        yield return $"Points of contact for {Title}";
        yield return "";
        if (Message is not null)
        {
            yield return Message.ReplaceLineEndings("\n");
            yield return "";
        }

        foreach (var row in Rows.Take(Shown))
        {
            yield return $"{row.FirstName} {row.LastName}, {row.Title ?? "no title"}, {row.City} ({row.Region})";
            yield return row.ChatUserName.Length > 0 ? $"  {row.EmailId}, @{row.ChatUserName}" : $"  {row.EmailId}";
        }

        if (Hidden > 0)
            yield return $"… and {Hidden} more in the workbook.";
        yield return "";
        yield return $"{Asked}. The workbook has everybody.";
    }
}
