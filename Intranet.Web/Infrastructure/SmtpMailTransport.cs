using System.Net;
using System.Net.Mail;
using System.Security.Authentication;
using Intranet.Data.Mail;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Hands mail to an SMTP server with the framework's client, one connection per message, and says what the server's answers
/// mean for the message. The only file that knows that client's protocol side, so that another can take its place.
/// </summary>
/// <remarks>
/// Limits of the client. It goes on without a recipient who is answered 450, 452 or 550 to 553, and reports it at the end; any
/// other answer to one recipient (451, 252, 554) ends the attempt before anybody has the mail. It doesn't say which command was
/// answered. It signs in with LOGIN, NTLM or GSSAPI, not with PLAIN, and after a refused sign-in goes on without. Besides the
/// authorities that the machine trusts it takes none. It doesn't end when cancelled while it waits for the answer to the content.
/// </remarks>
public sealed class SmtpMailTransport(MailSettings settings, UnsubscribeLinks links) : IMailTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SmtpServer server = settings.Server ?? throw new ArgumentException("No server is configured.", nameof(settings));

    public string Destination => $"the mail server {server}";

    public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        MailMessage mail;
        try
        {
            // Whoever is in its header gets it: so without those who have it.
            mail = MailComposition.Compose(message, settings, except: message.Delivered, links);
        }
        catch (FormatException failure)
        {
            return new Delivery(DeliveryResult.Refused, failure.Message);
        }

        using (mail)
            return await SendAsync(mail, cancellation);
    }

    private async Task<Delivery> SendAsync(MailMessage mail, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            // With EnableSsl the client insists on STARTTLS and on a certificate that the machine trusts.
            using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.StartTls, UseDefaultCredentials = false };
            if (server.User is not null)
                client.Credentials = new NetworkCredential(server.User, server.Password);
            // Disposing of the client closes the connection that it may still wait for.
            await client.SendMailAsync(mail, patience.Token).WaitAsync(patience.Token);
            return new Delivery(DeliveryResult.Sent);
        }
        catch (SmtpFailedRecipientException failure)
        {
            return SomeRefused(failure, mail);
        }
        catch (Exception failure) when (patience.IsCancellationRequested && failure is SmtpException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return Unavailable($"{server} didn't answer within {Patience.TotalSeconds:0} seconds.");
        }
        catch (SmtpException failure)
        {
            // The client reads the text only to send it.
            return Explained(failure, aboutContent: mail.AlternateViews.Any(part => part.ContentStream.Position > 0));
        }
    }

    private static Delivery SomeRefused(SmtpFailedRecipientException failure, MailMessage mail)
    {
        var answers = (failure is SmtpFailedRecipientsException several ? several.InnerExceptions : [failure])
            .DistinctBy(Refused, StringComparer.OrdinalIgnoreCase).ToDictionary(Refused, StringComparer.OrdinalIgnoreCase);
        // Servers know an address by its ASCII form; the outbox by the one that was written.
        var recipients = mail.To.Concat(mail.CC).ToLookup(address => answers.GetValueOrDefault(MailComposition.Envelope(address)), address => address.Address);
        return new Delivery(
            answers.Values.All(IsPermanent) ? DeliveryResult.Refused : DeliveryResult.Later,
            string.Join(" ", recipients.Where(one => one.Key is not null).Select(one => $"{one.First()}: {Answer(one.Key!)}.")),
            [.. recipients[null]]);
    }

    // 5xx is final, 4xx is not. A refused sign-in is a matter of configuration, not of the mail: it waits until somebody mends
    // it. So does an answer that is none of SMTP's.
    private Delivery Explained(SmtpException failure, bool aboutContent)
    {
        var cause = failure.GetBaseException();
        return (int)failure.StatusCode switch
        {
            421 or 454 => Unavailable($"{server} is not available: {Answer(failure)}"),
            530 or 534 or 535 or 538 => Unavailable($"{server} refuses the sign-in. Check Mail:Smtp:User and Mail:Smtp:Password. ({Answer(failure)})"),
            >= 500 and < 600 when aboutContent => new Delivery(DeliveryResult.Refused, Answer(failure)),
            >= 500 and < 600 => new Delivery(DeliveryResult.Refused, $"{Answer(failure)}. If {server} says so of every mail, check Mail:From and whether it takes mail from this machine."),
            >= 400 and < 500 => new Delivery(DeliveryResult.Later, Answer(failure)),
            >= 0 => Unavailable($"What answers at {server} doesn't speak SMTP: {failure.Message}"),
            _ when cause is AuthenticationException => Unavailable($"{server} shows a certificate that this machine doesn't trust. Give the server a valid one, or add its authority to the machine's trusted ones. ({cause.Message})"),
            _ when cause == failure && server.StartTls => Unavailable($"{server} can't be used: {failure.Message} If it offers no STARTTLS and you accept mail and password in clear text, set Mail:Smtp:StartTls to false."),
            _ => Unavailable($"{server} can't be reached: {cause.Message}"),
        };
    }

    private static string Refused(SmtpFailedRecipientException failure) => failure.FailedRecipient?.Trim('<', '>') ?? "";

    private static bool IsPermanent(SmtpException failure) => (int)failure.StatusCode is >= 500 and < 600;

    private static Delivery Unavailable(string error) => new(DeliveryResult.Unavailable, error);

    // Without the client's own words for the code, which speak of mailboxes where a server speaks of spam.
    private static string Answer(SmtpException failure) => $"{(int)failure.StatusCode} {failure.Message.Split("The server response was: ")[^1]}";
}
