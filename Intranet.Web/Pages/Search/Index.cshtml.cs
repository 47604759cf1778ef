using System.ComponentModel.DataAnnotations;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Contacts;
using Intranet.Web.Pages.Directory;
using Intranet.Web.Pages.Leads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Intranet.Web.Pages.Search;

/// <summary>Search over everything there is: what the box at the top of every page asks.</summary>
public sealed class IndexModel(IntranetDbContext db, PhoneRules phones, TimeProvider clock) : PageModel
{
    private const int OfEachKind = 20;

    [BindProperty(SupportsGet = true, Name = "q"), StringLength(200, ErrorMessage = "Search for at most 200 characters.")]
    public string? Q { get; set; }

    public DirectorySearch.Hits Hits { get; private set; } = new([], [], [], []);

    /// <summary>What else is found beside the directory, in the order shown; those with hits only.</summary>
    public IReadOnlyList<SearchSection> Sections { get; private set; } = [];

    public bool IsEmpty => Hits.IsEmpty && Sections.Count == 0;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        if (string.IsNullOrWhiteSpace(Q))
            return Page();
        Hits = await db.SearchDirectoryAsync(Q, OfEachKind, Today, cancellation);
        SearchSection[] sections =
        [
            new(await ContactSuggestions.ForAsync(db, Q, OfEachKind, phones, cancellation), "Show all contacts that match", Url.Page("/Contacts/Index", new { q = Q })!),
            new(await LeadSuggestions.ForAsync(db, Q, OfEachKind, User, cancellation), "Show all leads that match", Url.Page("/Leads/Index", new { q = Q })!),
        ];
        Sections = [.. sections.Where(section => section.Hits.Count > 0)];
        // Somebody is called exactly so: a corrected spelling was not meant.
        if (Hits.Corrected is not null && Sections.Count > 0)
            Hits = new([], [], [], []);
        return Page();
    }

    public async Task<IActionResult> OnGetSuggestionsAsync(CancellationToken cancellation)
        => Partial("_Suggestions", (IReadOnlyList<Suggestion>)
        [
            .. await DirectorySuggestions.ForAsync(db, Q, Today, cancellation),
            .. await ContactSuggestions.ForAsync(db, Q, ContactSuggestions.WhileTyping, phones, cancellation),
            .. await LeadSuggestions.ForAsync(db, Q, LeadSuggestions.WhileTyping, User, cancellation),
        ]);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}

/// <summary>The hits of one kind, under its name.</summary>
/// <param name="AllText">Where the link beneath leads.</param>
public sealed record SearchSection(IReadOnlyList<Suggestion> Hits, string AllText, string AllUrl);
