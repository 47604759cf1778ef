using Intranet.Data.Mail;
using Intranet.Data.Reports;
using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Intranet.Tests.Mail;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Reports;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Reports;

/// <summary>
/// Senders that die: one app whose reading never ends stands for the process that was killed there, and another on the same
/// database for the one that is started after it.
/// </summary>
public sealed class DeadSenderTests : IAsyncLifetime
{
    private readonly TaskCompletionSource never = new();
    private TaskCompletionSource reached = new();
    private RunningApp dying = null!;
    private string? deadly;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => dying = await RunningApp.StartAsync(options => options.Services = services => HeldList.Hold(services, async query =>
    {
        if (query != deadly)
            return;
        reached.TrySetResult();
        await never.Task;
    }));

    public async ValueTask DisposeAsync()
    {
        never.TrySetCanceled(Cancellation);
        await dying.DisposeAsync();
    }

    [Fact]
    public async Task What_a_sender_died_at_comes_after_all_others_and_is_made_once_it_can_be()
    {
        await dying.Lead();
        var first = await dying.Subscribed(Cast.Kam, query: "show=well", to: "deadly@example.org");
        for (var i = 0; i < SendDueSubscriptions.Batch; i++)
            await dying.Database(db => CopyAsync(db, first.Id));
        dying.Clock.Advance(TimeSpan.FromDays(1));
        var run = await DieAsync("show=well", first);

        // Started again: it comes last, and with more than one run can take it waits for the next.
        await using (var next = await RunningApp.BesideAsync(dying))
        {
            LetRunOut(next, Subscription.StartLasts);
            Assert.Equal($"{SendDueSubscriptions.Batch} sent", (await next.SendDueAsync()).Said);
            Assert.Null((await next.Now(first)).LastSentAt);
            Assert.Equal("1 sent", (await next.SendDueAsync()).Said);
            Assert.Equal((next.Clock.UtcNow, 0, null), ((await next.Now(first)).LastSentAt, (await next.Now(first)).Starts, (await next.Now(first)).StartedAt));
        }

        // The one of before wakes up and finds that it is done.
        never.TrySetResult();
        Assert.Null(await run);
        Assert.Equal(SendDueSubscriptions.Batch + 1, await dying.Database(db => db.OutboxMessages.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task One_at_which_it_dies_again_and_again_is_paused_with_the_reason_until_somebody_resumes_it()
    {
        await dying.Lead();
        var saved = await dying.Subscribed(Cast.Kam, query: "show=well");
        dying.Clock.Advance(TimeSpan.FromDays(1));
        for (var i = 1; i <= Subscription.MostStarts; i++)
        {
            _ = await DieAsync("show=well", saved);
            Assert.Equal(i, (await dying.Now(saved)).Starts);
            await dying.Database(db => db.Subscriptions.ReleaseStartsAsync(Cancellation));
        }

        await using var next = await RunningApp.BesideAsync(dying);
        Assert.Equal("1 paused", (await next.SendDueAsync()).Said);

        using var client = await next.SignedInAnewAs(Cast.Kam);
        var page = (await client.PageAsync("/reports")).MustBeOk();
        Assert.Contains("It was begun 3 times, and each time the app ended before it was done.", page.One("tbody tr").Words(), StringComparison.Ordinal);
        (await page.Form($"Resume: {saved.Name}").SubmitAsync()).MustBeOk();
        Assert.EndsWith("1 sent", (await next.SendNextDayAsync()).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_reads_it_no_other_begins_until_it_has_taken_too_long()
    {
        await dying.Lead();
        var saved = await dying.Subscribed(Cast.Kam, query: "show=well");
        dying.Clock.Advance(TimeSpan.FromDays(1));
        await using var other = await RunningApp.BesideAsync(dying);
        var run = await DieAsync("show=well", saved);

        Assert.Null((await other.SendDueAsync()).Said);
        other.Clock.Advance(Subscription.StartLasts + TimeSpan.FromSeconds(1));
        Assert.Equal("1 sent", (await other.SendDueAsync()).Said);
        never.TrySetResult();
        Assert.Null(await run);
        Assert.Equal(1, await dying.Database(db => db.OutboxMessages.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task A_mail_whose_sender_died_before_it_left_leaves_once()
    {
        var transport = new HeldTransport();
        await using var killed = await RunningApp.StartAsync(options => options.Services = transport.Replace);
        await killed.Lead();
        await killed.Subscribed(Cast.Kam);
        killed.Clock.Advance(TimeSpan.FromDays(1));
        await killed.Operation<SendDueSubscriptions, string?>(send => send.RunAsync(Cancellation));
        var sending = Task.Run(() => killed.SendMailAsync(), Cancellation);
        await transport.Reached.Task;
        Assert.Equal(OutboxState.Sending, await killed.Database(db => db.OutboxMessages.Select(mail => mail.State).SingleAsync(Cancellation)));

        await using var next = await RunningApp.BesideAsync(killed);
        LetRunOut(next, OutboxMessage.ClaimLasts);
        Assert.Single(await next.MailsAsync());
        Assert.Empty(await next.MailsAsync());

        // And the list is not made again.
        Assert.Null((await next.SendDueAsync()).Said);
        transport.Go.TrySetCanceled(Cancellation);
        await sending;
        Assert.Equal((1, OutboxState.Sent), await next.Database(async db => (await db.OutboxMessages.CountAsync(Cancellation), await db.OutboxMessages.Select(mail => mail.State).SingleAsync(Cancellation))));
    }

    [Fact]
    public async Task A_failure_that_can_not_be_noted_leaves_the_others_their_mails()
    {
        await dying.Lead();
        var failing = await dying.Subscribed(Cast.Kam, fill: form => form.Fill("Name", "Failing"));
        await dying.Subscribed(Cast.Kam, fill: form => form.Fill("Name", "Fine"));
        dying.Clock.Advance(TimeSpan.FromDays(1));
        // Neither its list can be read, nor what became of it be written down.
        await dying.Database(db => db.Subscriptions.Where(s => s.Id == failing.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.TimeZone, "Mars/Base").SetProperty(s => s.NextAt, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)), Cancellation));
        await using var next = await RunningApp.BesideAsync(dying, options => options.Services = new NoNotes().Watch);

        var (said, mails) = await next.SendDueAsync();

        Assert.StartsWith("Subscriptions: 1 sent, 1 failed.", said, StringComparison.Ordinal);
        Assert.StartsWith("Fine: ", Assert.Single(mails)["Subject"], StringComparison.Ordinal);
        Assert.Contains($"That subscription {failing.Id} failed could not be noted", next.Log.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await next.Now(failing)).Failures);
    }

    /// <summary>A run that gets as far as this list and no further.</summary>
    private async Task<Task<string?>> DieAsync(string query, Subscription subscription)
    {
        (deadly, reached) = (query, new TaskCompletionSource());
        var run = Task.Run(() => dying.Operation<SendSubscription, string?>(async send => await send.RunAsync(subscription.Id, Cancellation) is SubscriptionOutcome.NotDue ? null : "sent"), Cancellation);
        await Task.WhenAny(reached.Task, run);
        Assert.False(run.IsCompleted);
        return run;
    }

    private static async Task CopyAsync(Intranet.Data.IntranetDbContext db, int id)
    {
        var one = await db.Subscriptions.SingleAsync(s => s.Id == id, Cancellation);
        var copy = new Subscription { Name = "Copy", Page = one.Page, Query = "show=under", OwnerId = one.OwnerId, Address = one.Address, CreatedAt = one.CreatedAt, Recipients = [new SubscriptionRecipient { Address = "copy@example.org" }] };
        copy.Plan(one.Schedule(), one.CreatedAt);
        db.Add(copy);
        await db.SaveChangesAsync(Cancellation);
    }

    private sealed class NoNotes : Microsoft.EntityFrameworkCore.Diagnostics.SaveChangesInterceptor
    {
        internal void Watch(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
        {
            Microsoft.Extensions.DependencyInjection.EntityFrameworkServiceCollectionExtensions.ConfigureDbContext<Intranet.Data.Providers.Sqlite.SqliteDbContext>(services, options => options.AddInterceptors(this));
            Microsoft.Extensions.DependencyInjection.EntityFrameworkServiceCollectionExtensions.ConfigureDbContext<Intranet.Data.Providers.SqlServer.SqlServerDbContext>(services, options => options.AddInterceptors(this));
        }

        public override ValueTask<Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<int>> SavingChangesAsync(
            Microsoft.EntityFrameworkCore.Diagnostics.DbContextEventData eventData, Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<int> result, CancellationToken cancellationToken = default)
            => eventData.Context!.ChangeTracker.Entries<Subscription>().Any(entry => entry.State == EntityState.Modified && entry.Entity.Failures > 0)
                ? throw new InvalidOperationException("The disk is full.") : base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    private sealed class HeldTransport : IMailTransport
    {
        internal TaskCompletionSource Reached { get; } = new();
        internal TaskCompletionSource Go { get; } = new();

        public string Destination => "nowhere";

        public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellation)
        {
            Reached.TrySetResult();
            await Go.Task;
            return new Delivery(DeliveryResult.Sent);
        }

        internal void Replace(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
            => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IMailTransport>(services, this);
    }

    // A start releases what a dead process held where there is one process; where there may be several, its time has to run out.
    private static void LetRunOut(RunningApp app, TimeSpan lasts)
    {
        if (TestDatabase.Server is not null)
            app.Clock.Advance(lasts + TimeSpan.FromSeconds(1));
    }
}
