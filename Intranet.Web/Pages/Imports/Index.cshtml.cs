using System.ComponentModel.DataAnnotations;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Auditing;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Imports;

/// <summary>Takes files in, and lists those that came before.</summary>
[TakesFiles]
public sealed class IndexModel(IntranetDbContext db, ReceiveImport receive, JobSignal jobs) : PageModel
{
    private const int PageSize = 20;

    [BindProperty]
    public ImportInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ImportListRow> Rows { get; private set; } = [];
    public bool IsAtWork => Rows.Any(row => row.State is ImportState.Uploaded or ImportState.Reading or ImportState.Confirmed or ImportState.Applying);
    public int Total { get; private set; }
    public Pager Pager => new(PageNumber, PageSize, Total, number => Url.Page("Index", new { pageNumber = number })!);

    public async Task<IActionResult> OnGetAsync(string? kind, CancellationToken cancellation)
    {
        Input.Kind = User.FindImportKind(kind)?.Name;
        if (!ModelState.IsValid)
            return Invalid();
        await ShowAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var kind = User.FindImportKind(Input.Kind);
        if (kind is null && Input.Kind is not null)
            ModelState.AddModelError("Input.Kind", "Choose what the file holds.");
        if (ModelState.IsValid)
        {
            try
            {
                await using var content = Input.File!.OpenReadStream();
                var import = await receive.RunAsync(kind!, Input.File.FileName, content, Actor.Current.Name, cancellation: cancellation);
                await jobs.WakeAsync<ImportJob>(CancellationToken.None);
                return RedirectToPage("Details", new { id = import.Id });
            }
            catch (UnreadableFileException refusal)
            {
                ModelState.AddModelError("Input.File", refusal.Message);
            }
        }

        // The form was sent to whatever page stood in the address.
        PageNumber = Math.Clamp(PageNumber, 1, 1_000_000);
        await ShowAsync(cancellation);
        return Invalid();
    }

    private async Task ShowAsync(CancellationToken cancellation)
    {
        var kinds = User.ImportKinds().Select(kind => kind.Name).ToArray();
        var imports = db.Imports.Where(import => kinds.Contains(import.Kind));
        Total = await imports.CountAsync(cancellation);
        var rows = await imports.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Skip((PageNumber - 1) * PageSize).Take(PageSize)
            .Select(i => new ImportListRow(i.Id, i.Kind, i.FileName, i.State, i.NewRows, i.UpdatedRows, i.SameRows, i.ErrorRows, i.CreatedBy, i.CreatedAt))
            .ToListAsync(cancellation);
        var names = await db.NamesOfAsync(rows.Select(row => row.CreatedBy), cancellation);
        Rows = rows.ConvertAll(row => row with { CreatedBy = names.Of(row.CreatedBy) });
    }

    private PageResult Invalid()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
