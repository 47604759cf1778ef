using System.Globalization;
using Intranet.Data.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Intranet.Tests.Account;

/// <summary>Sign-in and the pages of administrators, in a real browser.</summary>
public sealed class AccountJourneyTests(AccountJourneyTests.WithJobs app) : IClassFixture<AccountJourneyTests.WithJobs>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Pages_for_strangers_are_accessible_and_fit(bool dark, bool phone) => await Browser.VisitAsync(app, Cast.Stranger, async page =>
    {
        await page.GotoAsync("/account/sign-in");
        await IsFineAsync(page);
        await page.GetByLabel("E-mail address").FillAsync("nobody@example.org");
        await page.GetByLabel("Password").FillAsync("a guessed password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert-danger")).ToContainTextAsync("don't fit an account");
        await IsFineAsync(page);
        await page.GotoAsync("/account/register");
        await IsFineAsync(page);
    }, dark, phone, tolerate: "404");

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Pages_of_administrators_are_accessible_and_fit(bool dark, bool phone)
    {
        var mail = await app.Given.Mail(attachments: [new OutboxAttachment { FileName = "list.csv", ContentType = "text/csv", Content = "a;b"u8.ToArray() }]);
        var wrong = await app.Given.Mail(to: ["not an address, but a text that is far too long to be one and has.no.blank.where.it.could.be.broken.at.all.in.the.list"]);
        await Eventually.Is(() => app.Database(db => db.OutboxMessages.AnyAsync(m => m.Id == wrong.Id && m.State == OutboxState.Failed)), "the mail to fail");
        var user = await app.Database(db => db.Users.Where(u => u.Email == Cast.Kam.Email).Select(u => u.Id).SingleAsync());
        await Browser.VisitAsync(app, Cast.Administrator, async page =>
        {
            foreach (var url in new[] { "/account/password", "/admin/users", $"/admin/users/{user}", "/admin/users/new", "/admin/settings", "/admin/mail", $"/admin/mail/{mail.Id}", $"/admin/mail/{wrong.Id}", "/admin/jobs", "/admin/jobs/send-mail", "/api" })
            {
                await page.GotoAsync(url);
                await IsFineAsync(page);
            }

            await page.GotoAsync("/account/password");
            await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
            await Assertions.Expect(page.GetByLabel("Current password")).ToBeFocusedAsync();
            await IsFineAsync(page);
        }, dark, phone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_signs_in_changes_the_password_and_signs_out_also_without_script(bool script)
    {
        var person = await app.Given.User();
        await Browser.VisitAsync(app, Cast.Stranger, async page =>
        {
            await page.GotoAsync("/directory/products?q=x");
            await SignInAsync(page, person.Email, Cast.Password);
            await page.ArrivesAtAsync("**/directory/products?q=x");
            await page.GetByRole(AriaRole.Button, new() { Name = person.Name }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Change password" }).ClickAsync();
            await page.GetByLabel("Current password").FillAsync(Cast.Password);
            await page.GetByLabel("New password", new() { Exact = true }).FillAsync("three new words");
            await page.GetByLabel("New password again").FillAsync("three new words");
            await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Your password is changed.")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = person.Name }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await page.ArrivesAtAsync("**/account/sign-in");
            await SignInAsync(page, person.Email, "three new words");
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = person.Name })).ToBeVisibleAsync();
        }, script: script);
    }

    [Fact]
    public async Task When_the_session_has_ended_a_filter_leads_through_the_sign_in_back_to_the_same_page()
        => await Browser.VisitAsync(app, Cast.Administrator, async page =>
        {
            await page.GotoAsync("/admin/mail?state=Sent");
            await page.Context.ClearCookiesAsync(new() { Name = "__Host-intranet" });
            await page.GetByLabel("Recipient or subject").FillAsync("x");
            await page.ArrivesAtAsync("**/account/sign-in?returnUrl=*");
            await SignInAsync(page, Cast.Administrator.Email, Cast.Password);
            await page.ArrivesAtAsync("**/admin/mail?state=Sent");
        });

    [Fact]
    public async Task When_the_session_has_ended_a_form_leads_back_to_its_page_with_what_was_typed()
        => await Browser.VisitAsync(app, Cast.Administrator, async page =>
        {
            await page.GotoAsync("/admin/users/new");
            await page.Context.ClearCookiesAsync(new() { Name = "__Host-intranet" });
            await page.GetByLabel("Name").FillAsync("Theo Typed");
            await page.GetByLabel("First password").FillAsync("three new words");
            await page.GetByRole(AriaRole.Button, new() { Name = "Create user" }).ClickAsync();
            await SignInAsync(page, Cast.Administrator.Email, Cast.Password);
            await page.ArrivesAtAsync("**/admin/users/new");
            await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("Theo Typed");
            await Assertions.Expect(page.GetByLabel("First password")).ToHaveValueAsync("");
        });

    [Fact]
    public async Task An_administrator_sends_a_test_mail_and_sees_it_leave_and_pauses_a_job()
        => await Browser.VisitAsync(app, Cast.Administrator, async page =>
        {
            await page.GotoAsync("/admin/mail");
            await page.GetByLabel("To", new() { Exact = false }).Last.FillAsync("me@example.org");
            await page.GetByRole(AriaRole.Button, new() { Name = "Send test mail" }).ClickAsync();
            // The page looks again by itself.
            await Assertions.Expect(page.Locator("#mail .badge")).ToHaveTextAsync("Sent");
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resend" })).ToBeVisibleAsync();

            await page.GotoAsync("/admin/jobs");
            await page.GetByRole(AriaRole.Button, new() { Name = "Pause Import" }).ClickAsync();
            await Assertions.Expect(page.Locator("#job-import")).ToContainTextAsync("Paused");
            await page.GetByRole(AriaRole.Button, new() { Name = "Resume Import" }).ClickAsync();
            await Assertions.Expect(page.Locator("#job-import")).Not.ToContainTextAsync("Paused");
        });

    [Fact]
    public async Task A_call_is_tried_from_the_page_of_the_API()
    {
        var product = await app.Given.Product();
        await app.Given.Assignment(product: product);
        await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.GotoAsync("/api");
            var form = page.GetByRole(AriaRole.Form, new() { Name = "Try /api/poc", Exact = true });
            await form.GetByLabel("product_name").FillAsync(product.Name);
            var answer = await page.Context.RunAndWaitForPageAsync(() => form.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync());
            await Assertions.Expect(answer.Locator("body")).ToContainTextAsync(product.Name);
        });
    }

    [Fact]
    public async Task The_first_administrator_sets_the_intranet_up()
    {
        await using var process = await AppProcess.StartAsync();
        var code = await process.SetUpCodeAsync();
        await Browser.VisitAsync(process, async page =>
        {
            await page.GotoAsync("/");
            await page.ArrivesAtAsync("**/account/set-up");
            await IsFineAsync(page);
            await page.GetByLabel("Code").FillAsync(code);
            await page.GetByLabel("Name").FillAsync("Frida First");
            await page.GetByLabel("E-mail address").FillAsync("frida@example.org");
            await page.GetByLabel("Password").FillAsync("the first password");
            await page.GetByRole(AriaRole.Button, new() { Name = "Make the administrator" }).ClickAsync();
            await Assertions.Expect(page.GetByText("The intranet is yours.")).ToBeVisibleAsync();
        });
    }

    private static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private static async Task IsFineAsync(IPage page)
    {
        await page.FitsTheWidthAsync();
        await page.AxeAsync();
        // Nothing sticks out of what holds it, either.
        var outside = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('main *')].filter((e) => e.getClientRects().length && !e.closest('.visually-hidden, .table-responsive, pre') && getComputedStyle(e).position !== 'absolute' && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 120))");
        Check.None(outside.Select(element => string.Create(CultureInfo.InvariantCulture, $"{page.Url}: {element}")));
    }

    public sealed class WithJobs() : RunningApp(options => options.Settings["Jobs:Enabled"] = "true");
}
