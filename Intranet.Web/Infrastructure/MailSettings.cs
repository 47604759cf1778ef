using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// The configuration under <c>Mail</c>. Without <c>Mail:Smtp:Host</c> mail is written into the folder mail/ of the
/// data folder.
/// </summary>
/// <param name="From">Whom mails come from.</param>
/// <param name="ReplyTo">Whom answers go to, where a mail doesn't say.</param>
/// <param name="Folder">Where mails are written without a server.</param>
/// <param name="Server">Null: the folder.</param>
/// <param name="KeepFilesDays">How long the files of mails that left are kept.</param>
public sealed record MailSettings(MailAddress From, MailAddress? ReplyTo, string Folder, SmtpServer? Server, int KeepFilesDays)
{
    /// <exception cref="InvalidOperationException">A value is wrong; the message says what to change.</exception>
    public static MailSettings Read(IConfiguration configuration, string dataFolder)
    {
        var mail = configuration.GetSection("Mail");
        var server = SmtpServer.Read(mail.GetSection("Smtp"));
        if (server is not null && mail["From"] is not { Length: > 0 })
            throw new InvalidOperationException("Mail:Smtp:Host is set, but Mail:From is empty. Set it to the address that mail comes from, such as intranet@example.com.");
        var from = Address(mail, "From", mail["FromName"] is { Length: > 0 } name ? name : "Intranet") ?? new MailAddress("intranet@localhost", "Intranet");
        var days = 14;
        if (mail["KeepFilesDays"] is { Length: > 0 } number && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out days) || days is < 1 or > 3650))
            throw new InvalidOperationException($"Mail:KeepFilesDays is '{number}'. Use a number of days from 1 to 3650.");
        return new MailSettings(from, Address(mail, "ReplyTo"), Path.Combine(dataFolder, "mail"), server, days);
    }

    private static MailAddress? Address(IConfigurationSection mail, string name, string? displayName = null)
    {
        if (mail[name] is not { Length: > 0 } address)
            return null;
        return MailAddress.TryCreate(address, displayName, Encoding.UTF8, out var valid) && valid.Address == address.Trim()
            ? valid
            : throw new InvalidOperationException($"Mail:{name} is '{address}'. Use one bare e-mail address, such as intranet@example.com; the name before it is Mail:FromName.");
    }
}

/// <param name="StartTls">Mail is sent only over an encrypted connection. Off only where somebody said so.</param>
public sealed record SmtpServer(string Host, int Port, bool StartTls, string? User, string? Password)
{
    internal static SmtpServer? Read(IConfigurationSection smtp)
    {
        var host = smtp["Host"]?.Trim();
        if (string.IsNullOrEmpty(host))
        {
            var other = smtp.GetChildren().FirstOrDefault(setting => setting.Key != "Host" && setting.Value is { Length: > 0 });
            return other is null ? null : throw new InvalidOperationException($"Mail:Smtp:{other.Key} is set, but Mail:Smtp:Host is empty. Set the name of the mail server, or remove the other to write mail into the folder.");
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new InvalidOperationException($"Mail:Smtp:Host is '{host}'. Use the name of the mail server alone, such as smtp.example.com; the port is Mail:Smtp:Port.");
        var port = 587;
        if (smtp["Port"] is { Length: > 0 } number && (!int.TryParse(number, out port) || port is < 1 or > 65535))
            throw new InvalidOperationException($"Mail:Smtp:Port is '{number}'. Use a number from 1 to 65535, or leave it out for 587.");
        if (port == 465)
            throw new InvalidOperationException("Mail:Smtp:Port is 465, where TLS starts before SMTP; that is not supported. Use the server's port for STARTTLS, mostly 587.");
        var startTls = true;
        if (smtp["StartTls"] is { Length: > 0 } value && !bool.TryParse(value, out startTls))
            throw new InvalidOperationException($"Mail:Smtp:StartTls is '{value}'. Use true or false.");
        var (user, password) = (smtp["User"], smtp["Password"]);
        if (string.IsNullOrEmpty(user) != string.IsNullOrEmpty(password))
            throw new InvalidOperationException("Only one of Mail:Smtp:User and Mail:Smtp:Password is set. Set both, or neither for a server without sign-in.");
        return new SmtpServer(host, port, startTls, string.IsNullOrEmpty(user) ? null : user, string.IsNullOrEmpty(password) ? null : password);
    }

    public override string ToString() => $"{Host}:{Port}";
}
