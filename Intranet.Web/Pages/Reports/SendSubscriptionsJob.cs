using Quartz;

namespace Intranet.Web.Pages.Reports;

public sealed class SendSubscriptionsJob(SendDueSubscriptions send) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        => context.Result = await send.RunAsync(cancellationToken);
}
