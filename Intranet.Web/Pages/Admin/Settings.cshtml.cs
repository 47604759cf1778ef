using Intranet.Data;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin;

public sealed class SettingsModel(IntranetDbContext db) : PageModel
{
    [BindProperty]
    public bool SelfRegistration { get; set; }

    public async Task OnGetAsync(CancellationToken cancellation)
        => SelfRegistration = await db.Settings.AnyAsync(setting => setting.Name == Setting.SelfRegistration && setting.Value == "true", cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var setting = await db.Settings.FindAsync([Setting.SelfRegistration], cancellation);
        if (setting is null)
            db.Settings.Add(setting = new Setting { Name = Setting.SelfRegistration, Value = "false" });
        var wanted = SelfRegistration ? "true" : "false";
        if (setting.Value != wanted)
            db.Audit("changed", nameof(Setting), details: $"{Setting.SelfRegistration}: {setting.Value} → {wanted}");
        setting.Value = wanted;
        await db.SaveChangesAsync(cancellation);
        this.Toast("Saved.");
        return RedirectToPage();
    }
}
