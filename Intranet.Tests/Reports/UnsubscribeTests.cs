using System.Net;
using Intranet.Data.Reports;
using Intranet.Tests.Leads;
using Intranet.Tests.Mail;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Reports;

public sealed class UnsubscribeTests : IAsyncLifetime
{
    private RunningApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Who_gets_a_mail_leaves_by_its_link_and_the_others_stay()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam, to: "one@example.org\ntwo@example.org", fill: form => form.Fill("Name", "The <b>round</b>"));
        var mail = (await app.SendNextDayAsync()).Mails[0];
        Assert.Equal("List-Unsubscribe=One-Click", mail["List-Unsubscribe-Post"]);
        Assert.Contains($"Stop these mails: {mail["List-Unsubscribe"]!.Trim('<', '>')}", mail.Text(), StringComparison.Ordinal);
        Assert.Contains($"href=\"{mail["List-Unsubscribe"]!.Trim('<', '>')}\"", mail.Leaves.First(part => part.Type == "text/html").Text, StringComparison.Ordinal);
        using var client = app.Anonymous();

        var page = (await client.PageAsync(mail.Unsubscribe())).MustBeOk();
        Assert.Contains("No more mails of The <b>round</b> to one@example.org?", page.Text, StringComparison.Ordinal);
        // Opening it changed nothing.
        Assert.Equal(2, (await app.Now(saved)).Recipients.Count);
        page = (await page.Form("Unsubscribe").SubmitAsync()).MustBeOk();
        Assert.Contains("You get no more of these mails.", page.Text, StringComparison.Ordinal);

        Assert.Equal(["two@example.org"], (await app.Now(saved)).Readers().Select(one => one.Address));
        Assert.NotEqual(saved.Version, (await app.Now(saved)).Version);
        Assert.Contains("You get no more of these mails.", (await client.PageAsync(mail.Unsubscribe())).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal(["two@example.org"], (await app.SendNextDayAsync()).Mails.Select(next => next["To"]));
        Assert.True(await app.Database(db => db.AuditEntries.AnyAsync(entry => entry.Subject == "Subscription" && entry.SubjectId == saved.Id && entry.Action == "unsubscribed" && entry.Actor == "anonymous" && entry.Details!.Contains("one@example.org"), Cancellation)));
    }

    [Fact]
    public async Task A_mail_program_does_so_with_one_post_and_the_last_who_leaves_pauses_it()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam, to: "one@example.org");
        var mail = (await app.SendNextDayAsync()).Mails[0];
        using var client = app.Anonymous();

        // RFC 8058: no cookie, no token, and twice is once.
        for (var i = 0; i < 2; i++)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" });
            using var answer = await client.PostAsync(new Uri(mail.Unsubscribe(), UriKind.Relative), form, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var now = await app.Now(saved);
        Assert.Equal((0, true, "Everybody has unsubscribed.", null), (now.Readers().Count(), now.IsPaused, now.PauseReason, now.NextAt));
        Assert.Empty((await app.SendNextDayAsync()).Mails);
        using var owner = await app.SignedInAnewAs(Cast.Kam);
        Assert.Contains("nobody", (await owner.PageAsync("/reports")).MustBeOk().One("tbody tr").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_works_for_somebody_signed_in_as_well()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam, to: "one@example.org\ntwo@example.org");
        var mail = (await app.SendNextDayAsync()).Mails[0];
        using var client = await app.SignedInAnewAs(Cast.Employee);
        (await (await client.PageAsync(mail.Unsubscribe())).MustBeOk().Form("Unsubscribe").SubmitAsync()).MustBeOk();
        Assert.Single((await app.Now(saved)).Readers());
    }

    [Fact]
    public async Task Two_who_leave_together_pause_it()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam, to: "one@example.org\ntwo@example.org");
        var mails = (await app.SendNextDayAsync()).Mails;
        using var client = app.Anonymous();

        await Task.WhenAll(mails.Select(async mail =>
        {
            using var form = new FormUrlEncodedContent([]);
            using var answer = await client.PostAsync(new Uri(mail.Unsubscribe(), UriKind.Relative), form, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }));

        var now = await app.Now(saved);
        Assert.Equal((0, true), (now.Readers().Count(), now.IsPaused));
    }

    [Fact]
    public async Task Who_left_is_not_added_again_by_its_owner_and_comes_back_by_themselves()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam, to: "one@example.org\ntwo@example.org");
        var link = (await app.SendNextDayAsync()).Mails[0].Unsubscribe();
        using var client = app.Anonymous();
        (await (await client.PageAsync(link)).Form("Unsubscribe").SubmitAsync()).MustBeOk();
        using var owner = await app.SignedInAnewAs(Cast.Kam);

        var form = (await owner.PageAsync($"/reports/subscribe/{saved.Id}")).MustBeOk().Form("Save");
        Assert.Equal("two@example.org", form.Value("To"));
        var refused = (await form.Fill("To", "two@example.org\nONE@example.org").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("one@example.org has unsubscribed from this list. Only they can come back, by the link in any mail of it.", refused.FieldError("To"));
        // Saving without them doesn't make them unknown.
        (await (await owner.PageAsync($"/reports/subscribe/{saved.Id}")).Form("Save").Fill("To", "two@example.org").SubmitAsync()).MustBeOk();
        (await (await owner.PageAsync($"/reports/subscribe/{saved.Id}")).Form("Save").Fill("To", "one@example.org").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        var page = await (await client.PageAsync(link)).MustBeOk().Form("Get them again").SubmitAsync();
        Assert.Contains("You get these mails again.", page.MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal(["one@example.org", "two@example.org"], (await app.SendNextDayAsync()).Mails.Select(mail => mail["To"]));
    }

    [Fact]
    public async Task The_last_who_left_and_comes_back_gets_it_going_again()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam, to: "one@example.org");
        var link = (await app.SendNextDayAsync()).Mails[0].Unsubscribe();
        using var client = app.Anonymous();
        var page = (await (await client.PageAsync(link)).Form("Unsubscribe").SubmitAsync()).MustBeOk();
        using var owner = await app.SignedInAnewAs(Cast.Kam);
        // Its owner can't.
        var list = (await (await owner.PageAsync("/reports")).Form($"Resume: {saved.Name}").SubmitAsync()).MustBeOk();
        Assert.Contains("Nobody gets it. Edit it and say who does.", list.Text, StringComparison.Ordinal);
        Assert.True((await app.Now(saved)).IsPaused);

        (await page.Form("Get them again").SubmitAsync()).MustBeOk();

        Assert.Equal((false, null), ((await app.Now(saved)).IsPaused, (await app.Now(saved)).PauseReason));
        Assert.Single((await app.SendNextDayAsync()).Mails);
    }

    [Fact]
    public async Task Of_a_deleted_subscription_the_link_says_that_nothing_comes_any_more()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam);
        var link = (await app.SendNextDayAsync()).Mails[0].Unsubscribe();
        using var owner = await app.SignedInAnewAs(Cast.Kam);
        (await (await owner.PageAsync("/reports")).Form($"Delete {saved.Name}").SubmitAsync()).MustBeOk();
        using var client = app.Anonymous();
        for (var i = 0; i < 2; i++)
        {
            var page = (await client.PageAsync(link)).MustBeOk();
            Assert.Contains("You get no more of these mails.", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Get them again", page.Text, StringComparison.Ordinal);
            using var form = new FormUrlEncodedContent([]);
            using var answer = await client.PostAsync(new Uri(link, UriKind.Relative), form, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            // And once it is forgotten.
            app.Clock.Advance(TimeSpan.FromDays(2));
            await app.SendDueAsync();
        }

        Assert.Equal(0, await app.Database(db => db.Subscriptions.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task Who_leaves_while_its_owner_saves_leaves_all_the_same()
    {
        var saves = new OwnerSaves();
        await using var own = await RunningApp.StartAsync(options => options.Services = saves.Watch);
        await own.Lead();
        var saved = await own.Subscribed(Cast.Kam, to: "one@example.org\ntwo@example.org");
        var link = (await own.SendNextDayAsync()).Mails[0].Unsubscribe();
        using var client = own.Anonymous();
        saves.Times = 3;

        (await (await client.PageAsync(link)).Form("Unsubscribe").SubmitAsync()).MustBeOk();

        Assert.Equal(0, saves.Times);
        Assert.Equal(["two@example.org"], (await own.Now(saved)).Readers().Select(one => one.Address));
    }

    /// <summary>Changes a subscription's version at the moment at which somebody else is about to save it.</summary>
    private sealed class OwnerSaves : SaveChangesInterceptor
    {
        internal int Times { get; set; }

        internal void Watch(IServiceCollection services)
        {
            services.ConfigureDbContext<Intranet.Data.Providers.Sqlite.SqliteDbContext>(options => options.AddInterceptors(this));
            services.ConfigureDbContext<Intranet.Data.Providers.SqlServer.SqlServerDbContext>(options => options.AddInterceptors(this));
        }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Times > 0 && eventData.Context!.ChangeTracker.Entries<Subscription>().Any(entry => entry.State == EntityState.Modified))
            {
                Times--;
                // In the same transaction, because SQLite has one writer; the version is another all the same.
                await eventData.Context.Set<Subscription>().ExecuteUpdateAsync(set => set.SetProperty(s => s.Version, Guid.NewGuid()), cancellationToken);
            }

            return await base.SavingChangesAsync(eventData, result, cancellationToken);
        }
    }

    [Fact]
    public async Task A_key_opens_its_own_link_alone_and_a_wrong_one_nothing()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam, to: "one@example.org\ntwo@example.org");
        var link = (await app.SendNextDayAsync()).Mails[0].Unsubscribe();
        var (mine, other) = (saved.Recipients[0].Id, saved.Recipients[1].Id);
        using var client = app.Anonymous();

        foreach (var url in new[] { $"/reports/unsubscribe/{mine}", $"/reports/unsubscribe/{mine}?key=", $"/reports/unsubscribe/{mine}?key=nonsense", $"/reports/unsubscribe/{mine}?key={new string('A', 5000)}", link.Replace($"/{mine}?", $"/{other}?", StringComparison.Ordinal), link[..^3] })
        {
            (await client.PageAsync(url)).MustBe(HttpStatusCode.NotFound);
            using var form = new FormUrlEncodedContent([]);
            using var answer = await client.PostAsync(new Uri(url, UriKind.Relative), form, Cancellation);
            Assert.Equal((url, HttpStatusCode.NotFound), (url, answer.StatusCode));
        }

        Assert.Equal(2, (await app.Now(saved)).Recipients.Count);
    }

    [Fact]
    public async Task No_key_is_kept_in_what_was_sent_nor_shown_to_an_administrator()
    {
        await app.Lead();
        await app.Subscribed(Cast.Kam);
        var mail = Assert.Single((await app.SendNextDayAsync()).Mails);
        var key = mail.Unsubscribe().Split("key=")[1];
        Assert.True(key.Length > 40);

        var row = await app.Database(db => db.OutboxMessages.AsNoTracking().SingleAsync(Cancellation));
        foreach (var text in new[] { row.Text, row.Html, row.ListUnsubscribe!, row.Subject })
            Assert.DoesNotContain("key=", text, StringComparison.Ordinal);
        using var client = await app.SignedInAnewAs(Cast.Administrator);
        var eml = await client.GetStringAsync(new Uri($"/admin/mail/{row.Id}?handler=Eml", UriKind.Relative), Cancellation);
        Assert.Contains("/reports/unsubscribe/", eml, StringComparison.Ordinal);
        Assert.DoesNotContain("key=", eml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_SMTP_the_link_has_its_key_as_well()
    {
        await using var server = await Support.SmtpServer.StartAsync();
        await using var own = await Outbox.WithAsync(server);
        await own.Lead();
        await own.Subscribed(Cast.Kam);
        await own.SendNextDayAsync();

        var mail = Eml.Parse(Assert.Single(server.Mails).Content);

        Assert.Equal("List-Unsubscribe=One-Click", mail["List-Unsubscribe-Post"]);
        using var client = own.Anonymous();
        (await client.PageAsync(mail.Unsubscribe())).MustBeOk();
    }
}
