using Intranet.Data;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Intranet.Web.Pages.Account;

public sealed class SignOutModel(IntranetDbContext db) : PageModel
{
    // Somebody who opens the address, or comes back to it after a session that had ended, wants to be somewhere else.
    public IActionResult OnGet() => LocalRedirect("~/");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        db.Audit("signed out", nameof(User), User.Id());
        await db.SaveChangesAsync(cancellation);
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        return RedirectToPage("/Account/SignIn");
    }
}
