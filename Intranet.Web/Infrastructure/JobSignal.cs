using Quartz;

namespace Intranet.Web.Infrastructure;

/// <summary>Starts a job of this process before its time.</summary>
public sealed class JobSignal([FromKeyedServices(Jobs.Scheduler)] ISchedulerFactory schedulers, ILogger<JobSignal> log)
{
    internal const string StartedBy = "started-by";

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

    private async Task StartAsync(TriggerBuilder<IJob> trigger, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        await scheduler.ScheduleTrigger(trigger.StartNow().Build(), TriggerConflict.Keep, cancellation);
    }
}
