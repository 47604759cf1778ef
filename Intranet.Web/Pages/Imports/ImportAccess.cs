using System.Security.Claims;
using Intranet.Data.Accounts;
using Intranet.Data.Imports;

namespace Intranet.Web.Pages.Imports;

/// <summary>Who brings in what. The other kinds of files are, for them, as if they weren't there.</summary>
public static class ImportAccess
{
    /// <summary>The kinds that somebody may bring in, and see: of leads for sales leads, all others for stewards, all for administrators.</summary>
    public static IReadOnlyList<ImportKind> ImportKinds(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var isAdministrator = user.IsInRole(Role.Administrator);
        var (leads, others) = (isAdministrator || user.IsInRole(Role.SalesLead), isAdministrator || user.IsInRole(Role.Steward));
        return [.. ImportKind.All.Where(kind => kind.IsOfLeads ? leads : others)];
    }

    /// <summary>One of them by its name; null when there is none for them.</summary>
    public static ImportKind? FindImportKind(this ClaimsPrincipal user, string? name) => user.ImportKinds().FirstOrDefault(kind => kind.Name == name);
}
