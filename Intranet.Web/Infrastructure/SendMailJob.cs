using Quartz;

namespace Intranet.Web.Infrastructure;

public sealed class SendMailJob(SendMail send) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        => context.Result = await send.RunAsync(cancellationToken);
}
