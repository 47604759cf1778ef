using Intranet.Data.Mail;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Jobs;

public sealed class TimetableTests
{
    [Fact]
    public async Task A_woken_job_runs_although_the_clock_of_the_app_stands_still()
    {
        // A scheduler that takes the app's clock fires such a signal without end and never runs the job.
        await using var app = await StartAsync();
        for (var i = 0; i < 2; i++)
        {
            var mail = await app.Given.Mail();
            await app.Services.GetRequiredService<JobSignal>().WakeAsync<SendMailJob>(TestContext.Current.CancellationToken);
            await IsSentAsync(app, mail);
        }
    }

    [Fact]
    public async Task A_job_finds_its_work_by_the_timetable_when_the_signal_got_lost()
    {
        await using var app = await StartAsync();
        await IsSentAsync(app, await app.Given.Mail());
        // Not only at the start: the next round comes as well.
        await IsSentAsync(app, await app.Given.Mail());
    }

    private static Task<RunningApp> StartAsync() => RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = "true");

    private static Task<bool> IsSentAsync(RunningApp app, OutboxMessage mail)
        => Eventually.Is(() => app.Database(db => db.OutboxMessages.AnyAsync(m => m.Id == mail.Id && m.State == OutboxState.Sent)), "the mail to be sent");
}
