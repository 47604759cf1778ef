using System.Net;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Mail;
using Intranet.Data.Reports;
using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Intranet.Tests.Mail;
using Intranet.Tests.Performance;
using Intranet.Web.Pages.Admin.Users;
using Intranet.Web.Pages.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Reports;

/// <summary>A mail that was made and has not left yet.</summary>
public sealed class LeavingMailTests : IAsyncLifetime
{
    private RunningApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task It_does_not_leave_to_who_has_unsubscribed_meanwhile_and_the_others_get_theirs()
    {
        await app.Lead();
        await app.Subscribed(Cast.Kam, to: "one@example.org\ntwo@example.org");
        var link = (await app.SendNextDayAsync()).Mails[0].Unsubscribe();
        await MadeAsync();
        using var client = app.Anonymous();
        (await (await client.PageAsync(link)).Form("Unsubscribe").SubmitAsync()).MustBeOk();

        Assert.Equal(["two@example.org"], (await app.MailsAsync()).Select(mail => mail["To"]));

        var row = await NewestAsync("one@example.org");
        Assert.Equal((OutboxState.Cancelled, 0), (row.State, row.Delivered.Count));
        Assert.Contains("recipient", row.LastError, StringComparison.Ordinal);
        Assert.True(await app.Database(db => db.AuditEntries.AnyAsync(entry => entry.Action == "cancelled" && entry.Subject == nameof(OutboxMessage) && entry.SubjectId == row.Id && entry.Details == row.LastError, Cancellation)));
        // Nor does an administrator send it.
        using var administrator = await app.SignedInAnewAs(Cast.Administrator);
        await (await administrator.PageAsync($"/admin/mail/{row.Id}")).MustBeOk().Form("Resend").SubmitAsync();
        Assert.Empty(await app.MailsAsync());
        Assert.Equal(OutboxState.Cancelled, (await app.StateOfAsync(row)).State);
    }

    [Fact]
    public async Task It_does_not_leave_when_the_subscription_was_deleted()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await MadeAsync();
        using var client = await app.SignedInAnewAs(Cast.Kam);
        (await (await client.PageAsync("/reports")).Form($"Delete {saved.Name}").SubmitAsync()).MustBeOk();

        await app.MailsAsync();

        Assert.Equal((OutboxState.Cancelled, "The subscription was deleted."), await StateAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_does_not_leave_when_its_owner_lost_the_role_or_was_locked_meanwhile(bool isLocked)
    {
        var person = await app.Given.User(role: Role.Kam);
        await app.Lead("Secret", person);
        await app.Subscribed(person, "/leads", "");
        app.Clock.Advance(TimeSpan.FromDays(1));
        await MadeAsync();
        await app.ChangedAsync(person, isLocked, []);

        Assert.Empty(await app.MailsAsync());

        Assert.Equal((OutboxState.Cancelled, "Its owner may not open this list any more."), await StateAsync());
    }

    [Fact]
    public async Task It_does_not_leave_with_the_rows_of_others_when_its_owner_sees_only_their_own_meanwhile()
    {
        await app.Lead("Kora's", Cast.OtherKam);
        await app.Subscribed(Cast.Kam, "/leads", "");
        await app.Subscribed(Cast.SalesLead, "/leads", "");
        app.Clock.Advance(TimeSpan.FromDays(1));
        await MadeAsync();
        await app.TeamCanSee(false);

        Assert.Equal([Cast.SalesLead.Email], (await app.MailsAsync()).Select(mail => mail["To"]));

        Assert.Equal((OutboxState.Cancelled, "The owner of the subscription may not see all of its rows any more."), await StateAsync(Cast.Kam.Email));
    }

    [Fact]
    public async Task Who_sees_more_than_then_gets_it()
    {
        await app.TeamCanSee(false);
        await app.Lead("Karl's", Cast.Kam);
        await app.Subscribed(Cast.Kam, "/leads", "");
        app.Clock.Advance(TimeSpan.FromDays(1));
        await MadeAsync();
        await app.TeamCanSee(true);

        Assert.Single(await app.MailsAsync());
    }

    private Task<string?> MadeAsync()
    {
        app.Clock.Advance(TimeSpan.FromDays(1));
        return app.Operation<SendDueSubscriptions, string?>(send => send.RunAsync(Cancellation));
    }

    private async Task<(OutboxState State, string? Error)> StateAsync(string? to = null)
    {
        var row = await NewestAsync(to);
        return (row.State, row.LastError);
    }

    private async Task<OutboxMessage> NewestAsync(string? to)
        => (await app.Database(db => db.OutboxMessages.AsNoTracking().OrderByDescending(mail => mail.Id).ToListAsync(Cancellation))).First(mail => to is null || mail.To.Contains(to));
}
