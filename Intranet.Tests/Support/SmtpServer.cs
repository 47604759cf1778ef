using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Intranet.Tests.Support;

/// <summary>A mail as it arrived: its envelope and its bytes.</summary>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, bool Encrypted, string Content);

/// <summary>
/// A real SMTP server (aiosmtpd, a process of its own) on 127.0.0.1 that demands STARTTLS with a certificate made
/// here, and a login. It can go away and come back on the same port, refuse recipients, and keep senders waiting.
/// </summary>
public sealed class SmtpServer : IAsyncDisposable
{
    public const string User = "intranet";
    public const string Password = "only-for-tests";

    private readonly string folder = TestFolders.Create("smtp");
    private readonly bool startTls;
    private readonly string certificate;
    private readonly string key;
    private Process? process;

    private SmtpServer(bool startTls, bool trusted)
    {
        this.startTls = startTls;
        (certificate, key) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        using var made = TestCertificate.Create();
        using var secret = made.GetECDsaPrivateKey()!;
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, secret.ExportPkcs8PrivateKeyPem());
        if (trusted)
            Trust.Add(made.Thumbprint);
    }

    /// <summary>The name in the certificate.</summary>
    public const string Host = "localhost";

    public int Port { get; } = FreePort.Find();

    /// <summary>For an app in a process of its own: its SSL_CERT_FILE, so that it trusts the certificate.</summary>
    public string TrustFile => certificate;

    /// <param name="startTls">False: an old server that offers neither encryption nor login.</param>
    /// <param name="trusted">False: this process doesn't trust its certificate.</param>
    public static async Task<SmtpServer> StartAsync(bool startTls = true, bool trusted = true)
    {
        await Prerequisites.PythonWithAiosmtpdAsync();
        var server = new SmtpServer(startTls, trusted);
        await server.ComeBackAsync();
        return server;
    }

    /// <summary>Starts listening (again, on the same port).</summary>
    public async Task ComeBackAsync()
    {
        var python = await Prerequisites.PythonWithAiosmtpdAsync();
        var script = Path.Combine(AppContext.BaseDirectory, "Support", "smtp_server.py");
        var start = new ProcessStartInfo(python, [script, Port.ToString(null, null), folder, startTls ? certificate : "-", key, User, Password])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException($"The SMTP server didn't start: {await process.StandardError.ReadToEndAsync()}");
        // Nobody reads what it says from here on; a full pipe would stop it.
        process.BeginErrorReadLine();
    }

    /// <summary>The server is gone: connections are refused.</summary>
    public async Task GoAwayAsync()
    {
        if (process is null)
            return;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        process = null;
    }

    /// <summary>Answers this recipient ("*": any) with a code, such as 451 for later or 550 for never.</summary>
    public void Refuse(string recipient, int code, string text) => Rule(recipient.ToLowerInvariant(), code, text);

    /// <summary>Takes the recipients, then refuses the content.</summary>
    public void RefuseContent(int code, string text) => Rule("DATA", code, text);

    public void RefuseNothing() => File.Delete(Path.Combine(folder, "rules.json"));

    /// <summary>Keeps the sender waiting: for the answer to a recipient, or for the one to a mail that is stored already.</summary>
    public void Hold(bool afterStoring) => File.Create(Path.Combine(folder, afterStoring ? "hold-data" : "hold-rcpt")).Dispose();

    public void HoldNoMore()
    {
        File.Delete(Path.Combine(folder, "hold-rcpt"));
        File.Delete(Path.Combine(folder, "hold-data"));
    }

    /// <summary>What the app needs to be told to send here.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Mail:From"] = "intranet@example.org",
        ["Mail:Smtp:Host"] = Host,
        ["Mail:Smtp:Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Mail:Smtp:User"] = User,
        ["Mail:Smtp:Password"] = Password,
    };

    /// <summary>Everything that arrived so far, in no particular order.</summary>
    public IReadOnlyList<ReceivedMail> Mails => [.. System.IO.Directory.GetFiles(folder, "*.eml").Select(file =>
    {
        var envelope = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, ".json"))).RootElement;
        return new ReceivedMail(
            envelope.GetProperty("from").GetString()!, [.. envelope.GetProperty("to").EnumerateArray().Select(to => to.GetString()!)],
            envelope.GetProperty("tls").GetBoolean(), File.ReadAllText(file));
    })];

    public async ValueTask DisposeAsync()
    {
        await GoAwayAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private void Rule(string what, int code, string text)
    {
        var file = Path.Combine(folder, "rules.json");
        var rules = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
        rules[what] = new JsonArray(code, text);
        // At once, for a reader in between.
        File.WriteAllText(file + ".part", rules.ToJsonString());
        File.Move(file + ".part", file, overwrite: true);
    }

    /// <summary>Lets this process's SmtpClient accept the certificates made here, and no other that it wouldn't.</summary>
    private static class Trust
    {
        private static readonly HashSet<string> Ours = [];

        internal static void Add(string thumbprint)
        {
            lock (Ours)
                Ours.Add(thumbprint);
#pragma warning disable SYSLIB0014 // SmtpClient asks nothing else.
            ServicePointManager.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                lock (Ours)
                    return errors == SslPolicyErrors.None || (certificate is not null && Ours.Contains(certificate.GetCertHashString()));
            };
#pragma warning restore SYSLIB0014
        }
    }
}
