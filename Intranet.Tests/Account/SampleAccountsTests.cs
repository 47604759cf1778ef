using System.Net;
using Intranet.Web.Pages.Account;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Account;

public sealed class SampleAccountsTests
{
    [Fact]
    public async Task In_Development_one_click_signs_in_as_each_and_elsewhere_the_same_database_lets_none_in()
    {
        await using var app = await RunningApp.StartAsync(Development);
        Assert.Contains(app.Log.Lines, line => line.Text.Contains("admin@sc1701d.example", StringComparison.Ordinal) && line.Text.Contains(SampleAccounts.Password, StringComparison.Ordinal));
        var sessions = new List<(SampleAccount Sample, CookieContainer Cookies)>();
        foreach (var sample in SampleAccounts.All)
        {
            var cookies = new CookieContainer();
            using var client = app.With(cookies);
            var page = await client.PageAsync("/account/sign-in");
            Assert.Contains(SampleAccounts.Password, page.Text, StringComparison.Ordinal);
            (await page.Form($"{sample.Email}{sample.Role}").SubmitAsync()).MustBeOk();
            var users = await client.PageAsync("/admin/users");
            Assert.Equal(sample.Email == "admin@sc1701d.example" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, users.Status);
            sessions.Add((sample, cookies));
        }

        await using var elsewhere = await RunningApp.BesideAsync(app);
        using var stranger = elsewhere.Anonymous();
        Assert.DoesNotContain("sc1701d.example", (await stranger.PageAsync("/account/sign-in")).Html, StringComparison.Ordinal);
        foreach (var (sample, cookies) in sessions)
        {
            (await SignInTests.SignInAsync(stranger, sample.Email, SampleAccounts.Password)).MustBe(HttpStatusCode.UnprocessableEntity);
            // Nor does a session that began in Development, under whatever name its cookie goes.
            var renamed = new CookieContainer();
            foreach (Cookie cookie in cookies.GetAllCookies())
                renamed.Add(new Cookie($"__Host-{cookie.Name}", cookie.Value, "/", elsewhere.Address.Host) { Secure = true });
            using var client = elsewhere.With(renamed);
            Assert.Equal(HttpStatusCode.Redirect, (await client.PageAsync("/directory", follow: false)).Status);
        }
    }

    [Fact]
    public async Task They_keep_their_public_password()
    {
        await using var app = await RunningApp.StartAsync(Development);
        using var client = app.Anonymous();
        await SignInTests.SignInAsync(client, "kam@sc1701d.example", SampleAccounts.Password);
        var page = await (await client.PageAsync("/account/password")).Form("Change password")
            .Fill("Current password", SampleAccounts.Password).Fill("New password", "three new words").Fill("New password again", "three new words").SubmitAsync();

        Assert.Equal(["Sample accounts keep their password: it is shown on the sign-in page."], page.MustBe(HttpStatusCode.UnprocessableEntity).Errors);
    }

    [Fact]
    public async Task Outside_Development_asking_for_them_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningApp.StartAsync(options => options.Settings["Demo:Accounts"] = "true"));
        Assert.StartsWith("Demo:Accounts is true, but the environment is Testing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_made_once_and_open_registration_only_while_nobody_decided_otherwise()
    {
        await using var app = await RunningApp.StartAsync(Development);
        await app.Database(db => db.Settings.Where(setting => setting.Name == "self-registration").ExecuteUpdateAsync(set => set.SetProperty(setting => setting.Value, "false")));
        await using var again = await RunningApp.BesideAsync(app, Development);

        Assert.Equal(5, await again.Database(db => db.Users.CountAsync(user => user.IsSample)));
        using var client = again.Anonymous();
        (await client.PageAsync("/account/register")).MustBe(HttpStatusCode.NotFound);
    }

    private static void Development(AppOptions options) => (options.Environment, options.Settings["Demo:Accounts"]) = ("Development", "true");
}
