using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using Intranet.Data.Mail;

namespace Intranet.Web.Infrastructure;

/// <summary>Turns an outbox row into a mail: text and HTML part, attachments, headers.</summary>
public static class MailComposition
{
    /// <param name="message">What to send.</param>
    /// <param name="settings">Whom it comes from.</param>
    /// <param name="except">Recipients to leave out.</param>
    /// <param name="links">Gives links their keys in a mail that leaves; null in one that is looked at.</param>
    /// <exception cref="FormatException">A recipient is not an address, or there is none.</exception>
    public static MailMessage Compose(OutboxMessage message, MailSettings settings, IEnumerable<string> except, UnsubscribeLinks? links)
    {
        var mail = new MailMessage
        {
            From = settings.From,
            Subject = OneLine(message.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        try
        {
            var known = except.ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var address in Addresses(message.To).Where(address => known.Add(address.Address)))
                mail.To.Add(address);
            foreach (var address in Addresses(message.Cc).Where(address => known.Add(address.Address)))
                mail.CC.Add(address);
            if (mail.To.Count + mail.CC.Count == 0)
                throw new FormatException("The message has no recipient.");
            if (message.ReplyTo is { Length: > 0 } replyTo)
                mail.ReplyToList.Add(Addresses([replyTo])[0]);
            else if (settings.ReplyTo is not null)
                mail.ReplyToList.Add(settings.ReplyTo);
            mail.Headers["Message-ID"] = $"<{OneLine(message.MessageId)}>";
            mail.Headers["Auto-Submitted"] = "auto-generated";
            var (text, html) = (message.Text, message.Html);
            if (message.ListUnsubscribe is { Length: > 0 } unsubscribe)
            {
                var signed = links?.WithKey(unsubscribe);
                mail.Headers["List-Unsubscribe"] = $"<{OneLine(signed ?? unsubscribe).Trim('<', '>')}>";
                if (signed is not null)
                {
                    // RFC 8058: the mail program may post to it when its reader presses a button of its own.
                    mail.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
                    (text, html) = (text.Replace(unsubscribe, signed, StringComparison.Ordinal), html.Replace(Encoded(unsubscribe), Encoded(signed), StringComparison.Ordinal));
                }
            }

            // The last part is the one a reader prefers.
            mail.AlternateViews.Add(Part(text, MediaTypeNames.Text.Plain));
            if (html.Length > 0)
                mail.AlternateViews.Add(Part(html, MediaTypeNames.Text.Html));
            foreach (var attachment in message.Attachments.Where(file => file.DroppedAt is null))
                mail.Attachments.Add(Attached(attachment));
            return mail;
        }
        catch
        {
            mail.Dispose();
            throw;
        }
    }

    // As a view writes it: a path may have an apostrophe or a plus.
    private static string Encoded(string address) => HtmlEncoder.Default.Encode(address);

    /// <summary>The address as servers write it.</summary>
    /// <exception cref="FormatException">The part before the @ has letters beyond ASCII, which few servers take.</exception>
    public static string Envelope(MailAddress address)
    {
        if (!Ascii.IsValid(address.User))
            throw new FormatException($"'{address.Address}' has letters before the @ that mail servers don't take.");
        try
        {
            return $"{address.User}@{new IdnMapping().GetAscii(address.Host)}";
        }
        catch (ArgumentException)
        {
            throw new FormatException($"'{address.Address}' is not an e-mail address.");
        }
    }

    /// <summary>Whether a mail can be addressed so.</summary>
    public static bool IsSendable(string address)
    {
        try
        {
            _ = Addresses([address]);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The mail as a file, as mail programs open it. Names all recipients, also those who have it.</summary>
    /// <exception cref="FormatException">A recipient is not an address, or there is none.</exception>
    public static async Task<byte[]> EmlAsync(OutboxMessage message, MailSettings settings, UnsubscribeLinks? links, CancellationToken cancellation)
    {
        using var mail = Compose(message, settings, except: [], links);
        var folder = System.IO.Directory.CreateTempSubdirectory("intranet-mail-");
        try
        {
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder.FullName };
            await client.SendMailAsync(mail, cancellation);
            var eml = await File.ReadAllBytesAsync(folder.GetFiles().Single().FullName, cancellation);
            return eml[EnvelopeLength(eml)..];
        }
        catch (SmtpException failure)
        {
            throw new FormatException(failure.Message, failure);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A pickup file starts with the envelope (X-Sender, X-Receiver), which is no part of the mail.
    private static int EnvelopeLength(ReadOnlySpan<byte> eml)
    {
        var length = 0;
        while (eml[length..].StartsWith("X-Sender:"u8) || eml[length..].StartsWith("X-Receiver:"u8) || eml[length..].StartsWith(" "u8))
        {
            if (eml[length..].IndexOf((byte)'\n') is not (>= 0 and var end))
                return 0;
            length += end + 1;
        }

        return length;
    }

    // Bare ones: of "a@example.org, b@example.org" the framework would make one address with a name before it.
    private static List<MailAddress> Addresses(IEnumerable<string> texts) => [.. texts.Select(text =>
    {
        if (!MailAddress.TryCreate(text, out var address) || address.Address != text.Trim())
            throw new FormatException($"'{OneLine(text)}' is not an e-mail address.");
        _ = Envelope(address);
        return address;
    })];

    private static AlternateView Part(string text, string type)
    {
        var part = AlternateView.CreateAlternateViewFromString(text.ReplaceLineEndings("\r\n"), Encoding.UTF8, type);
        part.TransferEncoding = TransferEncoding.QuotedPrintable;
        return part;
    }

    private static Attachment Attached(OutboxAttachment attachment)
    {
        var type = TypeOf(attachment.ContentType);
        var part = new Attachment(new MemoryStream(attachment.Content, writable: false), type) { TransferEncoding = TransferEncoding.Base64 };
        var name = Shortened(OneLine(attachment.FileName));
        part.ContentDisposition!.Inline = false;
        // Beyond ASCII by RFC 2231; what the framework writes instead (an encoded word) isn't allowed there.
        if (Ascii.IsValid(name))
            part.ContentDisposition.FileName = name;
        else
            part.ContentDisposition.Parameters["filename*"] = "utf-8''" + Uri.EscapeDataString(name);
        return part;
    }

    private static ContentType TypeOf(string text)
        => new(System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(text, out var type) ? type.MediaType! : MediaTypeNames.Application.Octet);

    // 100 characters, encoded, still fit into one header line of 998.
    private static string Shortened(string name)
        => name.Length <= 100 ? name : name[..90] + (Path.GetExtension(name) is { Length: <= 10 } extension ? extension : "");

    /// <summary>Nothing that ends a header line, so that no text can add a header.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
}
