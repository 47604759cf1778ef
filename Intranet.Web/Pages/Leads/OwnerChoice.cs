using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>Somebody who may own leads, as lists offer them.</summary>
public sealed record OwnerChoice(int Id, string Name)
{
    public static async Task<IReadOnlyList<OwnerChoice>> AllAsync(IntranetDbContext db, CancellationToken cancellation)
        => await db.LeadOwners().OrderBy(user => user.DisplayName).ThenBy(user => user.Id).Select(user => new OwnerChoice(user.Id, user.DisplayName == "" ? user.Email! : user.DisplayName)).ToListAsync(cancellation);
}
