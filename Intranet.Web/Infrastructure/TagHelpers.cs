using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Intranet.Web.Infrastructure;

/// <summary><c>&lt;icon name="search" /&gt;</c>: hidden from screen readers unless it has a <c>label</c>.</summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper(Assets assets) : TagHelper
{
    /// <summary>A name of wwwroot-src/icons.txt.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the icon says to those who don't see it; leave out where a text beside it says the same.</summary>
    public string? Label { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Of(assets, ViewContext.HttpContext, Name, output.Attributes.TryGetAttribute("class", out var attribute) ? $"{attribute.Value}" : null, Label));
    }

    /// <summary>The same without the element: rows of a list make it once and show it in each.</summary>
    /// <exception cref="InvalidOperationException">There is no such icon.</exception>
    // Written as one text, an icon costs a tenth of one put together from its attributes.
    public static HtmlString Of(Assets assets, HttpContext http, string name, string? style = null, string? label = null)
    {
        if (!assets.HasIcon(name))
            throw new InvalidOperationException($"The icon '{name}' isn't in the sprite. Add it to wwwroot-src/icons.txt and run 'npm run build' there.");

        // The size in the markup keeps the place before the style sheet says otherwise.
        var meaning = string.IsNullOrEmpty(label) ? "aria-hidden=\"true\"" : $"role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\"";
        return new($"<svg class=\"icon{(style is null ? "" : $" {style}")}\" width=\"20\" height=\"20\" {meaning}><use href=\"{assets.Url(http, "icons.svg")}#{name}\"></use></svg>");
    }
}

/// <summary>
/// <c>&lt;when at="@utc" /&gt;</c>: a time in words ("5 minutes ago") with the exact one in the user's zone as title;
/// <c>exact</c> swaps the two. A null shows <c>empty</c>.
/// </summary>
[HtmlTargetElement("when", Attributes = "at", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class WhenTagHelper(TimeProvider clock) : TagHelper
{
    /// <summary>A UTC time.</summary>
    public DateTime? At { get; set; }

    /// <summary>Show the exact time and keep the words for the title.</summary>
    public bool Exact { get; set; }

    /// <summary>What stands for no time.</summary>
    public string Empty { get; set; } = "–";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(At is { } utc ? TimeElement.When(ViewContext.HttpContext, utc, clock.GetUtcNow().UtcDateTime, Exact) : TimeElement.None(Empty));
    }
}

/// <summary>
/// <c>&lt;day value="@dateOnly" /&gt;</c>: a day in the user's culture with the words ("in 3 days") as title;
/// <c>relative</c> swaps the two. A null shows <c>empty</c>.
/// </summary>
[HtmlTargetElement("day", Attributes = "value", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DayTagHelper : TagHelper
{
    /// <summary>The day.</summary>
    public DateOnly? Value { get; set; }

    /// <summary>Show the words and keep the date for the title.</summary>
    public bool Relative { get; set; }

    /// <summary>What stands for no day.</summary>
    public string Empty { get; set; } = "–";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Value is { } day ? TimeElement.Day(day, ViewContext.HttpContext.Today(), Relative) : TimeElement.None(Empty));
    }
}

/// <summary>What <c>when</c> and <c>day</c> show, as one text: lists hold hundreds, and show it without the elements.</summary>
public static class TimeElement
{
    /// <param name="http">The request: whose zone and culture it is.</param>
    /// <param name="utc">The time.</param>
    /// <param name="now">UTC.</param>
    /// <param name="exact">Show the exact time and keep the words for the title.</param>
    public static HtmlString When(HttpContext http, DateTime utc, DateTime now, bool exact = false)
    {
        var (words, time) = (RelativeTime.Words(utc, now, http.Zone()), http.Exact(utc));
        return Of(DateTime.SpecifyKind(utc, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), exact ? words : time, exact ? time : words);
    }

    /// <param name="day">The day.</param>
    /// <param name="today">The user's.</param>
    /// <param name="relative">Show the words and keep the date for the title.</param>
    public static HtmlString Day(DateOnly day, DateOnly today, bool relative = false)
    {
        var words = RelativeTime.Words(day, today);
        return Of(day.ToString("O", CultureInfo.InvariantCulture), relative ? day.ToString("D", CultureInfo.CurrentCulture) : words, relative ? words : day.ToString("d", CultureInfo.CurrentCulture));
    }

    internal static HtmlString None(string text) => new($"<span>{HtmlEncoder.Default.Encode(text)}</span>");

    private static HtmlString Of(string machine, string title, string text) => new($"<time datetime=\"{machine}\" title=\"{HtmlEncoder.Default.Encode(title)}\">{HtmlEncoder.Default.Encode(text)}</time>");
}

/// <summary>Resolves <c>~/</c> in htmx's addresses, as Razor does for <c>href</c> and <c>action</c>.</summary>
[HtmlTargetElement("input", Attributes = "[hx-get^='~/']", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("input", Attributes = "[hx-post^='~/']", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("*", Attributes = "[hx-get^='~/']")]
[HtmlTargetElement("*", Attributes = "[hx-post^='~/']")]
[HtmlTargetElement("*", Attributes = "[hx-put^='~/']")]
[HtmlTargetElement("*", Attributes = "[hx-patch^='~/']")]
[HtmlTargetElement("*", Attributes = "[hx-delete^='~/']")]
public sealed class HxAddressTagHelper(IUrlHelperFactory urls) : TagHelper
{
    private static readonly string[] Names = ["hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"];

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        foreach (var name in Names)
            if (output.Attributes.TryGetAttribute(name, out var attribute) && Text(attribute.Value) is { } value && value.StartsWith("~/", StringComparison.Ordinal))
                output.Attributes.SetAttribute(name, urls.GetUrlHelper(ViewContext).Content(value));
    }

    private static string? Text(object? value)
    {
        if (value is not IHtmlContent html) return value?.ToString();
        using var writer = new StringWriter();
        html.WriteTo(writer, NullHtmlEncoder.Default);
        return writer.ToString();
    }
}

/// <summary>Tells screen readers which field is wrong and where its message stands, and where what is stored now does.</summary>
[HtmlTargetElement("input", Attributes = "asp-for")]
[HtmlTargetElement("select", Attributes = "asp-for")]
[HtmlTargetElement("textarea", Attributes = "asp-for")]
public sealed class InvalidFieldTagHelper : TagHelper
{
    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; } = null!;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>After the framework's own helper, which makes the attributes.</summary>
    public override int Order => 10;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var (isWrong, isStored) = (ViewContext.ViewData.ModelState.GetFieldValidationState(name) == ModelValidationState.Invalid, StoredMeanwhile.Of(ViewContext.ViewData, name) is not null);
        if (!isWrong && !isStored) return;

        var described = output.Attributes.TryGetAttribute("aria-describedby", out var existing) ? $"{existing.Value} " : "";
        if (isWrong)
        {
            output.Attributes.SetAttribute("aria-invalid", "true");
            FirstWrong.Focus(ViewContext, output);
        }

        output.Attributes.SetAttribute("aria-describedby", described + (isStored ? FieldErrorTagHelper.NowIdOf(name) : FieldErrorTagHelper.IdOf(name)));
    }
}

/// <summary>Gives the first wrong one the focus among fields that say themselves that they are wrong.</summary>
[HtmlTargetElement("input", Attributes = "aria-invalid", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", Attributes = "aria-invalid")]
[HtmlTargetElement("textarea", Attributes = "aria-invalid")]
public sealed class WrongFieldTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (output.Attributes.TryGetAttribute("aria-invalid", out var attribute) && attribute.Value?.ToString() == "true")
            FirstWrong.Focus(ViewContext, output);
    }
}

/// <summary>
/// What is wrong first on a page has the focus: without a script a long page would open at its top, with no message in
/// sight. A fragment in the address would bring its part into sight, but keeps browsers from giving the focus.
/// </summary>
internal static class FirstWrong
{
    private static readonly object Given = new();

    internal static void Focus(ViewContext view, TagHelperOutput output)
    {
        if (view.HttpContext.Items.TryAdd(Given, true))
            output.Attributes.SetAttribute("autofocus", "autofocus");
    }
}

/// <summary>Gives the message of a field the id that <see cref="InvalidFieldTagHelper"/> points to, and puts what is stored now behind it.</summary>
[HtmlTargetElement("span", Attributes = "asp-validation-for")]
public sealed class FieldErrorTagHelper : TagHelper
{
    [HtmlAttributeName("asp-validation-for")]
    public ModelExpression For { get; set; } = null!;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>After the framework's own helper.</summary>
    public override int Order => 10;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        output.Attributes.SetAttribute("id", IdOf(name));
        if (StoredMeanwhile.Of(ViewContext.ViewData, name) is not { } stored)
            return;
        var now = new TagBuilder("span");
        now.AddCssClass("form-hint");
        now.Attributes["id"] = NowIdOf(name);
        now.InnerHtml.Append($"now: {stored}");
        output.PostElement.AppendHtml(now);
    }

    internal static string IdOf(string fieldName) => TagBuilder.CreateSanitizedId(fieldName, "_") + "-error";

    internal static string NowIdOf(string fieldName) => TagBuilder.CreateSanitizedId(fieldName, "_") + "-now";
}

/// <summary>
/// <c>&lt;form-errors /&gt;</c>: the errors that belong to no field, and a sentence when fields are marked; nothing when all is
/// well. The framework's summary renders an inline style, which our content security policy refuses.
/// </summary>
[HtmlTargetElement("form-errors", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FormErrorsTagHelper : TagHelper
{
    /// <summary>What to say above marked fields.</summary>
    public string Text { get; set; } = "Nothing was saved yet. Please check the marked fields.";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var state = ViewContext.ViewData.ModelState;
        if (state.ErrorCount == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass("alert", HtmlEncoder.Default);
        output.AddClass("alert-danger", HtmlEncoder.Default);
        output.Attributes.SetAttribute("role", "alert");
        // Nothing else that is wrong could take it.
        if (state.All(field => field.Key.Length == 0 || field.Value!.Errors.Count == 0))
        {
            output.Attributes.SetAttribute("tabindex", "-1");
            FirstWrong.Focus(ViewContext, output);
        }

        var own = state.TryGetValue("", out var entry) ? entry.Errors.Select(error => error.ErrorMessage).Where(text => text.Length > 0).ToList() : [];
        foreach (var message in own.Count > 0 ? own : [Text])
        {
            var paragraph = new TagBuilder("p");
            paragraph.AddCssClass("mb-0");
            paragraph.InnerHtml.Append(message);
            output.Content.AppendHtml(paragraph);
        }
    }
}
