using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>One lead: what it is, who is there, what happened and what is next. Each thing that can be changed has its own form.</summary>
public sealed partial class DetailsModel(
    IntranetDbContext db, MoveStage moveStage, TakeBackMove takeBack, SetCallPlan setPlan, AddPoc addPoc, ChangePoc changePoc, RemovePoc removePoc, LogInteraction log, EditInteraction edit, CorrectInteraction correct, SetManualLabel setLabel,
    TimeProvider clock) : PageModel
{
    /// <summary>Where the timeline begins.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    /// <summary>The interaction whose form is open.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Change { get; set; }

    public required LeadPage View { get; set; }
    public LeadViewer Viewer { get; private set; } = new(0, false, false, false);
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    // What the forms show: what is, or what was typed and refused.
    public MoveInput Move { get; private set; } = new();
    public PlanInput? Plan { get; private set; }
    public PocInput Poc { get; private set; } = new();
    public InteractionInput Log { get; private set; } = new() { Outcome = CallOutcome.Reached };
    public InteractionInput? Changed { get; private set; }
    public LabelInput Label { get; private set; } = new();

    /// <summary>Name of the form that was refused.</summary>
    public string? Failed { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        Viewer = await User.LeadViewerAsync(db, cancellation);
        if (await LeadPage.ReadAsync(db, id, TimelinePlace.Parse(Before), Viewer, Now, cancellation) is not { } view)
            return NotFound();
        View = view;
        Plan ??= PlanInput.Of(view.Lead);
        if (Changed is null && view.Timeline.Rows.FirstOrDefault(row => row.Id == Change) is { } row)
            Changed = row.ToInput(view.Lead.Currency, HttpContext.Zone());
        return Page();
    }

    public async Task<IActionResult> OnPostMoveAsync(int id, [Bind(Prefix = nameof(Move))] MoveInput input, CancellationToken cancellation)
    {
        Move = input;
        return await DoAsync(id, nameof(Move), async () =>
        {
            var result = await moveStage.RunAsync(id, input.Stage!.Value, input.Reason, input.Version, Viewer, cancellation);
            return result.Refused is not null ? result.Refused : result.Lead is null ? Missing
                : Done($"Moved to {input.Stage}.", result.Move is { } made ? Url.Page("Details", "TakeBack", new { id, move = made.Id }) : null);
        }, cancellation);
    }

    /// <summary>Undoes a move: the lead is where it was, since when it was.</summary>
    public Task<IActionResult> OnPostTakeBackAsync(int id, int move, CancellationToken cancellation)
        => DoAsync(id, nameof(Move), async () =>
        {
            if (!await db.StageMoves.AnyAsync(one => one.Id == move && one.LeadId == id, cancellation))
                return Missing;
            var result = await takeBack.RunAsync(move, Viewer, cancellation);
            return result.Refused is not null ? result.Refused : result.Lead is { } lead ? Done($"Back in {lead.Stage}.") : Missing;
        }, cancellation);

    public async Task<IActionResult> OnPostPlanAsync(int id, [Bind(Prefix = nameof(Plan))] PlanInput input, CancellationToken cancellation)
    {
        Plan = input;
        return await DoAsync(id, nameof(Plan), async () =>
        {
            var result = await setPlan.RunAsync(id, input.Plan, input.Version, Viewer, cancellation);
            return result.Refused is not null ? result.Refused : result.Lead is not { } lead ? Missing
                : Done(lead.NextDueOn is { } day ? $"Saved. Next due {InteractionWords.Day(day, LocalDay.Of(Now, LocalDay.Zone(lead.TimeZone)))}." : "Saved.");
        }, cancellation);
    }

    private static readonly Refusal Missing = new("\0", "There is no such lead.");

    /// <summary>
    /// What every form of this page has in common: the lead must be there for who sends it, what was refused comes back with
    /// what was typed, and what was done shows on the page as it is then.
    /// </summary>
    private async Task<IActionResult> DoAsync(int id, string form, Func<Task<Refusal?>> act, CancellationToken cancellation)
    {
        Viewer = await User.LeadViewerAsync(db, cancellation);
        if (!await db.Leads.Current().VisibleTo(Viewer).AnyAsync(lead => lead.Id == id, cancellation))
            return NotFound();
        if (ModelState.IsValid)
        {
            try
            {
                if (await act() is not { } refused)
                    return RedirectToPage("Details", null, new { id, Before });
                if (refused == Missing)
                    return NotFound();
                ModelState.AddModelError(refused.Field.Length == 0 ? "" : $"{form}.{refused.Field}", refused.Message);
            }
            catch (DbUpdateConcurrencyException)
            {
                // The page shows what is now, its forms in the version of now.
                if (!await ShowStoredAsync(id, form, cancellation))
                    ModelState.AddModelError("", "Somebody changed this in the meantime. What it is now stands on this page, what you typed in the form; send it again if it is still right.");
            }
        }

        db.ChangeTracker.Clear();
        Failed = form;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await OnGetAsync(id, cancellation);
    }

    // False where there is nothing to compare: a button alone was pressed.
    private async Task<bool> ShowStoredAsync(int id, string form, CancellationToken cancellation)
    {
        var lead = await db.Leads.AsNoTracking().Current().EditableBy(Viewer).FirstOrDefaultAsync(lead => lead.Id == id, cancellation);
        if (lead is null)
            return false;
        if (form == nameof(Plan))
        {
            this.ShowStored(nameof(Plan), "this lead", Plan!, PlanInput.Of(lead));
        }
        else if (form == nameof(Move) && Move.Version is not null)
        {
            this.ShowStored(nameof(Move), "this lead", Move, new MoveInput { Stage = lead.Stage, Reason = Move.Reason, Version = lead.Version });
        }
        else if (form == nameof(Label) && Label.Version is not null && await db.LeadPerformance.AsNoTracking().FirstOrDefaultAsync(one => one.LeadId == id, cancellation) is { } performance)
        {
            this.ShowStored(nameof(Label), "the label", Label, LabelInput.Of(performance), property => property == nameof(LabelInput.Label) && performance.ManualLabel is null ? "none set by hand" : null);
        }
        else if (form == nameof(Changed) && await db.Interactions.Where(one => one.Id == Change && one.LeadId == id).Select(TimelineRow.FromInteraction).FirstOrDefaultAsync(cancellation) is { } row)
        {
            var poc = row.PocId is null ? "nobody" : (await db.PocPeopleAsync([id], removed: true, cancellation))[id].FirstOrDefault(one => one.Id == row.PocId)?.Name;
            this.ShowStored(nameof(Changed), "this entry", Changed!, row.ToInput(lead.Currency, HttpContext.Zone()), property => property switch
            {
                nameof(InteractionInput.PocId) => poc,
                nameof(InteractionInput.Outcome) => row.Outcome is { } outcome ? InteractionWords.Of(outcome) : null,
                _ => null,
            });
        }
        else
        {
            return false;
        }

        return true;
    }

    private Refusal? Done(string text, string? undo = null)
    {
        this.Toast(text, undo);
        return null;
    }
}
