using System.Globalization;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Quartz;

namespace Intranet.Web.Pages.Performance;

/// <summary>Computes anew how all leads perform and when they are due: several times a day, because days pass, and when somebody asks.</summary>
public sealed class RecomputePerformanceJob(RecomputePerformance recompute, IntranetDbContext db) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var leads = await recompute.RunAsync(context.Progress(), withTouches: true, cancellationToken);
        var summary = string.Create(CultureInfo.InvariantCulture, $"{leads:N0} {(leads == 1 ? "lead" : "leads")} computed.");
        db.Audit("recomputed", nameof(LeadPerformance), details: summary);
        await db.SaveChangesAsync(CancellationToken.None);
        context.Result = summary;
    }
}
