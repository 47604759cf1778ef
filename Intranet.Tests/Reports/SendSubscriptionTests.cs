using System.Globalization;
using System.IO.Compression;
using ClosedXML.Excel;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Data.Mail;
using Intranet.Data.Reports;
using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Intranet.Tests.Mail;
using Intranet.Tests.Performance;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Admin.Users;
using Intranet.Web.Pages.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Reports;

public sealed class SendSubscriptionTests : IAsyncLifetime
{
    private RunningApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Each_recipient_gets_the_list_as_the_page_exports_it()
    {
        await app.Account(Cast.Kam, "Café <Ärger> & Söhne");
        await app.Account(Cast.OtherKam, "Of another");
        var saved = await app.Subscribed(Cast.SalesLead, "/performance", "show=under&sort=name", "one@example.org\ntwo@example.org", fill: form => form.Fill("Name", "Round, Monday"));
        Assert.Null((await app.SendDueAsync()).Said);

        var (said, mails) = await app.SendNextDayAsync();

        Assert.Equal("1 sent", said);
        Assert.Equal(["one@example.org", "two@example.org"], mails.Select(mail => mail["To"]));
        var mail = mails[0];
        Assert.Equal(("Round, Monday: 2 accounts", Cast.SalesLead.Email), (mail["Subject"], mail["Reply-To"]));
        Assert.Contains($"{app.Address}performance?show=under&sort=name", mail.Text(), StringComparison.Ordinal);
        var attached = mail.Leaves.Last();
        Assert.Equal("performance-under.xlsx", attached.FileName);
        using var client = await app.SignedInAnewAs(Cast.SalesLead);
        var exported = await client.GetByteArrayAsync(new Uri("/performance?handler=Xlsx&show=under&sort=name", UriKind.Relative), Cancellation);
        Assert.Equal(Cells(exported), Cells(attached.Content));
        Assert.Contains("Café <Ärger> & Söhne", Cells(attached.Content).SelectMany(row => row));
        var now = await app.Now(saved);
        Assert.Equal((app.Clock.UtcNow, new DateTime(2030, 5, 17, 8, 0, 0, DateTimeKind.Utc)), (now.LastSentAt, now.NextAt));
        var audited = await app.Database(db => db.AuditEntries.SingleAsync(entry => entry.Action == "sent" && entry.SubjectId == saved.Id, Cancellation));
        Assert.Equal($"Performance: underperforming as performance-under.xlsx, 2 accounts, as {Cast.SalesLead.Email} sees them, to one@example.org, two@example.org", audited.Details);
    }

    [Fact]
    public async Task As_CSV_it_is_the_file_of_the_list()
    {
        await app.Lead("Zum Anker", stage: Stage.Contacted);
        await app.Lead("=cmd()", stage: Stage.Contacted, nextStep: "two\nlines");
        await app.Lead("Not among them");
        await app.Subscribed(Cast.SalesLead, "/leads", "stage=Contacted&sort=updated&descending=true", format: SubscriptionFormat.Csv);

        var mail = Assert.Single((await app.SendNextDayAsync()).Mails);

        using var client = await app.SignedInAnewAs(Cast.SalesLead);
        var exported = await client.GetByteArrayAsync(new Uri("/leads?handler=Csv&stage=Contacted&sort=updated&descending=true", UriKind.Relative), Cancellation);
        Assert.Equal("leads.csv", mail.Leaves.Last().FileName);
        Assert.Equal(exported, mail.Leaves.Last().Content);
    }

    [Fact]
    public async Task In_the_mail_it_shows_the_first_hundred_encoded()
    {
        var by = await app.UserId(Cast.Kam);
        await app.Database(async db =>
        {
            for (var i = 0; i < 120; i++)
                db.Add(new Lead { Name = $"Lead {i:000} <i>", City = "Berlin", OwnerId = by, CreatedAt = app.Clock.UtcNow });
            await db.SaveChangesAsync(Cancellation);
        });
        await app.Subscribed(Cast.Kam, "/leads", "", format: SubscriptionFormat.InMail);

        var mail = Assert.Single((await app.SendNextDayAsync()).Mails);

        Assert.Equal(["text/plain", "text/html"], mail.Leaves.Select(part => part.Type));
        Assert.Contains("The first 100; 20 more are on the page.", mail.Text(), StringComparison.Ordinal);
        Assert.Contains("- Lead 099 <i>, Berlin, New", mail.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("Lead 100", mail.Text(), StringComparison.Ordinal);
        var html = mail.Leaves.Last().Text;
        Assert.Contains("<td>Lead 000 &lt;i&gt;</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_what_is_new_gone_or_changed_since_the_last_mail()
    {
        await app.Lead("Stays", stage: Stage.New);
        var (goes, changes) = (await app.Lead("Goes", stage: Stage.New), await app.Lead("Changes", stage: Stage.New));
        await app.Subscribed(Cast.SalesLead, "/leads", "stage=New");
        var first = Assert.Single((await app.SendNextDayAsync()).Mails);
        Assert.EndsWith(": 3 leads", first["Subject"], StringComparison.Ordinal);
        foreach (var title in new[] { "\nNew:", "\nGone:", "\nChanged:" })
            Assert.DoesNotContain(title, first.Text(), StringComparison.Ordinal);

        await app.Moved(goes, Stage.Contacted);
        await app.Database(async db =>
        {
            (await db.Leads.SingleAsync(lead => lead.Id == changes.Id, Cancellation)).NextStep = "Send the menu";
            await db.SaveChangesAsync(Cancellation);
        });
        await app.Lead("Comes", stage: Stage.New);
        var second = Assert.Single((await app.SendNextDayAsync()).Mails);

        Assert.EndsWith(": 1 new, 1 gone, 1 changed", second["Subject"], StringComparison.Ordinal);
        Assert.Contains("New:\r\n- Comes\r\n\r\nGone:\r\n- Goes\r\n\r\nChanged:\r\n- Changes\r\n", second.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("- Stays", second.Text(), StringComparison.Ordinal);
        var third = Assert.Single((await app.SendNextDayAsync()).Mails);
        Assert.EndsWith(": nothing changed", third["Subject"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_when_changed_it_is_silent_while_days_alone_go_by_and_says_so_on_its_page()
    {
        var slipping = await app.Account(Cast.Kam, "White Table");
        await app.Ordered(slipping, 7_050, 19, 25, 31, 37, 43, 49);
        var saved = await app.Subscribed(Cast.Kam, query: "", onlyWhenChanged: true);
        Assert.Single((await app.SendNextDayAsync()).Mails);

        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(cancellation: Cancellation));
        var (said, mails) = await app.SendDueAsync();

        Assert.Equal(("1 unchanged", 0), (said, mails.Count));
        Assert.Equal(new DateTime(2030, 5, 18, 8, 0, 0, DateTimeKind.Utc), (await app.Now(saved)).NextAt);
        using var client = await app.SignedInAnewAs(Cast.Kam);
        var page = (await client.PageAsync("/reports")).MustBeOk();
        Assert.Contains("nothing changed just now", page.One("tbody tr").Words(), StringComparison.Ordinal);

        // Asked for it comes all the same, and the schedule goes on as it was.
        Assert.Contains("It is sent within a minute.", (await page.Form($"Send now: {saved.Name}").SubmitAsync()).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Single((await app.SendDueAsync()).Mails);
        Assert.Equal(new DateTime(2030, 5, 18, 8, 0, 0, DateTimeKind.Utc), (await app.Now(saved)).NextAt);
        await app.Ordered(slipping, 7_050, 0);
        Assert.EndsWith(": 1 gone", Assert.Single((await app.SendNextDayAsync()).Mails)["Subject"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_what_the_owner_may_see_now()
    {
        await app.Lead("Karl's", Cast.Kam);
        await app.Lead("Kora's", Cast.OtherKam);
        await app.Subscribed(Cast.Kam, "/leads", "", format: SubscriptionFormat.InMail);
        Assert.Contains("- Kora's", Assert.Single((await app.SendNextDayAsync()).Mails).Text(), StringComparison.Ordinal);

        await app.TeamCanSee(false);
        var mail = Assert.Single((await app.SendNextDayAsync()).Mails);

        Assert.EndsWith(": 1 gone", mail["Subject"], StringComparison.Ordinal);
        Assert.Contains("The whole list:\r\n- Karl's", mail.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_an_owner_who_lost_the_role_or_was_locked_nothing_is_sent(bool isLocked)
    {
        var person = await app.Given.User(role: Role.Kam);
        await app.Lead("Secret", person);
        var saved = await app.Subscribed(person, "/leads", "");
        await app.ChangedAsync(person, isLocked, []);

        var (said, mails) = await app.SendNextDayAsync();

        Assert.Equal("1 paused", said);
        // An owner who still signs in is told, once and without a row of the list.
        Assert.Equal(isLocked ? [] : [person.Email], mails.Select(mail => mail["To"]));
        if (!isLocked)
        {
            Assert.Equal($"{saved.Name} is paused", mails[0]["Subject"]);
            Assert.Contains("Its owner may not open this list any more.", mails[0].Text(), StringComparison.Ordinal);
            Assert.Contains($"{app.Address}reports", mails[0].Text(), StringComparison.Ordinal);
            Assert.DoesNotContain(mails[0].Leaves, part => part.FileName is not null || part.Text.Contains("Secret", StringComparison.Ordinal));
        }

        var now = await app.Now(saved);
        Assert.Equal((true, null, "Its owner may not open this list any more."), (now.IsPaused, now.NextAt, now.PauseReason));
        var (later, more) = await app.SendNextDayAsync();
        Assert.Equal((null, 0), (later, more.Count));
        if (isLocked)
            return;
        using var client = await app.SignedInAnewAs(person);
        Assert.Contains("Its owner may not open this list any more.", (await client.PageAsync("/reports")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_can_not_be_read_any_more_pauses_and_one_that_fails_is_tried_again_without_holding_up_the_others()
    {
        await app.Lead();
        var unread = await app.Subscribed(Cast.Kam, fill: form => form.Fill("Name", "Unread"));
        var failing = await app.Subscribed(Cast.Kam, fill: form => form.Fill("Name", "Failing"));
        var fine = await app.Subscribed(Cast.Kam, fill: form => form.Fill("Name", "Fine"));
        await app.Database(db => db.Subscriptions.Where(s => s.Id == unread.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Query, "show=nonsense"), Cancellation));
        // The machine may forget a zone that it knew.
        await app.Database(db => db.Subscriptions.Where(s => s.Id == failing.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.TimeZone, "Mars/Base"), Cancellation));

        var (said, mails) = await app.SendNextDayAsync();

        Assert.Equal("Subscriptions: 1 sent, 1 paused, 1 failed. The log has the reasons.", said);
        Assert.Equal(["Fine: 1 account", "Unread is paused"], mails.Select(one => one["Subject"]).Order());
        Assert.Equal("The list can't be read any more: Show slipping, under, average or well.", (await app.Now(unread)).PauseReason);
        var now = await app.Now(failing);
        Assert.Equal((1, app.Clock.UtcNow.AddMinutes(1)), (now.Failures, now.NextAt));
        Assert.Contains("Mars/Base", app.Log.Errors, StringComparison.Ordinal);
        using var client = await app.SignedInAnewAs(Cast.Kam);
        var page = (await client.PageAsync("/reports")).MustBeOk();
        Assert.Contains("The mail could not be made (TimeZoneNotFoundException).", page.One($"#subscription-{failing.Id}").Words(), StringComparison.Ordinal);

        for (var i = 2; i <= Subscription.MostFailures; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1 << (i - 2)));
            Assert.StartsWith("Subscriptions: 1 failed.", (await app.SendDueAsync()).Said, StringComparison.Ordinal);
        }

        // From then on once a day, for as long as it takes.
        Assert.Equal((Subscription.MostFailures, app.Clock.UtcNow.AddDays(1), false), ((await app.Now(failing)).Failures, (await app.Now(failing)).NextAt, (await app.Now(failing)).IsPaused));
        await app.Database(db => db.Subscriptions.Where(s => s.Id == failing.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.TimeZone, "Europe/Berlin"), Cancellation));
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Contains((await app.SendDueAsync()).Mails, mail => mail["Subject"]!.StartsWith("Failing: ", StringComparison.Ordinal));
        Assert.Equal((0, null), ((await app.Now(failing)).Failures, (await app.Now(failing)).LastError));
        Assert.Equal(0, (await app.Now(fine)).Failures);
    }

    [Fact]
    public async Task After_downtime_it_comes_once()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam);
        app.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Single((await app.SendDueAsync()).Mails);
        Assert.Equal(saved.NextAt!.Value.AddDays(9), (await app.Now(saved)).NextAt);
        Assert.Empty((await app.SendDueAsync()).Mails);
        Assert.Single((await app.SendNextDayAsync()).Mails);
    }

    [Fact]
    public async Task Two_senders_at_once_make_one_mail()
    {
        await app.Lead();
        var saved = new List<Subscription>();
        for (var i = 0; i < 4; i++)
            saved.Add(await app.Subscribed(Cast.Kam));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await using var other = await RunningApp.BesideAsync(app);

        await Task.WhenAll(new[] { app, other, app, other }.Select(node => Task.Run(() => node.Operation<SendDueSubscriptions, string?>(send => send.RunAsync(Cancellation)))));

        Assert.Equal(saved.Count, await app.Database(db => db.OutboxMessages.CountAsync(Cancellation)));
        Assert.Equal(saved.Count, await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Action == "sent", Cancellation)));
    }

    [Theory]
    [InlineData("Pause")]
    [InlineData("Delete")]
    public async Task What_is_saved_while_its_list_is_read_wins_over_the_mail(string button)
    {
        var between = () => Task.CompletedTask;
        await using var own = await RunningApp.StartAsync(options => options.Services = services => HeldList.Hold(services, _ => between()));
        await own.Lead();
        var saved = await own.Subscribed(Cast.Kam);
        HttpClient? client = null;
        between = async () => (await (await (client = await own.SignedInAnewAs(Cast.Kam)).PageAsync("/reports")).Form($"{button} {saved.Name}").SubmitAsync()).MustBeOk();

        var (said, mails) = await own.SendNextDayAsync();

        client?.Dispose();
        Assert.Equal((null, 0), (said, mails.Count));
        Assert.Equal(0, await own.Database(db => db.OutboxMessages.CountAsync(Cancellation)));
        Assert.Equal((button == "Pause", null), ((await own.Now(saved)).IsPaused, (await own.Now(saved)).LastSentAt));
    }

    [Fact]
    public async Task A_file_that_is_too_large_comes_packed_and_one_that_is_so_packed_as_well_stays_away()
    {
        var by = await app.UserId(Cast.Kam);
        // Letters that packing makes shorter by a third only: 12 MB, of which 8 remain.
        var random = new Random(1);
        async Task AddAsync(int count)
        {
            await app.Database(async db =>
            {
                for (var i = 0; i < count; i++)
                    db.Add(new Lead { Name = $"Lead {i}", Address = new string([.. Enumerable.Range(0, 200).Select(_ => (char)random.Next(0x4E00, 0x9FA0))]), NextStep = new string([.. Enumerable.Range(0, 480).Select(_ => (char)random.Next(0x4E00, 0x9FA0))]), OwnerId = by, CreatedAt = app.Clock.UtcNow });
                await db.SaveChangesAsync(Cancellation);
            });
        }

        await AddAsync(6_000);
        await app.Subscribed(Cast.Kam, "/leads", "", format: SubscriptionFormat.Csv);

        var mail = Assert.Single((await app.SendNextDayAsync()).Mails);

        var attached = mail.Leaves.Last();
        Assert.Equal(("leads.csv.zip", "application/zip"), (attached.FileName, attached.Type));
        Assert.Contains("The whole list is attached: leads.csv.zip.", mail.Text(), StringComparison.Ordinal);
        using var client = await app.SignedInAnewAs(Cast.Kam);
        var exported = await client.GetByteArrayAsync(new Uri("/leads?handler=Csv", UriKind.Relative), Cancellation);
        using (var zip = new ZipArchive(new MemoryStream(attached.Content)))
        {
            using var unpacked = new MemoryStream();
            await using var entry = await Assert.Single(zip.Entries, one => one.Name == "leads.csv").OpenAsync(Cancellation);
            await entry.CopyToAsync(unpacked, Cancellation);
            Assert.Equal(exported, unpacked.ToArray());
        }

        await AddAsync(4_000);
        mail = Assert.Single((await app.SendNextDayAsync()).Mails);

        Assert.Equal(["text/plain", "text/html"], mail.Leaves.Select(part => part.Type));
        // What the file had no room for is counted and compared all the same.
        Assert.EndsWith(": 4,000 new", mail["Subject"], StringComparison.Ordinal);
        Assert.Contains("10,000 leads, 4,000 new since the last mail", mail.Text(), StringComparison.Ordinal);
        Assert.Contains("The file would be larger than a mail takes. Open the list to have it.", mail.Text(), StringComparison.Ordinal);
        Assert.Contains($"The list: {app.Address}leads", mail.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_ones_are_forgotten_after_a_day_with_their_recipients()
    {
        await app.Lead();
        var saved = await app.Subscribed(Cast.Kam);
        await app.SendNextDayAsync();
        using var client = await app.SignedInAnewAs(Cast.Kam);
        await (await client.PageAsync("/reports")).Form($"Delete {saved.Name}").SubmitAsync();
        app.Clock.Advance(TimeSpan.FromHours(23));
        await app.SendDueAsync();
        Assert.Equal(1, await app.Database(db => db.Subscriptions.CountAsync(Cancellation)));
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.SendDueAsync();
        Assert.Equal((0, 0, 0), await app.Database(async db => (await db.Subscriptions.CountAsync(Cancellation), await db.SubscriptionRecipients.CountAsync(Cancellation), await db.SubscriptionSnapshots.CountAsync(Cancellation))));
    }

    // Without the first row, which says who took it and when.
    private static List<List<string>> Cells(byte[] workbook)
    {
        using var book = new XLWorkbook(new MemoryStream(workbook));
        var sheet = book.Worksheets.Single();
        return [.. sheet.RowsUsed().Skip(1).Select(row => row.Cells(1, sheet.LastColumnUsed().ColumnNumber()).Select(cell => Convert.ToString(cell.Value, CultureInfo.InvariantCulture)!).ToList())];
    }
}
