using Quartz;

namespace Intranet.Web.Infrastructure;

public static class Jobs
{
    /// <summary>
    /// Runs the jobs of <see cref="Timetable"/> in this process, unless <c>Jobs:Enabled</c> is false. A stop asks
    /// running jobs to end and waits for them.
    /// </summary>
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<InterruptedRuns>();
        builder.Services.AddSingleton<JobSignal>();
        builder.Services.AddQuartz(quartz =>
        {
            // The schedule follows the machine's clock even where a test lets the app's clock stand still.
            quartz.UseTimeProvider(TimeProvider.System);
            quartz.UseInMemoryStore(_ => { });
            quartz.UseDefaultThreadPool(4);
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.AddJobMiddleware<JobRecorder>();
            foreach (var row in Timetable.Rows)
            {
                quartz.AddJob(row.Job, job => job.WithIdentity(row.Name).DisallowConcurrentExecution());
                quartz.AddTrigger(trigger => trigger.ForJob(row.Name).WithIdentity(row.Name).StartNow()
                    .WithSimpleSchedule(schedule => schedule.WithInterval(row.Pause).RepeatForever()));
            }
        });
        builder.Services.AddQuartzHostedService(host =>
        {
            host.AutoStart = builder.Configuration.Switch("Jobs:Enabled", byDefault: true);
            host.WaitForJobsToComplete = true;
        });
    }
}

/// <summary>Says what went wrong in words for the administrator; nothing else is shown or logged of it.</summary>
public sealed class JobFailedException(string message) : Exception(message);
