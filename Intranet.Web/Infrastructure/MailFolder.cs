using Intranet.Data.Mail;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Writes each mail as an .eml file into a folder: what happens without a configured server. The file appears at
/// once and complete; a message sent again replaces its file.
/// </summary>
public sealed class MailFolder(MailSettings settings, UnsubscribeLinks links) : IMailTransport
{
    public string Destination => $"the folder {settings.Folder}";

    public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        try
        {
            var eml = await MailComposition.EmlAsync(message, settings, links, cancellation);
            System.IO.Directory.CreateDirectory(settings.Folder);
            var path = Path.Combine(settings.Folder, FileName(message));
            await using (var file = File.Create(path + ".part"))
            {
                await file.WriteAsync(eml, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(path + ".part", path, overwrite: true);
            return new Delivery(DeliveryResult.Sent);
        }
        catch (FormatException failure)
        {
            return new Delivery(DeliveryResult.Refused, failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Delivery(DeliveryResult.Unavailable, $"The mail folder can't be written: {failure.Message}");
        }
    }

    /// <summary>The same for each attempt of a message, sorted by when it was written.</summary>
    public static string FileName(OutboxMessage message)
        => $"{message.CreatedAt:yyyyMMdd-HHmmss}-{string.Concat(message.MessageId.TakeWhile(char.IsAsciiLetterOrDigit))}.eml";
}
