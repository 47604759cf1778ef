using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Support;

/// <summary>The browser checks must be able to fail; shown on pages made for it.</summary>
public sealed class BrowserTests(BrowserTests.Pages app) : IClassFixture<BrowserTests.Pages>
{
    [Fact]
    public async Task A_faultless_page_passes()
        => await Browser.VisitAsync(app, Cast.Stranger, async page =>
        {
            await page.GotoAsync("/try/good");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
        }, phone: true);

    [Fact]
    public async Task Axe_tells_of_an_image_without_text()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Browser.VisitAsync(app, Cast.Stranger, async page =>
        {
            await page.GotoAsync("/try/image");
            await page.AxeAsync();
        }));
        Assert.Contains("image-alt", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_the_policy_stops_fails_the_visit()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Browser.VisitAsync(app, Cast.Stranger, page => page.GotoAsync("/try/inline")));
        Assert.Contains("Content Security Policy", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_wider_than_a_phone_is_noticed()
        => await Assert.ThrowsAnyAsync<Exception>(() => Browser.VisitAsync(app, Cast.Stranger, async page =>
        {
            await page.GotoAsync("/try/wide");
            await page.FitsTheWidthAsync();
        }, phone: true));

    public sealed class Pages() : RunningApp(options => options.Services = services => services.AddSingleton<IStartupFilter, Before>())
    {
        private sealed class Before : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Map("/try", branch => branch.Run(Answer));
                app.Map("/favicon.ico", branch => branch.Run(_ => Task.CompletedTask));
                next(app);
            };

            private static Task Answer(HttpContext context)
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src data:; style-src 'unsafe-inline'";
                return context.Response.WriteAsync($"""
                    <!doctype html><html lang="en"><head><title>Try</title><meta name="viewport" content="width=device-width"></head><body><main><h1>Try</h1>
                    {context.Request.Path.Value switch
                {
                    "/image" => "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='>",
                    "/inline" => "<script>document.title = 'changed'</script>",
                    "/wide" => "<div style='width: 2000px'>wide</div>",
                    _ => "<p>Nothing wrong.</p>",
                }}</main></body></html>
                    """);
            }
        }
    }
}
