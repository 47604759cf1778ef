using System.Net;
using System.Text.RegularExpressions;
using Intranet.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Account;

public sealed class SetUpTests
{
    [Fact]
    public async Task Before_there_is_an_administrator_nothing_but_the_set_up_page_is_open()
    {
        await using var first = await WithoutAdministratorAsync();
        await using var app = await RunningApp.BesideAsync(first);
        using var client = app.Anonymous();

        foreach (var url in new[] { "/", "/directory", "/account/sign-in", "/account/register", "/admin/users", "/api", "/no-such-page" })
            Assert.Equal("/account/set-up", (await client.PageAsync(url, follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo);
        foreach (var url in new[] { "/api/directory", "/api/auth/me", "/openapi/v1.json" })
        {
            using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }

        (await client.PageAsync("/health/live")).MustBeOk();
        var page = (await client.PageAsync("/account/set-up")).MustBeOk();
        (await client.PageAsync(page.One("link[rel=stylesheet]").GetAttribute("href")!)).MustBeOk();
        // Other accounts can't get in either.
        using var token = await client.PostAsync(new Uri("/api/auth/login", UriKind.Relative), new FormUrlEncodedContent([new("username", Cast.Employee.Email), new("password", Cast.Password)]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, token.StatusCode);
    }

    [Fact]
    public async Task The_code_from_the_log_makes_the_first_administrator_and_is_spent()
    {
        await using var first = await WithoutAdministratorAsync();
        await using var app = await RunningApp.BesideAsync(first);
        using var client = app.Anonymous();
        using var late = app.Anonymous();
        var (page, latePage) = (await client.PageAsync("/account/set-up"), await late.PageAsync("/account/set-up"));
        var code = Code(app);

        var wrong = (await Fill(page, "AAAAA-BBBBB-CCCCC-DDDDD").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("This is not the code from the log.", wrong.FieldError("Code"));
        Assert.Equal("Enter the code from the log.", (await Fill(page, "").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Code"));
        var weak = (await Fill(page, code, password: "short").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Passwords must be at least 12 characters.", weak.FieldError("Password"));
        Assert.Empty(await AdministratorsAsync(app));

        // As somebody types it from a screen.
        var done = await Fill(page, $" {code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)} ").SubmitAsync();
        Assert.Contains("The intranet is yours", done.MustBeOk().Text, StringComparison.Ordinal);
        (await client.PageAsync("/admin/users")).MustBeOk();
        Assert.Equal(["first@example.org"], await AdministratorsAsync(app));
        Assert.Equal(1, await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Action == "set up")));

        (await late.PageAsync("/account/set-up")).MustBe(HttpStatusCode.NotFound);
        (await Fill(latePage, code, "late@example.org").SubmitAsync()).MustBe(HttpStatusCode.NotFound);
        // Nor is it offered again after a restart.
        await using var again = await RunningApp.BesideAsync(first);
        Assert.DoesNotContain(again.Log.Lines, line => line.Text.Contains("set-up", StringComparison.Ordinal));
        Assert.Equal(["first@example.org"], await AdministratorsAsync(app));
    }

    [Fact]
    public async Task Of_several_at_once_one_becomes_administrator()
    {
        await using var first = await WithoutAdministratorAsync();
        await using var app = await RunningApp.BesideAsync(first);
        await using var node = await RunningApp.BesideAsync(first);
        Assert.Equal(Code(app), Code(node));
        using var here = app.Anonymous();
        using var there = node.Anonymous();
        var forms = new List<Form>();
        foreach (var client in new[] { here, there, here, there })
            forms.Add(Fill(await client.PageAsync("/account/set-up"), Code(app), $"racer{forms.Count}@example.org"));

        var answers = await Task.WhenAll(forms.Select(form => form.SubmitAsync(follow: false)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
        Assert.Single(await AdministratorsAsync(app));
        Assert.Equal(1, await app.Database(db => db.Users.CountAsync(user => user.Email!.StartsWith("racer"))));
    }

    [Fact]
    public async Task With_an_administrator_there_is_no_such_page_and_no_code()
    {
        await using var app = await RunningApp.StartAsync();
        using var client = app.Anonymous();
        (await client.PageAsync("/account/set-up")).MustBe(HttpStatusCode.NotFound);
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains("with the code", StringComparison.Ordinal));
    }

    /// <summary>An app whose database has the cast without its administrator; nodes beside it are at the first start.</summary>
    internal static async Task<RunningApp> WithoutAdministratorAsync()
    {
        var app = await RunningApp.StartAsync();
        await app.Database(async db =>
        {
            await db.UserRoles.Where(held => db.Users.Any(user => user.Id == held.UserId && user.Email == Cast.Administrator.Email)).ExecuteDeleteAsync();
            await db.Users.Where(user => user.Email == Cast.Administrator.Email).ExecuteDeleteAsync();
        });
        return app;
    }

    internal static string Code(RunningApp app)
        => app.Log.Lines.Select(line => Regex.Match(line.Text, "with the code ([A-Z0-9-]{23})")).Single(match => match.Success).Groups[1].Value;

    private static Form Fill(Page page, string code, string email = "first@example.org", string password = "the first password")
        => page.MustBeOk().Form("Make the administrator").Fill("Code", code).Fill("Name", "Frida First").Fill("E-mail address", email).Fill("Password", password);

    private static Task<List<string?>> AdministratorsAsync(RunningApp app) => app.Database(db => (
        from held in db.UserRoles
        join role in db.Roles on held.RoleId equals role.Id
        join user in db.Users on held.UserId equals user.Id
        where role.Name == Role.Administrator
        select user.Email).ToListAsync());
}
