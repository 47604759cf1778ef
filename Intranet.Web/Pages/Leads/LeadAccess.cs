using System.Security.Claims;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Leads;

/// <summary>Who looks at leads in this request.</summary>
public static class LeadAccess
{
    public static async Task<LeadViewer> LeadViewerAsync(this ClaimsPrincipal user, IntranetDbContext db, CancellationToken cancellation)
        => user.LeadViewer(await db.Settings.LeadSettingsAsync(cancellation));

    /// <summary>The same for who has the settings already.</summary>
    public static LeadViewer LeadViewer(this ClaimsPrincipal user, LeadSettings settings)
        => new(user.Id() ?? 0, user.IsInRole(Role.Kam), user.IsInRole(Role.SalesLead) || user.IsInRole(Role.Administrator), settings.TeamCanSee, user.Identity?.Name ?? "");
}
