using Intranet.Data;
using Intranet.Data.Reports;
using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Intranet.Tests.Mail;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Admin.Users;
using Intranet.Web.Pages.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Reports;

/// <summary>Subscriptions made through their page, and what the job and the outbox make of them.</summary>
internal static class SubscriptionsGiven
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static string Form(string list, string query = "") => $"/reports/subscribe?list={list}&query={Uri.EscapeDataString(query)}";

    /// <param name="fill">Other fields, by label.</param>
    internal static async Task<Subscription> Subscribed(
        this RunningApp app, Person person, string list = "/performance", string query = "show=under", string? to = null, SubscriptionFormat format = SubscriptionFormat.Workbook, bool onlyWhenChanged = false, Action<Support.Form>? fill = null)
    {
        using var client = await app.SignedInAs(person);
        var form = (await client.PageAsync(Form(list, query))).MustBeOk().Form("Subscribe")
            .Fill("The list comes", $"{format}").Fill("How often", "Daily").Tick("Only when something changed", onlyWhenChanged);
        if (to is not null)
            form.Fill("To", to);
        fill?.Invoke(form);
        Assert.Equal("/reports", (await form.SubmitAsync(follow: false)).MustBe(System.Net.HttpStatusCode.Redirect).RedirectsTo);
        return await app.Database(db => db.Subscriptions.AsNoTracking().Include(s => s.Recipients).OrderByDescending(s => s.Id).FirstAsync(Cancellation));
    }

    internal static Task<Subscription> Now(this RunningApp app, Subscription subscription)
        => app.Database(db => db.Subscriptions.AsNoTracking().Include(s => s.Recipients).SingleAsync(s => s.Id == subscription.Id, Cancellation));

    /// <summary>What the job does once, and then the outbox.</summary>
    /// <returns>What the job said, and the mails that left.</returns>
    internal static async Task<(string? Said, IReadOnlyList<Eml> Mails)> SendDueAsync(this RunningApp app)
    {
        var said = await app.Operation<SendDueSubscriptions, string?>(async send =>
        {
            try
            {
                return await send.RunAsync(Cancellation);
            }
            catch (JobFailedException failure)
            {
                return failure.Message;
            }
        });
        return (said, await app.MailsAsync());
    }

    /// <summary>The mails that leave now, by who gets them.</summary>
    internal static async Task<IReadOnlyList<Eml>> MailsAsync(this RunningApp app)
    {
        var folder = Path.Combine(app.Folder, "mail");
        if (System.IO.Directory.Exists(folder))
            System.IO.Directory.Delete(folder, recursive: true);
        await app.SendMailAsync();
        return [.. app.Folder().Select(Eml.Parse).OrderBy(mail => mail["To"], StringComparer.Ordinal)];
    }

    /// <summary>A day later all have been due once.</summary>
    internal static Task<(string? Said, IReadOnlyList<Eml> Mails)> SendNextDayAsync(this RunningApp app)
    {
        app.Clock.Advance(TimeSpan.FromDays(1));
        return app.SendDueAsync();
    }

    /// <summary>Locks an account, or gives it these roles instead of those that it has.</summary>
    internal static async Task ChangedAsync(this RunningApp app, Person person, bool isLocked, string[] roles)
    {
        var user = await app.UserId(person);
        Assert.Null(await app.Operation<IServiceProvider, string?>(async services =>
        {
            var account = await services.GetRequiredService<IntranetDbContext>().Users.SingleAsync(one => one.Id == user, Cancellation);
            return isLocked
                ? await services.GetRequiredService<LockUser>().RunAsync(account, locked: true, by: null, Cancellation)
                : await services.GetRequiredService<ChangeRoles>().RunAsync(account, roles, Cancellation);
        }));
    }

    /// <summary>A client that signs in now: the session of before ended while the clock went on.</summary>
    internal static async Task<HttpClient> SignedInAnewAs(this RunningApp app, Person person)
    {
        var client = app.Anonymous();
        (await (await client.PageAsync("/account/sign-in")).MustBeOk().Form("Sign in").Fill("E-mail address", person.Email).Fill("Password", Cast.Password).SubmitAsync(follow: false)).MustBe(System.Net.HttpStatusCode.Redirect);
        return client;
    }

    internal static string Text(this Eml mail) => mail.Leaves.First(part => part.Type == "text/plain").Text;

    /// <summary>Path and query of the link in the header.</summary>
    internal static string Unsubscribe(this Eml mail) => new Uri(mail["List-Unsubscribe"]!.Trim('<', '>')).PathAndQuery;
}
