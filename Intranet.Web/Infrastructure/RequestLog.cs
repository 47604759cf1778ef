using System.Diagnostics;

namespace Intranet.Web.Infrastructure;

/// <summary>One line per request, except for health checks and files of the front end.</summary>
public static class RequestLog
{
    /// <summary>
    /// Logs method, path, status, milliseconds, the user's number and the request id that error pages show. Never the
    /// query: what people search for is nobody's business. Goes before the error pages, to see the status they chose.
    /// </summary>
    public static void UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Intranet.Requests");
        app.Use(async (context, next) =>
        {
            // Error pages run under another path later.
            var path = context.Request.Path;
            if (path.StartsWithSegments("/health") || path.StartsWithSegments("/assets") || path == "/favicon.ico")
            {
                await next(context);
                return;
            }

            var started = Stopwatch.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                var status = context.Response.StatusCode;
                log.Log(
                    status >= 500 ? LogLevel.Warning : LogLevel.Information, "{Method} {Path} {Status} in {Milliseconds} ms, user {User}, request {RequestId}",
                    context.Request.Method, path.Value, context.RequestAborted.IsCancellationRequested ? "aborted" : status,
                    (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds, context.User.Id(), Activity.Current?.Id ?? context.TraceIdentifier);
            }
        });
    }
}
