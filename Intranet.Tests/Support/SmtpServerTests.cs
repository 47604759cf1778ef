using System.Net.Mail;

namespace Intranet.Tests.Support;

public sealed class SmtpServerTests
{
    [Fact]
    public async Task It_takes_mail_over_TLS_from_who_signs_in_and_comes_back_on_the_same_port()
    {
        await using var server = await SmtpServer.StartAsync();
        await SendAsync(server, "to@example.org");
        var mail = Assert.Single(server.Mails);
        Assert.True(mail.Encrypted);
        Assert.Equal(["to@example.org"], mail.To);
        Assert.Contains("Subject: Hello", mail.Content, StringComparison.Ordinal);

        await server.GoAwayAsync();
        await Assert.ThrowsAsync<SmtpException>(() => SendAsync(server, "to@example.org"));

        await server.ComeBackAsync();
        await SendAsync(server, "again@example.org");
        Assert.Equal(2, server.Mails.Count);
    }

    [Fact]
    public async Task It_refuses_recipients_it_was_told_to_and_strangers()
    {
        await using var server = await SmtpServer.StartAsync();
        server.Refuse("full@example.org", 452, "Mailbox full");
        var failure = await Assert.ThrowsAsync<SmtpFailedRecipientException>(() => SendAsync(server, "full@example.org"));
        Assert.Equal(SmtpStatusCode.InsufficientStorage, failure.StatusCode);

        await Assert.ThrowsAsync<SmtpException>(() => SendAsync(server, "to@example.org", password: "wrong"));
        Assert.Empty(server.Mails);
    }

    private static async Task SendAsync(SmtpServer server, string to, string password = SmtpServer.Password)
    {
        using var client = new SmtpClient(SmtpServer.Host, server.Port) { EnableSsl = true, Credentials = new System.Net.NetworkCredential(SmtpServer.User, password) };
        using var mail = new MailMessage("from@example.org", to, "Hello", "Text");
        await client.SendMailAsync(mail, TestContext.Current.CancellationToken);
    }
}
