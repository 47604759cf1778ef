using Intranet.Data;
using Intranet.Data.Directory;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Intranet.Web.Pages.Directory.People;

/// <summary>The options of a field that names a person: a fragment, loaded while somebody types into any of them.</summary>
public sealed class OptionsModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    public IReadOnlyList<DirectorySearch.PersonHit> People { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        // The field has whatever name its form gives it.
        var typed = Request.Query.Where(pair => pair.Key is not "handler").Select(pair => pair.Value.ToString()).FirstOrDefault(text => text.Length is > 1 and <= 200);
        if (typed is not null)
            People = (await db.SearchDirectoryAsync(typed, 8, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellation)).People;
    }
}
