using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Account;

public sealed class PasswordTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string New = "a whole new password";

    [Fact]
    public async Task Who_changes_the_password_stays_signed_in_and_uses_the_new_one_from_then_on()
    {
        var person = await app.Given.User();
        using var client = await app.SignedInAs(person);
        var answer = await ChangeAsync(client, Cast.Password, New);

        Assert.Contains("Your password is changed", answer.MustBeOk().Text, StringComparison.Ordinal);
        (await client.PageAsync("/directory", follow: false)).MustBeOk();
        using var other = app.Anonymous();
        (await SignInTests.SignInAsync(other, person.Email, Cast.Password)).MustBe(HttpStatusCode.UnprocessableEntity);
        (await SignInTests.SignInAsync(other, person.Email, New)).MustBeOk();
        Assert.Equal(1, await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Action == "changed password" && entry.Actor == person.Email)));
        Assert.False(await app.Database(db => db.AuditEntries.AnyAsync(entry => entry.Details!.Contains(New))));
    }

    [Fact]
    public async Task It_ends_the_sessions_elsewhere_within_a_minute()
    {
        await using var own = await RunningApp.StartAsync();
        var person = await own.Given.User();
        using var here = await own.SignedInAs(person);
        using var elsewhere = await own.SignedInAs(person);
        await ChangeAsync(here, Cast.Password, New);

        own.Clock.Advance(TimeSpan.FromSeconds(61));
        (await elsewhere.PageAsync("/directory", follow: false)).MustBe(HttpStatusCode.Redirect);
        (await here.PageAsync("/directory", follow: false)).MustBeOk();
    }

    [Theory]
    [InlineData("Wrong-Horse-42", New, New, "Current", "Incorrect password.")]
    [InlineData(Cast.Password, "elevenchars", "elevenchars", "New", "Passwords must be at least 12 characters.")]
    [InlineData(Cast.Password, "qwertyuiop123", "qwertyuiop123", "New", "This password is easy to guess. Choose another, such as a few words in a row.")]
    [InlineData(Cast.Password, New, "something else entirely", "Repeated", "This is not the same as the new password.")]
    [InlineData("", New, New, "Current", "Enter your current password.")]
    [InlineData(Cast.Password, "", "", "New", "Enter a new password.")]
    public async Task A_change_is_refused_beside_its_field_and_the_old_password_stays(string current, string wanted, string repeated, string field, string message)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        var page = (await ChangeAsync(client, current, wanted, repeated)).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, page.FieldError(field));
        using var other = app.Anonymous();
        (await SignInTests.SignInAsync(other, Cast.Employee.Email, Cast.Password)).MustBeOk();
    }

    [Theory]
    [InlineData(128, HttpStatusCode.OK)]
    [InlineData(129, HttpStatusCode.UnprocessableEntity)]
    public async Task A_password_has_at_most_128_characters(int length, HttpStatusCode expected)
    {
        var person = await app.Given.User();
        using var client = await app.SignedInAs(person);
        var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * 7 % 26))));

        (await ChangeAsync(client, Cast.Password, text)).MustBe(expected);
    }

    [Fact]
    public async Task Ones_own_address_is_no_password()
    {
        var person = await app.Given.User();
        using var client = await app.SignedInAs(person);
        Assert.NotNull((await ChangeAsync(client, Cast.Password, person.Email.ToUpperInvariant())).MustBe(HttpStatusCode.UnprocessableEntity).FieldError("New"));
    }

    [Fact]
    public async Task A_stranger_signs_in_first()
    {
        using var client = app.Anonymous();
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fpassword", (await client.PageAsync("/account/password", follow: false)).RedirectsTo);
    }

    private static async Task<Page> ChangeAsync(HttpClient client, string current, string wanted, string? repeated = null)
        => await (await client.PageAsync("/account/password")).MustBeOk().Form("Change password")
            .Fill("Current password", current).Fill("New password", wanted).Fill("New password again", repeated ?? wanted).SubmitAsync();
}
