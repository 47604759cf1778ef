using System.Security.Claims;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

public static class LeadAccess
{
    /// <summary>The signed-in user as leads see them.</summary>
    public static async Task<LeadViewer> LeadViewerAsync(this ClaimsPrincipal user, IntranetDbContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(db);
        var isSalesLead = user.IsInRole(Role.SalesLead) || user.IsInRole(Role.Administrator);
        var isKam = user.IsInRole(Role.Kam);
        // Who sees all anyway doesn't depend on the setting.
        var teamCanSee = isSalesLead || (isKam && (await db.Settings.LeadSettingsAsync(cancellation)).TeamCanSee);
        return new LeadViewer(user.Id() ?? 0, isKam, isSalesLead, teamCanSee, user.Identity?.Name ?? "");
    }
}
