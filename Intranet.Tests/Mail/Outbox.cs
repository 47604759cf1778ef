using Intranet.Data.Mail;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmtpServer = Intranet.Tests.Support.SmtpServer;

namespace Intranet.Tests.Mail;

/// <summary>The outbox of an app whose jobs run when the test says so.</summary>
internal static class Outbox
{
    /// <summary>What the job does once.</summary>
    /// <returns>What it says it did; null when nothing was due.</returns>
    public static async Task<string?> SendMailAsync(this RunningApp app, CancellationToken? stop = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<SendMail>().RunAsync(stop ?? TestContext.Current.CancellationToken);
        }
        catch (JobFailedException failure)
        {
            return failure.Message;
        }
    }

    public static Task<OutboxMessage> StateOfAsync(this RunningApp app, OutboxMessage mail)
        => app.Database(db => db.OutboxMessages.AsNoTracking().SingleAsync(m => m.Id == mail.Id));

    /// <summary>The mails in the folder, oldest first, as bytes read as text.</summary>
    public static IReadOnlyList<string> Folder(this RunningApp app)
        => System.IO.Directory.Exists(Path.Combine(app.Folder, "mail"))
            ? [.. System.IO.Directory.GetFiles(Path.Combine(app.Folder, "mail")).Order(StringComparer.Ordinal).Select(File.ReadAllText)] : [];

    public static Task<RunningApp> WithAsync(SmtpServer server, params (string Name, string? Value)[] settings) => RunningApp.StartAsync(options =>
    {
        foreach (var (name, value) in server.Settings)
            options.Settings[name] = value;
        foreach (var (name, value) in settings)
            options.Settings[name] = value;
    });
}
