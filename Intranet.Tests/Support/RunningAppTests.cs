using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Support;

/// <summary>The harness itself: what every other test takes for granted.</summary>
public sealed class RunningAppTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task Two_apps_share_no_records()
    {
        await using var other = await RunningApp.StartAsync();
        var here = await app.Given.Product();

        Assert.True(await app.Database(db => db.Products.AnyAsync(product => product.NameKey == here.NameKey)));
        Assert.False(await other.Database(db => db.Products.AnyAsync(product => product.NameKey == here.NameKey)));
    }

    [Fact]
    public async Task The_cast_is_there_with_roles()
    {
        var roles = await app.Database(db => (
            from user in db.Users
            join membership in db.UserRoles on user.Id equals membership.UserId
            join role in db.Roles on membership.RoleId equals role.Id
            where user.Email == Cast.Steward.Email
            orderby role.Name
            select role.Name).ToListAsync());

        Assert.Equal(["employee", "steward"], roles);
    }

    [Fact]
    public async Task The_server_answers_on_a_real_port()
    {
        Assert.NotEqual(80, app.Address.Port);
        using var client = app.Anonymous();
        using var answer = await client.GetAsync(new Uri("/no-such-page", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void The_clock_stands_still_until_moved()
    {
        var clock = new FakeClock();
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(FakeClock.Start.UtcDateTime.AddMinutes(5), clock.UtcNow);
    }

    [Fact]
    public async Task Builders_keep_search_words_and_audit_as_the_app_does()
    {
        var employee = await app.Given.Employee(firstName: "Jean-Luc");

        Assert.True(await app.Database(db => db.SearchWords.AnyAsync(word => word.TargetId == employee.Id && word.Word == "jeanluc")));
        Assert.True(await app.Database(db => db.AuditEntries.AnyAsync(entry => entry.Subject == "Employee" && entry.SubjectId == employee.Id && entry.Action == "added")));
    }
}
