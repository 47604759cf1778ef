using Intranet.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Intranet.Web.Pages.Directory;

/// <summary>A mailed report and how far it has come. The steps refresh themselves until nothing changes any more.</summary>
public sealed class ReportsModel(IntranetDbContext db) : PageModel
{
    public required PocReportView Report { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await PocReportView.LoadAsync(db, id, User, cancellation) is not { } report)
            return NotFound();
        Report = report;
        return Page();
    }
}
