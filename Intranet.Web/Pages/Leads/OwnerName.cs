using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>The name of an owner who is asked for by number.</summary>
internal static class OwnerName
{
    /// <returns>Null for whom the viewer can't know: nobody of that number, or nobody whose leads they see or saw.</returns>
    internal static Task<string?> OfAsync(IntranetDbContext db, LeadViewer viewer, int id, CancellationToken cancellation)
    {
        var (seen, owners) = (db.Leads.VisibleTo(viewer), db.LeadOwners());
        return db.Users.Where(user => user.Id == id && (user.Id == viewer.UserId || seen.Any(lead => lead.OwnerId == id) || (viewer.SeesAll && (owners.Any(owner => owner.Id == id) || db.OwnershipPeriods.Any(period => period.OwnerId == id)))))
            .Select(user => user.DisplayName == "" ? user.Email : user.DisplayName).FirstOrDefaultAsync(cancellation);
    }
}
