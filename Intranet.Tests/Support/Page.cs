using System.Net;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Intranet.Tests.Support;

public static partial class PageExtensions
{
    private const int MaxRedirects = 5;

    /// <summary>Opens a page as a browser without script would.</summary>
    /// <param name="follow">False: a redirect is the answer.</param>
    public static async Task<Page> PageAsync(this HttpClient client, string url, bool follow = true)
        => await client.PageAsync(new HttpRequestMessage(HttpMethod.Get, url), follow);

    internal static async Task<Page> PageAsync(this HttpClient client, HttpRequestMessage request, bool follow)
    {
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        request.RequestUri = new Uri(client.BaseAddress!, request.RequestUri!);
        for (var hop = 0; ; hop++)
        {
            var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            if (!follow || response.Headers.Location is not { } location || hop == MaxRedirects)
                return await Page.ReadAsync(client, response, request.RequestUri!);
            var next = new Uri(request.RequestUri!, location);
            response.Dispose();
            request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.Accept.ParseAdd("text/html");
        }
    }

    /// <summary>The text as a reader sees it: runs of blanks are one blank.</summary>
    public static string Words(this INode node) => Blanks().Replace(node.TextContent, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

/// <summary>An answer to a browser: status, headers and, if it is HTML, the document.</summary>
public sealed class Page
{
    private Page(HttpClient client, HttpResponseMessage response, Uri url, string html, IHtmlDocument document)
        => (Client, Response, Url, Html, Document) = (client, response, url, html, document);

    internal HttpClient Client { get; }
    public HttpResponseMessage Response { get; }
    public HttpStatusCode Status => Response.StatusCode;

    /// <summary>Where the last redirect led.</summary>
    public Uri Url { get; }

    /// <summary>Path and query of <see cref="Url"/>.</summary>
    public string Path => Url.PathAndQuery;

    /// <summary>Path and query of the redirect that wasn't followed.</summary>
    public string? RedirectsTo => Response.Headers.Location is { } location ? new Uri(Url, location).PathAndQuery : null;

    public string Html { get; }
    public IHtmlDocument Document { get; }

    /// <summary>All text of the page body.</summary>
    public string Text => Document.Body!.Words();

    public string Title => Document.Title ?? "";

    internal static async Task<Page> ReadAsync(HttpClient client, HttpResponseMessage response, Uri url)
    {
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isHtml = response.Content.Headers.ContentType?.MediaType == "text/html";
        // With its address, so that forms know where they go.
        var document = await BrowsingContext.New().OpenAsync(answer => answer.Content(isHtml ? html : "").Address(url), TestContext.Current.CancellationToken);
        return new Page(client, response, url, html, (IHtmlDocument)document);
    }

    /// <summary>Fails with the page's text and the app's errors when the status is another.</summary>
    public Page MustBe(HttpStatusCode status)
    {
        if (Status != status)
            Assert.Fail($"{Response.RequestMessage?.Method} {Path} answered {(int)Status} {Status}, not {(int)status} {status}. {Excerpt(Text)}\n{(Client as AppClient)?.App.Log.Errors}");
        return this;
    }

    public Page MustBeOk() => MustBe(HttpStatusCode.OK);

    public IReadOnlyList<IElement> All(string selector) => [.. Document.QuerySelectorAll(selector)];

    /// <summary>The one element that matches.</summary>
    public IElement One(string selector)
    {
        var all = All(selector);
        if (all.Count != 1)
            Assert.Fail($"{Path} has {all.Count} elements '{selector}', not 1. {Excerpt(Text)}");
        return all[0];
    }

    /// <summary>Texts of the matching elements, in order: <c>page.Texts("#employees tbody tr td:first-child")</c>.</summary>
    public IReadOnlyList<string> Texts(string selector) => [.. All(selector).Select(element => element.Words())];

    /// <summary>
    /// The form with this submit button (its text, aria-label, name or id) or, without one, the only form of the main
    /// part that posts.
    /// </summary>
    public Form Form(string? button = null)
    {
        var forms = Document.Forms.Where(form => button is null
            ? form.Method == "post" && form.Closest("main") is not null
            : Support.Form.Button(form, button) is not null).ToList();
        if (forms.Count != 1)
        {
            var buttons = string.Join(", ", Document.Forms.SelectMany(Support.Form.Buttons).Select(element => $"'{element.Words()}'"));
            Assert.Fail($"{Path} has {forms.Count} forms {(button is null ? "that post in its main part" : $"with a button '{button}'")}, not 1. Its buttons: {buttons}. {Excerpt(Text)}");
        }

        return new Form(this, forms[0], button);
    }

    /// <summary>The message beside a field (by label or name); null when there is none.</summary>
    public string? FieldError(string field)
    {
        var name = Document.Forms.Select(form => Support.Form.Find(form, field)?.GetAttribute("name")).FirstOrDefault(found => found is not null)
            ?? throw new ArgumentException($"{Path} has no field '{field}'.", nameof(field));
        // The id that the field's aria-describedby names.
        var id = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or ':' ? letter : '_')) + "-error";
        var text = string.Join(' ', All($"[id='{id}']").Select(element => element.Words()).Where(words => words.Length > 0));
        return text.Length == 0 ? null : text;
    }

    /// <summary>All messages beside fields, and those of the whole form.</summary>
    public IReadOnlyList<string> Errors
        => [.. Texts(".field-validation-error, form .alert-danger p").Where(text => text.Length > 0)];

    private static string Excerpt(string text) => text.Length <= 800 ? text : text[..800] + "…";
}
