using Intranet.Data;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using UserAccount = Intranet.Data.Accounts.User;

namespace Intranet.Web.Pages.Account;

public sealed class PasswordModel(IntranetDbContext db, UserManager<UserAccount> users, SignInManager<UserAccount> sessions) : PageModel
{
    [BindProperty]
    public PasswordInput Input { get; set; } = new();

    public void OnGet()
    {
    }

    /// <summary>Renews the security stamp with the password: other sessions and refresh tokens end, this session goes on.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return Refused();
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        if (user.IsSample)
        {
            ModelState.AddModelError("", "Sample accounts keep their password: it is shown on the sign-in page.");
            return Refused();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var result = await users.ChangePasswordAsync(user, Input.Current, Input.New);
        if (!result.Succeeded)
        {
            foreach (var error in result.Errors)
                ModelState.AddModelError(error.Code == nameof(IdentityErrorDescriber.PasswordMismatch) ? "Input.Current" : "Input.New", error.Description);
            return Refused();
        }

        db.Audit("changed password", nameof(User), user.Id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await sessions.RefreshSignInAsync(user);
        this.Toast("Your password is changed. Other sessions end within a minute.");
        return RedirectToPage();
    }

    private PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
