using System.Security.Authentication;
using Intranet.Data.Mail;

namespace Intranet.Web.Infrastructure;

/// <summary>Hands mail to an SMTP server, one connection per message, and says what its answers mean for the message.</summary>
public sealed class SmtpMailTransport(MailSettings settings) : IMailTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SmtpServer server = settings.Server ?? throw new ArgumentException("No server is configured.", nameof(settings));

    public string Destination => $"the mail server {server}";

    public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            var recipients = MailComposition.Recipients(message);
            var eml = await MailComposition.EmlAsync(message, settings, patience.Token);
            await using var smtp = await SmtpConversation.OpenAsync(server, patience.Token);
            return Told(recipients, await smtp.SendAsync(MailComposition.Envelope(settings.From), [.. recipients.Values], eml, patience.Token));
        }
        catch (FormatException failure)
        {
            return new Delivery(DeliveryResult.Refused, failure.Message);
        }
        catch (SmtpRefusal refusal)
        {
            return Explained(refusal);
        }
        catch (AuthenticationException failure)
        {
            return Unavailable($"{server} shows a certificate that this machine doesn't trust. Give the server a valid one, or name the file of its authority in Mail:Smtp:Authority. ({failure.Message})");
        }
        catch (IOException failure)
        {
            return Unavailable($"{server} can't be reached: {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Unavailable($"{server} didn't answer within {Patience.TotalSeconds:0} seconds.");
        }
    }

    private static Delivery Told(IReadOnlyDictionary<string, string> recipients, IReadOnlyDictionary<string, SmtpReply> refused)
    {
        if (refused.Count == 0)
            return new Delivery(DeliveryResult.Sent);
        var (reached, others) = (recipients.Where(one => !refused.ContainsKey(one.Value)), recipients.Where(one => refused.ContainsKey(one.Value)));
        return new Delivery(
            refused.Values.All(reply => reply.IsPermanent) ? DeliveryResult.Refused : DeliveryResult.Later,
            string.Join(" ", others.Select(one => $"{one.Key}: {refused[one.Value]}.")),
            [.. reached.Select(one => one.Key)]);
    }

    // What is wrong before the content is wrong for all mail, however final the server sounds: it waits until somebody mends it.
    private Delivery Explained(SmtpRefusal refusal) => refusal.Step switch
    {
        SmtpStep.StartTls => Unavailable($"{server} can't be used: {refusal.Message}. If you accept mail and password in clear text, set Mail:Smtp:StartTls to false."),
        _ when refusal.Step == SmtpStep.SignIn || refusal.Reply.Code is 530 or 534 or 535 or 538
            => Unavailable($"{server} refuses the sign-in. Check Mail:Smtp:User and Mail:Smtp:Password. ({refusal.Message})"),
        SmtpStep.Sender when refusal.Reply.IsPermanent => Unavailable($"{server} doesn't take mail from {settings.From.Address}. Check Mail:From. ({refusal.Message})"),
        SmtpStep.Content when refusal.Reply.Code != 421 => new Delivery(refusal.Reply.IsPermanent ? DeliveryResult.Refused : DeliveryResult.Later, refusal.Message),
        _ => Unavailable($"{server} is not available: {refusal.Message}"),
    };

    private static Delivery Unavailable(string error) => new(DeliveryResult.Unavailable, error);
}
