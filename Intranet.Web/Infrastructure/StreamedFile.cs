using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Intranet.Web.Infrastructure;

/// <summary>A download that is written while it is sent; works as the result of a page handler and of an endpoint.</summary>
public sealed class StreamedFile(string contentType, string fileName, Func<Stream, Task> write) : IActionResult, IResult
{
    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        httpContext.Response.ContentType = contentType;
        httpContext.Response.Headers.ContentDisposition = disposition.ToString();
        await write(httpContext.Response.Body);
    }
}
