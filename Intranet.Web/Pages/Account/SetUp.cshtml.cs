using Intranet.Data;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using UserAccount = Intranet.Data.Accounts.User;

namespace Intranet.Web.Pages.Account;

/// <summary>Makes the first administrator; there is no such page once somebody is.</summary>
public sealed class SetUpModel(
    IntranetDbContext db, FirstAdministrator first, CreateFirstAdministrator create, SignInManager<UserAccount> sessions, TimeProvider clock) : PageModel
{
    [BindProperty]
    public SetUpInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
        => await first.ExistsAsync(db, cancellation) ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await first.ExistsAsync(db, cancellation))
            return NotFound();
        // Nothing else is told to somebody without the code.
        if (ModelState.IsValid && !await first.IsCodeAsync(db, Input.Code, cancellation))
            ModelState.AddModelError("Input.Code", "This is not the code from the log.");
        if (!ModelState.IsValid)
            return Refused();
        var (user, result) = await create.RunAsync(Input.Email.Trim(), Input.Name.Trim(), Input.Password, cancellation);
        if (!result.Succeeded)
        {
            result.Into(ModelState, "Input.Password", "Input.Email");
            return Refused();
        }

        if (user is null)
            return NotFound();
        await sessions.SignInAsync(user, new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow() + Accounts.Session });
        this.Toast("The intranet is yours. More administrators are made under Users.");
        return LocalRedirect("~/");
    }

    private PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
