using System.Globalization;
using Intranet.Data.Mail;
using Quartz;

namespace Intranet.Web.Infrastructure;

public sealed class DropAttachmentsJob(DropAttachments drop, MailSettings settings) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        => context.Result = await drop.RunAsync(settings.KeepFilesDays, cancellationToken) is > 0 and var dropped ? string.Create(CultureInfo.InvariantCulture, $"{dropped} deleted") : null;
}
