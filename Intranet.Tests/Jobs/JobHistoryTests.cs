using System.Data.Common;
using Intranet.Data;
using Intranet.Data.Jobs;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Intranet.Tests.Jobs;

/// <summary>Whatever becomes of noting a run, the run itself goes on.</summary>
public sealed class JobHistoryTests
{
    // As where the job holds the only writer for longer than anybody waits for it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_can_not_be_noted_meanwhile_ends_well_and_is_told_of_afterwards(bool byHand)
    {
        var history = new ClosedHistory();
        await using var app = await RunningApp.StartAsync(options =>
        {
            options.Settings["Jobs:Enabled"] = "true";
            options.Services = services =>
            {
                services.AddSingleton(history);
                services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(history));
                services.ConfigureDbContext<SqlServerDbContext>(options => options.AddInterceptors(history));
            };
        });
        var scheduler = await app.Services.GetRequiredKeyedService<ISchedulerFactory>(Web.Infrastructure.Jobs.Scheduler).GetScheduler(TestContext.Current.CancellationToken);
        await scheduler.AddJob(JobBuilder.Create<LongJob>().WithIdentity("long").StoreDurably().DisallowConcurrentExecution().Build(), AddJobOptions.Replacing, TestContext.Current.CancellationToken);
        history.Close();

        var jobs = app.Services.GetRequiredService<JobSignal>();
        await (byHand ? jobs.RunAsync("long", Cast.Steward.Name, TestContext.Current.CancellationToken) : jobs.WakeAsync<LongJob>(TestContext.Current.CancellationToken));

        var run = await Eventually.Is(() => app.Database(db => db.JobRuns.AsNoTracking().FirstOrDefaultAsync(run => run.Job == "long")), run => run?.FinishedAt is not null, "the run to be noted");
        Assert.Equal((JobResult.Done, "Did it.", byHand ? Cast.Steward.Name : "schedule"), (run!.Result, run.Summary, run.StartedBy));
        Assert.True(history.Refused >= 2);
    }

    /// <summary>Ends after its run could not be noted twice, and needs its own scope until then.</summary>
    public sealed class LongJob(IntranetDbContext db, ClosedHistory history) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            await Eventually.Is(() => Task.FromResult(history.Refused >= 2), "two attempts to note the run");
            await db.Imports.CountAsync(cancellationToken);
            history.Open();
            context.Result = "Did it.";
        }
    }

    /// <summary>Refuses to write runs of jobs as a database does whose writer somebody else keeps.</summary>
    public sealed class ClosedHistory : DbCommandInterceptor
    {
        private volatile bool isClosed;
        private int refused;

        internal int Refused => Volatile.Read(ref refused);

        internal void Close() => isClosed = true;

        internal void Open() => isClosed = false;

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Look(command);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Look(command);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        private void Look(DbCommand command)
        {
            if (!isClosed || !command.CommandText.Contains("JobRuns", StringComparison.Ordinal) || (!command.CommandText.Contains("INSERT", StringComparison.Ordinal) && !command.CommandText.Contains("UPDATE", StringComparison.Ordinal)))
                return;
            Interlocked.Increment(ref refused);
            throw new TimeoutException("Somebody else writes.");
        }
    }
}
