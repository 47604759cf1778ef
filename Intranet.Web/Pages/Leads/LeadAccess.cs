using System.Security.Claims;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>Who looks at leads in this request.</summary>
public static class LeadAccess
{
    /// <summary>The signed-in user as leads see them.</summary>
    public static async Task<LeadViewer> LeadViewerAsync(this ClaimsPrincipal user, IntranetDbContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(db);
        // Who sees all anyway doesn't depend on the setting.
        return user.LeadViewer(user.IsInRole(Role.Kam) && !SeesAll(user) ? await db.Settings.LeadSettingsAsync(cancellation) : new LeadSettings());
    }

    /// <summary>The same for who has the settings already.</summary>
    public static LeadViewer LeadViewer(this ClaimsPrincipal user, LeadSettings settings)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(settings);
        return new LeadViewer(user.Id() ?? 0, user.IsInRole(Role.Kam), SeesAll(user), settings.TeamCanSee, user.Identity?.Name ?? "");
    }

    private static bool SeesAll(ClaimsPrincipal user) => user.IsInRole(Role.SalesLead) || user.IsInRole(Role.Administrator);
}
