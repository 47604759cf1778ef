using Quartz;

namespace Intranet.Web.Infrastructure;

public static class Jobs
{
    /// <summary>
    /// Name of the scheduler. Only a named one keeps a clock of its own: an unnamed one takes the container's, and on a clock
    /// that stands still, as in tests, it fires without end.
    /// </summary>
    public const string Scheduler = "intranet";

    /// <summary>
    /// Runs the jobs of <see cref="Timetable"/> in this process, unless <c>Jobs:Enabled</c> is false. A stop asks
    /// running jobs to end and waits for them.
    /// </summary>
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<InterruptedRuns>();
        builder.Services.AddSingleton<JobSignal>();
        builder.Services.AddQuartz(Scheduler, quartz =>
        {
            quartz.UseTimeProvider(TimeProvider.System);
            quartz.UseInMemoryStore(_ => { });
            quartz.UseDefaultThreadPool(4);
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.AddJobMiddleware<JobRecorder>();
            foreach (var row in Timetable.Rows)
            {
                quartz.AddJob(row.Job, job => job.WithIdentity(row.Name).DisallowConcurrentExecution());
                quartz.AddTrigger(trigger => (row.First == default ? trigger.StartNow() : trigger.StartAt(TimeProvider.System.GetUtcNow() + row.First))
                    .ForJob(row.Name).WithIdentity(row.Name).WithSimpleSchedule(schedule => schedule.WithInterval(row.Pause).RepeatForever()));
            }
        });
        builder.Services.AddQuartzHostedService(Scheduler, host =>
        {
            host.AutoStart = builder.Configuration.Switch("Jobs:Enabled", byDefault: true);
            host.WaitForJobsToComplete = true;
        });
    }
}

/// <summary>Says what went wrong in words for the administrator; nothing else is shown or logged of it.</summary>
public sealed class JobFailedException(string message) : Exception(message);
