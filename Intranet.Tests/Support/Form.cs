using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Io.Dom;

namespace Intranet.Tests.Support;

/// <summary>
/// A form as it stands on the page: filled by labels (or names), sent with everything in it, hidden fields and the
/// antiforgery token included.
/// </summary>
public sealed class Form
{
    private readonly Page page;
    private readonly IHtmlFormElement form;
    private readonly string? button;

    internal Form(Page page, IHtmlFormElement form, string? button) => (this.page, this.form, this.button) = (page, form, button);

    /// <summary>Types into a text field, or chooses from a list by value or text.</summary>
    public Form Fill(string field, string value)
    {
        switch (Field(field))
        {
            case IHtmlSelectElement select:
                var option = select.Options.FirstOrDefault(option => option.Value == value) ?? select.Options.FirstOrDefault(option => option.Words() == value);
                if (option is null)
                    Assert.Fail($"'{field}' offers no '{value}', only {string.Join(", ", select.Options.Select(o => $"'{o.Words()}'"))}.");
                if (!select.IsMultiple)
                {
                    foreach (var other in select.Options)
                        other.IsSelected = false;
                }

                option.IsSelected = true;
                break;
            case IHtmlTextAreaElement area:
                area.Value = value;
                break;
            case IHtmlInputElement { Type: "checkbox" or "radio" }:
                throw new ArgumentException($"'{field}' is ticked with Tick or chosen with Choose.", nameof(field));
            case IHtmlInputElement input:
                input.Value = value;
                break;
        }

        return this;
    }

    /// <summary>Sends a value that a list doesn't offer, as a program would.</summary>
    public Form Forge(string field, string value)
    {
        var select = (IHtmlSelectElement)Field(field);
        var option = (IHtmlOptionElement)select.Owner!.CreateElement("option");
        option.Value = value;
        select.AppendChild(option);
        return Fill(field, value);
    }

    public Form Tick(string field, bool on = true)
    {
        ((IHtmlInputElement)Field(field)).IsChecked = on;
        return this;
    }

    /// <summary>Chooses one of several radio buttons or check boxes of one name, by value.</summary>
    public Form Choose(string name, string value)
    {
        var choice = form.Elements.OfType<IHtmlInputElement>().FirstOrDefault(input => input.Name == name && input.Value == value);
        if (choice is null)
            Assert.Fail($"There is no choice '{value}' for '{name}'.");
        choice.IsChecked = true;
        return this;
    }

    public Form Attach(string field, string fileName, byte[] content, string contentType = "application/octet-stream")
    {
        ((IHtmlInputElement)Field(field)).Files!.Add(new Upload(fileName, content, contentType));
        return this;
    }

    public Form Attach(string field, string fileName, string content) => Attach(field, fileName, Encoding.UTF8.GetBytes(content), "text/csv");

    /// <summary>What the field holds now.</summary>
    public string Value(string field) => Field(field) switch
    {
        IHtmlSelectElement select => select.Value ?? "",
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement input => input.Value,
        var other => throw new InvalidOperationException($"'{field}' is a {other.LocalName}."),
    };

    /// <summary>Sends the form.</summary>
    /// <param name="follow">False: the redirect itself is the answer.</param>
    public async Task<Page> SubmitAsync(bool follow = true)
    {
        var submitter = button is null ? Buttons(form).FirstOrDefault() ?? form : Button(form, button)!;
        // What a browser would stop is what the server must refuse.
        form.SetAttribute("novalidate", "");
        // AngleSharp sends what stands inside; fields elsewhere on the page may belong to a form as well (form="id").
        foreach (var outside in form.Elements.Where(element => !form.Contains(element)).ToList())
            form.AppendChild(outside);
        // AngleSharp encodes the fields as a browser does.
        var submission = form.GetSubmission(submitter) ?? throw new InvalidOperationException("The form can't be submitted.");
        var url = new Uri(submission.Target.Href);
        if (submission.Method == AngleSharp.Io.HttpMethod.Get)
            return await page.Client.PageAsync(new HttpRequestMessage(HttpMethod.Get, url), follow);
        using var body = new MemoryStream();
        await submission.Body.CopyToAsync(body, TestContext.Current.CancellationToken);
        var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(submission.MimeType!);
        return await page.Client.PageAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = content }, follow);
    }

    private IElement Field(string field)
    {
        if (Find(form, field) is { } found)
            return found;
        var labels = string.Join(", ", form.QuerySelectorAll("label").Select(label => $"'{label.Words()}'"));
        Assert.Fail($"The form has no field '{field}'. Its labels: {labels}.");
        return null!;
    }

    /// <summary>By label, aria-label, name, or the name's last part (Input.Name → Name).</summary>
    internal static IElement? Find(IHtmlFormElement form, string field)
    {
        var label = form.QuerySelectorAll<IHtmlLabelElement>("label").FirstOrDefault(label => Same(label.Words(), field));
        var fields = form.Elements.Where(element => element is not IHtmlInputElement { Type: "hidden" }).ToList();
        // A label names the field it points to or contains.
        return (label?.HtmlFor is { Length: > 0 } ? label.Control : label?.QuerySelector("input:not([type=hidden]), select, textarea"))
            ?? fields.FirstOrDefault(element => Same(element.GetAttribute("aria-label"), field))
            ?? fields.FirstOrDefault(element => element.GetAttribute("name") == field)
            ?? fields.FirstOrDefault(element => element.GetAttribute("name")?.EndsWith("." + field, StringComparison.Ordinal) == true);
    }

    internal static IEnumerable<IHtmlElement> Buttons(IHtmlFormElement form)
        => form.Elements.Where(element => element is IHtmlButtonElement { Type: "submit" } or IHtmlInputElement { Type: "submit" or "image" });

    internal static IHtmlElement? Button(IHtmlFormElement form, string button)
        => Buttons(form).FirstOrDefault(element => Same(element.Words(), button) || Same(element.GetAttribute("aria-label"), button)
            || Same(element.GetAttribute("name"), button) || Same(element.Id, button) || Same(element.GetAttribute("value"), button));

    // A label may carry a mark for required fields.
    private static bool Same(string? text, string wanted) => string.Equals(text?.TrimEnd('*', ' '), wanted, StringComparison.OrdinalIgnoreCase);

    private sealed class Upload(string name, byte[] content, string type) : IFile
    {
        public string Name => name;
        public DateTime LastModified => FakeClock.Start.UtcDateTime;
        public Stream Body => new MemoryStream(content, writable: false);
        public int Length => content.Length;
        public string Type => type;
        public bool IsClosed => false;

        public void Close()
        {
        }

        public IBlob Slice(int start = 0, int end = int.MaxValue, string? contentType = null) => new Upload(name, content[start..Math.Min(end, content.Length)], contentType ?? type);

        public void Dispose()
        {
        }
    }
}
