using Intranet.Data;
using Intranet.Data.Jobs;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Intranet.Web.Pages.Admin.Jobs;

/// <summary>What runs by itself, when it ran and will run; run now, pause, resume.</summary>
public sealed class IndexModel(IntranetDbContext db, [FromKeyedServices(Infrastructure.Jobs.Scheduler)] ISchedulerFactory schedulers, JobSignal jobs, IConfiguration configuration) : PageModel
{
    public IReadOnlyList<JobRow> Rows { get; private set; } = [];

    /// <summary>False on a node that was told to leave the jobs to others.</summary>
    public bool RunsHere { get; } = configuration.Switch("Jobs:Enabled", byDefault: true);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var names = Timetable.Rows.Select(row => row.Name).ToList();
        var paused = await db.Settings.Where(s => s.Name.StartsWith("paused-job:")).Select(s => s.Name).ToListAsync(cancellation);
        var last = await db.JobRuns.AsNoTracking().Where(r => names.Contains(r.Job))
            .GroupBy(r => r.Job).Select(runs => runs.OrderByDescending(r => r.Id).First()).ToListAsync(cancellation);
        var scheduler = await schedulers.GetScheduler(cancellation);
        var rows = new List<JobRow>();
        foreach (var row in Timetable.Rows)
        {
            var trigger = await scheduler.GetTrigger(new TriggerKey(row.Name), cancellation);
            rows.Add(new JobRow(row, paused.Contains(Setting.PausedJob(row.Name)), last.Find(run => run.Job == row.Name), trigger?.NextFireTimeUtc?.UtcDateTime));
        }

        Rows = rows;
    }

    public async Task<IActionResult> OnPostRunAsync(string job, CancellationToken cancellation)
    {
        if (Find(job) is not { } row)
            return NotFound();
        db.Audit("started", "Job", details: row.Name);
        await db.SaveChangesAsync(cancellation);
        await jobs.RunAsync(row.Name, User.Identity!.Name!, cancellation);
        return Done($"{row.Title} was started.");
    }

    public async Task<IActionResult> OnPostPauseAsync(string job, CancellationToken cancellation)
    {
        if (Find(job) is not { } row)
            return NotFound();
        if (!await db.Settings.AnyAsync(s => s.Name == Setting.PausedJob(row.Name), cancellation))
        {
            db.Settings.Add(new Setting { Name = Setting.PausedJob(row.Name), Value = User.Identity!.Name! });
            db.Audit("paused", "Job", details: row.Name);
            await db.SaveChangesAsync(cancellation);
        }

        return Done($"{row.Title} is paused.");
    }

    public async Task<IActionResult> OnPostResumeAsync(string job, CancellationToken cancellation)
    {
        if (Find(job) is not { } row)
            return NotFound();
        if (await db.Settings.SingleOrDefaultAsync(s => s.Name == Setting.PausedJob(row.Name), cancellation) is { } paused)
        {
            db.Settings.Remove(paused);
            db.Audit("resumed", "Job", details: row.Name);
            await db.SaveChangesAsync(cancellation);
        }

        return Done($"{row.Title} runs again.");
    }

    private static TimetableRow? Find(string job) => Timetable.Rows.FirstOrDefault(row => row.Name == job);

    private RedirectToPageResult Done(string what)
    {
        this.Toast(what);
        return RedirectToPage();
    }
}
