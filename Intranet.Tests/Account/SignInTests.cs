using System.Collections.Concurrent;
using System.Net;
using Intranet.Data.Accounts;
using Intranet.Data.Auditing;
using Intranet.Web.Pages.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Intranet.Tests.Account;

public sealed class SignInTests(SignInTests.CountingApp app) : IClassFixture<SignInTests.CountingApp>
{
    [Fact]
    public async Task Somebody_signs_in_and_out_again_and_both_are_in_the_audit()
    {
        var person = await app.Given.User();
        using var client = app.Anonymous();

        var page = await SignInAsync(client, person.Email, Cast.Password);
        Assert.Contains(person.Name, page.MustBeOk().Text, StringComparison.Ordinal);
        (await page.Form("Sign out").SubmitAsync()).MustBeOk();
        Assert.Equal("/account/sign-in?returnUrl=%2Fdirectory", (await client.PageAsync("/directory", follow: false)).RedirectsTo);

        var told = await ToldAsync(person);
        Assert.Equal(["signed in", "signed out"], told.Select(entry => entry.Action));
        Assert.All(told, entry => Assert.Equal((person.Email, "127.0.0.1"), (entry.Actor, entry.Address)));
    }

    [Theory]
    [InlineData("wrong password")]
    [InlineData("unknown account")]
    [InlineData("closed account")]
    [InlineData("account closed by an administrator")]
    [InlineData("sample account outside Development")]
    [InlineData("account without a password")]
    [InlineData("too long a password")]
    public async Task Whatever_is_wrong_the_answer_is_the_same_and_costs_one_hash(string what)
    {
        var person = await app.Given.User();
        var (email, password) = (person.Email, Cast.Password);
        if (what == "wrong password")
            password = "Wrong-Horse-42-Battery";
        else if (what == "unknown account")
            email = "nobody@cast.example";
        else if (what == "too long a password")
            password = new string('x', CommonPasswords.Longest + 1);
        else
            await app.Database(db => db.Users.Where(user => user.Email == email).ExecuteUpdateAsync(set => _ = what switch
            {
                "closed account" => set.SetProperty(user => user.LockoutEnd, app.Clock.GetUtcNow().AddMinutes(10)),
                "account closed by an administrator" => set.SetProperty(user => user.LockoutEnd, DateTimeOffset.MaxValue),
                "account without a password" => set.SetProperty(user => user.PasswordHash, (string?)null),
                _ => set.SetProperty(user => user.IsSample, true),
            }));
        using var client = app.Anonymous();
        var before = app.Hashes.Count;

        var page = await SignInAsync(client, email, password);
        page.MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal([SignInModel.Failed], page.Errors);
        Assert.Equal(1, app.Hashes.Count - before);
        Assert.Equal("", page.Form("Sign in").Value("Password"));
        Assert.Equal(HttpStatusCode.Redirect, (await client.PageAsync("/directory", follow: false)).Status);
    }

    [Fact]
    public async Task A_failure_is_told_without_what_was_typed_unless_it_is_an_address_of_ours()
    {
        var person = await app.Given.User();
        using var client = app.Anonymous();
        await SignInAsync(client, person.Email.ToUpperInvariant(), "Wrong-Horse-42-Battery");
        await SignInAsync(client, "my-secret-password", "oops-wrong-field");

        var entry = Assert.Single(await ToldAsync(person));
        Assert.Equal(("sign-in failed", "anonymous", person.Email), (entry.Action, entry.Actor, entry.Details));
        Assert.False(await app.Database(db => db.AuditEntries.AnyAsync(e => e.Details!.Contains("my-secret"))));
    }

    [Theory]
    [InlineData("", "", "Enter your e-mail address.", "Enter your password.")]
    [InlineData("somebody@example.org", "", null, "Enter your password.")]
    public async Task Empty_fields_are_named(string email, string password, string? ofEmail, string? ofPassword)
    {
        using var client = app.Anonymous();
        var page = await SignInAsync(client, email, password);

        page.MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal((ofEmail, ofPassword), (page.FieldError("E-mail address"), page.FieldError("Password")));
    }

    [Fact]
    public async Task Five_failures_close_the_account_for_15_minutes_even_to_the_right_password()
    {
        await using var own = await RunningApp.StartAsync();
        var person = await own.Given.User();
        using var client = own.Anonymous();
        for (var i = 0; i < CheckPassword.Failures; i++)
            (await SignInAsync(client, person.Email, $"Wrong-Horse-{i}-Battery")).MustBe(HttpStatusCode.UnprocessableEntity);

        own.Clock.Advance(CheckPassword.Lock - TimeSpan.FromSeconds(1));
        (await SignInAsync(client, person.Email, Cast.Password)).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("locked", await own.Database(db => db.AuditEntries.Where(e => e.Subject == nameof(User)).Select(e => e.Action).ToListAsync()));

        own.Clock.Advance(TimeSpan.FromSeconds(1));
        (await SignInAsync(client, person.Email, Cast.Password)).MustBeOk();
    }

    [Fact]
    public async Task A_success_forgets_the_failures_before_it()
    {
        var person = await app.Given.User();
        for (var round = 0; round < 2; round++)
        {
            using var client = app.Anonymous();
            for (var i = 1; i < CheckPassword.Failures; i++)
                await SignInAsync(client, person.Email, "Wrong-Horse-42-Battery");
            (await SignInAsync(client, person.Email, Cast.Password)).MustBeOk();
        }
    }

    [Fact]
    public async Task Guesses_at_the_same_time_are_five_as_well()
    {
        var person = await app.Given.User();
        var hash = await app.Database(db => db.Users.Where(user => user.Email == person.Email).Select(user => user.PasswordHash).SingleAsync());
        using var client = app.Anonymous();
        var form = (await client.PageAsync("/account/sign-in")).Form("Sign in").Fill("E-mail address", person.Email).Fill("Password", "Wrong-Horse-42-Battery");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => form.SubmitAsync()));
        Assert.Equal(CheckPassword.Failures, app.Hashes.Count(tried => tried.Hash == hash));
    }

    [Theory]
    [InlineData("/directory?q=a%20b", "/directory?q=a%20b")]
    [InlineData("~/directory", "/directory")]
    [InlineData("https://evil.example", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/account/sign-out", "/")]
    [InlineData("/Account/Sign-In?returnUrl=/x", "/")]
    [InlineData("", "/")]
    public async Task It_leads_back_to_this_site_and_nowhere_else(string returnUrl, string expected)
    {
        using var client = app.Anonymous();
        var page = await client.PageAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        var answer = await page.Form("Sign in").Fill("E-mail address", Cast.Employee.Email).Fill("Password", Cast.Password).SubmitAsync(follow: false);

        answer.MustBe(HttpStatusCode.Redirect);
        Assert.Equal(new Uri(app.Address, expected), new Uri(app.Address, answer.Response.Headers.Location!));
        // Who is signed in already is sent on at once, by the same rule.
        var again = await client.PageAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", follow: false);
        Assert.Equal(new Uri(app.Address, expected), new Uri(app.Address, again.Response.Headers.Location!));
    }

    [Fact]
    public async Task Who_opens_a_page_signs_in_and_is_on_that_page()
    {
        using var client = app.Anonymous();
        var asked = await client.PageAsync("/directory/products?q=a%26b");
        Assert.Equal("/account/sign-in", asked.MustBeOk().Url.AbsolutePath);
        var page = await asked.Form("Sign in").Fill("E-mail address", Cast.Employee.Email).Fill("Password", Cast.Password).SubmitAsync();

        Assert.Equal("/directory/products?q=a%26b", page.MustBeOk().Path);
    }

    [Theory]
    [InlineData(false, 12 * 60)]
    [InlineData(true, 30 * 24 * 60)]
    public async Task A_session_ends_after_its_time_without_use(bool remember, int minutes)
    {
        await using var own = await RunningApp.StartAsync();
        using var client = own.Anonymous();
        var page = await client.PageAsync("/account/sign-in");
        var answer = await page.Form("Sign in").Fill("E-mail address", Cast.Employee.Email).Fill("Password", Cast.Password)
            .Tick("Stay signed in on this device", remember).SubmitAsync(follow: false);
        var cookie = answer.Response.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("__Host-intranet=", StringComparison.Ordinal));
        Assert.Equal(remember, cookie.Contains("expires=", StringComparison.OrdinalIgnoreCase));

        own.Clock.Advance(TimeSpan.FromMinutes(minutes - 1));
        (await client.PageAsync("/directory", follow: false)).MustBeOk();
        // That was a use.
        own.Clock.Advance(TimeSpan.FromMinutes(minutes - 1));
        (await client.PageAsync("/directory", follow: false)).MustBeOk();
        own.Clock.Advance(TimeSpan.FromMinutes(minutes + 1));
        (await client.PageAsync("/directory", follow: false)).MustBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Opening_the_address_of_the_sign_out_changes_nothing()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        Assert.Equal("/", (await client.PageAsync("/account/sign-out", follow: false)).RedirectsTo);
        (await client.PageAsync("/directory", follow: false)).MustBeOk();
    }

    internal static async Task<Page> SignInAsync(HttpClient client, string email, string password)
        => await (await client.PageAsync("/account/sign-in")).MustBeOk().Form("Sign in").Fill("E-mail address", email).Fill("Password", password).SubmitAsync();

    private async Task<List<AuditEntry>> ToldAsync(Person person)
        => await app.Database(async db =>
        {
            var id = await db.Users.Where(user => user.Email == person.Email).Select(user => user.Id).SingleAsync();
            return await db.AuditEntries.Where(entry => entry.Subject == nameof(User) && entry.SubjectId == id).OrderBy(entry => entry.Id).ToListAsync();
        });

    /// <summary>Counts how often the framework compared a password with a hash: what a sign-in costs.</summary>
    public sealed class CountingApp : RunningApp
    {
        private readonly Hasher hasher;

        public CountingApp() : this(new Hasher())
        {
        }

        private CountingApp(Hasher hasher) : base(options => options.Services = services =>
        {
            services.RemoveAll<IPasswordHasher<User>>();
            services.AddSingleton<IPasswordHasher<User>>(hasher);
        }) => this.hasher = hasher;

        internal IReadOnlyCollection<Tried> Hashes => hasher.All;

        internal sealed record Tried(string Hash, string Password);

        private sealed class Hasher : PasswordHasher<User>
        {
            internal ConcurrentQueue<Tried> All { get; } = new();

            public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
            {
                All.Enqueue(new Tried(hashedPassword, providedPassword));
                return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
            }
        }
    }
}
