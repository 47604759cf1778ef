using System.Data.Common;
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

    /// <summary>How often a run that is shown tells how far it is, and hears that it shall stop.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(0.5);

    public async ValueTask Invoke(IJobExecutionContext context, JobExecutionDelegate next, CancellationToken cancellationToken = default)
    {
        var job = context.JobDetail.Key.Name;
        var by = context.MergedJobDataMap.TryGetValue(JobSignal.StartedBy, out var name) ? (string)name! : null;
        if (by is null && await IsPausedAsync(job, cancellationToken))
            return;

        Actor.Current = new Actor(job);
        if (await RunAsync(context, job, by) is not { } run)
            return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = JobProgress.Current = new JobProgress();
        try
        {
            // On a thread of its own: an embedded database answers synchronously, and whoever waits for the job's first pause
            // could neither show its progress nor stop it.
            var work = Task.Run(() => next(context, stop.Token).AsTask(), CancellationToken.None);
            if (run.Id == 0 && await TakesLongAsync(work))
                await AddAsync(run);
            if (run.Id != 0)
                await FollowAsync(run.Id, progress, work, stop);
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
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            run.Cancelled(Now);
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

    /// <summary>The run to record: the one that waits for this, or a new one. Null when it shall not run any more.</summary>
    private async Task<JobRun?> RunAsync(IJobExecutionContext context, string job, string? by)
    {
        if (!context.MergedJobDataMap.TryGetValue(JobSignal.RunId, out var id))
        {
            var run = new JobRun { Job = job, StartedAt = Now, StartedBy = by ?? "schedule" };
            if (by is not null)
                await AddAsync(run);
            return run;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        var queued = await db.JobRuns.FindAsync((int)id!);
        if (queued is not { Result: JobResult.Queued })
            return null;
        if (queued.CancelledBy is null)
            queued.Begin();
        else
            queued.Cancelled(Now);
        await db.SaveChangesAsync();
        await db.JobRuns.ForgetOldAsync(job);
        return queued.Result == JobResult.Running ? queued : null;
    }

    /// <summary>Until the work ends: writes how far it is, and passes on that it shall stop.</summary>
    private async Task FollowAsync(int id, JobProgress progress, Task work, CancellationTokenSource stop)
    {
        (string? Stage, int? Percent) written = default;
        using var ended = new CancellationTokenSource();
        while (await Task.WhenAny(work, Task.Delay(Beat, clock, ended.Token)) != work)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
                var now = (progress.Stage, progress.Percent);
                if (now != written)
                    await db.JobRuns.Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Stage, now.Stage).SetProperty(r => r.Percent, now.Percent));
                written = now;
                if (await db.JobRuns.AnyAsync(r => r.Id == id && r.CancelledBy != null))
                    await stop.CancelAsync();
            }
            catch (Exception failure) when (failure is DbException or TimeoutException)
            {
                // The work goes on; the next beat tries again.
                log.LogInformation("The progress of run {Run} was not written: {Reason}", id, failure.Message);
            }
        }

        await ended.CancelAsync();
    }

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

    private static readonly string[] Ending = [nameof(JobRun.Result), nameof(JobRun.FinishedAt), nameof(JobRun.Summary), nameof(JobRun.Error)];

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
        // Only how it ended: what was written meanwhile (progress, who asked it to stop) is newer than what this one knows.
        var entry = db.JobRuns.Attach(run);
        foreach (var name in Ending)
            entry.Property(name).IsModified = true;
        await db.SaveChangesAsync();
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}

/// <summary>
/// Marks, at start, runs whose process died, and those that waited in it. A run that lives on another node is marked too, but only until it ends
/// and says what it did.
/// </summary>
internal sealed class InterruptedRuns(IServiceScopeFactory scopes, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        foreach (var run in await db.JobRuns.Where(r => r.Result == JobResult.Running || r.Result == JobResult.Queued).ToListAsync(cancellationToken))
            run.Interrupted(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
