using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
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

        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        var (width, most) = ((counts.Count * Step) - (Step - Bar), Math.Max(1, counts.Max()));
        Set("class", "spark");
        Set("width", width);
        Set("height", Height);
        Set("viewBox", $"0 0 {width} {Height}");
        Set("role", "img");
        Set("aria-label", $"Orders of the last {counts.Count} weeks: {string.Join(", ", counts)}");
        for (var i = 0; i < counts.Count; i++)
        {
            // A week without an order leaves a line, so that the gap is seen as one.
            var height = counts[i] == 0 ? 1 : Math.Max(3, counts[i] * Height / most);
            var bar = new TagBuilder("rect");
            foreach (var (name, value) in new[] { ("x", i * Step), ("y", Height - height), ("width", Bar), ("height", height) })
                bar.Attributes[name] = value.ToString(CultureInfo.InvariantCulture);
            bar.AddCssClass(counts[i] == 0 ? "spark-none" : i == counts.Count - 1 ? "spark-last" : "spark-bar");
            output.Content.AppendHtml(bar);
        }

        void Set(string name, object value) => output.Attributes.SetAttribute(name, string.Create(CultureInfo.InvariantCulture, $"{value}"));
    }
}
