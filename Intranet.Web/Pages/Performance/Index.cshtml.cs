using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Jobs;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Leads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Performance;

/// <summary>Leads by how their orders do, and why. Pages continue after the last lead shown.</summary>
public sealed class IndexModel(IntranetDbContext db, JobSignal jobs, IAuthorizationService authorization, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public PerformanceQuery Query { get; set; } = new();

    public IReadOnlyList<PerformanceRow> Rows { get; private set; } = [];
    public bool HasMore { get; private set; }

    /// <summary>How long the lists are; null with filters for which nobody counts.</summary>
    public PerformanceCounts? Counts { get; private set; }
    public LeadSettings Settings { get; private set; } = new();
    public IReadOnlyList<OwnerChoice> Owners { get; private set; } = [];

    /// <summary>The run that computes, waits to, or did last; null where there was none.</summary>
    public JobRun? Run { get; private set; }

    /// <summary>Who had it computed, by name.</summary>
    public string? StartedBy { get; private set; }
    public bool IsComputing => Run?.Result is JobResult.Queued or JobResult.Running;
    public bool RunsHere => jobs.RunsHere;
    public bool CanRecompute { get; private set; }

    /// <summary>Somebody watches the run: what they see below is older than its end.</summary>
    public bool WasFollowed { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await FindRunAsync(cancellation);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        Settings = await db.Settings.LeadSettingsAsync(cancellation);
        var viewer = await User.LeadViewerAsync(db, cancellation);
        var found = await Query.FindAsync(db, viewer, cancellation);
        // Ids first: where the list has to be sorted, all that shows would be sorted with it.
        var ids = await found.Select(row => row.Performance.LeadId).Take(PageSize + 1).ToListAsync(cancellation);
        HasMore = ids.Count > PageSize;
        var shown = ids.Take(PageSize).ToArray();
        var rows = await PerformanceQuery.Judged(db, db.Leads.Where(lead => shown.Contains(lead.Id))).Select(PerformanceRow.FromLead).ToDictionaryAsync(row => row.Id, cancellation);
        Rows = [.. shown.Where(rows.ContainsKey).Select(id => rows[id])];
        // Who sees own leads only counts those, and nothing of others.
        if (!Query.HasOtherFilters && (viewer.SeesAll || (Query.Owner ?? viewer.UserId) == viewer.UserId))
            Counts = await db.PerformanceCountsAsync(viewer.SeesAll ? Query.Owner : viewer.UserId, cancellation);
        if (viewer.SeesAll)
            Owners = await OwnerChoice.WithAsync(Query.Owner, db, viewer, cancellation);
        return Page();
    }

    /// <summary>How far the computing is, asked every second.</summary>
    public async Task<IActionResult> OnGetRecomputeAsync(CancellationToken cancellation)
    {
        await FindRunAsync(cancellation);
        WasFollowed = true;
        return Partial("_Recompute", this);
    }

    /// <summary>Exactly the list as CSV, streamed.</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
        => await FileAsync("csv", cancellation) is not { } rows ? NotFound()
            : new StreamedFile(CsvFile.ContentType, $"performance-{PerformanceQuery.Word(Query.List)}.csv", stream => CsvFile.WriteAsync(stream, PerformanceRow.Columns(Settings.WindowDays), rows, cancellation));

    public async Task<IActionResult> OnGetXlsxAsync(CancellationToken cancellation)
    {
        if (await FileAsync("xlsx", cancellation) is not { } rows)
            return NotFound();
        var title = $"Performance: {Query.InWords}, exported on {HttpContext.Exact(clock.GetUtcNow().UtcDateTime)} by {User.Identity!.Name}";
        return new StreamedFile(Workbook.ContentType, $"performance-{PerformanceQuery.Word(Query.List)}.xlsx",
            stream => Workbook.WriteAsync(stream, title, "Performance", PerformanceRow.Columns(Settings.WindowDays), rows, cancellation));
    }

    public async Task<IActionResult> OnPostRecomputeAsync(CancellationToken cancellation)
    {
        if (!await IsLeadAsync())
            return Forbid();
        if (RunsHere)
            await jobs.QueueAsync<RecomputePerformanceJob>(User.Identity!.Name!, cancellation: cancellation);
        return RedirectToPage("Index", null, Query.Route());
    }

    public async Task<IActionResult> OnPostCancelAsync(int run, CancellationToken cancellation)
    {
        if (!await IsLeadAsync())
            return Forbid();
        var job = Timetable.NameOf(typeof(RecomputePerformanceJob));
        if (await db.JobRuns.FirstOrDefaultAsync(r => r.Id == run && r.Job == job, cancellation) is not { } computing)
            return NotFound();
        this.Toast(computing.Cancel(User.Identity!.Name!) ? "It is asked to stop." : "It had ended already.");
        await db.SaveChangesAsync(cancellation);
        return RedirectToPage("Index", null, Query.Route());
    }

    // Who took what is noted before the first byte leaves.
    private async Task<IAsyncEnumerable<PerformanceRow>?> FileAsync(string format, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return null;
        Settings = await db.Settings.LeadSettingsAsync(cancellation);
        Query.After = null;
        var found = await Query.FindAsync(db, await User.LeadViewerAsync(db, cancellation), cancellation);
        db.Audit("exported", nameof(Lead), details: $"Performance ({Query.InWords}) as {format}");
        await db.SaveChangesAsync(cancellation);
        return found.Select(PerformanceRow.FromLead).AsAsyncEnumerable();
    }

    private async Task FindRunAsync(CancellationToken cancellation)
    {
        var job = Timetable.NameOf(typeof(RecomputePerformanceJob));
        Run = await db.JobRuns.AsNoTracking().Where(run => run.Job == job).OrderByDescending(run => run.Id).FirstOrDefaultAsync(cancellation);
        if (IsComputing && Run is { } last)
            StartedBy = (await db.NamesOfAsync([last.StartedBy], cancellation)).Of(last.StartedBy);
        CanRecompute = await IsLeadAsync();
    }

    private async Task<bool> IsLeadAsync() => (await authorization.AuthorizeAsync(User, Access.SalesLead)).Succeeded;
}
