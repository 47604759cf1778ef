using System.Collections.Concurrent;
using System.Net;
using Intranet.Data.Jobs;
using Intranet.Data.Mail;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Intranet.Tests.Jobs;

public sealed class JobPagesTests
{
    [Theory]
    [InlineData("/admin/jobs")]
    [InlineData("/admin/jobs/send-mail")]
    public async Task They_belong_to_administrators(string url)
    {
        await using var app = await RunningApp.StartAsync();
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(url, follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        foreach (var person in new[] { Cast.Employee, Cast.Steward, Cast.Kam, Cast.SalesLead })
        {
            using var client = await app.SignedInAs(person);
            (await client.PageAsync(url)).MustBe(HttpStatusCode.Forbidden);
        }

        using var administrator = await app.SignedInAs(Cast.Administrator);
        (await administrator.PageAsync(url)).MustBeOk();
    }

    [Fact]
    public async Task An_unknown_job_is_not_found_and_nothing_starts()
    {
        await using var app = await RunningApp.StartAsync(Enabled);
        using var client = await app.SignedInAs(Cast.Administrator);
        (await client.PageAsync("/admin/jobs/make-coffee")).MustBe(HttpStatusCode.NotFound);
        foreach (var button in new[] { "Run now: Send mail", "Pause Send mail" })
        {
            var page = await client.PageAsync("/admin/jobs");
            foreach (var field in page.All("input[name=job]"))
                field.SetAttribute("value", "make-coffee");
            (await page.Form(button).SubmitAsync()).MustBe(HttpStatusCode.NotFound);
        }

        Assert.False(await app.Database(db => db.AuditEntries.AnyAsync(entry => entry.Subject == "Job")));
    }

    [Fact]
    public async Task The_list_shows_each_job_with_its_schedule_its_last_run_and_the_next()
    {
        await using var app = await RunningApp.StartAsync(Enabled);
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = (await client.PageAsync("/admin/jobs")).MustBeOk();
        Assert.Equal(Timetable.Rows.Select(row => row.Schedule), page.Texts("#jobs td[data-label=Schedule]"));
        Assert.Contains("Nothing to do so far", page.Texts("#job-recompute-performance td[data-label='Last run']")[0], StringComparison.Ordinal);

        await app.Given.Mail();
        await Eventually.Is(async () => (await client.PageAsync("/admin/jobs")).Texts("#job-send-mail td[data-label='Last run']")[0], text => text.Contains("1 sent.", StringComparison.Ordinal), "the last run to be shown");
        Assert.NotEmpty((await client.PageAsync("/admin/jobs")).All("#job-send-mail td[data-label='Next run'] time"));
    }

    [Fact]
    public async Task Run_now_runs_even_without_work_or_while_paused_and_is_recorded_under_who_asked()
    {
        await using var app = await RunningApp.StartAsync(Enabled);
        using var client = await app.SignedInAs(Cast.Administrator);
        (await (await client.PageAsync("/admin/jobs")).Form("Pause Send mail").SubmitAsync()).MustBeOk();
        var page = await (await client.PageAsync("/admin/jobs")).Form("Run now: Send mail").SubmitAsync();

        Assert.Contains("Send mail was started.", page.MustBeOk().Text, StringComparison.Ordinal);
        var run = await LastAsync(app, run => run.Result == JobResult.Done && run.StartedBy == Cast.Administrator.Name);
        Assert.Equal(("Nothing to do.", Cast.Administrator.Name), (run.Summary, run.StartedBy));
        Assert.Equal(["paused", "started"], await app.Database(db => db.AuditEntries.Where(entry => entry.Subject == "Job").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync()));
        // A start by the timetable before the pause is told of only where it took long.
        Assert.Contains((await client.PageAsync("/admin/jobs/send-mail")).All("#runs tbody tr"), row => row.TextContent.Contains("Nothing to do.", StringComparison.Ordinal) && row.TextContent.Contains(Cast.Administrator.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_paused_job_leaves_its_work_until_it_is_resumed_also_after_a_restart()
    {
        await using var app = await RunningApp.StartAsync(Enabled);
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = await (await client.PageAsync("/admin/jobs")).Form("Pause Send mail").SubmitAsync();
        Assert.Contains("Paused", page.One("#job-send-mail").TextContent, StringComparison.Ordinal);
        var mail = await app.Given.Mail();

        await using (await RunningApp.BesideAsync(app, Enabled))
        {
            // Another job's run shows that time went by and jobs do run.
            for (var i = 0; i < 2; i++)
            {
                await (await client.PageAsync("/admin/jobs")).Form("Run now: Import").SubmitAsync();
                await Eventually.Is(() => app.Database(db => db.JobRuns.CountAsync(run => run.Job == "import" && run.Result == JobResult.Done)), count => count == i + 1, "the other job to run");
            }

            Assert.Equal(OutboxState.Waiting, await StateAsync(app, mail));
        }

        (await page.Form("Resume Send mail").SubmitAsync()).MustBeOk();
        await Eventually.Is(() => StateAsync(app, mail), state => state == OutboxState.Sent, "the mail to be sent");
        Assert.False(await app.Database(db => db.Settings.AnyAsync(setting => setting.Name.StartsWith("paused-job:"))));
    }

    [Fact]
    public async Task A_failed_run_tells_why_on_the_page_and_in_the_log()
    {
        await using var app = await RunningApp.StartAsync(options =>
        {
            Enabled(options);
            options.Settings["Mail:From"] = "intranet@example.org";
            options.Settings["Mail:Smtp:Host"] = "127.0.0.1";
            options.Settings["Mail:Smtp:Port"] = "1";
        });
        using var client = await app.SignedInAs(Cast.Administrator);
        await app.Given.Mail();

        var run = await LastAsync(app, run => run.Result == JobResult.Failed);
        Assert.StartsWith("1 postponed. 127.0.0.1:1 can't be reached: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1 can't be reached", (await client.PageAsync("/admin/jobs/send-mail")).One("#runs").TextContent, StringComparison.Ordinal);
        Assert.Contains(app.Log.Lines, line => line.Text.StartsWith("Job send-mail failed: 1 postponed. ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_run_is_shown_while_it_runs_and_never_overlaps_with_itself()
    {
        var slow = new SlowTransport();
        await using var app = await RunningApp.StartAsync(options =>
        {
            Enabled(options);
            options.Services = services =>
            {
                services.RemoveAll<IMailTransport>();
                services.AddSingleton<IMailTransport>(slow);
            };
        });
        using var client = await app.SignedInAs(Cast.Administrator);
        await app.Given.Mail();
        await LastAsync(app, run => run.Result == JobResult.Running);
        Assert.Contains("Running", (await client.PageAsync("/admin/jobs")).One("#job-send-mail").TextContent, StringComparison.Ordinal);

        // More work, asked for by hand: it has to wait for its turn.
        await app.Given.Mail();
        (await (await client.PageAsync("/admin/jobs")).Form("Run now: Send mail").SubmitAsync()).MustBeOk();
        await (await client.PageAsync("/admin/jobs")).Form("Run now: Import").SubmitAsync();
        await Eventually.Is(() => app.Database(db => db.JobRuns.AnyAsync(run => run.Job == "import")), "the other job to run");
        Assert.Single(slow.Messages);

        slow.Gate.SetResult();
        await Eventually.Is(() => app.Database(db => db.OutboxMessages.CountAsync(mail => mail.State == OutboxState.Sent)), count => count == 2, "both to be sent");
        Assert.Equal(1, slow.Most);
        Assert.Equal(2, slow.Messages.Distinct().Count());
    }

    [Fact]
    public async Task What_came_up_while_nothing_ran_is_caught_up_with_in_one_run()
    {
        await using var app = await RunningApp.StartAsync();
        for (var i = 0; i < 3; i++)
            await app.Given.Mail();
        app.Clock.Advance(TimeSpan.FromHours(8));
        await using var later = await RunningApp.BesideAsync(app, Enabled);

        Assert.Equal("3 sent.", (await LastAsync(later, run => run.Job == "send-mail" && run.Result == JobResult.Done)).Summary);
        Assert.Equal(1, await later.Database(db => db.JobRuns.CountAsync(run => run.Job == "send-mail" && run.Summary != "Nothing to do.")));
    }

    [Fact]
    public async Task A_run_whose_process_died_is_marked_at_the_next_start()
    {
        await using var app = await RunningApp.StartAsync();
        await app.Database(async db =>
        {
            db.Add(new JobRun { Job = "send-mail", StartedAt = app.Clock.UtcNow, StartedBy = "schedule" });
            await db.SaveChangesAsync();
        });
        app.Clock.Advance(TimeSpan.FromMinutes(125));
        await using var later = await RunningApp.BesideAsync(app);
        using var client = await later.SignedInAs(Cast.Administrator);

        Assert.Equal(["2 hours ago", "2 h 5 min", "Interrupted", "schedule"], (await client.PageAsync("/admin/jobs/send-mail")).Texts("#runs tbody td"));
    }

    [Fact]
    public async Task Where_jobs_are_switched_off_the_page_says_so_and_starts_none()
    {
        await using var app = await RunningApp.StartAsync();
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = await client.PageAsync("/admin/jobs");

        Assert.Contains("Jobs:Enabled is false here", page.Text, StringComparison.Ordinal);
        Assert.Equal(Timetable.Rows.Count, page.All("#jobs button[disabled]").Count);
    }

    [Fact]
    public async Task The_history_keeps_the_last_200_runs()
    {
        await using var app = await RunningApp.StartAsync();
        await app.Database(async db =>
        {
            for (var i = 0; i < JobRunQueries.Kept + 10; i++)
                db.Add(new JobRun { Job = "send-mail", StartedAt = app.Clock.UtcNow, StartedBy = $"run {i}" });
            db.Add(new JobRun { Job = "import", StartedAt = app.Clock.UtcNow });
            await db.SaveChangesAsync();
            await db.JobRuns.ForgetOldAsync("send-mail");
        });

        Assert.Equal(JobRunQueries.Kept, await app.Database(db => db.JobRuns.CountAsync(run => run.Job == "send-mail")));
        Assert.False(await app.Database(db => db.JobRuns.AnyAsync(run => run.StartedBy == "run 9")));
        Assert.True(await app.Database(db => db.JobRuns.AnyAsync(run => run.Job == "import")));
    }

    private static void Enabled(AppOptions options) => options.Settings["Jobs:Enabled"] = "true";

    private static Task<OutboxState> StateAsync(RunningApp app, OutboxMessage mail)
        => app.Database(db => db.OutboxMessages.Where(m => m.Id == mail.Id).Select(m => m.State).SingleAsync());

    private static async Task<JobRun> LastAsync(RunningApp app, Func<JobRun, bool> satisfies)
        => (await Eventually.Is(() => app.Database(db => db.JobRuns.AsNoTracking().Where(run => run.Job == "send-mail").OrderByDescending(run => run.Id).FirstOrDefaultAsync()), run => run is not null && satisfies(run), "the run to be recorded"))!;

    /// <summary>A mail server that takes its time.</summary>
    private sealed class SlowTransport : IMailTransport
    {
        private int now;

        internal TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        internal ConcurrentQueue<string> Messages { get; } = new();
        internal int Most { get; private set; }

        public string Destination => "nowhere";

        public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellation)
        {
            Messages.Enqueue(message.MessageId);
            Most = Math.Max(Most, Interlocked.Increment(ref now));
            await Gate.Task.WaitAsync(cancellation);
            Interlocked.Decrement(ref now);
            return new Delivery(DeliveryResult.Sent);
        }
    }
}
