using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Intranet.Web.Infrastructure;

namespace Intranet.Tests.Account;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Sign_in_takes_ten_tries_a_minute_from_one_address_then_says_when_to_come_back()
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["RateLimits:Enabled"] = "true");
        using var client = app.Anonymous();
        // Each with an account of its own: what counts is where they come from.
        for (var i = 0; i < RateLimits.Attempts; i++)
            (await SignInTests.SignInAsync(client, $"guess{i}@example.org", "a guessed password")).MustBe(HttpStatusCode.UnprocessableEntity);

        var page = (await SignInTests.SignInAsync(client, Cast.Employee.Email, Cast.Password)).MustBe(HttpStatusCode.TooManyRequests);
        Assert.Equal("Too many requests", page.One("h1").TextContent.Trim());
        Assert.InRange(page.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);

        // Each door on its own: programs aren't locked out by people.
        for (var i = 0; i < RateLimits.Attempts; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(client, "a guessed password")).Status);
        var (status, type, wait) = await LoginAsync(client, Cast.Password);
        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (status, type));
        Assert.InRange(wait!.Value.TotalSeconds, 1, 60);

        (await client.PageAsync("/account/sign-in")).MustBeOk();
        (await client.PageAsync("/health/live")).MustBeOk();
    }

    [Fact]
    public async Task Searching_is_limited_for_each_user_alone_and_assets_never()
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["RateLimits:Enabled"] = "true");
        using var emma = await app.SignedInAs(Cast.Employee);
        using var stella = await app.SignedInAs(Cast.Steward);
        // Ten come back with each second, so that a slow machine sends more before it is stopped.
        var answers = new List<HttpStatusCode>();
        var watch = Stopwatch.StartNew();
        while (!answers.Contains(HttpStatusCode.TooManyRequests) && answers.Count < 10 * RateLimits.Requests)
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StatusAsync(emma, "/api/auth/me"))));

        Assert.InRange(answers.Count(status => status == HttpStatusCode.OK), RateLimits.Requests, RateLimits.Requests + (10 * ((int)watch.Elapsed.TotalSeconds + 2)));
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(stella, "/api/auth/me"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emma, "/account/password"));
    }

    [Fact]
    public async Task Who_asks_without_the_right_is_counted_too()
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["RateLimits:Enabled"] = "true");
        using var stranger = app.Anonymous();
        using var employee = await app.SignedInAs(Cast.Employee);
        foreach (var (client, url, refusal) in new[] { (stranger, "/api/leads", HttpStatusCode.Unauthorized), (employee, "/api/duplicates", HttpStatusCode.Forbidden) })
        {
            Assert.Equal(refusal, await StatusAsync(client, url));
            var answers = new List<HttpStatusCode>();
            while (!answers.Contains(HttpStatusCode.TooManyRequests) && answers.Count < 10 * RateLimits.Requests)
                answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StatusAsync(client, url))));
            Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        }
    }

    [Fact]
    public async Task Switched_off_nobody_is_counted()
    {
        await using var app = await RunningApp.StartAsync();
        using var client = app.Anonymous();
        for (var i = 0; i <= RateLimits.Attempts; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(client, "a guessed password", "nobody@example.org")).Status);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string? Type, TimeSpan? Wait)> LoginAsync(HttpClient client, string password, string? email = null)
    {
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = email ?? Cast.Employee.Email, password }, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.RetryAfter?.Delta);
    }
}
