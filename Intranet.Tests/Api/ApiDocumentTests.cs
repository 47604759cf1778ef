using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Intranet.Tests.Api;

public sealed class ApiDocumentTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task The_document_is_valid_and_complete()
    {
        var text = await TextAsync();
        var (document, diagnostic) = OpenApiDocument.Parse(text, "json");
        Check.None(diagnostic!.Errors.Select(error => error.ToString()));
        var operations = document!.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (Key: $"{operation.Key.Method} {path.Key}", operation.Value))).ToList();

        Assert.Equal(Endpoints().Select(endpoint => endpoint.Key).Order(StringComparer.Ordinal), operations.Select(operation => operation.Key).Order(StringComparer.Ordinal));
        Assert.Equal(operations.Count, operations.Select(operation => operation.Value.OperationId).Distinct().Count(id => id is { Length: > 0 }));
        var anonymous = Endpoints().Where(endpoint => endpoint.IsAnonymous).Select(endpoint => endpoint.Key).ToHashSet();
        Check.None(operations.SelectMany(operation => Lacks(operation.Key, operation.Value, anonymous.Contains(operation.Key)).Select(what => $"{operation.Key} lacks {what}.")));
        Assert.Equal(["Bearer", "Cookie"], document.Components!.SecuritySchemes!.Keys.Order(StringComparer.Ordinal));
        // What only looks required would be made up by generated clients.
        Assert.Null(document.Components.Schemas!["LoginInput"].Required);
        Assert.Contains("refresh_token", document.Components.Schemas["TokenAnswer"].Required!);
    }

    [Fact]
    public async Task It_tells_the_paging_and_the_other_formats_of_FindPOC()
    {
        using var document = JsonDocument.Parse(await TextAsync());
        var poc = document.RootElement.GetProperty("paths").GetProperty("/api/poc").GetProperty("get");

        Assert.Equal(["product_name", "repository_name", "productName", "repositoryName", "format", "pageNumber", "pageSize"], poc.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
        var answer = poc.GetProperty("responses").GetProperty("200");
        Assert.Equal(["application/json", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"], answer.GetProperty("content").EnumerateObject().Select(content => content.Name));
        Assert.Equal(["X-Total-Count", "Link"], answer.GetProperty("headers").EnumerateObject().Select(header => header.Name));
        Assert.Equal(["200", "400", "401", "403", "404", "429", "500"], poc.GetProperty("responses").EnumerateObject().Select(response => response.Name));
    }

    [Fact]
    public async Task The_page_reads_the_document_to_people_and_each_reading_call_can_be_tried()
    {
        var product = await app.Given.Product();
        await app.Given.Assignment(product: product);
        using var client = await app.SignedInAs(Cast.Employee);
        var page = (await client.PageAsync("/api")).MustBeOk();

        Assert.Equal(Endpoints().Select(endpoint => endpoint.Key).Order(StringComparer.Ordinal), page.Texts(".operation h3").Order(StringComparer.Ordinal));
        Assert.Equal(Endpoints().Count(endpoint => endpoint.Key.StartsWith("GET ", StringComparison.Ordinal)), page.All(".operation form").Count);
        Assert.Empty(page.All("script:not([src^='/assets/'])"));
        Assert.Empty(page.All("[src*='//'], link[href*='//']"));
        var form = page.One("form[aria-label='Try /api/poc']");
        Assert.Equal("get", form.GetAttribute("method"));
        var tried = await client.PageAsync($"/api?handler=Try&call=/api/poc&p.product_name={Uri.EscapeDataString(product.Name)}&p.format=");
        Assert.Equal($"/api/poc?product_name={product.Name}", tried.MustBeOk().Path);
        Assert.Equal("application/json", tried.Response.Content.Headers.ContentType!.MediaType);
        // A value in the path stays one value.
        Assert.Equal("/api/poc/reports/..%2F..%2Fadmin", (await client.PageAsync("/api?handler=Try&call=/api/poc/reports/{id}&p.id=../../admin", follow: false)).RedirectsTo);
    }

    [Theory]
    [InlineData("/api/auth/login")]
    [InlineData("/admin/users")]
    [InlineData("https://evil.example")]
    [InlineData("")]
    public async Task Only_reading_calls_of_the_document_can_be_tried(string call)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        (await client.PageAsync($"/api?handler=Try&call={Uri.EscapeDataString(call)}", follow: false)).MustBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_stranger_reads_neither()
    {
        using var client = app.Anonymous();
        (await client.PageAsync("/api", follow: false)).MustBe(HttpStatusCode.Redirect);
        (await client.PageAsync("/openapi/v1.json", follow: false)).MustBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/poc", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/poc/reports/not-a-guid", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_a_problem_document(string method, string url, HttpStatusCode expected)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal((expected, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal((int)expected, problem.RootElement.GetProperty("status").GetInt32());
    }

    private static IEnumerable<string> Lacks(string key, OpenApiOperation operation, bool anonymous)
    {
        if (operation.Summary is not { Length: > 0 })
            yield return "a summary";
        if (operation.Description is not { Length: > 0 })
            yield return "a description";
        if (operation.Tags is not { Count: > 0 })
            yield return "a tag";
        foreach (var parameter in (operation.Parameters ?? []).Where(parameter => parameter.Description is not { Length: > 0 } || parameter.Schema is null))
            yield return $"a description of {parameter.Name}";
        // To start a job, or to take something back, there is nothing to say.
        if (key.StartsWith("POST ", StringComparison.Ordinal) && key is not ("POST /api/duplicates/scan" or "POST /api/performance/recalculate") && !key.EndsWith("/restore", StringComparison.Ordinal) && operation.RequestBody?.Content is not { Count: > 0 })
            yield return "a body";
        if (!operation.Responses!.Any(answer => answer.Key == "204" || answer.Key.StartsWith('2') && answer.Value.Content?.Values.FirstOrDefault()?.Schema is not null))
            yield return "a good answer with its fields";
        string[] problems = anonymous ? ["400", "429", "500"] : ["400", "401", "403", "429", "500"];
        foreach (var code in problems.Where(code => operation.Responses!.GetValueOrDefault(code)?.Content?.ContainsKey("application/problem+json") != true))
            yield return $"the problem document of {code}";
        if (anonymous != (operation.Security is not { Count: > 0 }))
            yield return anonymous ? "openness" : "its ways to sign in";
    }

    private IEnumerable<(string Key, bool IsAnonymous)> Endpoints()
        => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .Select(endpoint => (
                $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} /{System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!.Trim('/'), ":[a-z]+}", "}")}",
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null));

    private async Task<string> TextAsync()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        using var answer = await client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
