using Intranet.Data.Mail;

namespace Intranet.Web.Infrastructure;

public static class Mail
{
    /// <summary>Mail goes to the configured SMTP server, or into the mail folder when there is none.</summary>
    /// <exception cref="InvalidOperationException">The configuration is wrong; the message says what to change.</exception>
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var settings = MailSettings.Read(builder.Configuration, builder.DataFolder());
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<UnsubscribeLinks>();
        if (settings.Server is null)
            builder.Services.AddSingleton<IMailTransport, MailFolder>();
        else
            builder.Services.AddSingleton<IMailTransport, SmtpMailTransport>();
        builder.Services.AddScoped<ClaimMessage>();
        builder.Services.AddScoped<SendMail>();
        builder.Services.AddScoped<DropAttachments>();
        builder.Services.AddScoped<MailBody>();
    }
}
