using System.Net;
using Intranet.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Account;

public sealed class UsersTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task The_list_finds_by_name_or_address_and_tells_roles_link_and_state()
    {
        var person = await app.Given.User("Percival_Listed", role: Role.Kam);
        await app.Given.User("PercivalXListed");
        using var client = await app.SignedInAs(Cast.Administrator);

        // An underscore is a letter, not a wildcard.
        var page = (await client.PageAsync("/admin/users?q=percival_LISTED")).MustBeOk();
        Assert.Equal(["Percival_Listed", person.Email, "employee kam", "–", "Active"], page.Texts("#results tbody td").Take(5));
        Assert.Single(page.All("#results tbody tr"));
        Assert.Single((await client.PageAsync($"/admin/users?q={person.Email}")).All("#results tbody tr"));
        Assert.Contains("Nobody found", (await client.PageAsync("/admin/users?q=%25%25%25nobody")).MustBeOk().Text, StringComparison.Ordinal);
        (await client.PageAsync("/admin/users?pageNumber=-5")).MustBeOk();
        (await client.PageAsync("/admin/users?pageNumber=999999")).MustBeOk();
    }

    [Theory]
    [InlineData("/admin/users")]
    [InlineData("/admin/users/new")]
    [InlineData("/admin/users/1")]
    [InlineData("/admin/settings")]
    public async Task They_belong_to_administrators(string url)
    {
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(url, follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        foreach (var person in new[] { Cast.Employee, Cast.Steward, Cast.Kam, Cast.SalesLead })
        {
            using var client = await app.SignedInAs(person);
            (await client.PageAsync(url)).MustBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task An_unknown_user_is_not_found()
    {
        using var client = await app.SignedInAs(Cast.Administrator);
        (await client.PageAsync("/admin/users/999999")).MustBe(HttpStatusCode.NotFound);
        var page = await client.PageAsync(await UrlAsync(app, await app.Given.User()));
        foreach (var form in page.MustBeOk().All("main form[action]"))
            form.SetAttribute("action", form.GetAttribute("action")!.Replace(page.Url.AbsolutePath, "/admin/users/999999", StringComparison.OrdinalIgnoreCase));
        (await page.Form("Save roles").SubmitAsync()).MustBe(HttpStatusCode.NotFound);
        (await page.Form("Save link").SubmitAsync()).MustBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task New_roles_end_the_sessions_with_the_old_ones_within_a_minute_and_are_in_the_audit()
    {
        await using var own = await RunningApp.StartAsync();
        var person = await own.Given.User(role: Role.Kam);
        using var client = await own.SignedInAs(person);
        using var administrator = await own.SignedInAs(Cast.Administrator);
        (await client.PageAsync("/directory/products/edit", follow: false)).MustBe(HttpStatusCode.Forbidden);

        var page = await (await administrator.PageAsync(await UrlAsync(own, person))).Form("Save roles").Tick("steward").Tick("kam", false).SubmitAsync();
        Assert.Contains("Roles saved.", page.MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal([Role.Employee, Role.Steward], await RolesAsync(own, person));

        own.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.StartsWith("/account/sign-in", (await client.PageAsync("/directory/products/edit", follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        using var again = own.Anonymous();
        await SignInTests.SignInAsync(again, person.Email, Cast.Password);
        (await again.PageAsync("/directory/products/edit", follow: false)).MustBeOk();
        Assert.Equal((Cast.Administrator.Email, "employee, kam → employee, steward"), await own.Database(async db => (await db.AuditEntries.SingleAsync(entry => entry.Action == "changed roles")) is var told ? (told.Actor, told.Details) : default));
    }

    [Fact]
    public async Task Saving_the_same_roles_changes_nothing_and_ends_no_session()
    {
        var person = await app.Given.User(role: Role.Kam);
        var stamp = await StampAsync(person);
        using var client = await app.SignedInAs(Cast.Administrator);
        (await (await client.PageAsync(await UrlAsync(app, person))).Form("Save roles").SubmitAsync()).MustBeOk();

        Assert.Equal(stamp, await StampAsync(person));
    }

    [Fact]
    public async Task A_role_that_does_not_exist_is_left_out()
    {
        var person = await app.Given.User();
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = await client.PageAsync(await UrlAsync(app, person));
        page.All("input[name=roles][value=kam]")[0].SetAttribute("value", "emperor");
        (await page.Form("Save roles").Tick("kam").SubmitAsync()).MustBeOk();

        Assert.Equal([Role.Employee], await RolesAsync(app, person));
    }

    [Fact]
    public async Task The_last_administrator_stays_and_nobody_locks_themselves()
    {
        await using var own = await RunningApp.StartAsync();
        using var client = await own.SignedInAs(Cast.Administrator);
        var self = await UrlAsync(own, Cast.Administrator);
        var page = await (await client.PageAsync(self)).Form("Save roles").Tick("administrator", false).SubmitAsync();
        Assert.Contains("This is the last administrator. Make somebody else administrator first.", page.MustBe(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
        Assert.Contains("You can't lock your own account.", (await client.PageAsync(self)).Text, StringComparison.Ordinal);
        Assert.Contains(Role.Administrator, await RolesAsync(own, Cast.Administrator));

        // With a second one the first may go, and stays signed in until then.
        var second = await own.Given.User(role: Role.Administrator);
        (await (await client.PageAsync(self)).Form("Save roles").Tick("administrator", false).SubmitAsync()).MustBe(HttpStatusCode.Forbidden);
        using var other = await own.SignedInAs(second);
        (await other.PageAsync("/admin/users")).MustBeOk();
    }

    [Fact]
    public async Task Two_administrators_who_demote_each_other_at_once_leave_one()
    {
        await using var own = await RunningApp.StartAsync();
        var second = await own.Given.User(role: Role.Administrator);
        using var ada = await own.SignedInAs(Cast.Administrator);
        using var other = await own.SignedInAs(second);
        var forms = new[]
        {
            (await ada.PageAsync(await UrlAsync(own, second))).Form("Save roles").Tick("administrator", false),
            (await other.PageAsync(await UrlAsync(own, Cast.Administrator))).Form("Save roles").Tick("administrator", false),
        };

        var answers = await Task.WhenAll(forms.Select(form => form.SubmitAsync(follow: false)));
        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task A_locked_account_is_closed_until_somebody_opens_it()
    {
        await using var own = await RunningApp.StartAsync();
        var person = await own.Given.User();
        using var client = await own.SignedInAs(person);
        using var administrator = await own.SignedInAs(Cast.Administrator);
        var page = await (await administrator.PageAsync(await UrlAsync(own, person))).Form("Lock").SubmitAsync();
        Assert.Contains("Locked by an administrator.", page.MustBeOk().Text, StringComparison.Ordinal);
        Assert.Contains("Locked", (await administrator.PageAsync($"/admin/users?q={person.Email}")).Texts("#results tbody td"));

        own.Clock.Advance(TimeSpan.FromSeconds(61));
        (await client.PageAsync("/directory", follow: false)).MustBe(HttpStatusCode.Redirect);
        own.Clock.Advance(TimeSpan.FromDays(400));
        using var later = own.Anonymous();
        await SignInTests.SignInAsync(later, Cast.Administrator.Email, Cast.Password);
        (await SignInTests.SignInAsync(client, person.Email, Cast.Password)).MustBe(HttpStatusCode.UnprocessableEntity);

        (await (await later.PageAsync(await UrlAsync(own, person))).Form("Unlock").SubmitAsync()).MustBeOk();
        (await SignInTests.SignInAsync(client, person.Email, Cast.Password)).MustBeOk();
        Assert.Equal(["locked", "unlocked"], await own.Database(db => db.AuditEntries.Where(entry => entry.Action == "locked" || entry.Action == "unlocked").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync()));
    }

    [Fact]
    public async Task Failed_sign_ins_close_an_account_until_its_time_or_an_administrator_opens_it()
    {
        var person = await app.Given.User();
        using var stranger = app.Anonymous();
        for (var i = 0; i < 5; i++)
            await SignInTests.SignInAsync(stranger, person.Email, "a guessed password");
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = await client.PageAsync(await UrlAsync(app, person));
        Assert.Contains("Locked after failed sign-ins; opens by itself in 15 minutes.", page.MustBeOk().Text, StringComparison.Ordinal);

        (await page.Form("Unlock").SubmitAsync()).MustBeOk();
        (await SignInTests.SignInAsync(stranger, person.Email, Cast.Password)).MustBeOk();
    }

    [Fact]
    public async Task An_account_is_linked_to_an_employee_by_number()
    {
        var person = await app.Given.User();
        var employee = await app.Given.Employee();
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = await client.PageAsync(await UrlAsync(app, person));
        var refused = await page.Form("Save link").Fill("Employee number", "no such number").SubmitAsync();
        Assert.Contains("No employee has this number.", refused.MustBe(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);

        var linked = await page.Form("Save link").Fill("Employee number", $" {employee.EmpId} ").SubmitAsync();
        Assert.NotEmpty(linked.MustBeOk().All($"a[href='/directory/people/{employee.Id}']"));
        (await linked.Form("Save link").Fill("Employee number", "").SubmitAsync()).MustBeOk();
        Assert.Null(await app.Database(db => db.Users.Where(user => user.Email == person.Email).Select(user => user.EmployeeId).SingleAsync()));
    }

    [Fact]
    public async Task An_administrator_makes_an_account_for_somebody_and_gives_it_roles()
    {
        var employee = await app.Given.Employee();
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = await client.PageAsync((await client.PageAsync("/admin/users")).One("a[href$='/new']").GetAttribute("href")!);
        var refused = await page.Form("Create user").Fill("Name", "").Fill("E-mail address", Cast.Employee.Email).Fill("First password", "short").SubmitAsync();
        Assert.Equal("Enter a name.", refused.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Name"));
        refused = await page.Form("Create user").Fill("Name", "Twice").Fill("E-mail address", Cast.Employee.Email).Fill("First password", "three new words").SubmitAsync();
        Assert.NotNull(refused.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("E-mail address"));

        var made = await page.Form("Create user").Fill("Name", "Mia Made").Fill("E-mail address", employee.EmailId).Fill("First password", "three new words").SubmitAsync();
        Assert.Equal(employee.EmpId, made.MustBeOk().Form("Save link").Value("Employee number"));
        (await made.Form("Save roles").Tick("steward").SubmitAsync()).MustBeOk();
        using var mia = app.Anonymous();
        (await SignInTests.SignInAsync(mia, employee.EmailId, "three new words")).MustBeOk();
        (await mia.PageAsync("/directory/products/edit")).MustBeOk();
        Assert.Equal(Cast.Administrator.Email, await app.Database(db => db.AuditEntries.Where(entry => entry.Action == "added" && entry.Subject == nameof(User) && entry.Details == employee.EmailId).Select(entry => entry.Actor).SingleAsync()));
    }

    private static async Task<string> UrlAsync(RunningApp app, Person person)
        => $"/admin/users/{await app.Database(db => db.Users.Where(user => user.Email == person.Email).Select(user => user.Id).SingleAsync())}";

    private static Task<List<string?>> RolesAsync(RunningApp app, Person person) => app.Database(db => (
        from held in db.UserRoles
        join role in db.Roles on held.RoleId equals role.Id
        where db.Users.Any(user => user.Id == held.UserId && user.Email == person.Email)
        orderby role.Id
        select role.Name).ToListAsync());

    private Task<string?> StampAsync(Person person)
        => app.Database(db => db.Users.Where(user => user.Email == person.Email).Select(user => user.SecurityStamp).SingleAsync());
}
