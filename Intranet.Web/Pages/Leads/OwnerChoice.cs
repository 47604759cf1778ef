using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>Somebody who may own leads, as lists offer them.</summary>
public sealed record OwnerChoice(int Id, string Name)
{
    public static async Task<IReadOnlyList<OwnerChoice>> AllAsync(IntranetDbContext db, CancellationToken cancellation)
        => await db.LeadOwners().OrderBy(user => user.DisplayName).ThenBy(user => user.Id).Select(user => new OwnerChoice(user.Id, user.DisplayName == "" ? user.Email! : user.DisplayName)).ToListAsync(cancellation);

    /// <summary>For a filter: also who is chosen there and can own none any more. What shows is theirs, and the filter says so.</summary>
    /// <param name="all"><see cref="AllAsync(IntranetDbContext, CancellationToken)"/>.</param>
    /// <param name="chosen">The number of a user; null: nobody in particular.</param>
    internal static async Task<IReadOnlyList<OwnerChoice>> WithAsync(IReadOnlyList<OwnerChoice> all, int? chosen, IntranetDbContext db, LeadViewer viewer, CancellationToken cancellation)
        => chosen is not { } id || all.Any(choice => choice.Id == id) ? all : [.. all, new OwnerChoice(id, await OwnerName.OfAsync(db, viewer, id, cancellation) ?? $"User {id}")];

    /// <inheritdoc cref="WithAsync(IReadOnlyList{OwnerChoice}, int?, IntranetDbContext, LeadViewer, CancellationToken)"/>
    internal static async Task<IReadOnlyList<OwnerChoice>> WithAsync(int? chosen, IntranetDbContext db, LeadViewer viewer, CancellationToken cancellation)
        => await WithAsync(await AllAsync(db, cancellation), chosen, db, viewer, cancellation);
}
