namespace Intranet.Web.Infrastructure;

/// <summary>Headers that limit what a browser does with our answers.</summary>
public static class SecurityHeaders
{
    /// <summary>
    /// Sets a content security policy without inline code, evaluated code or foreign origins, and the smaller headers beside
    /// it. Pages of a signed-in user and answers of the API aren't stored by the browser, unless the endpoint chose its own
    /// caching. Goes first, so that errors, redirects and files carry the headers too.
    /// </summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="formTargets">
    /// Other origins a form may end at. Browsers apply <c>form-action</c> to redirects after a form as well, so a sign-in
    /// button that posts and then redirects to a provider needs the provider's origin here; a link doesn't.
    /// </param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, params string[] formTargets)
    {
        var policy = string.Join("; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            string.Join(' ', ["form-action 'self'", .. formTargets]),
            "frame-ancestors 'none'");

        // A year. Not in Development: it would hold for everything else on localhost too.
        var httpsOnly = app.ApplicationServices.GetRequiredService<IConfiguration>().RequiresHttps(app.ApplicationServices.GetRequiredService<IHostEnvironment>());
        return app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["X-Robots-Tag"] = "noindex";
                if (httpsOnly && context.Request.IsHttps)
                    headers.StrictTransportSecurity = "max-age=31536000";

                var isPage = context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
                if (headers.CacheControl.Count == 0 && (context.IsApi() || (isPage && context.User.Identity?.IsAuthenticated == true)))
                    headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
