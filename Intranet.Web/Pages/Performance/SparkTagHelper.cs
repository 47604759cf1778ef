using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Intranet.Web.Pages.Performance;

/// <summary><c>&lt;spark weeks="0,1,2" /&gt;</c>: orders of each week as small bars, drawn by the server; the last one stands out.</summary>
[HtmlTargetElement("spark", Attributes = "weeks", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SparkTagHelper : TagHelper
{
    private const int Step = 6, Bar = 4, Height = 22;

    /// <summary>Whole numbers, the oldest first, as <see cref="Data.Leads.LeadPerformance.Weeks"/> holds them.</summary>
    public string Weeks { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var counts = Weeks.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out var count) ? count : 0).ToList();
        if (counts.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        var (width, most) = ((counts.Count * Step) - (Step - Bar), Math.Max(1, counts.Max()));
        var (bars, none) = (new StringBuilder(), new StringBuilder());
        var last = "";
        for (var i = 0; i < counts.Count; i++)
        {
            // A week without an order leaves a line, so that the gap is seen as one.
            var height = counts[i] == 0 ? 1 : Math.Max(3, counts[i] * Height / most);
            var bar = string.Create(CultureInfo.InvariantCulture, $"M{i * Step} {Height}v{-height}h{Bar}v{height}z");
            if (counts[i] == 0)
                none.Append(bar);
            else if (i == counts.Count - 1)
                last = $"<path class=\"spark-last\" d=\"{bar}\"/>";
            else
                bars.Append(bar);
        }

        // As one text: lists hold fifty.
        output.TagName = null;
        output.Content.SetHtmlContent(
            $"<svg class=\"spark\" width=\"{width}\" height=\"{Height}\" viewBox=\"0 0 {width} {Height}\" role=\"img\" aria-label=\"Orders of the last {counts.Count} weeks: {string.Join(", ", counts)}\">"
            + $"<path class=\"spark-bar\" d=\"{bars}\"/><path class=\"spark-none\" d=\"{none}\"/>{last}</svg>");
    }
}
