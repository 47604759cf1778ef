using Intranet.Data.Imports;
using Quartz;

namespace Intranet.Web.Pages.Imports;

/// <summary>Reads and applies imports until none waits. Each is claimed in the database, so two nodes never do the same one.</summary>
public sealed class ImportJob(ClaimImport claim, WorkOnImport work, ImportProgress progress) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var done = new List<string>();
        while (await claim.RunAsync(progress.ProcessStart, cancellationToken) is { } import)
        {
            done.Add(await work.RunAsync(import, cancellationToken));
            context.Result = string.Join("; ", done);
        }
    }
}
