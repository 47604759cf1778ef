using System.Net;
using Intranet.Data.Accounts;
using Intranet.Web.Pages.Account;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Account;

public sealed class RegisterTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task Only_an_administrator_opens_it_and_closed_there_is_no_such_page()
    {
        await using var own = await RunningApp.StartAsync();
        using var stranger = own.Anonymous();
        using var administrator = await own.SignedInAs(Cast.Administrator);
        using var steward = await own.SignedInAs(Cast.Steward);

        (await stranger.PageAsync("/account/register")).MustBe(HttpStatusCode.NotFound);
        Assert.Empty((await stranger.PageAsync("/account/sign-in")).All("a[href^='/account/register']"));
        (await steward.PageAsync("/admin/settings")).MustBe(HttpStatusCode.Forbidden);

        await OpenAsync(administrator);
        var form = (await stranger.PageAsync("/account/sign-in")).One("a[href^='/account/register']").GetAttribute("href")!;
        var page = (await stranger.PageAsync(form)).MustBeOk();
        Assert.Equal(["self-registration: as shipped → true"], await own.Database(db => db.AuditEntries.Where(entry => entry.Subject == "Setting").Select(entry => entry.Details).ToListAsync()));

        // Saving the same again is no change.
        await OpenAsync(administrator);
        Assert.Equal(1, await own.Database(db => db.AuditEntries.CountAsync(entry => entry.Subject == "Setting")));

        (await (await administrator.PageAsync("/admin/settings")).Form("Save").Tick("People may register themselves", false).SubmitAsync()).MustBeOk();
        (await Fill(page, "Nora New", "nora@example.org", "three new words").SubmitAsync()).MustBe(HttpStatusCode.NotFound);
        Assert.False(await own.Database(db => db.Users.AnyAsync(user => user.Email == "nora@example.org")));
    }

    [Fact]
    public async Task Who_saves_it_from_a_page_that_is_out_of_date_is_told()
    {
        await using var own = await RunningApp.StartAsync();
        using var administrator = await own.SignedInAs(Cast.Administrator);
        var stale = (await administrator.PageAsync("/admin/settings")).MustBeOk().Form("Save");
        await OpenAsync(administrator);

        var page = (await stale.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed this setting in the meantime.", page.Text, StringComparison.Ordinal);
        Assert.Contains("now: yes", page.Text, StringComparison.Ordinal);
        Assert.Equal("true", await own.Database(db => db.Settings.Where(setting => setting.Name == "self-registration").Select(setting => setting.Value).SingleAsync()));
        // Knowingly.
        (await page.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal("false", await own.Database(db => db.Settings.Where(setting => setting.Name == "self-registration").Select(setting => setting.Value).SingleAsync()));
    }

    [Fact]
    public async Task A_new_account_is_an_employee_signed_in_and_back_where_they_came_from()
    {
        using var client = await OpenedAsync();
        var employee = await app.Given.Employee(email: "olga@example.org");
        var page = await Fill(await client.PageAsync("/account/register?returnUrl=/directory/products"), "Olga New", " olga@example.org ", "three new words").SubmitAsync();

        Assert.Equal("/directory/products", page.MustBeOk().Path);
        var made = await app.Database(async db => await (
            from user in db.Users
            where user.Email == "olga@example.org"
            select new { user.Id, user.EmployeeId, Roles = db.UserRoles.Where(held => held.UserId == user.Id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name).ToList() }).SingleAsync());
        Assert.Equal([Role.Employee], made.Roles);
        // The address isn't proven, so nobody becomes that colleague by typing it.
        Assert.Null(made.EmployeeId);
        Assert.Equal("olga@example.org", employee.EmailId);
        Assert.Equal(("registered", "olga@example.org"), await app.Database(async db => (await db.AuditEntries.Where(entry => entry.SubjectId == made.Id && entry.Subject == nameof(User)).Select(entry => new { entry.Action, entry.Actor }).SingleAsync()) is var told ? (told.Action, told.Actor) : default));
    }

    [Theory]
    [InlineData("", "x@example.org", "three new words", "Name", "Enter a name.")]
    [InlineData("emma@cast.example", "x@example.org", "three new words", "Name", "Enter a name without @; the address has a field of its own.")]
    [InlineData("X", "", "three new words", "E-mail address", "Enter an e-mail address.")]
    [InlineData("X", "not an address", "three new words", "E-mail address", "This is not an e-mail address.")]
    [InlineData("X", "EMMA@cast.example", "three new words", "E-mail address", RegisterAccount.Refused)]
    [InlineData("X", "x@example.org", "short", "Password", "Passwords must be at least 12 characters.")]
    [InlineData("X", "x@example.org", "passwordpassword", "Password", "This password is easy to guess. Choose another, such as a few words in a row.")]
    public async Task Bad_input_is_refused_beside_its_field(string name, string email, string password, string field, string message)
    {
        using var client = await OpenedAsync();
        var users = await app.Database(db => db.Users.CountAsync());
        var page = await Fill(await client.PageAsync("/account/register"), name, email, password).SubmitAsync();

        Assert.Equal(message, page.MustBe(HttpStatusCode.UnprocessableEntity).FieldError(field));
        Assert.Equal(users, await app.Database(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task The_same_address_twice_at_once_becomes_one_account()
    {
        using var client = await OpenedAsync();
        var form = Fill(await client.PageAsync("/account/register"), "Twin", "twin@example.org", "three new words");
        var answers = await Task.WhenAll(form.SubmitAsync(follow: false), form.SubmitAsync(follow: false), form.SubmitAsync(follow: false));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(1, await app.Database(db => db.Users.CountAsync(user => user.Email == "twin@example.org")));
    }

    private async Task<HttpClient> OpenedAsync()
    {
        using var administrator = await app.SignedInAs(Cast.Administrator);
        await OpenAsync(administrator);
        return app.Anonymous();
    }

    private static async Task OpenAsync(HttpClient administrator)
    {
        (await (await administrator.PageAsync("/admin/settings")).Form("Save").Tick("People may register themselves").SubmitAsync()).MustBeOk();
    }

    private static Form Fill(Page page, string name, string email, string password)
        => page.Form("Register").Fill("Name", name).Fill("E-mail address", email).Fill("Password", password);
}
