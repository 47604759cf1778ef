using System.Globalization;
using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>The list of leads: filtered, sorted, as a file, changed in its rows and many at once.</summary>
public sealed partial class IndexModel(IntranetDbContext db, SaveRow save, TakeBackSave saveBack, MoveLeads move, TakeBackMoves moveBack, ReassignLeads reassign, TakeBackReassignment giveBack, DeleteLead delete, TimeProvider clock) : PageModel
{
    internal const string Address = "/leads";
    private const int PageSize = 50;
    private const int MostCounted = 1000;

    [BindProperty(SupportsGet = true)]
    public LeadsQuery Query { get; set; } = new();

    /// <summary>What labels are told by.</summary>
    public LeadSettings Settings { get; private set; } = new();
    public required LeadViewer Viewer { get; set; }
    public IReadOnlyList<LeadListRow> Rows { get; private set; } = [];
    public bool HasMore { get; private set; }
    public bool HasPrevious { get; private set; }

    /// <summary>How many there are, at most one more than are counted.</summary>
    public int Total { get; private set; }
    public bool IsCapped => Total > MostCounted;
    public int TotalShown => Math.Min(Total, MostCounted);
    public IReadOnlyList<OwnerChoice> Owners { get; private set; } = [];

    /// <summary>They, and who is chosen.</summary>
    public IReadOnlyList<OwnerChoice> OwnerFilter { get; private set; } = [];
    public bool IsWrong { get; private set; }
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        Settings = await db.Settings.LeadSettingsAsync(HttpContext.RequestAborted);
        Viewer = User.LeadViewer(Settings);
        // The address alone: what forms send is told at their fields.
        IsWrong = ModelState.Any(entry => entry.Value!.Errors.Count > 0 && !entry.Key.StartsWith("row.", StringComparison.OrdinalIgnoreCase) && !entry.Key.StartsWith("view.", StringComparison.OrdinalIgnoreCase));
        await next();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await ShowAsync(cancellation);

    /// <summary>Whether numbers of several currencies stand under each other.</summary>
    public bool HasCurrencies => Rows.Where(row => row.Value is not null).Select(row => row.Currency).Distinct().Skip(1).Any();

    private RedirectResult Back() => Redirect(Url.Page("Index", Query.Here())!);

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Owners = await OwnerChoice.AllAsync(db, cancellation);
        OwnerFilter = await OwnerChoice.WithAsync(Owners, Query.OwnerId, db, Viewer, cancellation);
        Views = await db.SavedLists.Where(list => list.Page == Address && (list.OwnerId == Viewer.UserId || list.IsShared)).OrderBy(list => list.Name).Take(100)
            .Select(list => new ViewRow(list.Id, list.Name, list.Query, list.IsShared, list.OwnerId == Viewer.UserId, list.Owner!.DisplayName)).ToListAsync(cancellation);
        if (IsWrong)
            return Page();
        if (Editing is not null)
            Moves = await db.AllowedMoves.AllowedMovesAsync(cancellation);
        var found = await Query.FindAsync(db, Viewer, Now, cancellation);
        // The first page and the count are one question: ids alone, as far as is counted. The leads are read for those that show.
        var first = await Query.Order.PageAsync(db, found, null, MostCounted + 1, cancellation);
        Total = first.Count;
        var shown = await ShownAsync(found, first, cancellation);
        if (Kept is { } kept && !shown.Contains(kept))
            shown = [kept, .. shown];
        // As one parameter: of a statement with fifty the text is put together anew each time.
        var rows = await db.Leads.Where(lead => EF.Parameter(shown).Contains(lead.Id)).Select(LeadListRow.FromLead).ToDictionaryAsync(row => row.Id, cancellation);
        Rows = [.. shown.Where(rows.ContainsKey).Select(id => rows[id])];
        return Page();
    }

    private async Task<int[]> ShownAsync(FoundLeads found, List<int> first, CancellationToken cancellation)
    {
        if (Query.End is { } end && await Query.Order.PageBeforeAsync(db, found, end, PageSize + 1, cancellation) is { Count: > PageSize } before)
        {
            (HasPrevious, HasMore) = (true, true);
            return [.. before.Skip(1)];
        }

        // Before the second page is the first, and that begins where the list does.
        var start = Query.End is null ? Query.Start : null;
        var ids = start is null ? first : await Query.Order.PageAsync(db, found, start, PageSize + 1, cancellation);
        (HasPrevious, HasMore) = (start is not null, ids.Count > PageSize);
        return [.. ids.Take(PageSize)];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
