using System.Globalization;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Quartz;

namespace Intranet.Web.Pages.Performance;

/// <summary>Computes anew how all leads perform and when they are due.</summary>
public sealed class RecomputePerformanceJob(RecomputePerformance recompute) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var leads = await recompute.RunAsync(context.Progress(), withTouches: true, cancellationToken);
        context.Result = string.Create(CultureInfo.InvariantCulture, $"{leads:N0} {(leads == 1 ? "lead" : "leads")} computed.");
    }
}
