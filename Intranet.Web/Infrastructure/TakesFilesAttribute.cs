using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// For a page whose form sends a file: lets the body be as large as <see cref="Hosting.LargestUpload"/> (the form reader
/// keeps files on disk, not in memory) and answers a larger one with 413 before anything reads it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFilesAttribute : Attribute, IAuthorizationFilter, IOrderedFilter
{
    /// <summary>Before the antiforgery filter, which reads the form and calls any failure of that a wrong token.</summary>
    public int Order => 0;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        var limit = context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (request.ContentLength > Hosting.LargestUpload)
        {
            // A browser that is still sending when the connection closes shows its own error instead of ours: the server
            // takes in the rest for some seconds.
            if (limit is { IsReadOnly: false })
                limit.MaxRequestBodySize = null;
            context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
            return;
        }

        if (limit is { IsReadOnly: false })
            limit.MaxRequestBodySize = Hosting.LargestUpload;
        context.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = Hosting.LargestUpload }));
    }
}
