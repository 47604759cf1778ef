using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.Assignments;

/// <summary>"Yes, that is still true": by the person themself or by a steward.</summary>
public sealed class ConfirmModel(IntranetDbContext db, TimeProvider clock, IAuthorizationService authorization) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("~/directory");

    public async Task<IActionResult> OnPostAsync(int id, string? returnUrl, CancellationToken cancellation)
    {
        var user = User.Id();
        var isSteward = (await authorization.AuthorizeAsync(User, Access.Steward)).Succeeded;
        var assignment = await db.Assignments
            .Where(a => a.Id == id && (isSteward || db.Users.Any(u => u.Id == user && u.EmployeeId == a.EmployeeId)))
            .FirstOrDefaultAsync(cancellation);
        if (assignment is null)
            return NotFound();
        assignment.Confirm(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), User.Identity!.Name!);
        await db.SaveChangesAsync(cancellation);
        this.Toast("Confirmed.");
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "~/directory");
    }
}
