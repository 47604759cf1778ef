using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Contacts;
using Intranet.Data.Jobs;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>From which probability on pairs are reviewed or linked, how many that means, and the scan that finds them.</summary>
public sealed class SettingsModel(IntranetDbContext db, ChangeSettings save, JobSignal jobs, TimeProvider clock) : PageModel
{
    [BindProperty]
    public DuplicateSettingsInput Input { get; set; } = new();

    /// <summary>How many stored pairs the thresholds in the form mean; null while they can't be read.</summary>
    public (int Review, int Automatic)? Preview { get; private set; }

    /// <summary>The scan that waits, runs or ran last.</summary>
    public JobRun? Scan { get; private set; }
    public bool IsScanning => Scan?.Result is JobResult.Queued or JobResult.Running;
    public bool RunsHere => jobs.RunsHere;

    /// <param name="review">As typed, for the preview; what is saved by default.</param>
    /// <param name="automatic">The same.</param>
    /// <param name="links">As ticked, where the whole form is sent.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IActionResult> OnGetAsync(
        [Bind(Prefix = "Input.Review")] string? review, [Bind(Prefix = "Input.Automatic")] string? automatic, [Bind(Prefix = "Input.LinksAutomatically")] bool? links, CancellationToken cancellation)
    {
        Input = DuplicateSettingsInput.Of(await db.Settings.MatchSettingsAsync(cancellation));
        ModelState.Clear();
        if (review is not null || automatic is not null)
        {
            // Fields of type number send their value in one way, whatever the culture.
            Input.Review = Number(review);
            Input.Automatic = Number(automatic);
            Input.LinksAutomatically = links ?? Input.LinksAutomatically;
            TryValidateModel(Input, nameof(Input));
        }

        return await ShowAsync(cancellation);
    }

    /// <summary>How far the scan is, asked every second: counting pairs takes too long for that.</summary>
    public async Task<IActionResult> OnGetScanAsync(CancellationToken cancellation)
    {
        await FindScanAsync(cancellation);
        return Partial("_Scan", this);
    }

    public IActionResult OnPostPreview(IFormCollection form) => this.Preview(form, nameof(Input));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        var (isSaved, before) = await save.RunAsync(Input.ToSettings(), Input.Version, stop => db.Settings.MatchSettingsAsync(stop), settings => settings.ToSettings(), cancellation);
        if (!isSaved)
        {
            this.ShowStored(nameof(Input), "these settings", Input, DuplicateSettingsInput.Of(before));
            return await ShowAsync(cancellation, isOutOfDate: true);
        }

        this.Toast("Saved.");
        return RedirectToPage();
    }

    /// <param name="anew">Also pairs of contacts that are as the last scan saw them.</param>
    public async Task<IActionResult> OnPostScanAsync(bool anew, CancellationToken cancellation)
    {
        if (RunsHere)
        {
            if (anew)
                await db.JudgeAnewAsync(clock, cancellation);
            // What runs already has begun to judge by what was said before.
            await jobs.QueueAsync<ScanDuplicatesJob>(User.Identity!.Name!, isAnother: anew, cancellation);
        }

        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostCancelAsync(int run, CancellationToken cancellation)
    {
        var job = Timetable.NameOf(typeof(ScanDuplicatesJob));
        if (await db.JobRuns.FirstOrDefaultAsync(r => r.Id == run && r.Job == job, cancellation) is not { } scan)
            return NotFound();
        this.Toast(scan.Cancel(User.Identity!.Name!) ? "The scan is asked to stop." : "The scan had ended already.");
        await db.SaveChangesAsync(cancellation);
        return RedirectToPage();
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation, bool isOutOfDate = false)
    {
        await FindScanAsync(cancellation);
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        // What is out of date can be read.
        if (!ModelState.IsValid && !isOutOfDate)
            return Page();

        var (review, automatic) = (Input.ToSettings().Review, Input.ToSettings().Automatic);
        // What was put off waits whatever the threshold; and a scan links what likeness put up, nothing else.
        var open = db.DuplicatePairs.Standing().Where(p => p.State == PairState.Open);
        Preview = (await open.CountAsync(p => p.Probability >= review, cancellation), await open.CountAsync(p => p.Cause == PairCause.Likeness && p.Probability >= automatic, cancellation));
        return Page();
    }

    private async Task FindScanAsync(CancellationToken cancellation)
    {
        var job = Timetable.NameOf(typeof(ScanDuplicatesJob));
        Scan = await db.JobRuns.AsNoTracking().Where(r => r.Job == job).OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellation);
        Names = await db.NamesOfAsync([Scan?.StartedBy, Scan?.CancelledBy], cancellation);
    }

    /// <summary>Whose accounts started and stopped the scan.</summary>
    public AccountNames Names { get; private set; } = AccountNames.None;

    private static decimal? Number(string? text)
        => decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
