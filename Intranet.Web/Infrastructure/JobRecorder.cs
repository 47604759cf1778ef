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
/// started by hand. A run every few seconds that found nothing leaves no trace. Noting a run never ends it: where the history
/// can't be written, because the job itself keeps the only writer, say, it is written later.
/// </summary>
public sealed class JobRecorder(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRecorder> log) : IJobExecutionMiddleware
{
    /// <summary>A scheduled run that takes longer is shown while it runs.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    /// <summary>How often a run that is shown tells how far it is, and hears that it shall stop.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(0.5);

    /// <summary>How often the end of a run is tried to be written.</summary>
    private const int Attempts = 5;

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
        // On a thread of its own: an embedded database answers synchronously, and whoever waits for the job's first pause
        // could neither show its progress nor stop it.
        var work = Task.Run(() => next(context, stop.Token).AsTask(), CancellationToken.None);
        // Until the work has ended nothing may leave here: its scope would be taken from it.
        await FollowAsync(run, progress, work, stop);
        var isToldOf = run.Id != 0;
        try
        {
            await work;
            var summary = context.Result as string;
            run.Done(Cut(summary ?? "Nothing to do.", 500), Now);
            isToldOf |= summary is not null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Interrupted(Now);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            run.Cancelled(Now);
            isToldOf = true;
        }
        catch (JobFailedException failure)
        {
            log.LogWarning("Job {Job} failed: {Reason}", job, failure.Message);
            run.Failed(failure.Message, Now);
            isToldOf = true;
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Job {Job} failed.", job);
            run.Failed($"{failure.GetType().Name}: {failure.Message}", Now);
            isToldOf = true;
        }

        // Each waits as long as the database lets it.
        for (var attempt = 1; isToldOf && attempt <= Attempts && !await IsNotedAsync(run, () => SaveAsync(run)); attempt++)
        {
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
                await IsNotedAsync(run, () => AddAsync(run));
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
        await IsNotedAsync(queued, async () =>
        {
            await db.SaveChangesAsync();
            await db.JobRuns.ForgetOldAsync(job);
        });
        return queued.Result == JobResult.Running ? queued : null;
    }

    /// <summary>Until the work ends: shows it once it takes long, writes how far it is, and passes on that it shall stop.</summary>
    private async Task FollowAsync(JobRun run, JobProgress progress, Task work, CancellationTokenSource stop)
    {
        (string? Stage, int? Percent) written = default;
        while (await TakesLongerAsync(work, run.Id == 0 && written == default ? Long : Beat))
        {
            await IsNotedAsync(run, async () =>
            {
                if (run.Id == 0)
                    await AddAsync(run);
                var now = (progress.Stage, progress.Percent);
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
                if (now != written)
                    await db.JobRuns.Where(r => r.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Stage, now.Stage).SetProperty(r => r.Percent, now.Percent));
                written = now;
                if (await db.JobRuns.AnyAsync(r => r.Id == run.Id && r.CancelledBy != null))
                    await stop.CancelAsync();
            });
        }
    }

    private async Task<bool> TakesLongerAsync(Task work, TimeSpan time)
    {
        using var ended = new CancellationTokenSource();
        var first = await Task.WhenAny(work, Task.Delay(time, clock, ended.Token));
        await ended.CancelAsync();
        return first != work;
    }

    /// <returns>False when it could not be written. Whatever the reason, the run goes on and is noted later.</returns>
    private async Task<bool> IsNotedAsync(JobRun run, Func<Task> note)
    {
        try
        {
            await note();
            return true;
        }
#pragma warning disable CA1031 // The history is about the run, and must not become its end.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogInformation("A run of {Job} was not noted, for now: {Reason}", run.Job, failure.Message);
            return false;
        }
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
