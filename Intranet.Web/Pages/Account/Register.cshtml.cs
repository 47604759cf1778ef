using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using UserAccount = Intranet.Data.Accounts.User;

namespace Intranet.Web.Pages.Account;

/// <summary>An account of one's own; there is no such page while self-registration is off.</summary>
public sealed class RegisterModel(RegisterAccount register, SignInManager<UserAccount> sessions, TimeProvider clock) : PageModel
{
    [BindProperty]
    public RegistrationInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
        => await register.IsOpenAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await register.IsOpenAsync(cancellation))
            return NotFound();
        if (!ModelState.IsValid)
            return Refused();
        var (user, result) = await register.RunAsync(Input.Email.Trim(), Input.Name.Trim(), Input.Password, cancellation);
        if (user is null)
        {
            result.Into(ModelState, "Input.Password", "Input.Email");
            return Refused();
        }

        await sessions.SignInAsync(user, new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow() + Accounts.Session });
        this.Toast("Your account is ready.");
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "~/");
    }

    private PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
