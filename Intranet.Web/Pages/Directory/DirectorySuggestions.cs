using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Directory;

/// <summary>The lines under a search box: a few of each kind.</summary>
public static class DirectorySuggestions
{
    private const int OfEachKind = 5;

    public static async Task<IReadOnlyList<Suggestion>> ForAsync(IntranetDbContext db, string? query, DateOnly today, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > 200)
            return [];
        var hits = await db.SearchDirectoryAsync(query, OfEachKind, today, cancellation);
        return
        [
            .. hits.Products.Select(hit => new Suggestion("Products", "package", hit.Name, null, $"/directory?product={Uri.EscapeDataString(hit.Name)}")),
            .. hits.Repositories.Select(hit => new Suggestion("Repositories", "git-branch", hit.Name, null, $"/directory?repository={Uri.EscapeDataString(hit.Name)}")),
            .. hits.People.Select(hit => new Suggestion("People", "user", hit.FullName, string.Join(", ", new[] { hit.Title, hit.City }.OfType<string>()), $"/directory/people/{hit.Id}")),
        ];
    }
}
