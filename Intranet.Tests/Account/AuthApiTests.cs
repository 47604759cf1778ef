using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Intranet.Web.Pages.Account;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Account;

public sealed class AuthApiTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("json")]
    [InlineData("json with email")]
    [InlineData("form")]
    [InlineData("multipart")]
    public async Task A_program_signs_in_and_uses_its_token(string how)
    {
        using var client = app.Anonymous();
        using HttpContent body = how switch
        {
            "json" => JsonContent.Create(new { username = Cast.Steward.Email, password = Cast.Password }),
            "json with email" => JsonContent.Create(new { email = Cast.Steward.Email, password = Cast.Password }),
            "form" => new FormUrlEncodedContent([new("username", Cast.Steward.Email), new("password", Cast.Password)]),
            _ => new MultipartFormDataContent { { new StringContent(Cast.Steward.Email), "username" }, { new StringContent(Cast.Password), "password" } },
        };
        using var answer = await client.PostAsync(new Uri("/api/auth/login", UriKind.Relative), body, TestContext.Current.CancellationToken);
        var tokens = (await ReadAsync(answer)).Body;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("Bearer", 900), (tokens.GetProperty("token_type").GetString(), tokens.GetProperty("expires_in").GetInt32()));
        Assert.Equal(4, tokens.EnumerateObject().Count());
        Assert.NotEqual(tokens.GetProperty("access_token").GetString(), tokens.GetProperty("refresh_token").GetString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        // No session comes with it.
        Assert.False(answer.Headers.Contains("Set-Cookie"));

        var me = await AskAsync(client, "/api/auth/me", tokens.GetProperty("access_token").GetString());
        Assert.Equal((Cast.Steward.Email, Cast.Steward.Name), (me.Body.GetProperty("email").GetString(), me.Body.GetProperty("name").GetString()));
        Assert.Equal(["employee", "steward"], me.Body.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, "/api/directory?q=x", tokens.GetProperty("access_token").GetString())).Status);
    }

    [Theory]
    [InlineData("wrong password")]
    [InlineData("unknown account")]
    public async Task Wrong_credentials_are_one_problem_document(string what)
    {
        var person = await app.Given.User();
        using var client = app.Anonymous();
        using var answer = await client.PostAsJsonAsync(
            "/api/auth/login", new { username = what == "unknown account" ? "nobody@example.org" : person.Email, password = "a guessed password" }, TestContext.Current.CancellationToken);
        var (status, problem) = await ReadAsync(answer);

        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (status, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(("Unauthorized", 401, SignInModel.Failed), (problem.GetProperty("title").GetString(), problem.GetProperty("status").GetInt32(), problem.GetProperty("detail").GetString()));
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("""{ "password": "x" }""", "application/json", HttpStatusCode.BadRequest, "username")]
    [InlineData("""{ "username": "x" }""", "application/json", HttpStatusCode.BadRequest, "password")]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest, "username")]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest, "username")]
    [InlineData("""{ "username": 5, "password": {} }""", "application/json", HttpStatusCode.BadRequest, null)]
    [InlineData("not json", "application/json", HttpStatusCode.BadRequest, null)]
    [InlineData("", "application/json", HttpStatusCode.BadRequest, null)]
    [InlineData("", null, HttpStatusCode.UnsupportedMediaType, null)]
    [InlineData("username=a&password=b", "text/plain", HttpStatusCode.UnsupportedMediaType, null)]
    [InlineData("", "application/x-www-form-urlencoded", HttpStatusCode.BadRequest, "username")]
    public async Task A_body_without_both_is_told_what_to_send(string body, string? type, HttpStatusCode expected, string? field)
    {
        using var client = app.Anonymous();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var answer = await client.PostAsync(new Uri("/api/auth/login", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var (status, problem) = await ReadAsync(answer);

        Assert.Equal((expected, "application/problem+json"), (status, answer.Content.Headers.ContentType!.MediaType));
        if (field is not null)
            Assert.Equal("Send the address as username (or email), and the password.", problem.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Fact]
    public async Task Five_failures_close_the_account_to_programs_and_people_alike()
    {
        var person = await app.Given.User();
        using var client = app.Anonymous();
        for (var i = 0; i < CheckPassword.Failures; i++)
            Assert.Null(await TryLoginAsync(client, person.Email, "a guessed password"));

        Assert.Null(await TryLoginAsync(client, person.Email, Cast.Password));
        (await SignInTests.SignInAsync(client, person.Email, Cast.Password)).MustBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task An_access_token_ends_after_15_minutes_and_the_refresh_token_brings_another_for_14_days()
    {
        await using var own = await RunningApp.StartAsync();
        using var client = own.Anonymous();
        var (access, refresh) = (await TryLoginAsync(client, Cast.Employee.Email, Cast.Password))!.Value;

        own.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, "/api/auth/me", access)).Status);
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(client, "/api/auth/me", access)).Status);

        var renewed = (await RefreshAsync(client, refresh))!.Value;
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, "/api/auth/me", renewed.Access)).Status);
        // One is not the other.
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(client, "/api/auth/me", renewed.Refresh)).Status);
        Assert.Null(await RefreshAsync(client, renewed.Access));

        own.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Null(await RefreshAsync(client, renewed.Refresh));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("roles")]
    [InlineData("lock")]
    public async Task A_refresh_token_ends_when_its_user_changes(string what)
    {
        var person = await app.Given.User();
        using var client = app.Anonymous();
        var (_, refresh) = (await TryLoginAsync(client, person.Email, Cast.Password))!.Value;
        Assert.NotNull(await RefreshAsync(client, refresh));

        using var administrator = await app.SignedInAs(what == "password" ? person : Cast.Administrator);
        if (what == "password")
            (await (await administrator.PageAsync("/account/password")).Form("Change password").Fill("Current password", Cast.Password).Fill("New password", "three new words").Fill("New password again", "three new words").SubmitAsync()).MustBeOk();
        else
        {
            var id = await app.Database(db => db.Users.Where(user => user.Email == person.Email).Select(user => user.Id).SingleAsync());
            var page = await administrator.PageAsync($"/admin/users/{id}");
            (await (what == "roles" ? page.Form("Save roles").Tick("kam") : page.Form("Lock")).SubmitAsync()).MustBeOk();
        }

        Assert.Null(await RefreshAsync(client, refresh));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "refresh_token": "" }""")]
    public async Task A_refresh_without_token_is_told_what_to_send(string body)
    {
        using var client = app.Anonymous();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/api/auth/refresh", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var (status, problem) = await ReadAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("Send the refresh_token of the last answer.", problem.GetProperty("errors").GetProperty("refresh_token")[0].GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("rubbish")]
    [InlineData("CfDJ8OGjS5d2xU1Fnq3Yx")]
    public async Task Without_a_valid_token_the_api_answers_401_and_sends_nobody_to_a_page(string? token)
    {
        using var client = app.Anonymous();
        foreach (var url in new[] { "/api/directory", "/api/auth/me", "/openapi/v1.json", "/api/directory/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task A_token_ends_within_a_minute_of_the_account_it_speaks_for()
    {
        await using var own = await RunningApp.StartAsync();
        using var client = own.Anonymous();
        var (access, _) = (await TryLoginAsync(client, Cast.Kam.Email, Cast.Password))!.Value;
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, "/api/leads", access)).Status);
        await own.Database(async db =>
        {
            var kam = await db.Users.SingleAsync(user => user.Email == Cast.Kam.Email);
            // As closing an account, a new password or another role does.
            kam.SecurityStamp = Guid.NewGuid().ToString();
            await db.SaveChangesAsync();
        });

        own.Clock.Advance(TimeSpan.FromMinutes(1));
        var (status, _) = await AskAsync(client, "/api/leads", access);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        var (fresh, _) = (await TryLoginAsync(client, Cast.Kam.Email, Cast.Password))!.Value;
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, "/api/leads", fresh)).Status);
    }

    [Fact]
    public async Task A_token_opens_no_pages()
    {
        using var client = app.Anonymous();
        var (access, _) = (await TryLoginAsync(client, Cast.Administrator.Email, Cast.Password))!.Value;
        Assert.Equal(HttpStatusCode.Redirect, (await AskAsync(client, "/admin/users", access)).Status);
    }

    [Fact]
    public async Task Tokens_of_one_node_are_valid_at_another()
    {
        await using var other = await RunningApp.BesideAsync(app);
        using var here = app.Anonymous();
        using var there = other.Anonymous();
        var (access, refresh) = (await TryLoginAsync(here, Cast.Employee.Email, Cast.Password))!.Value;

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(there, "/api/auth/me", access)).Status);
        Assert.NotNull(await RefreshAsync(there, refresh));
    }

    [Fact]
    public async Task A_program_may_make_an_account_only_while_registration_is_open_and_it_is_an_employee()
    {
        await using var own = await RunningApp.StartAsync();
        using var client = own.Anonymous();
        var wanted = new { email = "program@example.org", name = "Program", password = "three new words", roles = new[] { "administrator" } };
        using var closed = await client.PostAsJsonAsync("/api/auth/register", wanted, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Forbidden, "application/problem+json"), (closed.StatusCode, closed.Content.Headers.ContentType!.MediaType));

        using var administrator = await own.SignedInAs(Cast.Administrator);
        (await (await administrator.PageAsync("/admin/settings")).Form("Save").Tick("People may register themselves").SubmitAsync()).MustBeOk();
        using var made = await client.PostAsJsonAsync("/api/auth/register", wanted, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var (access, _) = (await TryLoginAsync(client, "program@example.org", "three new words"))!.Value;
        Assert.Equal(["employee"], (await AskAsync(client, "/api/auth/me", access)).Body.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));

        using var refused = await client.PostAsJsonAsync("/api/auth/register", new { email = "nothing", name = "", password = "short" }, TestContext.Current.CancellationToken);
        var (status, problem) = await ReadAsync(refused);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("This is not an e-mail address.", problem.GetProperty("errors").GetProperty("email")[0].GetString());
        Assert.Equal("Enter a name.", problem.GetProperty("errors").GetProperty("name")[0].GetString());
        // In histories they would stand as whose account that is.
        using var posing = await client.PostAsJsonAsync("/api/auth/register", new { email = "posing@example.org", name = $" {Cast.Employee.Email}", password = "three new words" }, TestContext.Current.CancellationToken);
        Assert.Equal("Enter a name without @; the address has a field of its own.", (await ReadAsync(posing)).Body.GetProperty("errors").GetProperty("name")[0].GetString());
        Assert.False(await own.Database(db => db.Users.AnyAsync(user => user.Email == "posing@example.org")));
        using var weak = await client.PostAsJsonAsync("/api/auth/register", new { email = "weak@example.org", name = "Weak", password = "passwordpassword" }, TestContext.Current.CancellationToken);
        Assert.True((await ReadAsync(weak)).Body.GetProperty("errors").TryGetProperty("password", out _));
    }

    [Fact]
    public async Task A_change_with_the_cookie_needs_the_antiforgery_token_of_a_page()
    {
        var product = await app.Given.Product();
        await app.Given.Assignment(product: product);
        using var client = await app.SignedInAs(Cast.Employee);
        var mail = new { product_name = product.Name, to = new[] { "reader@example.org" } };
        using var forged = await client.PostAsJsonAsync("/api/poc/reports", mail, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (forged.StatusCode, forged.Content.Headers.ContentType!.MediaType));
        Assert.False(await app.Database(db => db.OutboxMessages.AnyAsync()));

        var token = (await client.PageAsync("/directory")).All("input[name=__RequestVerificationToken]")[0].GetAttribute("value");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/poc/reports") { Content = JsonContent.Create(mail) };
        request.Headers.Add("RequestVerificationToken", token);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        // A program that sends its own token needs no other.
        using var program = app.Anonymous();
        var (access, _) = (await TryLoginAsync(program, Cast.Employee.Email, Cast.Password))!.Value;
        using var bearer = new HttpRequestMessage(HttpMethod.Post, "/api/poc/reports") { Content = JsonContent.Create(mail) };
        bearer.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        using var sent = await program.SendAsync(bearer, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        Assert.Equal(2, await app.Database(db => db.OutboxMessages.CountAsync()));
    }

    internal static async Task<(string Access, string Refresh)?> TryLoginAsync(HttpClient client, string email, string password)
    {
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = email, password }, TestContext.Current.CancellationToken);
        return Tokens(await ReadAsync(answer));
    }

    private static async Task<(string Access, string Refresh)?> RefreshAsync(HttpClient client, string token)
    {
        using var answer = await client.PostAsJsonAsync("/api/auth/refresh", new { refresh_token = token }, TestContext.Current.CancellationToken);
        return Tokens(await ReadAsync(answer));
    }

    private static (string Access, string Refresh)? Tokens((HttpStatusCode Status, JsonElement Body) answer)
    {
        if (answer.Status == HttpStatusCode.Unauthorized)
            return null;
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return (answer.Body.GetProperty("access_token").GetString()!, answer.Body.GetProperty("refresh_token").GetString()!);
    }

    internal static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(HttpClient client, string url, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
    }
}
