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
    {
        var isLead = user.IsInRole(Role.SalesLead) || user.IsInRole(Role.Administrator);
        var settings = await db.Settings.LeadSettingsAsync(cancellation);
        return new LeadViewer(user.Id() ?? 0, user.IsInRole(Role.Kam), isLead, settings.TeamCanSee);
    }
}
