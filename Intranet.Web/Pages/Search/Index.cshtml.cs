using System.ComponentModel.DataAnnotations;
using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Pages.Directory;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Intranet.Web.Pages.Search;

/// <summary>Search over everything there is: what the box at the top of every page asks.</summary>
public sealed class IndexModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    private const int OfEachKind = 20;

    [BindProperty(SupportsGet = true, Name = "q"), StringLength(200, ErrorMessage = "Search for at most 200 characters.")]
    public string? Q { get; set; }

    public DirectorySearch.Hits Hits { get; private set; } = new([], [], [], []);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        else if (!string.IsNullOrWhiteSpace(Q))
            Hits = await db.SearchDirectoryAsync(Q, OfEachKind, Today, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnGetSuggestionsAsync(CancellationToken cancellation)
        => Partial("_Suggestions", await DirectorySuggestions.ForAsync(db, Q, Today, cancellation));

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
