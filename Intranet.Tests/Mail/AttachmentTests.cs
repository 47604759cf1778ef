using System.Net;
using Intranet.Data.Mail;
using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Intranet.Tests.Reports;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Mail;

/// <summary>Files of mails: stored once for all mails that have them, and for as long as one may need them.</summary>
public sealed class AttachmentTests : IAsyncLifetime
{
    private RunningApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_list_for_many_is_stored_once_and_each_has_it()
    {
        await app.Lead();
        await app.Subscribed(Cast.Kam, to: string.Join('\n', Enumerable.Range(1, 20).Select(i => $"reader{i}@example.org")));

        var mails = (await app.SendNextDayAsync()).Mails;

        Assert.Equal((20, 1), (mails.Count, await app.Database(db => db.OutboxAttachments.CountAsync(Cancellation))));
        Assert.Single(mails.Select(mail => Convert.ToBase64String(mail.Leaves.Last().Content)).Distinct());
        Assert.Equal("performance-under.xlsx", mails[19].Leaves.Last().FileName);
    }

    [Fact]
    public async Task It_is_deleted_some_days_after_the_last_mail_left_which_stays_readable_and_is_not_sent_without_it()
    {
        var file = File();
        var (first, second) = (await app.Given.Mail(text: "What it said.", attachments: file), await app.Given.Mail());
        await app.MailsAsync();
        // The second has the same file and is due for long, but nobody sends.
        await app.Database(async db =>
        {
            var waiting = await db.OutboxMessages.SingleAsync(mail => mail.Id == second.Id, Cancellation);
            waiting.Resend(app.Clock.UtcNow);
            (await db.OutboxAttachments.SingleAsync(Cancellation)).Messages.Add(waiting);
            await db.SaveChangesAsync(Cancellation);
        });
        app.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(0, await DropAsync());

        app.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal("Text of the mail.", Assert.Single(await app.MailsAsync()).Text().Trim());
        app.Clock.Advance(TimeSpan.FromDays(13));
        Assert.Equal(0, await DropAsync());
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((1, 0), (await DropAsync(), await DropAsync()));

        Assert.Equal(0, await app.Database(db => db.OutboxAttachments.SumAsync(one => one.Content.Length, Cancellation)));
        using var client = await app.SignedInAnewAs(Cast.Administrator);
        var page = (await client.PageAsync($"/admin/mail/{first.Id}")).MustBeOk();
        Assert.Contains("What it said.", page.Text, StringComparison.Ordinal);
        Assert.Contains("list.csv", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.All("a[href*=attachment]"));
        (await client.PageAsync($"/admin/mail/{first.Id}?handler=Attachment&attachment={file.Id}")).MustBe(HttpStatusCode.NotFound);
        page = (await page.Form("Resend").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains(OutboxAttachment.Dropped, page.Text, StringComparison.Ordinal);
        Assert.Equal(OutboxState.Sent, (await app.StateOfAsync(first)).State);
    }

    [Fact]
    public async Task One_that_was_deleted_while_somebody_resent_its_mail_is_not_left_out_in_silence()
    {
        var mail = await app.Given.Mail(attachments: File());
        await app.MailsAsync();
        app.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal(1, await DropAsync());
        await app.Database(async db =>
        {
            (await db.OutboxMessages.SingleAsync(Cancellation)).Resend(app.Clock.UtcNow);
            await db.SaveChangesAsync(Cancellation);
        });

        Assert.Empty(await app.MailsAsync());

        var now = await app.StateOfAsync(mail);
        Assert.Equal((OutboxState.Failed, OutboxAttachment.Dropped), (now.State, now.LastError));
    }

    private Task<int> DropAsync() => app.Operation<DropAttachments, int>(drop => drop.RunAsync(14, Cancellation));

    private static OutboxAttachment File() => new() { FileName = "list.csv", ContentType = "text/csv", Content = "a;b"u8.ToArray() };
}
