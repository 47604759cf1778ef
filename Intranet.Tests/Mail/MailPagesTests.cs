using System.Net;
using System.Net.Http.Json;
using System.Text;
using Intranet.Data.Mail;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Mail;

public sealed class MailPagesTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("/admin/mail")]
    [InlineData("/admin/mail/{id}")]
    [InlineData("/admin/mail/{id}?handler=Eml")]
    [InlineData("/admin/mail/{id}?handler=Attachment&attachment={attachment}")]
    public async Task They_belong_to_administrators(string pattern)
    {
        var message = await app.Given.Mail(attachments: Attachment());
        var url = pattern.Replace("{id}", $"{message.Id}", StringComparison.Ordinal).Replace("{attachment}", $"{message.Attachments[0].Id}", StringComparison.Ordinal);
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(url, follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        foreach (var person in new[] { Cast.Employee, Cast.Steward, Cast.Kam, Cast.SalesLead })
        {
            using var client = await app.SignedInAs(person);
            (await client.PageAsync(url)).MustBe(HttpStatusCode.Forbidden);
        }

        using var administrator = await app.SignedInAs(Cast.Administrator);
        (await administrator.PageAsync(url)).MustBeOk();
    }

    [Theory]
    [InlineData("/admin/mail/999999")]
    [InlineData("/admin/mail/999999?handler=Eml")]
    [InlineData("/admin/mail/999999?handler=Attachment&attachment=1")]
    [InlineData("/admin/mail/0")]
    [InlineData("/admin/mail/x")]
    public async Task What_is_not_there_is_not_found(string url)
    {
        using var client = await app.SignedInAs(Cast.Administrator);
        (await client.PageAsync(url)).MustBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_attachment_of_another_mail_is_not_found()
    {
        var (one, other) = (await app.Given.Mail(attachments: Attachment()), await app.Given.Mail());
        using var client = await app.SignedInAs(Cast.Administrator);
        (await client.PageAsync($"/admin/mail/{other.Id}?handler=Attachment&attachment={one.Attachments[0].Id}")).MustBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_list_shows_the_newest_first_and_finds_by_recipient_subject_and_state()
    {
        await using var own = await RunningApp.StartAsync();
        using var client = await own.SignedInAs(Cast.Administrator);
        var empty = (await client.PageAsync("/admin/mail")).MustBeOk();
        Assert.Contains("No mail yet", empty.Text, StringComparison.Ordinal);
        Assert.Contains($"Mail goes to the folder {Path.Combine(own.Folder, "mail")}.", empty.Text, StringComparison.Ordinal);

        await own.Given.Mail("First 100%", to: ["anna@example.org"]);
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        await own.Given.Mail("Second_", to: ["berta@example.org"], cc: ["anna@example.org"]);
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        await own.Given.Mail("Third <b>", to: ["not an address"]);
        await own.SendMailAsync();

        Assert.Equal(["Third <b>", "Second_", "First 100%"], await SubjectsAsync(""));
        Assert.Equal(["Second_", "First 100%"], await SubjectsAsync("?q=ANNA@"));
        Assert.Equal(["First 100%"], await SubjectsAsync("?q=100%25"));
        Assert.Equal(["Second_"], await SubjectsAsync("?q=_"));
        Assert.Equal(["Third <b>"], await SubjectsAsync("?state=Failed"));
        Assert.Equal(["Second_"], await SubjectsAsync("?state=Sent&q=berta"));
        Assert.Empty(await SubjectsAsync("?state=Waiting"));
        Assert.Equal(3, (await SubjectsAsync("?state=Nonsense&p=abc")).Count);
        Assert.Equal(3, (await SubjectsAsync("?p=-5")).Count);
        (await client.PageAsync("/admin/mail?p=1000000")).MustBeOk();
        (await client.PageAsync($"/admin/mail?q={new string('x', 5000)}")).MustBeOk();
        var failed = await client.PageAsync("/admin/mail?state=Failed");
        Assert.Contains("'not an address' is not an e-mail address.", failed.One("#results tbody").TextContent, StringComparison.Ordinal);
        Assert.Equal("1 message", failed.One("#results [role=status]").TextContent.Trim());
        Assert.Contains("No such mail", (await client.PageAsync("/admin/mail?q=nothing-like-it")).Text, StringComparison.Ordinal);

        async Task<IReadOnlyList<string>> SubjectsAsync(string query) => (await client.PageAsync($"/admin/mail{query}")).MustBeOk().Texts("#results tbody td:first-child");
    }

    [Fact]
    public async Task A_long_list_has_pages_that_keep_the_filter()
    {
        await using var own = await RunningApp.StartAsync();
        await own.Database(async db =>
        {
            for (var i = 0; i < 51; i++)
                db.Add(new OutboxMessage { To = ["reader@example.org"], Subject = $"Number {i}", Text = "Text", CreatedAt = own.Clock.UtcNow.AddMinutes(i) });
            await db.SaveChangesAsync();
        });
        using var client = await own.SignedInAs(Cast.Administrator);
        var page = await client.PageAsync("/admin/mail?q=number&state=Waiting");
        Assert.Equal(50, page.All("#results tbody tr").Count);
        var next = await client.PageAsync(page.All("#results a[aria-label='Next page']")[0].GetAttribute("href")!);

        Assert.Equal(["Number 0"], next.MustBeOk().Texts("#results tbody td:first-child"));
    }

    [Fact]
    public async Task A_message_shows_everything_about_it_and_nothing_of_it_is_run()
    {
        var message = await app.Given.Mail("<script>alert(1)</script>", "Text <b>", "<script>alert(2)</script>", replyTo: "asker@example.org", cc: ["copy@example.org"], attachments: Attachment());
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = (await client.PageAsync($"/admin/mail/{message.Id}")).MustBeOk();

        foreach (var text in new[] { "<script>alert(1)</script>", "Text <b>", "<script>alert(2)</script>", "reader@example.org", "copy@example.org", "asker@example.org", $"<{message.MessageId}>", "Waiting", $"0 of {OutboxMessage.MaxAttempts}", Cast.Employee.Name, "Grüße.html" })
            Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_and_its_attachments_are_downloads_that_no_browser_shows()
    {
        var message = await app.Given.Mail(attachments: Attachment());
        using var client = await app.SignedInAs(Cast.Administrator);
        using var file = await client.GetAsync(new Uri($"/admin/mail/{message.Id}?handler=Attachment&attachment={message.Attachments[0].Id}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(("application/octet-stream", "attachment", "Grüße.html"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("<script>", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        using var eml = await client.GetAsync(new Uri($"/admin/mail/{message.Id}?handler=Eml", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(("message/rfc822", "attachment"), (eml.Content.Headers.ContentType!.MediaType, eml.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal(message.Subject, Eml.Parse(Encoding.UTF8.GetString(await eml.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)))["Subject"]);

        var wrong = await app.Given.Mail(to: ["not an address"]);
        var page = (await client.PageAsync($"/admin/mail/{wrong.Id}?handler=Eml")).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["'not an address' is not an e-mail address."], page.Texts("main .alert-danger p"));
    }

    [Fact]
    public async Task A_cancelled_message_is_not_sent_until_somebody_resends_it()
    {
        await using var own = await RunningApp.StartAsync();
        var message = await own.Given.Mail();
        using var client = await own.SignedInAs(Cast.Administrator);
        var before = await client.PageAsync($"/admin/mail/{message.Id}");
        var page = await before.Form("Cancel").SubmitAsync();
        Assert.Contains("The message is cancelled.", page.MustBeOk().Text, StringComparison.Ordinal);
        Assert.Null(await own.SendMailAsync());
        Assert.Equal(["The message is cancelled already."], (await before.Form("Cancel").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).Texts("main .alert-danger p"));

        (await page.Form("Resend").SubmitAsync()).MustBeOk();
        Assert.Equal("1 sent.", await own.SendMailAsync());
        var late = await before.Form("Cancel").SubmitAsync();
        Assert.Equal(["The message has left: only a waiting or failed message can be cancelled."], late.MustBe(HttpStatusCode.UnprocessableEntity).Texts("main .alert-danger p"));
        Assert.Equal(OutboxState.Sent, (await own.StateOfAsync(message)).State);
        Assert.Empty(late.All("#mail form[action*=Cancel]"));

        var told = await own.Database(db => db.AuditEntries.Where(entry => entry.Subject == nameof(OutboxMessage) && entry.SubjectId == message.Id).OrderBy(entry => entry.Id).Select(entry => new { entry.Action, entry.Actor }).ToListAsync());
        Assert.Equal(["cancelled", "resent"], told.Select(entry => entry.Action));
        Assert.All(told, entry => Assert.Equal(Cast.Administrator.Email, entry.Actor));
    }

    [Fact]
    public async Task A_failed_message_goes_out_again_with_a_full_set_of_attempts_and_its_old_number()
    {
        await using var own = await RunningApp.StartAsync();
        var blocked = Path.Combine(own.Folder, "mail");
        await File.WriteAllTextAsync(blocked, "in the way", TestContext.Current.CancellationToken);
        var message = await own.Given.Mail();
        await own.SendMailAsync();
        File.Delete(blocked);
        using var client = await own.SignedInAs(Cast.Administrator);
        var page = await client.PageAsync($"/admin/mail/{message.Id}");
        Assert.Contains("The mail folder can't be written", page.One("#mail").TextContent, StringComparison.Ordinal);
        Assert.Null(await own.SendMailAsync());

        (await page.Form("Send now").SubmitAsync()).MustBeOk();
        Assert.Equal("1 sent.", await own.SendMailAsync());
        var state = await own.StateOfAsync(message);
        Assert.Equal((OutboxState.Sent, 1, null), (state.State, state.Attempts, state.LastError));
        Assert.Equal($"<{message.MessageId}>", Eml.Parse(Assert.Single(own.Folder()))["Message-ID"]);
    }

    [Fact]
    public async Task What_is_being_sent_right_now_can_be_neither_resent_nor_cancelled()
    {
        var message = await app.Given.Mail();
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = await client.PageAsync($"/admin/mail/{message.Id}");
        await app.Database(async db => await new ClaimMessage(db, app.Clock).RunAsync(message.Id, TestContext.Current.CancellationToken));

        Assert.Equal(["The message is being sent right now."], (await page.Form("Send now").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).Texts("main .alert-danger p"));
        (await page.Form("Cancel").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(OutboxState.Sending, (await app.StateOfAsync(message)).State);
        Assert.Empty((await client.PageAsync($"/admin/mail/{message.Id}")).All("#mail form"));
    }

    [Fact]
    public async Task A_test_mail_is_sent_at_once_and_shows_that_mail_works()
    {
        await using var own = await RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = "true");
        using var client = await own.SignedInAs(Cast.Administrator);
        var page = await (await client.PageAsync("/admin/mail")).Form("Send test mail").Fill("To", " me@example.org ").SubmitAsync();
        Assert.Contains("The test mail is on its way.", page.MustBeOk().Text, StringComparison.Ordinal);
        await Eventually.Is(async () => (await client.PageAsync(page.Path)).One("#mail .badge").TextContent.Trim(), state => state == "Sent", "the mail to be sent");

        var mail = Eml.Parse(Assert.Single(own.Folder()));
        Assert.Equal(("me@example.org", "Test mail from the intranet – äöü"), (mail["To"], mail["Subject"]));
        Assert.Contains("äöü ß é ł 日本", mail.Leaves.First().Text, StringComparison.Ordinal);
        Assert.Contains($"Asked for by {Cast.Administrator.Name} on 15 May 2030 at 10:00 UTC", mail.Leaves.ElementAt(1).Text, StringComparison.Ordinal);
        Assert.Equal("Grüße.txt", mail.Leaves.Last().FileName);
    }

    [Theory]
    [InlineData("", "Enter an address.")]
    [InlineData("nobody", "That isn't an e-mail address.")]
    [InlineData("a@b.example\r\nBcc: evil@example.org", "That isn't an e-mail address.")]
    [InlineData("a@b.example, c@d.example", "That isn't an e-mail address.")]
    public async Task A_test_mail_needs_one_address(string to, string message)
    {
        using var client = await app.SignedInAs(Cast.Administrator);
        var count = await app.Database(db => db.OutboxMessages.CountAsync());
        var page = await client.PageAsync("/admin/mail");
        var token = page.All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        // Not through the field, which takes no line breaks.
        var answer = await client.PageAsync(new HttpRequestMessage(HttpMethod.Post, "/admin/mail?handler=Test") { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Input.To", to)]) }, follow: false);

        Assert.Equal(message, answer.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("To"));
        Assert.Equal(count, await app.Database(db => db.OutboxMessages.CountAsync()));
    }

    [Fact]
    public async Task A_mail_that_can_not_be_kept_takes_its_cause_with_it()
    {
        await using var own = await RunningApp.StartAsync();
        var product = await own.Given.Product();
        await own.Given.Assignment(product: product);
        using var client = own.Anonymous();
        var (access, _) = (await Account.AuthApiTests.TryLoginAsync(client, Cast.Employee.Email, Cast.Password))!.Value;
        client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", access);
        await own.Database(db => db.Database.ExecuteSqlAsync($"DROP TABLE OutboxMessageAttachments"));
        using var answer = await client.PostAsJsonAsync("/api/poc/reports", new { product_name = product.Name, to = Readers }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.False(await own.Database(db => db.OutboxMessages.AnyAsync()));
        Assert.False(await own.Database(db => db.PocReports.AnyAsync()));
        Assert.False(await own.Database(db => db.AuditEntries.AnyAsync(entry => entry.Action == "report mailed")));
    }

    private static readonly string[] Readers = ["reader@example.org"];

    private static OutboxAttachment Attachment() => new() { FileName = "Grüße.html", ContentType = "text/html", Content = "<script>"u8.ToArray() };
}
