using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Jobs;

public static class JobRunQueries
{
    /// <summary>How many runs of each job the history keeps.</summary>
    public const int Kept = 200;

    /// <summary>Deletes all but the last <see cref="Kept"/> runs of a job.</summary>
    public static async Task ForgetOldAsync(this IQueryable<JobRun> runs, string job, CancellationToken cancellation = default)
    {
        var oldest = await runs.Where(r => r.Job == job).OrderByDescending(r => r.Id).Skip(Kept).Select(r => (int?)r.Id).FirstOrDefaultAsync(cancellation);
        if (oldest is not null)
            await runs.Where(r => r.Job == job && r.Id <= oldest).ExecuteDeleteAsync(cancellation);
    }
}
