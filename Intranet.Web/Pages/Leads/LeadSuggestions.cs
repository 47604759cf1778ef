using System.Security.Claims;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>Leads for the search over everything, as far as the user sees them.</summary>
public static class LeadSuggestions
{
    /// <summary>As many when somebody types.</summary>
    public const int WhileTyping = 5;

    /// <summary>By name; none for who has nothing to do with leads.</summary>
    public static async Task<IReadOnlyList<Suggestion>> ForAsync(IntranetDbContext db, string? query, int limit, ClaimsPrincipal user, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > 200)
            return [];
        var viewer = await user.LeadViewerAsync(db, cancellation);
        if (!viewer.IsKam && !viewer.IsSalesLead)
            return [];
        var found = (await db.SearchLeadsAsync(query, !viewer.SeesAll, cancellation)).Where(leads => leads.Current().VisibleTo(viewer));
        var ids = await new LeadOrder(LeadSort.Name, IsDescending: false).PageAsync(db, found, null, limit, cancellation);
        var rows = await db.Leads.Where(lead => ids.Contains(lead.Id)).OrderBy(lead => lead.SearchKey).ThenBy(lead => lead.Id)
            .Select(lead => new { lead.Id, lead.Name, lead.City, lead.Stage, Owner = lead.Owner!.DisplayName }).ToListAsync(cancellation);
        return [.. rows.Select(row => new Suggestion("Leads", "building-store", row.Name, string.Join(", ", new[] { row.City, row.Stage.ToString(), row.Owner }.Where(part => !string.IsNullOrEmpty(part))), $"/leads/{row.Id}"))];
    }
}
