using Intranet.Data;
using Intranet.Data.Jobs;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin.Jobs;

/// <summary>The history of one job.</summary>
public sealed class DetailsModel(IntranetDbContext db) : PageModel
{
    public TimetableRow Job { get; private set; } = null!;
    public IReadOnlyList<JobRun> Runs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string job, CancellationToken cancellation)
    {
        if (Timetable.Rows.FirstOrDefault(row => row.Name == job) is not { } row)
            return NotFound();
        Job = row;
        Runs = await db.JobRuns.AsNoTracking().Where(r => r.Job == job).OrderByDescending(r => r.Id).Take(JobRunQueries.Kept).ToListAsync(cancellation);
        return Page();
    }
}
