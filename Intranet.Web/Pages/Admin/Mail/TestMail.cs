using Intranet.Data.Mail;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Admin.Mail;

/// <summary>The mail that shows whether mail works: both parts, an attachment, letters beyond ASCII.</summary>
/// <param name="By">Who asked for it.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Way">Where mail goes according to the configuration.</param>
public sealed record TestMail(string By, DateTime At, string Way)
{
    public string Text =>
        $"""
        Mail from the intranet arrives.

        Asked for by {By} on {At:d MMMM yyyy} at {At:HH:mm} UTC.
        It went to {Way}.

        If the letters äöü ß é ł 日本 and the attachment look right, everything works.
        """;

    public async Task<OutboxMessage> ToAsync(string address, MailBody body, CancellationToken cancellation)
        => new()
        {
            Kind = "test",
            To = [address],
            Subject = "Test mail from the intranet – äöü",
            Text = Text,
            Html = await body.RenderAsync("/Pages/Admin/Mail/TestMail.cshtml", this, cancellation),
            Attachments = [new OutboxAttachment { FileName = "Grüße.txt", ContentType = "text/plain", Content = "äöü ß é ł 日本\r\n"u8.ToArray() }],
            CreatedAt = At,
            CreatedBy = By,
        };
}
