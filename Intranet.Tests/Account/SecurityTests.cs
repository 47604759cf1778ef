using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Account;

/// <summary>What holds for every answer: headers, cookies, antiforgery, keys.</summary>
public sealed class SecurityTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("/directory", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    [InlineData("/admin/users", HttpStatusCode.Forbidden)]
    [InlineData("/account/sign-in", HttpStatusCode.Redirect)]
    [InlineData("/api/auth/me", HttpStatusCode.OK)]
    [InlineData("/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/poc", HttpStatusCode.BadRequest)]
    [InlineData("/api/poc?format=csv&product_name={product}", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/favicon.ico", HttpStatusCode.OK)]
    [InlineData("/assets/nothing.js", HttpStatusCode.NotFound)]
    public async Task Every_kind_of_answer_carries_the_security_headers(string url, HttpStatusCode expected)
    {
        var product = await app.Given.Product();
        await app.Given.Assignment(product: product);
        using var client = await app.SignedInAs(Cast.Employee);
        using var answer = await client.GetAsync(new Uri(url.Replace("{product}", product.Name, StringComparison.Ordinal), UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        HasHeaders(answer);
    }

    [Fact]
    public async Task A_failure_of_ours_carries_them_too_and_tells_nothing_but_its_number()
    {
        await using var own = await RunningApp.StartAsync();
        using var client = await own.SignedInAs(Cast.Employee);
        using var administrator = await own.SignedInAs(Cast.Administrator);
        await own.Database(async db =>
        {
            await db.Database.ExecuteSqlAsync($"DROP TABLE JobRuns");
            await db.Database.ExecuteSqlAsync($"DROP TABLE AuditEntries");
        });
        foreach (var api in new[] { false, true })
        {
            using var answer = api
                ? await client.PostAsync(new Uri("/api/auth/login", UriKind.Relative), new FormUrlEncodedContent([new("username", "x"), new("password", "y")]), TestContext.Current.CancellationToken)
                : await administrator.GetAsync(new Uri("/admin/jobs", UriKind.Relative), TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            HasHeaders(answer);
            Assert.Matches(api ? "\"requestId\":\"00-[0-9a-f-]+\"" : "data-request-id>[0-9a-f]{32}<", text);
            Assert.DoesNotContain("JobRuns", text, StringComparison.Ordinal);
            Assert.DoesNotContain("AuditEntries", text, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_of_a_user_and_answers_of_the_api_are_not_kept_by_the_browser_but_assets_are()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        Assert.True((await client.PageAsync("/directory")).Response.Headers.CacheControl!.NoStore);
        using var me = await client.GetAsync(new Uri("/api/auth/me", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(me.Headers.CacheControl!.NoStore);
        var style = (await client.PageAsync("/directory")).All("link[rel=stylesheet]")[0].GetAttribute("href")!;
        using var asset = await client.GetAsync(new Uri(style, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(asset.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData("Testing", "__Host-")]
    [InlineData("Development", "")]
    public async Task Cookies_are_out_of_reach_for_scripts_other_sites_and_plain_http(string environment, string prefix)
    {
        await using var own = await RunningApp.StartAsync(options => options.Environment = environment);
        using var client = own.Anonymous();
        var page = await client.PageAsync("/account/sign-in");
        var form = page.Response.Headers.GetValues("Set-Cookie").Single();
        var answer = await page.Form("Sign in").Fill("E-mail address", Cast.Employee.Email).Fill("Password", Cast.Password).SubmitAsync(follow: false);
        var session = answer.Response.Headers.GetValues("Set-Cookie").Single();
        var changed = await (await client.PageAsync("/account/password")).Form("Change password")
            .Fill("Current password", Cast.Password).Fill("New password", "three new words").Fill("New password again", "three new words").SubmitAsync(follow: false);
        var toast = changed.Response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.Contains("toast", StringComparison.Ordinal));

        foreach (var (cookie, name) in new[] { (form, "intranet.form"), (session, "intranet"), (toast, "intranet.toast") })
        {
            var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
            Assert.StartsWith($"{prefix}{name}=", parts[0], StringComparison.Ordinal);
            Assert.Contains("httponly", parts);
            Assert.Contains("samesite=lax", parts);
            Assert.Contains("path=/", parts);
            Assert.Contains("secure", parts);
            Assert.DoesNotContain(parts, part => part.StartsWith("domain", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Over_plain_http_outside_Development_the_answer_says_to_use_https()
    {
        await using var process = await AppProcess.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = process.Address };
        foreach (var url in new[] { "/", "/account/set-up", "/api/auth/me" })
        {
            using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
            Assert.Contains("https", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var proxied = process.Anonymous();
        (await proxied.PageAsync("/account/set-up")).MustBeOk();
    }

    [Fact]
    public async Task Where_https_is_switched_off_for_a_trial_plain_http_works_with_cookies_that_need_none()
    {
        await using var process = await AppProcess.StartAsync(new Dictionary<string, string> { ["Https:Required"] = "false" });
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = process.Address };
        using var answer = await client.GetAsync(new Uri("/account/set-up", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("intranet.form=", StringComparison.Ordinal));
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/password")]
    [InlineData("/account/sign-out")]
    [InlineData("/account/register")]
    [InlineData("/admin/settings")]
    [InlineData("/admin/mail?handler=Test")]
    [InlineData("/admin/jobs?handler=Run")]
    [InlineData("/admin/users/1?handler=Lock")]
    [InlineData("/admin/users/new")]
    public async Task A_form_from_elsewhere_is_refused_on_every_page(string url)
    {
        using var client = await app.SignedInAs(Cast.Administrator);
        foreach (var token in new[] { null, "CfDJ8" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(token is null ? [] : [new("__RequestVerificationToken", token)]) };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("That didn", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            HasHeaders(answer);
        }

        (await client.PageAsync("/directory", follow: false)).MustBeOk();
    }

    [Fact]
    public async Task The_token_of_one_user_is_none_for_another()
    {
        using var emma = await app.SignedInAs(Cast.Employee);
        using var stella = await app.SignedInAs(Cast.Steward);
        var token = (await emma.PageAsync("/account/password")).All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        using var answer = await stella.PostAsync(new Uri("/account/password", UriKind.Relative), new FormUrlEncodedContent([new("__RequestVerificationToken", token)]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Who_lacks_the_role_is_told_so_on_a_page_with_that_status()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        var page = (await client.PageAsync("/admin/users", follow: false)).MustBe(HttpStatusCode.Forbidden);
        Assert.Equal("You don't have access to this page", page.One("h1").TextContent.Trim());
        // Also when it was a form that was sent, and to htmx.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/settings");
        request.Headers.Add("HX-Request", "true");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_outlives_a_restart_and_counts_at_every_node_because_the_keys_are_in_the_database()
    {
        var cookies = await app.SessionAsync(Cast.Employee);
        await using var restarted = await RunningApp.BesideAsync(app);
        using var client = restarted.With(cookies);

        (await client.PageAsync("/directory", follow: false)).MustBeOk();
        Assert.True(await app.Database(db => db.DataProtectionKeys.AnyAsync()));
        // A form opened before is still good.
        using var before = app.With(cookies);
        var form = await before.PageAsync("/account/password");
        var token = form.All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        using var answer = await client.PostAsync(new Uri("/account/password", UriKind.Relative), new FormUrlEncodedContent([new("__RequestVerificationToken", token)]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    private static void HasHeaders(HttpResponseMessage answer)
    {
        var policy = Header("Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Equal("max-age=31536000", Header("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));

        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
    }
}
