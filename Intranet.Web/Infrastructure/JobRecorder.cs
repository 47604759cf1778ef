using Intranet.Data;
using Intranet.Data.Auditing;
using Intranet.Data.Jobs;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Surrounds every job: names it as the actor, skips it while it is paused, and keeps the history of runs that did
/// something (the job set <see cref="IJobExecutionContext.Result"/> to a sentence), failed, took long or were
/// started by hand. A run every few seconds that found nothing leaves no trace.
/// </summary>
public sealed class JobRecorder(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRecorder> log) : IJobExecutionMiddleware
{
    /// <summary>A scheduled run that takes longer is shown while it runs.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    public async ValueTask Invoke(IJobExecutionContext context, JobExecutionDelegate next, CancellationToken cancellationToken = default)
    {
        var job = context.JobDetail.Key.Name;
        var by = context.MergedJobDataMap.TryGetValue(JobSignal.StartedBy, out var name) ? (string)name! : null;
        if (by is null && await IsPausedAsync(job, cancellationToken))
            return;

        Actor.Current = new Actor(job);
        var run = new JobRun { Job = job, StartedAt = Now, StartedBy = by ?? "schedule" };
        if (by is not null)
            await AddAsync(run);
        try
        {
            var work = next(context, cancellationToken).AsTask();
            if (run.Id == 0 && await TakesLongAsync(work))
                await AddAsync(run);
            await work;
            var summary = context.Result as string;
            run.Done(Cut(summary ?? "Nothing to do.", 500), Now);
            if (run.Id != 0 || summary is not null)
                await SaveAsync(run);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Interrupted(Now);
            if (run.Id != 0)
                await SaveAsync(run);
        }
        catch (JobFailedException failure)
        {
            log.LogWarning("Job {Job} failed: {Reason}", job, failure.Message);
            run.Failed(failure.Message, Now);
            await SaveAsync(run);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Job {Job} failed.", job);
            run.Failed($"{failure.GetType().Name}: {failure.Message}", Now);
            await SaveAsync(run);
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<bool> TakesLongAsync(Task work)
    {
        using var ended = new CancellationTokenSource();
        var first = await Task.WhenAny(work, Task.Delay(Long, clock, ended.Token));
        await ended.CancelAsync();
        return first != work;
    }

    private async Task<bool> IsPausedAsync(string job, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IntranetDbContext>().Settings.AnyAsync(s => s.Name == Setting.PausedJob(job), cancellation);
    }

    private async Task AddAsync(JobRun run)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        db.JobRuns.Add(run);
        await db.SaveChangesAsync();
        await db.JobRuns.ForgetOldAsync(run.Job);
    }

    // Not cancelled by a stop: what happened is to be known after it.
    private async Task SaveAsync(JobRun run)
    {
        if (run.Id == 0)
        {
            await AddAsync(run);
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        db.JobRuns.Update(run);
        await db.SaveChangesAsync();
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}

/// <summary>
/// Marks, at start, runs whose process died. A run that lives on another node is marked too, but only until it ends
/// and says what it did.
/// </summary>
internal sealed class InterruptedRuns(IServiceScopeFactory scopes, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        foreach (var run in await db.JobRuns.Where(r => r.Result == JobResult.Running).ToListAsync(cancellationToken))
            run.Interrupted(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
