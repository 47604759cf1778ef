using System.Diagnostics;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Intranet.Web.Pages.Errors;

/// <summary>
/// What went wrong, in a sentence, with a way on. The status-code and exception middleware run it again for the failed
/// request, with that request's method: so it has no handlers, and no antiforgery check of its own.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class IndexModel : PageModel
{
    /// <summary>The status of the answer: that of the failed request, or the one in the address when someone opens it.</summary>
    public int Code { get; private set; }

    /// <summary>What a report of the error should name; the server's log has the same.</summary>
    public string RequestId => Activity.Current?.TraceId.ToHexString() ?? HttpContext.TraceIdentifier;

    /// <summary>The address that failed, to try again; null when there is none or it was changed by the failed request.</summary>
    public string? RetryUrl { get; private set; }

    public string Heading => Words.Heading;

    public string Text => Words.Text;

    /// <summary>Whether it makes sense to report this error.</summary>
    public bool ShowsRequestId => Code >= 500;

    private (string Heading, string Text) Words => Code switch
    {
        400 => ("That didn't go through", "The form was out of date or incomplete. Go back, reload the page and send it again."),
        401 => ("Please sign in", "This page is for people who are signed in."),
        403 => ("You don't have access to this page", "It belongs to another role. If you need it, ask an administrator."),
        404 => ("There is no such page", "The address may be mistyped, or what it showed was moved or deleted."),
        405 => ("That isn't possible here", "The page exists, but it doesn't do what was asked of it."),
        413 => ("That file is too large", "Send a smaller file, or split it into several."),
        421 => ("Open the intranet over https", "This address came without encryption, which would show passwords to everybody on the way. If a proxy takes the https, its address belongs into Proxy__KnownProxies. For a trial on this machine alone, set Https__Required to false."),
        429 => ("Too many requests", "Please wait a minute, then try again."),
        503 => ("The intranet is not available right now", "It is starting, or its database is busy or can't be reached. It recovers by itself; please try again in a minute."),
        _ when Code < 500 => ("That didn't work", "The request couldn't be understood."),
        _ => ("Something went wrong on our side", "Nothing was lost that had been saved. Please try again; if it happens again, report it with the request number."),
    };

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context)
    {
        var inAddress = RouteData.Values["code"] is string text && int.TryParse(text, out var number) && number is >= 400 and <= 599 ? number : 404;
        var failed = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var thrown = HttpContext.Features.Get<IExceptionHandlerPathFeature>();

        Code = failed is null && thrown is null ? inAddress
            : thrown is not null && Problems.IsPassing(HttpContext, thrown.Error) ? StatusCodes.Status503ServiceUnavailable
            : Response.StatusCode is >= 400 ? Response.StatusCode : inAddress;
        Response.StatusCode = Code;
        if (HttpMethods.IsGet(Request.Method) && Code is 429 or >= 500)
            RetryUrl = failed is not null ? failed.OriginalPathBase + failed.OriginalPath + failed.OriginalQueryString
                : thrown is not null ? Request.PathBase + thrown.Path : null;
    }
}
