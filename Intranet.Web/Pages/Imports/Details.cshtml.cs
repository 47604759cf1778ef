using System.Globalization;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Auditing;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Imports;

/// <summary>One file: what its columns mean, what each row would do or did, and the decision.</summary>
public sealed class DetailsModel(IntranetDbContext db, ImportFolder folder, ImportProgress progress, JobSignal jobs, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public ImportRowsQuery Query { get; set; } = new();

    [BindProperty]
    public ColumnsInput Input { get; set; } = new();

    public Import Import { get; private set; } = null!;
    public ImportKind Kind { get; private set; } = null!;
    public IReadOnlyList<ImportRowView> Rows { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;

    /// <summary>Whose accounts uploaded, applied and stopped it.</summary>
    public AccountNames Names { get; private set; } = AccountNames.None;

    /// <summary>The rows in the database are those of this state: complete, and not about to change.</summary>
    public bool ShowsRows => Import.State is ImportState.Previewed or ImportState.Stopped or ImportState.Applied;

    /// <summary>How many rows are read or applied; null when it waits to be read.</summary>
    public int? Done => Import.State switch
    {
        ImportState.Reading or ImportState.Applying => Math.Max(progress[Import.Id]?.Rows ?? 0, Import.Progress),
        ImportState.Confirmed when Import.Position > 0 => Import.Progress,
        _ => null,
    };

    /// <summary>Somebody asked it to stop, and it is about to.</summary>
    public bool IsStopping => Import.State == ImportState.Applying && (Import.StoppedBy ?? progress[Import.Id]?.StoppedBy) is not null;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        // Only the filters matter here; the columns come from the import.
        Input = ColumnsInput.Of(Kind, Import);
        if (ModelState.IsValid)
            return await ShowAsync(cancellation);
        Query = new ImportRowsQuery();
        var problem = ModelState.Values.SelectMany(entry => entry.Errors).First().ErrorMessage;
        ModelState.Clear();
        ModelState.AddModelError("", problem);
        await ShowAsync(cancellation);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>The rows in error, to be corrected and uploaded again.</summary>
    public async Task<IActionResult> OnGetErrorsAsync(int id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation) || !ShowsRows)
            return NotFound();
        var rows = db.ImportRows.Where(row => row.ImportId == id && row.Kind == ImportRowKind.Error).OrderBy(row => row.Line)
            .Select(row => ImportErrors.Row.Of(row.Line, row.Changes, row.Column, row.Problem)).AsAsyncEnumerable();
        return new StreamedFile(CsvFile.ContentType, $"{Path.GetFileNameWithoutExtension(Import.FileName)} errors.csv",
            stream => CsvFile.WriteAsync(stream, ImportErrors.Columns(Import), rows, cancellation));
    }

    public Task<IActionResult> OnPostApplyAsync(int id, CancellationToken cancellation)
        // Said twice (a double click, two people) is said once.
        => ChangeAsync(id, import => import.Confirm(Actor.Current.Name) || import.State is ImportState.Confirmed or ImportState.Applying or ImportState.Applied
            ? null : "It is not waiting to be applied any more. This is its state now.", cancellation);

    /// <summary>Takes "apply" back; while it is applied it stops after the rows that are written.</summary>
    public async Task<IActionResult> OnPostCancelAsync(int id, CancellationToken cancellation)
    {
        var by = Actor.Current.Name;
        // Who applies it holds the version, so that it can't change here; wherever that is, it looks at this between batches.
        if (progress[id] is { } work)
            work.Cancel(by);
        else
            await db.Imports.Where(i => i.Id == id && i.State == ImportState.Applying && i.StoppedBy == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.StoppedBy, by), cancellation);
        return await ChangeAsync(id, import => import.State is ImportState.Applying or ImportState.Stopped || (import.State == ImportState.Confirmed && import.Withdraw(by))
            ? null : "There is nothing to cancel any more. This is its state now.", cancellation);
    }

    public async Task<IActionResult> OnPostDiscardAsync(int id, CancellationToken cancellation)
    {
        var answer = await ChangeAsync(id, import => import.Discard() || import.State == ImportState.Discarded ? null : "It can't be discarded any more. This is its state now.", cancellation);
        if (answer is not RedirectToPageResult)
            return answer;
        // What is written keeps its notes.
        await db.ForgetImportRowsAsync(id, after: Import.Position, cancellation);
        folder.Delete(Import.StoredName);
        this.Toast(Import.Written == 0 ? $"{Import.FileName} was discarded. Nothing of it was written."
            : string.Create(CultureInfo.CurrentCulture, $"The rest of {Import.FileName} was discarded. {Import.Written:N0} {(Import.Written == 1 ? "row is" : "rows are")} written."));
        return RedirectToPage("Index");
    }

    public Task<IActionResult> OnPostColumnsAsync(int id, CancellationToken cancellation)
        => ChangeAsync(id, import =>
        {
            var fields = Input.ToFields(ImportKind.Find(import.Kind)!, import, out var problem);
            return fields is null ? problem : import.Remap(fields) ? null : "Its columns can't be changed any more. This is its state now.";
        }, cancellation);

    private async Task<IActionResult> ChangeAsync(int id, Func<Import, string?> change, CancellationToken cancellation)
    {
        // What the URL says about rows doesn't matter to a change.
        ModelState.Clear();
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        var refused = change(Import);
        try
        {
            if (refused is null)
                await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            refused = "Something happened to it at the same moment. This is its state now; try again if it is not what you want.";
        }

        if (refused is not null)
        {
            db.ChangeTracker.Clear();
            ModelState.AddModelError("", refused);
            await LoadAsync(id, cancellation);
            await ShowAsync(cancellation);
            if (Input.Columns.Count == 0)
                Input = ColumnsInput.Of(Kind, Import);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        if (Import.IsAtWork)
            await jobs.WakeAsync<ImportJob>(CancellationToken.None);
        return RedirectToPage("Details", new { id });
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellation)
    {
        if (await db.Imports.SingleOrDefaultAsync(i => i.Id == id, cancellation) is not { } import || User.FindImportKind(import.Kind) is not { } kind)
            return false;
        (Import, Kind) = (import, kind);
        Names = await db.NamesOfAsync([import.CreatedBy, import.AppliedBy, import.StoppedBy], cancellation);
        return true;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        var total = 0;
        if (ShowsRows)
        {
            var found = Query.Of(db.ImportRows.Where(row => row.ImportId == Import.Id));
            total = Query.HasText ? await found.CountAsync(cancellation) : Count(Query.Kind);
            Rows = await found.OrderBy(row => row.Line).Skip((Query.PageNumber - 1) * PageSize).Take(PageSize)
                .Select(row => new ImportRowView(row.Line, row.Kind, row.Label, row.Changes, row.Column, row.Raw, row.Problem)).ToListAsync(cancellation);
        }

        Pager = new Pager(Query.PageNumber, PageSize, total, number => Url.Page("Details", Query.Route(Import.Id, number))!, "#rows");
        return Page();
    }

    public int Count(ImportRowKind? kind) => kind switch
    {
        ImportRowKind.New => Import.NewRows,
        ImportRowKind.Update => Import.UpdatedRows,
        ImportRowKind.Same => Import.SameRows,
        ImportRowKind.Error => Import.ErrorRows,
        _ => Import.Rows,
    };

    /// <summary>"about 20 seconds left"; null as long as nothing can be said.</summary>
    public string? TimeLeft()
    {
        if (Import.Total is not > 0 || progress[Import.Id] is not { } work || Done is not { } done || done <= work.From || done > Import.Total)
            return null;
        var spent = clock.GetUtcNow().UtcDateTime - work.StartedAt;
        var left = (spent / (done - work.From) * (Import.Total.Value - done)).TotalSeconds;
        return spent.TotalSeconds < 2 ? null
            : left < 10 ? "a few seconds left"
            : left < 90 ? string.Create(CultureInfo.CurrentCulture, $"about {Math.Round(left / 10) * 10:0} seconds left")
            : string.Create(CultureInfo.CurrentCulture, $"about {Math.Round(left / 60):0} minutes left");
    }
}
