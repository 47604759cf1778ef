using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Performance;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>Who sees whose leads, what counts as a touch, from when on accounts perform well or not, and which moves are allowed.</summary>
public sealed class SettingsModel(IntranetDbContext db, PreviewLabels preview, ChangeSettings save, JobSignal jobs) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public LeadSettingsInput Input { get; set; } = new();

    /// <summary>What the thresholds in the form would move; null while they can't be read.</summary>
    public IReadOnlyList<PreviewLabels.Move>? Preview { get; private set; }

    /// <summary>Why there is no preview: what is wrong, and with which field.</summary>
    public IEnumerable<(string Field, string Problem)> Problems
        => ModelState.SelectMany(entry => entry.Value!.Errors.Select(error => (Name(entry.Key[(entry.Key.LastIndexOf('.') + 1)..]), error.ErrorMessage)));

    /// <summary>Whether they may change which moves are allowed; who judges accounts sees them.</summary>
    public bool MayChangeMoves => User.IsInRole(Role.Administrator);
    public AllowedMoves Moves { get; private set; } = new([]);

    /// <summary>What was ticked and not saved, because somebody else changed the moves; null: what is stored shows.</summary>
    public AllowedMoves? Ticked { get; private set; }

    /// <summary>With the fields of the form in the address: what they would change.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!Request.Query.ContainsKey("Input.WindowDays"))
        {
            Input = LeadSettingsInput.Of(await db.Settings.LeadSettingsAsync(cancellation));
            ModelState.Clear();
        }

        Input.Version ??= (await db.Settings.LeadSettingsAsync(cancellation)).Version;
        return await ShowAsync(cancellation);
    }

    public IActionResult OnPostPreview(IFormCollection form) => this.Preview(form, nameof(Input));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        var wanted = Input.ToSettings();
        var (isSaved, before) = await save.RunAsync(wanted, Input.Version, stop => db.Settings.LeadSettingsAsync(stop), settings => settings.ToSettings(), cancellation);
        if (!isSaved)
        {
            this.ShowStored(nameof(Input), "these settings", Input, LeadSettingsInput.Of(before), property => property == nameof(Input.Touches) ? LeadSettingsInput.InWords(before.Touches) : null);
            return await ShowAsync(cancellation, isOutOfDate: true);
        }

        // Labels and due days follow from these; all leads are more than a page waits for. Whoever computes already has read what they were.
        var recomputes = before with { TeamCanSee = wanted.TeamCanSee } != wanted && jobs.RunsHere;
        if (recomputes)
            await jobs.QueueAsync<RecomputePerformanceJob>(User.Identity!.Name!, isAnother: true, cancellation);
        this.Toast(recomputes ? "Saved. Labels and due days are being computed anew." : "Saved.");
        return RedirectToPage("Settings");
    }

    /// <param name="allowed">Moves as "New-Contacted".</param>
    /// <param name="version">Of the moves that the form showed.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IActionResult> OnPostMovesAsync(string[] allowed, string? version, CancellationToken cancellation)
    {
        if (!MayChangeMoves)
            return Forbid();
        var wanted = new HashSet<(Stage From, Stage To)>();
        foreach (var text in allowed)
        {
            if (text.Split('-') is not [var one, var other] || !Enum.TryParse<Stage>(one, out var from) || !Enum.TryParse<Stage>(other, out var to) || !Enum.IsDefined(from) || !Enum.IsDefined(to) || from == to)
                return BadRequest();
            wanted.Add((from, to));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.AllowedMoves, cancellation);
        var present = await db.AllowedMoves.ToListAsync(cancellation);
        if (version is not null && version != new AllowedMoves(present.Select(move => (move.From, move.To))).Version)
        {
            await transaction.RollbackAsync(cancellation);
            Ticked = new AllowedMoves(wanted);
            Input = LeadSettingsInput.Of(await db.Settings.LeadSettingsAsync(cancellation));
            ModelState.Clear();
            return await ShowAsync(cancellation, isOutOfDate: true);
        }

        db.AllowedMoves.RemoveRange(present.Where(move => !wanted.Contains((move.From, move.To))));
        db.AllowedMoves.AddRange(wanted.Where(move => !present.Exists(one => one.From == move.From && one.To == move.To)).Select(move => new AllowedMove { From = move.From, To = move.To }));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        this.Toast("Saved.");
        return RedirectToPage("Settings");
    }

    // One of several values is told with its place: Touches[0].
    private string Name(string property)
        => property.Split('[')[0] is var field && MetadataProvider.GetMetadataForProperties(typeof(LeadSettingsInput)).FirstOrDefault(one => one.PropertyName == field) is { } known ? known.GetDisplayName() : property;

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation, bool isOutOfDate = false)
    {
        Moves = await db.AllowedMoves.AllowedMovesAsync(cancellation);
        if (!ModelState.IsValid || isOutOfDate)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        // What is out of date can be read.
        if (!ModelState.IsValid && !isOutOfDate)
            return Page();
        Preview = await preview.RunAsync(Input.ToSettings(), cancellation);
        return Page();
    }
}
