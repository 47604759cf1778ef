using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Support;

public sealed class FormTests(FormTests.Pages app) : IClassFixture<FormTests.Pages>
{
    [Fact]
    public async Task It_sends_what_a_browser_would()
    {
        using var client = app.Anonymous();
        var page = await client.PageAsync("/try?a=1");
        var answer = await page.Form("Save").Fill("Full name", "Jean-Luc Ø & more").Fill("Colour", "Red").Tick("Agree").Choose("size", "L").SubmitAsync();

        Assert.Equal("POST /try?a=1 agree=true colour=r hidden=token name=Jean-Luc Ø & more size=L", answer.MustBeOk().Text);
    }

    [Fact]
    public async Task It_sends_files()
    {
        using var client = app.Anonymous();
        var page = await client.PageAsync("/try");
        var answer = await page.Form("Upload").Attach("File", "people.csv", "a;b\r\n1;2").SubmitAsync();

        Assert.Equal("POST /try/upload file=people.csv:8", answer.MustBeOk().Text);
    }

    [Fact]
    public async Task Another_button_of_the_form_goes_where_it_says()
    {
        using var client = app.Anonymous();
        var answer = await (await client.PageAsync("/try")).Form("Delete").SubmitAsync();

        Assert.StartsWith("POST /try?handler=Delete ", answer.MustBe(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_form_becomes_a_query()
    {
        using var client = app.Anonymous();
        var answer = await (await client.PageAsync("/try")).Form("Search").Fill("Query", "a b").SubmitAsync();

        Assert.Equal("/try/found?q=a+b", answer.Path);
    }

    [Fact]
    public async Task An_unknown_field_or_choice_fails_with_what_there_is()
    {
        using var client = app.Anonymous();
        var form = (await client.PageAsync("/try")).Form("Save");

        Assert.Contains("'Full name *'", Assert.ThrowsAny<Exception>(() => form.Fill("Nobody", "x")).Message, StringComparison.Ordinal);
        Assert.Contains("'Red'", Assert.ThrowsAny<Exception>(() => form.Fill("Colour", "Blue")).Message, StringComparison.Ordinal);
    }

    public sealed class Pages() : RunningApp(options => options.Services = services => services.AddSingleton<IStartupFilter, Before>())
    {
        private sealed class Before : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Map("/try", branch => branch.Run(AnswerAsync));
                next(app);
            };

            private static async Task AnswerAsync(HttpContext context)
            {
                var request = context.Request;
                context.Response.ContentType = "text/html; charset=utf-8";
                if (HttpMethods.IsPost(request.Method))
                {
                    var fields = request.Form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}")
                        .Concat(request.Form.Files.Select(file => $"{file.Name}={file.FileName}:{file.Length}"));
                    await context.Response.WriteAsync(WebUtility.HtmlEncode($"POST {request.PathBase}{request.Path}{request.QueryString} {string.Join(' ', fields)}"));
                    return;
                }

                await context.Response.WriteAsync("""
                    <!doctype html><title>Try</title><main>
                    <form method="get" action="/try/found"><label>Query <input name="q"></label><button>Search</button></form>
                    <form method="post">
                      <label for="n">Full name *</label><input id="n" name="name" value="old">
                      <label for="c">Colour</label><select id="c" name="colour"><option value="g" selected>Green</option><option value="r">Red</option></select>
                      <label><input type="checkbox" name="agree" value="true"> Agree</label>
                      <input type="radio" name="size" value="S" checked><input type="radio" name="size" value="L">
                      <input name="off" value="not sent" disabled><input type="hidden" name="hidden" value="token">
                      <button>Save</button><button formaction="/try?handler=Delete">Delete</button>
                    </form>
                    <form method="post" action="/try/upload" enctype="multipart/form-data"><label>File <input type="file" name="file"></label><button>Upload</button></form>
                    </main>
                    """);
            }
        }
    }
}
