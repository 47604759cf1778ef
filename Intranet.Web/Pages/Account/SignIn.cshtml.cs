using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using UserAccount = Intranet.Data.Accounts.User;

namespace Intranet.Web.Pages.Account;

public sealed class SignInModel(
    CheckPassword check, RegisterAccount registration, SignInManager<UserAccount> sessions, TimeProvider clock, IConfiguration configuration, IHostEnvironment environment) : PageModel
{
    public const string Failed = "This address and password don't fit an account that can sign in. After five failures an account is closed for 15 minutes.";

    [BindProperty]
    public SignInInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool CanRegister { get; private set; }

    public IReadOnlyList<SampleAccount> Samples { get; } = SampleAccounts.AreWanted(configuration, environment) ? SampleAccounts.All : [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (User.Identity is { IsAuthenticated: true })
            return LocalRedirect(Destination);
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        if (await check.RunAsync(Input.Email, Input.Password, cancellation) is not { } user)
        {
            ModelState.AddModelError("", Failed);
            return await ShowAsync(cancellation);
        }

        await sessions.SignInAsync(user, new AuthenticationProperties
        {
            IsPersistent = Input.Remember,
            ExpiresUtc = clock.GetUtcNow() + (Input.Remember ? Accounts.RememberedSession : Accounts.Session),
        });
        return LocalRedirect(Destination);
    }

    // Only to this site, and not to pages that would lead straight back or out again.
    private string Destination
        => Url.IsLocalUrl(ReturnUrl) && !ReturnUrl.StartsWith(Url.Content("~/account/sign-"), StringComparison.OrdinalIgnoreCase) ? ReturnUrl : Url.Content("~/");

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        CanRegister = await registration.IsOpenAsync(cancellation);
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
