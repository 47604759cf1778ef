using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads.Board;

/// <summary>Leads as cards in columns by stage, moved by dragging, by keyboard, or by a form.</summary>
public sealed class IndexModel(IntranetDbContext db, ReadBoard board, MoveStage move, TakeBackMove takeBack, TimeProvider clock) : PageModel
{
    internal const string Stale = "Somebody changed this lead in the meantime; it is shown as it is now.";

    [BindProperty(SupportsGet = true)]
    public BoardQuery Query { get; set; } = new();

    public required LeadViewer Viewer { get; set; }
    public IReadOnlyList<BoardColumn> Columns { get; private set; } = [];
    public IReadOnlyList<OwnerChoice> Owners { get; private set; } = [];
    public AllowedMoves Moves { get; private set; } = new([]);
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public BoardProblem? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await ShowAsync(cancellation);

    /// <summary>The next cards of a column.</summary>
    public async Task<IActionResult> OnGetCardsAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid || Query.Stage is not { } stage)
            return NotFound();
        await ReadAsync(cancellation);
        var (cards, hasMore) = await ReadBoard.CardsAsync(await board.FindAsync(Query, Viewer, cancellation), stage, Query.After, cancellation);
        return Partial("_Cards", (this, stage, cards, hasMore));
    }

    /// <summary>A move by form: answers with the page.</summary>
    public async Task<IActionResult> OnPostMoveAsync(int id, Stage? to, Guid? version, string? reason, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var (status, refusal) = await MoveAsync(id, to, version, reason, cancellation);
        if (status == StatusCodes.Status404NotFound)
            return NotFound();
        if (refusal is null)
            return RedirectToPage("Index", Query.Route());
        var name = await db.Leads.Current().VisibleTo(Viewer).Where(lead => lead.Id == id).Select(lead => lead.Name).FirstOrDefaultAsync(cancellation);
        Problem = new BoardProblem(id, name, refusal, to, reason);
        return await ShowAsync(cancellation, status);
    }

    /// <summary>A move by dragging: answers with the card as it is now, the heads of the columns, and what to say.</summary>
    public async Task<IActionResult> OnPostDropAsync(int id, Stage? to, Guid? version, string? reason, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var (status, refusal) = await MoveAsync(id, to, version, reason, cancellation);
        if (status == StatusCodes.Status404NotFound)
            return NotFound();
        Response.StatusCode = status;
        var found = await board.FindAsync(Query, Viewer, cancellation);
        var card = await db.Leads.Current().VisibleTo(Viewer).Where(lead => lead.Id == id).Select(LeadCard.FromLead).FirstOrDefaultAsync(cancellation);
        // Where it is now may be none of the two columns that they had in mind.
        if (status == StatusCodes.Status409Conflict && card is not null)
            refusal = new Refusal("", $"Somebody changed this lead in the meantime; it is shown as it is now, in {card.Stage}.");
        return Partial("_Dropped", (this, card, await ReadBoard.TotalsAsync(found, cancellation), refusal?.Message));
    }

    public async Task<IActionResult> OnPostUndoAsync(int move, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var result = await takeBack.RunAsync(move, Viewer, cancellation);
        if (result is { Lead: null, Refused: null })
            return NotFound();
        this.Toast(result.Refused?.Message ?? $"{result.Lead!.Name} is in {result.Lead.Stage} again.");
        return RedirectToPage("Index", Query.Route());
    }

    private async Task<(int Status, Refusal? Refusal)> MoveAsync(int id, Stage? to, Guid? version, string? reason, CancellationToken cancellation)
    {
        if (to is not { } stage || !Enum.IsDefined(stage))
            return (StatusCodes.Status422UnprocessableEntity, new Refusal("Stage", "Choose a stage."));
        try
        {
            var result = await move.RunAsync(id, stage, reason, version, Viewer, cancellation);
            if (result.Refused is { } refused)
                return (StatusCodes.Status422UnprocessableEntity, refused);
            if (result.Lead is null)
                return (StatusCodes.Status404NotFound, null);
            if (result.Move is { } made)
                this.Toast($"{result.Lead.Name} moved to {stage}.", Url.Page("Index", "Undo", new Dictionary<string, string?>(Query.Route()) { ["move"] = $"{made.Id}" }));
            return (StatusCodes.Status200OK, null);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return (StatusCodes.Status409Conflict, new Refusal("", Stale));
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        Viewer = await User.LeadViewerAsync(db, cancellation);
        Moves = await db.AllowedMoves.AllowedMovesAsync(cancellation);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation, int status = StatusCodes.Status422UnprocessableEntity)
    {
        if (Problem is null)
            await ReadAsync(cancellation);
        Owners = await OwnerChoice.WithAsync(Query.OwnerId, db, Viewer, cancellation);
        if (!ModelState.IsValid || Problem is not null)
            // What is out of date is the page's to show: browsers without script get it as any other page.
            Response.StatusCode = status == StatusCodes.Status409Conflict ? StatusCodes.Status422UnprocessableEntity : status;
        if (!ModelState.IsValid)
            return Page();
        var found = await board.FindAsync(Query, Viewer, cancellation);
        var totals = await ReadBoard.TotalsAsync(found, cancellation);
        var columns = new List<BoardColumn>();
        foreach (var stage in Enum.GetValues<Stage>())
        {
            var after = stage == Query.Stage ? Query.After : null;
            var (cards, hasMore) = totals[stage].Count == 0 ? ([], false) : await ReadBoard.CardsAsync(found, stage, after, cancellation);
            columns.Add(new BoardColumn(stage, totals[stage], cards, hasMore, after is not null));
        }

        Columns = columns;
        return Page();
    }
}
