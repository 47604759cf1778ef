using Intranet.Data;
using Intranet.Data.Jobs;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Intranet.Web.Infrastructure;

/// <summary>Starts a job of this process before its time.</summary>
public sealed class JobSignal([FromKeyedServices(Jobs.Scheduler)] ISchedulerFactory schedulers, IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<JobSignal> log)
{
    internal const string StartedBy = "started-by";
    internal const string RunId = "run-id";

    /// <summary>False on a node that was told to leave the jobs to others.</summary>
    public bool RunsHere { get; } = configuration.Switch("Jobs:Enabled", byDefault: true);

    /// <summary>
    /// Wakes a job because there is work for it; call it after the commit. Several calls before it runs are one. A
    /// signal may get lost (the process stops); then the schedule finds the work.
    /// </summary>
    public async Task WakeAsync<TJob>(CancellationToken cancellation = default) where TJob : IJob
    {
        var name = Timetable.NameOf(typeof(TJob));
        try
        {
            await StartAsync(TriggerBuilder.Create().ForJob(name).WithIdentity($"{name}.wake"), cancellation);
        }
        catch (SchedulerException failure)
        {
            // The work itself is saved: whoever saved it must not fail because this process is about to stop.
            log.LogInformation("{Job} was not woken: {Reason}", name, failure.Message);
        }
    }

    /// <summary>Starts a job because somebody asks for it: recorded under that name, even if there is nothing to do.</summary>
    public Task RunAsync(string job, string startedBy, CancellationToken cancellation = default)
        => StartAsync(TriggerBuilder.Create().ForJob(job).WithIdentity($"{job}.by-hand").UsingJobData(StartedBy, startedBy), cancellation);

    /// <summary>
    /// Starts a job whose run can be followed from now on: it is recorded as queued, and runs even while the job is paused.
    /// </summary>
    /// <param name="startedBy">Who asks.</param>
    /// <param name="isAnother">Also where one runs already, which may have read what it works on before it was asked for now; it follows that one.</param>
    /// <param name="cancellation">Before it is queued.</param>
    /// <returns>The new run, or the one that waits or, unless another was asked for, runs already.</returns>
    public async Task<(JobRun Run, bool IsNew)> QueueAsync<TJob>(string startedBy, bool isAnother = false, CancellationToken cancellation = default) where TJob : IJob
    {
        var name = Timetable.NameOf(typeof(TJob));
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.LockAsync($"job:{name}", cancellation);
            if (await db.JobRuns.AsNoTracking().Where(run => run.Job == name && (run.Result == JobResult.Queued || (run.Result == JobResult.Running && !isAnother))).OrderByDescending(run => run.Id).FirstOrDefaultAsync(cancellation) is { } there)
                return (there, false);
            var queued = JobRun.Queued(name, startedBy, clock.GetUtcNow().UtcDateTime);
            db.JobRuns.Add(queued);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            // Whoever asked may be gone by now; the run is there and must not wait for ever.
            await StartAsync(TriggerBuilder.Create().ForJob(name).WithIdentity($"{name}.run-{queued.Id}").UsingJobData(StartedBy, startedBy).UsingJobData(RunId, queued.Id), CancellationToken.None);
            return (queued, true);
        }
    }

    private async Task StartAsync(TriggerBuilder<IJob> trigger, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        await scheduler.ScheduleTrigger(trigger.StartNow().Build(), TriggerConflict.Keep, cancellation);
    }
}
