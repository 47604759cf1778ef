using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Intranet.Tests.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Reports;

/// <summary>
/// In which order somebody who leaves and an owner who saves take the rows of a subscription: as its sender does. Only a server
/// on which readers wait for writers shows a wrong one, and seldom; so it is the order itself that is looked at.
/// </summary>
public sealed partial class LockOrderTests : IAsyncLifetime
{
    private readonly Commands commands = new();
    private RunningApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync(options => options.Services = commands.Watch);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Who_leaves_and_an_owner_who_saves_take_the_subscription_before_its_recipients()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam, to: "one@example.org\ntwo@example.org\nthree@example.org");
        var link = (await app.SendNextDayAsync()).Mails[0].Unsubscribe();
        using var anybody = app.Anonymous();
        var leaving = (await anybody.PageAsync(link)).MustBeOk().Form("Unsubscribe");
        commands.Texts.Clear();
        (await leaving.SubmitAsync()).MustBeOk();
        TheSubscriptionComesFirst();

        using var client = await app.SignedInAnewAs(Cast.Kam);
        var form = (await client.PageAsync($"/reports/subscribe/{saved.Id}")).MustBeOk().Form("Save").Fill("To", "three@example.org\nfour@example.org");
        commands.Texts.Clear();
        (await form.SubmitAsync()).MustBeOk();
        TheSubscriptionComesFirst();
    }

    private void TheSubscriptionComesFirst()
    {
        var written = commands.Texts.Where(text => Writes().IsMatch(text) && text.Contains("Subscription", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain("SubscriptionRecipients", written[0], StringComparison.Ordinal);
        Assert.Contains(written, text => text.Contains("SubscriptionRecipients", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b(UPDATE|DELETE|INSERT|MERGE)\b")]
    private static partial Regex Writes();

    private sealed class Commands : DbCommandInterceptor
    {
        internal ConcurrentQueue<string> Texts { get; } = new();

        internal void Watch(IServiceCollection services)
        {
            services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(this));
            services.ConfigureDbContext<SqlServerDbContext>(options => options.AddInterceptors(this));
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Texts.Enqueue(command.CommandText);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Texts.Enqueue(command.CommandText);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
