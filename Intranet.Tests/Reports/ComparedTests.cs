using Intranet.Data.Leads;
using Intranet.Data.Reports;
using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Intranet.Tests.Mail;
using Intranet.Tests.Performance;
using Intranet.Web.Pages.Reports;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Reports;

/// <summary>What of a row has to differ for it to have changed, and what else comes from real senders.</summary>
public sealed class ComparedTests : IAsyncLifetime
{
    private RunningApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Of_an_account_an_order_that_leaves_the_window_is_no_change_and_another_stage_is()
    {
        var account = await app.Account(Cast.Kam, "White Table");
        await app.Ordered(account, 7_050, 85);
        await RecomputedAsync();
        await app.Subscribed(Cast.Kam, "/performance", "show=under", onlyWhenChanged: true, format: SubscriptionFormat.Csv);
        var first = Assert.Single((await app.SendNextDayAsync()).Mails);
        Assert.Contains("70.5", first.Leaves.Last().Text, StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromDays(10));
        await RecomputedAsync();
        Assert.Equal("1 unchanged", (await app.SendDueAsync()).Said);

        await app.Moved(account, Stage.Negotiation);
        await RecomputedAsync();
        var mail = Assert.Single((await app.SendNextDayAsync()).Mails);
        Assert.EndsWith(": 1 changed", mail["Subject"], StringComparison.Ordinal);
        // The order was in the figures and is not any more.
        Assert.DoesNotContain("70.5", mail.Leaves.Last().Text, StringComparison.Ordinal);

        // Closed, it is no account any more.
        await app.Moved(account, Stage.Closed);
        await RecomputedAsync();
        Assert.EndsWith(": 1 gone", Assert.Single((await app.SendNextDayAsync()).Mails)["Subject"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_lead_the_time_of_its_change_alone_is_no_change_and_another_stage_is()
    {
        var lead = await app.Lead("Anker", Cast.Kam, stage: Stage.New);
        await app.Subscribed(Cast.Kam, "/leads", "", onlyWhenChanged: true);
        Assert.Single((await app.SendNextDayAsync()).Mails);

        await app.Database(db => db.Leads.ExecuteUpdateAsync(set => set.SetProperty(one => one.UpdatedAt, app.Clock.UtcNow), Cancellation));
        Assert.Equal("1 unchanged", (await app.SendNextDayAsync()).Said);

        await app.Moved(lead, Stage.Contacted);
        Assert.EndsWith(": 1 changed", Assert.Single((await app.SendNextDayAsync()).Mails)["Subject"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("karl@cast.example", "karl@cast.example")]
    [InlineData("kärl@cast.example", null)]
    public async Task Answers_go_to_the_owner_where_a_server_takes_the_address(string email, string? replyTo)
    {
        await app.Lead();
        await app.Subscribed(Cast.Kam, to: "one@example.org");
        await app.Database(db => db.Users.Where(user => user.Email == Cast.Kam.Email).ExecuteUpdateAsync(set => set.SetProperty(user => user.Email, email), Cancellation));

        var mail = Assert.Single((await app.SendNextDayAsync()).Mails);

        Assert.Equal(replyTo, mail["Reply-To"]);
    }

    [Fact]
    public async Task One_that_fails_while_another_is_at_the_same_list_leaves_it_to_that_one()
    {
        Subscription? saved = null;
        RunningApp? own = null;
        await using var failing = own = await RunningApp.StartAsync(options => options.Services = services => HeldList.Hold(services, async _ =>
        {
            // It has taken too long, and another has begun; then it fails.
            await own!.Database(db => db.Subscriptions.Where(s => s.Id == saved!.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.StartedAt, own.Clock.UtcNow.AddSeconds(1)).SetProperty(s => s.Starts, 2), Cancellation));
            throw new TimeoutException("The database is slow.");
        }));
        await failing.Lead();
        saved = await failing.Subscribed(Cast.Kam);

        Assert.StartsWith("Subscriptions: 1 failed.", (await failing.SendNextDayAsync()).Said, StringComparison.Ordinal);

        var now = await failing.Now(saved);
        Assert.Equal((0, saved.NextAt, failing.Clock.UtcNow.AddSeconds(1), 2, null), (now.Failures, now.NextAt, now.StartedAt, now.Starts, now.LastError));
    }

    private Task<int> RecomputedAsync() => app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(cancellation: Cancellation));
}
