using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// A download that is written while it is sent; works as the result of a page handler and of an endpoint. It passes through
/// a file: the rows come as fast as the database gives them, and who loads slowly keeps no transaction open.
/// </summary>
public sealed class StreamedFile(string contentType, string fileName, Func<Stream, Task> write) : IActionResult, IResult
{
    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        httpContext.Response.ContentType = contentType;
        httpContext.Response.Headers.ContentDisposition = disposition.ToString();
        // Others' turns don't wait for all the rows of a workbook.
        httpContext.Features.Get<Turns.Turn>()?.End();
        await using var spool = new Spool();
        // Elsewhere: a database in the process gives its rows without ever letting go of the thread.
        var writing = Task.Run(() => spool.WriteAsync(write));
        try
        {
            await spool.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
        }
        catch
        {
            // What is written reads from the request's database, which must not be gone before. It ends because nobody reads on, or
            // has failed already: then it failed first, and is what to tell.
            var hasFailed = writing.IsFaulted;
            spool.Leave();
            await Task.WhenAny(writing);
            if (hasFailed)
                await writing;
            throw;
        }

        await writing;
    }
}
