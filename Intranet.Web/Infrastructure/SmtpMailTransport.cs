using System.Net;
using System.Net.Mail;
using System.Security.Authentication;
using Intranet.Data.Mail;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Hands mail to an SMTP server with the framework's client, one connection per message. The only file that knows
/// that client's protocol side, so that another can take its place.
/// </summary>
public sealed class SmtpMailTransport(MailSettings settings) : IMailTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SmtpServer server = settings.Server ?? throw new ArgumentException("No server is configured.", nameof(settings));

    public string Destination => $"the mail server {server}";

    public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        MailMessage? mail = null;
        try
        {
            mail = MailComposition.Compose(message, settings);
            // With EnableSsl the client insists on STARTTLS and on a certificate that the machine trusts.
            using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.StartTls, UseDefaultCredentials = false };
            if (server.User is not null)
                client.Credentials = new NetworkCredential(server.User, server.Password);
            await client.SendMailAsync(mail, patience.Token);
            return new Delivery(DeliveryResult.Sent);
        }
        catch (FormatException failure)
        {
            return new Delivery(DeliveryResult.Refused, failure.Message);
        }
        catch (SmtpFailedRecipientException failure)
        {
            return SomeRefused(failure, mail!);
        }
        catch (SmtpException failure) when (!cancellation.IsCancellationRequested)
        {
            return patience.IsCancellationRequested ? TooSlow() : Explained(failure);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return TooSlow();
        }
        finally
        {
            mail?.Dispose();
        }
    }

    private Delivery TooSlow() => new(DeliveryResult.Unavailable, $"{server} didn't answer within {Patience.TotalSeconds:0} seconds.");

    private static Delivery SomeRefused(SmtpFailedRecipientException failure, MailMessage mail)
    {
        var refused = failure is SmtpFailedRecipientsException several ? several.InnerExceptions : [failure];
        var addresses = refused.Select(one => one.FailedRecipient?.Trim('<', '>') ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = mail.To.Concat(mail.CC).Select(address => address.Address).Where(address => !addresses.Contains(address)).ToList();
        var permanent = refused.All(one => (int)one.StatusCode >= 500);
        var error = string.Join(" ", refused.Select(one => $"{one.FailedRecipient}: {Answer(one)}"));
        return new Delivery(permanent ? DeliveryResult.Refused : DeliveryResult.Later, error, reached);
    }

    private Delivery Explained(SmtpException failure)
    {
        var cause = failure.GetBaseException();
        return (int)failure.StatusCode switch
        {
            // No answer of the server: it wasn't reached, or the conversation ended.
            < 0 when cause is AuthenticationException => Unavailable($"{server} shows a certificate that this machine doesn't trust. Give the server a valid one, or add its authority to the machine's trusted ones. ({cause.Message})"),
            < 0 when cause == failure && server.StartTls => Unavailable($"{server} can't be used: {failure.Message} If the server offers no STARTTLS and you accept mail and password in clear text, set Mail:Smtp:StartTls to false."),
            < 0 => Unavailable($"{server} can't be reached: {cause.Message}"),
            421 => Unavailable($"{server} is not available: {Answer(failure)}"),
            454 or 530 or 534 or 535 or 538 => Unavailable($"{server} refuses the sign-in. Check Mail:Smtp:User and Mail:Smtp:Password. ({Answer(failure)})"),
            >= 500 => new Delivery(DeliveryResult.Refused, Answer(failure)),
            _ => new Delivery(DeliveryResult.Later, Answer(failure)),
        };
    }

    private static Delivery Unavailable(string error) => new(DeliveryResult.Unavailable, error);

    private static string Answer(SmtpException failure) => $"{(int)failure.StatusCode} {failure.Message}";
}
