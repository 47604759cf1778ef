using System.ComponentModel.DataAnnotations;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Who is not the same as whom, newest first, to be taken back.</summary>
public sealed class SeparationsModel(IntranetDbContext db, TakeBackSeparation takeBack, SeparateContacts separate) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<SeparationRow> Rows { get; private set; } = [];
    public AccountNames Names { get; private set; } = AccountNames.None;
    public int Total { get; private set; }
    public Pager Pager => new(PageNumber, PageSize, Total, number => Url.Page("Separations", new { pageNumber = number == 1 ? (int?)null : number })!);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        Total = await db.Separations.CountAsync(cancellation);
        Rows = await db.Separations.OrderByDescending(s => s.Id).Skip((PageNumber - 1) * PageSize).Take(PageSize).Select(SeparationRow.FromSeparation).ToListAsync(cancellation);
        Names = await db.NamesOfAsync(Rows.Select(row => row.CreatedBy), cancellation);
        return Page();
    }

    /// <param name="id">Of the separation.</param>
    /// <param name="contact">Whose page it was taken back on, to return there.</param>
    /// <param name="cancellation">Stops before anything is changed.</param>
    public async Task<IActionResult> OnPostTakeBackAsync(int id, int? contact, CancellationToken cancellation)
    {
        if (await takeBack.RunAsync(id, cancellation) is not var (first, second))
            return NotFound();
        this.Toast("Taken back.", Url.Page("Separations", "Separate", new { first, second, contact }));
        return Back(contact);
    }

    /// <summary>Undoes taking back.</summary>
    public async Task<IActionResult> OnPostSeparateAsync(int first, int second, int? contact, CancellationToken cancellation)
    {
        if (first == second)
            return NotFound();
        switch (await separate.RunAsync(first, second, User.Identity!.Name!, closesPair: true, cancellation))
        {
            case SeparateContacts.Outcome.Missing:
                return NotFound();
            case SeparateContacts.Outcome.Linked:
                this.Toast("Links hold them together meanwhile. Cut those first.");
                break;
            default:
                this.Toast("Separated again.");
                break;
        }

        return Back(contact);
    }

    private RedirectToPageResult Back(int? contact) => contact is { } id ? RedirectToPage("Details", new { id }) : RedirectToPage("Separations");
}
