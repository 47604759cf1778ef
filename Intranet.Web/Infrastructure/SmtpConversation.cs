using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// The client's side of SMTP (RFC 5321), with STARTTLS and sign-in (PLAIN or LOGIN): one connection, one mail. The framework's
/// client gives up a whole mail when a server answers 451 to one of its recipients, which is how servers greylist.
/// </summary>
internal sealed class SmtpConversation : IAsyncDisposable
{
    /// <summary>Far above what servers say; whatever sends more isn't one.</summary>
    private const int LongestLine = 2000, MostLines = 100;

    private readonly TcpClient connection = new();
    private readonly byte[] buffer = new byte[4096];
    private Stream stream = Stream.Null;
    private int start, end;

    private SmtpConversation()
    {
    }

    /// <summary>Connects, encrypts and signs in, as the configuration says.</summary>
    /// <exception cref="SmtpRefusal">The server doesn't want to; no mail could be sent.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">Its certificate isn't trusted.</exception>
    /// <exception cref="IOException">It isn't there, went away, or doesn't speak SMTP.</exception>
    public static async Task<SmtpConversation> OpenAsync(SmtpServer server, CancellationToken cancellation)
    {
        var smtp = new SmtpConversation();
        try
        {
            await smtp.GreetAsync(server, cancellation);
            return smtp;
        }
        catch (SocketException failure)
        {
            await smtp.DisposeAsync();
            throw new IOException(failure.Message, failure);
        }
        catch
        {
            await smtp.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends one mail to all recipients that the server takes.</summary>
    /// <param name="eml">The mail with lines that end with CR LF.</param>
    /// <returns>What the server said to those it doesn't take; when it took none, no mail was sent.</returns>
    /// <exception cref="SmtpRefusal">It refuses the sender, or the mail.</exception>
    /// <exception cref="IOException">It went away; nobody knows whether it took the mail.</exception>
    public async Task<IReadOnlyDictionary<string, SmtpReply>> SendAsync(string from, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> eml, CancellationToken cancellation)
    {
        await SayAsync($"MAIL FROM:<{from}>", SmtpStep.Sender, 250, cancellation);
        var refused = new Dictionary<string, SmtpReply>();
        foreach (var recipient in recipients)
        {
            var reply = await SayAsync($"RCPT TO:<{recipient}>", cancellation);
            if (reply.Code == 421)
                throw new SmtpRefusal(SmtpStep.Recipient, reply);
            if (reply.Code is not (250 or 251 or 252))
                refused[recipient] = reply;
        }

        if (refused.Count < recipients.Count)
        {
            await SayAsync("DATA", SmtpStep.Content, 354, cancellation);
            await stream.WriteAsync(Stuffed(eml.Span), cancellation);
            await SayAsync(".", SmtpStep.Content, 250, cancellation);
        }

        return refused;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Politeness; whatever comes of it, the mail's fate is decided.
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            if (stream != Stream.Null)
                await stream.WriteAsync("QUIT\r\n"u8.ToArray(), soon.Token);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is gone, which is what was wanted.
        }

        await stream.DisposeAsync();
        connection.Dispose();
    }

    private async Task GreetAsync(SmtpServer server, CancellationToken cancellation)
    {
        await connection.ConnectAsync(server.Host, server.Port, cancellation);
        stream = connection.GetStream();
        MustBe(await ReplyAsync(cancellation), SmtpStep.Greeting, 220);
        var offers = await HelloAsync(cancellation);
        if (server.StartTls)
        {
            if (!offers.Contains("STARTTLS"))
                throw new SmtpRefusal(SmtpStep.StartTls, new SmtpReply(0, "no STARTTLS is offered"));
            await SayAsync("STARTTLS", SmtpStep.StartTls, 220, cancellation);
            // What came before the encryption is not to be taken for something that came within it.
            (start, end) = (0, 0);
            await EncryptAsync(server, cancellation);
            offers = await HelloAsync(cancellation);
        }

        if (server.User is not null)
            await SignInAsync(server.User, server.Password!, offers, cancellation);
    }

    private async Task EncryptAsync(SmtpServer server, CancellationToken cancellation)
    {
        var encrypted = new SslStream(stream);
        stream = encrypted;
        await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host, CertificateChainPolicy = Trust(server) }, cancellation);
    }

    // The machine's own authorities, or instead of them the one that is configured.
    private static X509ChainPolicy? Trust(SmtpServer server)
    {
        if (server.Authority is null)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(server.Authority);
        return policy;
    }

    private async Task<HashSet<string>> HelloAsync(CancellationToken cancellation)
    {
        var name = string.Concat(Dns.GetHostName().Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.'));
        var reply = await SayAsync($"EHLO {(name.Length > 0 ? name : "intranet")}", SmtpStep.Greeting, 250, cancellation);
        // "AUTH PLAIN LOGIN" offers "AUTH PLAIN" and "AUTH LOGIN".
        return [.. reply.Text.Split('\n').Skip(1).Select(line => line.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0)
            .SelectMany(words => words[0] == "AUTH" ? words.Skip(1).Select(way => $"AUTH {way}") : [words[0]])];
    }

    private async Task SignInAsync(string user, string password, HashSet<string> offers, CancellationToken cancellation)
    {
        if (offers.Contains("AUTH PLAIN"))
        {
            await SayAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", SmtpStep.SignIn, 235, cancellation);
            return;
        }

        if (!offers.Contains("AUTH LOGIN"))
            throw new SmtpRefusal(SmtpStep.SignIn, new SmtpReply(0, "neither PLAIN nor LOGIN is offered"));
        await SayAsync("AUTH LOGIN", SmtpStep.SignIn, 334, cancellation);
        await SayAsync(Base64(user), SmtpStep.SignIn, 334, cancellation);
        await SayAsync(Base64(password), SmtpStep.SignIn, 235, cancellation);
    }

    private async Task<SmtpReply> SayAsync(string command, SmtpStep step, int expected, CancellationToken cancellation)
        => MustBe(await SayAsync(command, cancellation), step, expected);

    private async Task<SmtpReply> SayAsync(string command, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellation);
        return await ReplyAsync(cancellation);
    }

    private static SmtpReply MustBe(SmtpReply reply, SmtpStep step, int expected)
        => reply.Code == expected ? reply : throw new SmtpRefusal(step, reply);

    // "250-first", "250-second", "250 last".
    private async Task<SmtpReply> ReplyAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await LineAsync(cancellation);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || (line.Length > 3 && line[3] is not (' ' or '-')))
                break;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
                return new SmtpReply(code, string.Join('\n', lines));
        }

        throw new IOException("What answers there doesn't speak SMTP.");
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (line.Length < LongestLine)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(buffer, cancellation));
                if (end == 0)
                    throw new IOException("The server closed the connection.");
            }

            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            line.Append(Encoding.UTF8.GetString(buffer, start, length < 0 ? end - start : length));
            start = length < 0 ? end : start + length + 1;
            if (length >= 0)
                return line.ToString().TrimEnd('\r');
        }

        throw new IOException("What answers there doesn't speak SMTP.");
    }

    // A line that begins with a dot gets a second one, so that none ends the mail before its end (RFC 5321, 4.5.2).
    private static byte[] Stuffed(ReadOnlySpan<byte> eml)
    {
        var stuffed = new List<byte>(eml.Length + 64);
        var atStart = true;
        foreach (var letter in eml)
        {
            if (atStart && letter == '.')
                stuffed.Add((byte)'.');
            stuffed.Add(letter);
            atStart = letter == '\n';
        }

        if (!atStart)
            stuffed.AddRange("\r\n"u8);
        return [.. stuffed];
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

/// <summary>Where in the conversation the server said no.</summary>
internal enum SmtpStep
{
    Greeting,
    StartTls,
    SignIn,
    Sender,
    Recipient,
    Content,
}

/// <param name="Code">Three digits; 0 when the server said nothing.</param>
/// <param name="Text">Lines without the code.</param>
internal sealed record SmtpReply(int Code, string Text)
{
    public bool IsPermanent => Code >= 500;

    public override string ToString() => $"{(Code == 0 ? "" : $"{Code} ")}{Text.ReplaceLineEndings(" ")}";
}

internal sealed class SmtpRefusal(SmtpStep step, SmtpReply reply) : Exception(reply.ToString())
{
    public SmtpStep Step => step;
    public SmtpReply Reply => reply;
}
