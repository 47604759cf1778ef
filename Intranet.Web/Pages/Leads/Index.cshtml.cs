using System.Globalization;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Data.Reports;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>The list of leads: filtered, sorted, as a file, changed in its rows and many at once.</summary>
public sealed class IndexModel(IntranetDbContext db, SaveRow save, TakeBackSave saveBack, MoveStage move, TakeBackMove moveBack, ReassignLeads reassign, TakeBackReassignment giveBack, DeleteLead delete, TimeProvider clock) : PageModel
{
    internal const string Address = "/leads";
    private const int PageSize = 50;
    private const int MostCounted = 1000;

    [BindProperty(SupportsGet = true)]
    public LeadsQuery Query { get; set; } = new();

    /// <summary>The row that is open for changes.</summary>
    [FromQuery(Name = "edit")]
    public int? Editing { get; set; }

    public required LeadViewer Viewer { get; set; }
    public IReadOnlyList<LeadListRow> Rows { get; private set; } = [];
    public bool HasMore { get; private set; }
    public bool HasPrevious { get; private set; }

    /// <summary>How many there are, at most one more than are counted.</summary>
    public int Total { get; private set; }
    public bool IsCapped => Total > MostCounted;
    public int TotalShown => Math.Min(Total, MostCounted);
    public IReadOnlyList<OwnerChoice> Owners { get; private set; } = [];
    public IReadOnlyList<ViewRow> Views { get; private set; } = [];
    public AllowedMoves Moves { get; private set; } = new([]);

    /// <summary>What is in the row that is open, where it was sent and not saved.</summary>
    public RowInput? Row { get; private set; }
    public ViewInput? View { get; private set; }

    /// <summary>Why what was wanted for the selected leads was not done.</summary>
    public string? BulkProblem { get; private set; }
    public IReadOnlyCollection<int> Selected { get; private set; } = [];
    public bool IsWrong { get; private set; }
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        Viewer = await User.LeadViewerAsync(db, HttpContext.RequestAborted);
        // The address alone: what forms send is told at their fields.
        IsWrong = ModelState.Any(entry => entry.Value!.Errors.Count > 0 && !entry.Key.StartsWith("row.", StringComparison.OrdinalIgnoreCase) && !entry.Key.StartsWith("view.", StringComparison.OrdinalIgnoreCase));
        await next();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await ShowAsync(cancellation);

    /// <summary>Exactly the filter as CSV, streamed.</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
        => await FileAsync("csv", cancellation) is not { } rows ? NotFound() : Csv(rows, cancellation);

    public async Task<IActionResult> OnGetXlsxAsync(CancellationToken cancellation)
    {
        if (await FileAsync("xlsx", cancellation) is not { } rows)
            return NotFound();
        var title = $"Leads, exported on {HttpContext.Exact(Now)} by {User.Identity!.Name}";
        return new StreamedFile(Workbook.ContentType, "leads.xlsx", stream => Workbook.WriteAsync(stream, title, "Leads", LeadExportRow.Columns, rows, cancellation));
    }

    public async Task<IActionResult> OnPostRowAsync(RowInput row, CancellationToken cancellation)
    {
        (Row, Editing) = (row, row.Id);
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        var saved = await save.RunAsync(row, Viewer, cancellation);
        if (!saved.IsFound)
            return NotFound();
        if (saved.IsStale)
        {
            ModelState.Clear();
            ModelState.AddModelError("row.Version", SaveRow.Stale);
            Row = null;
            return await ShowAsync(cancellation);
        }

        if (saved.Refused is { } refused)
        {
            ModelState.AddModelError($"row.{refused.Field}", refused.Message);
            return await ShowAsync(cancellation);
        }

        // What it was before goes with the address of the undo; what is there now is found by the version.
        this.Toast("Saved.", saved.Done is not { } done ? null : Url.Page("Index", "RowBack", new Dictionary<string, string?>(Query.Here("id", Text(row.Id)))
        {
            ["version"] = $"{done.Version}",
            ["move"] = done.Move is { } made ? Text(made) : null,
            ["at"] = done.GivenAt is { } at ? Instant.ToText(at) : null,
            ["step"] = done.NextStep,
        }));
        return Back();
    }

    /// <summary>Undoes what was saved in a row.</summary>
    /// <param name="id">Of the lead.</param>
    /// <param name="version">The lead's after it was saved.</param>
    /// <param name="move">The move between stages, if there was one.</param>
    /// <param name="at">When it was given to another, in ticks, if it was.</param>
    /// <param name="step">The next step of before.</param>
    public async Task<IActionResult> OnPostRowBackAsync(int id, Guid version, int? move, long? at, string? step, CancellationToken cancellation)
    {
        var given = Instant.Of(at);
        if (given is null != at is null || step?.Length > 500)
            return NotFound();
        var result = await saveBack.RunAsync(new TakeBackSave.Request(id, version, move, given, step), Viewer, cancellation);
        if (!result.IsFound)
            return NotFound();
        this.Toast(result.IsBack ? "Taken back: the lead is as it was." : "This can't be taken back any more: the lead has changed since, or it is too long ago.");
        return Back();
    }

    public async Task<IActionResult> OnPostReassignAsync(int[] ids, int? to, CancellationToken cancellation)
    {
        Selected = ids;
        if (ids.Length == 0 || to is null)
            return await RefusedAsync(ids.Length == 0 ? "Select the leads first." : "Choose who gets them.", cancellation);
        var result = await reassign.RunAsync(new ReassignLeads.Request(ids, null, [to.Value]), Viewer, cancellation);
        if (result.Refused is { } refused)
            return await RefusedAsync(refused.Message, cancellation);
        var rest = string.Concat(result.Unchanged > 0 ? $" {LeadWords.Count(result.Unchanged)} had that owner already." : "", result.Missing > 0 ? $" {LeadWords.Count(result.Missing)} are not yours to give." : "");
        var name = await db.Users.Where(user => user.Id == to).Select(user => user.DisplayName).FirstAsync(cancellation);
        this.Toast(
            $"{LeadWords.Count(result.Moved.Count)} given to {name}.{rest}",
            result.Moved.Count == 0 ? null : Url.Page("Index", "GiveBack", new Dictionary<string, string?>(Query.Here()) { ["to"] = Text(to.Value), ["at"] = Instant.ToText(result.At) }));
        return Back();
    }

    /// <summary>Undoes a reassignment: who had the leads has them again, unless they went on meanwhile.</summary>
    /// <param name="to">Who got them.</param>
    /// <param name="at">When, in ticks.</param>
    public async Task<IActionResult> OnPostGiveBackAsync(int to, long at, CancellationToken cancellation)
    {
        if (Instant.Of(at) is not { } instant)
            return NotFound();
        var result = await giveBack.RunAsync(to, instant, Viewer, cancellation);
        if (result is { Back: 0, Stayed: 0 })
            return NotFound();
        this.Toast(LeadWords.TakenBack(result.Back, result.Stayed));
        return Back();
    }

    public async Task<IActionResult> OnPostMoveAsync(int[] ids, Stage? moveTo, string? reason, CancellationToken cancellation)
    {
        Selected = ids;
        if (ids.Length is 0 or > PageSize || moveTo is not { } to || !Enum.IsDefined(to))
            return await RefusedAsync(ids.Length == 0 ? "Select the leads first." : "Choose a stage.", cancellation);
        if (to == Stage.Closed && string.IsNullOrWhiteSpace(reason))
            return await RefusedAsync("Say why they are closed.", cancellation);
        var (moved, refusals) = (new List<int>(), new List<string>());
        foreach (var id in ids.Distinct())
        {
            var result = await move.RunAsync(id, to, reason, version: null, Viewer, cancellation);
            if (result.Move is { } made)
                moved.Add(made.Id);
            if (result.Refused is { } refused)
                refusals.Add(refused.Message);
            else if (result.Lead is null)
                refusals.Add("Not every lead is yours to move.");
        }

        if (moved.Count == 0 && refusals.Count > 0)
            return await RefusedAsync(string.Join(' ', refusals.Distinct()), cancellation);
        this.Toast(
            $"{LeadWords.Count(moved.Count)} moved to {to}.{(refusals.Count > 0 ? $" {LeadWords.Count(refusals.Count)} stayed: {string.Join(' ', refusals.Distinct())}" : "")}",
            moved.Count == 0 ? null : Url.Page("Index", "MoveBack", new Dictionary<string, string?>(Query.Here()) { ["moves"] = string.Join('-', moved.Select(one => Text(one))) }));
        return Back();
    }

    /// <summary>Undoes moves between stages that were made together: each lead that hasn't gone on meanwhile is where it was.</summary>
    /// <param name="moves">Their ids, with hyphens between.</param>
    public async Task<IActionResult> OnPostMoveBackAsync(string? moves, CancellationToken cancellation)
    {
        var ids = (moves ?? "").Split('-', PageSize + 1).Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Distinct().ToList();
        if (ids.Count > PageSize || ids.Contains(0))
            return NotFound();
        var (back, stayed) = (0, 0);
        foreach (var id in ids)
        {
            var result = await moveBack.RunAsync(id, Viewer, cancellation);
            back += result.Lead is null ? 0 : 1;
            stayed += result.Lead is null ? 1 : 0;
        }

        this.Toast(LeadWords.TakenBack(back, stayed));
        return Back();
    }

    /// <summary>The selected rows as CSV.</summary>
    public async Task<IActionResult> OnPostSelectedAsync(int[] ids, CancellationToken cancellation)
    {
        if (ids.Length is 0 or > PageSize)
            return await RefusedAsync("Select the leads first.", cancellation);
        var found = db.Leads.VisibleTo(Viewer).Where(lead => ids.Contains(lead.Id));
        await NoteExportAsync("selected", "csv", cancellation);
        return Csv(Query.Order.Sort(found).Select(LeadExportRow.FromLead).AsAsyncEnumerable(), cancellation);
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancellation)
    {
        if (!await delete.RunAsync(id, Viewer, cancellation))
            return NotFound();
        this.Toast("Deleted.", Url.Page("Index", "Restore", new Dictionary<string, string?>(Query.Route()) { ["id"] = id.ToString(CultureInfo.InvariantCulture) }));
        return Back();
    }

    public async Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancellation)
    {
        if (!await delete.RestoreAsync(id, Viewer, cancellation))
            return NotFound();
        this.Toast("Restored.");
        return Back();
    }

    public async Task<IActionResult> OnPostSaveViewAsync(ViewInput view, CancellationToken cancellation)
    {
        View = view;
        var query = Query.ToQueryString();
        // A letter that isn't English takes nine characters of an address.
        if (query.Length > SavedList.LongestQuery)
            ModelState.AddModelError("view.Name", $"These filters are too long to be kept: {query.Length} characters of an address, at most {SavedList.LongestQuery}. Search for less.");
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        db.SavedLists.Add(new SavedList { Name = view.Name!, Page = Address, Query = query, OwnerId = Viewer.UserId, IsShared = view.IsShared, CreatedAt = Now });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            db.ChangeTracker.Clear();
            ModelState.AddModelError("view.Name", "You have a view of this name.");
            return await ShowAsync(cancellation);
        }

        this.Toast("View saved.");
        return Back();
    }

    public async Task<IActionResult> OnPostShareViewAsync(int id, bool shared, CancellationToken cancellation)
    {
        if (await db.SavedLists.FirstOrDefaultAsync(list => list.Id == id && list.Page == Address && list.OwnerId == Viewer.UserId, cancellation) is not { } list)
            return NotFound();
        list.IsShared = shared;
        await db.SaveChangesAsync(cancellation);
        this.Toast(shared ? "The team sees this view." : "Only you see this view.");
        return Back();
    }

    public async Task<IActionResult> OnPostDeleteViewAsync(int id, CancellationToken cancellation)
    {
        if (await db.SavedLists.FirstOrDefaultAsync(list => list.Id == id && list.Page == Address && list.OwnerId == Viewer.UserId, cancellation) is not { } list)
            return NotFound();
        db.SavedLists.Remove(list);
        await db.SaveChangesAsync(cancellation);
        // To undo is to save it again, with the filters that the address of the undo carries.
        this.Toast("View deleted.", $"{Url.Page("Index", "SaveView", new Dictionary<string, string?> { ["view.Name"] = list.Name, ["view.IsShared"] = list.IsShared ? "true" : "false" })}&{list.Query}");
        return Back();
    }

    private RedirectResult Back() => Redirect(Url.Page("Index", Query.Here())!);

    private async Task<IActionResult> RefusedAsync(string problem, CancellationToken cancellation)
    {
        BulkProblem = problem;
        ModelState.AddModelError("bulk", problem);
        return await ShowAsync(cancellation);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Owners = await OwnerChoice.AllAsync(db, cancellation);
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
        var rows = await db.Leads.Where(lead => shown.Contains(lead.Id)).Select(LeadListRow.FromLead).ToDictionaryAsync(row => row.Id, cancellation);
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

    private static StreamedFile Csv(IAsyncEnumerable<LeadExportRow> rows, CancellationToken cancellation)
        => new(CsvFile.ContentType, "leads.csv", stream => CsvFile.WriteAsync(stream, LeadExportRow.Columns, rows, cancellation));

    private async Task<IAsyncEnumerable<LeadExportRow>?> FileAsync(string format, CancellationToken cancellation)
    {
        if (IsWrong)
            return null;
        var found = await Query.FindAsync(db, Viewer, Now, cancellation);
        await NoteExportAsync(Query.InWords, format, cancellation);
        return Query.Order.Sort(found.All).Select(LeadExportRow.FromLead).AsAsyncEnumerable();
    }

    // Who took what is noted before the first byte leaves.
    private async Task NoteExportAsync(string what, string format, CancellationToken cancellation)
    {
        db.Audit("exported", nameof(Lead), details: $"Leads ({what}) as {format}");
        await db.SaveChangesAsync(cancellation);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A saved view, as its link shows.</summary>
public sealed record ViewRow(int Id, string Name, string Query, bool IsShared, bool IsMine, string Owner);
