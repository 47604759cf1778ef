using Intranet.Data;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin;

public sealed class SettingsModel(IntranetDbContext db, ChangeSettings save) : PageModel
{
    [BindProperty]
    public SelfRegistrationInput Input { get; set; } = new();

    public async Task OnGetAsync(CancellationToken cancellation) => Input = SelfRegistrationInput.Of(await IsOpenAsync(cancellation));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var (isSaved, before) = await save.RunAsync(Input.SelfRegistration, Input.Version, IsOpenAsync, SelfRegistrationInput.ToSettings, cancellation);
        if (!isSaved)
        {
            this.ShowStored(nameof(Input), "this setting", Input, SelfRegistrationInput.Of(before));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        this.Toast("Saved.");
        return RedirectToPage();
    }

    private Task<bool> IsOpenAsync(CancellationToken cancellation)
        => db.Settings.AnyAsync(setting => setting.Name == Setting.SelfRegistration && setting.Value == "true", cancellation);
}

/// <summary>Whether people may register themselves.</summary>
public sealed class SelfRegistrationInput
{
    public bool SelfRegistration { get; set; }

    /// <summary>Of the setting that the form showed.</summary>
    public string? Version { get; set; }

    public static SelfRegistrationInput Of(bool isOpen) => new() { SelfRegistration = isOpen, Version = ChangeSettings.VersionOf(ToSettings(isOpen)) };

    public static IReadOnlyDictionary<string, string> ToSettings(bool isOpen) => new Dictionary<string, string> { [Setting.SelfRegistration] = isOpen ? "true" : "false" };
}
