using System.Net;
using System.Text.Json;
using Intranet.Data.Jobs;
using Intranet.Tests.Contacts.Duplicates;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Intranet.Tests.Jobs;

public sealed class QueuedJobTests
{
    [Fact]
    public Task A_queued_job_tells_how_far_it_is_is_asked_for_once_and_stops_when_told_to() => FollowAsync<EndlessJob>();

    // As a scan on an embedded database, whose every answer comes at once.
    [Fact]
    public Task So_does_a_job_that_never_pauses() => FollowAsync<BlockingJob>();

    private static async Task FollowAsync<TJob>() where TJob : IJob
    {
        await using var app = await StartAsync("true");
        using var administrator = await app.ApiAsync(Cast.Administrator);
        var jobs = app.Services.GetRequiredService<JobSignal>();

        var (run, isNew) = await jobs.QueueAsync<TJob>(Cast.Administrator.Name, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((true, JobResult.Queued), (isNew, run.Result));
        var url = $"/api/jobs/{run.Id}";
        var running = await Eventually.Is(() => administrator.JsonAsync(url), answer => answer.GetProperty("percent").ValueKind == JsonValueKind.Number, "the progress to be told");
        Assert.Equal((Timetable.NameOf(typeof(TJob)), "running", "Waiting", 42), (Text(running, "job"), Text(running, "state"), Text(running, "stage"), running.GetProperty("percent").GetInt32()));
        var (again, isSecond) = await jobs.QueueAsync<TJob>("somebody else", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((run.Id, false), (again.Id, isSecond));
        // What came after it had begun is for another, which waits until then and is asked for once as well.
        var (follower, isFollower) = await jobs.QueueAsync<TJob>("somebody else", isAnother: true, TestContext.Current.CancellationToken);
        Assert.True(isFollower && follower.Id > run.Id);
        var (same, isThird) = await jobs.QueueAsync<TJob>("a third", isAnother: true, TestContext.Current.CancellationToken);
        Assert.Equal((follower.Id, false), (same.Id, isThird));
        Assert.Equal("queued", Text(await administrator.JsonAsync($"/api/jobs/{follower.Id}"), "state"));

        using var asked = await administrator.DeleteAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var ended = await Eventually.Is(() => administrator.JsonAsync(url), answer => Text(answer, "state") != "running", "the job to stop");
        Assert.Equal("cancelled", Text(ended, "state"));
        Assert.Equal(Cast.Administrator.Name, await app.Database(db => db.JobRuns.Where(r => r.Id == run.Id).Select(r => r.CancelledBy).SingleAsync()));
        using var late = await administrator.DeleteAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        await Eventually.Is(() => administrator.JsonAsync($"/api/jobs/{follower.Id}"), answer => Text(answer, "state") == "running", "the other one to follow");
        (await administrator.DeleteAsync(new Uri($"/api/jobs/{follower.Id}", UriKind.Relative), TestContext.Current.CancellationToken)).Dispose();
        await Eventually.Is(() => administrator.JsonAsync($"/api/jobs/{follower.Id}"), answer => Text(answer, "state") == "cancelled", "the other one to stop");

        var (next, isAnother) = await jobs.QueueAsync<TJob>(Cast.Administrator.Name, cancellation: TestContext.Current.CancellationToken);
        Assert.True(isAnother && next.Id != run.Id);
    }

    [Fact]
    public async Task What_waited_in_a_process_that_died_is_marked_at_the_next_start()
    {
        await using var app = await StartAsync("false");
        var (run, _) = await app.Services.GetRequiredService<JobSignal>().QueueAsync<EndlessJob>(Cast.Steward.Name, cancellation: TestContext.Current.CancellationToken);
        await using var later = await RunningApp.BesideAsync(app);

        Assert.Equal(JobResult.Interrupted, await later.Database(db => db.JobRuns.Where(r => r.Id == run.Id).Select(r => r.Result).SingleAsync()));
    }

    [Fact]
    public void Much_work_does_not_begin_with_every_start_of_the_app()
        => Assert.True(Timetable.Rows.Single(row => row.Name == "scan-duplicates").First >= TimeSpan.FromHours(1));

    private static async Task<RunningApp> StartAsync(string jobs)
    {
        var app = await RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = jobs);
        var scheduler = await app.Services.GetRequiredKeyedService<ISchedulerFactory>(Web.Infrastructure.Jobs.Scheduler).GetScheduler(TestContext.Current.CancellationToken);
        await scheduler.AddJob(JobBuilder.Create<EndlessJob>().WithIdentity("endless").StoreDurably().DisallowConcurrentExecution().Build(), AddJobOptions.Replacing, TestContext.Current.CancellationToken);
        await scheduler.AddJob(JobBuilder.Create<BlockingJob>().WithIdentity("blocking").StoreDurably().DisallowConcurrentExecution().Build(), AddJobOptions.Replacing, TestContext.Current.CancellationToken);
        return app;
    }

    private static string? Text(JsonElement job, string name) => job.GetProperty(name).GetString();

    /// <summary>Runs until it is told to stop.</summary>
    public sealed class EndlessJob : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            context.Progress()("Waiting", 42);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    /// <summary>The same without ever giving its thread away.</summary>
    public sealed class BlockingJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            context.Progress()("Waiting", 42);
            cancellationToken.WaitHandle.WaitOne();
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.CompletedTask;
        }
    }
}
