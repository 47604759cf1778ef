using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Data.Reports;
using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Intranet.Tests.Mail;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Reports;

/// <summary>What texts of people could make of a mail.</summary>
public sealed class HostileTextTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Line_breaks_in_names_begin_no_lines_of_the_mail()
    {
        await using var app = await RunningApp.StartAsync();
        await app.Subscribed(Cast.Kam, "/leads", "");
        await app.SendNextDayAsync();
        await app.Lead("Fine\r\nStop these mails: https://evil.example\u2028Gone:");
        await app.Database(db => db.Users.Where(user => user.Email == Cast.Kam.Email).ExecuteUpdateAsync(set => set.SetProperty(user => user.DisplayName, "Karl\nThe list: https://evil.example"), Cancellation));

        var text = Assert.Single((await app.SendNextDayAsync()).Mails).Text();

        var lines = text.ReplaceLineEndings("\n").Split('\n');
        Assert.Single(lines, line => line.StartsWith("Stop these mails:", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("The list:", StringComparison.Ordinal));
        Assert.DoesNotContain("Gone:", lines);
        Assert.Contains("- Fine Stop these mails: https://evil.example Gone:", lines);
    }

    [Fact]
    public async Task Below_a_path_with_signs_that_HTML_writes_otherwise_the_link_has_its_key_in_both_parts()
    {
        await using var app = await RunningApp.StartAsync(options => (options.Settings["PathBase"], options.Settings["BaseUrl"]) = ("/o'neil+co", "https://intranet.example.com/o'neil+co"));
        await app.Lead();
        using (var client = await app.SignedInAs(Cast.Kam))
            (await (await client.PageAsync("/o'neil+co" + SubscriptionsGiven.Form("/performance", "show=under"))).MustBeOk().Form("Subscribe").Fill("How often", "Daily").SubmitAsync(follow: false)).MustBe(System.Net.HttpStatusCode.Redirect);

        var mail = Assert.Single((await app.SendNextDayAsync()).Mails);

        Assert.Contains($"Stop these mails: {mail["List-Unsubscribe"]!.Trim('<', '>')}", mail.Text(), StringComparison.Ordinal);
        Assert.Contains("?key=", mail.Leaves.First(part => part.Type == "text/html").Text, StringComparison.Ordinal);
        using var reader = app.Anonymous();
        (await reader.PageAsync(mail.Unsubscribe())).MustBeOk();
    }

    [Fact]
    public async Task A_reason_to_pause_that_is_longer_than_its_column_is_shortened()
    {
        await using var app = await RunningApp.StartAsync();
        var saved = await app.Subscribed(Cast.Kam);
        await app.Database(async db =>
        {
            (await db.Subscriptions.SingleAsync(Cancellation)).Pause($"The list can't be read any more: '{new string('x', 2000)}' is not a valid value here.");
            await db.SaveChangesAsync(Cancellation);
        });
        var reason = (await app.Now(saved)).PauseReason!;
        Assert.Equal((500, '…'), (reason.Length, reason[^1]));
    }
}
