using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory;

/// <summary>One search box: product, repository or person. The URL carries the question, so it can be sent to a colleague.</summary>
public sealed class IndexModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public DirectoryQuery Query { get; set; } = new();

    public PocQuestion? Question { get; private set; }

    /// <summary>A repository that has the name of the product asked for.</summary>
    public string? Namesake { get; private set; }
    public WhomToAsk.Answer? Answer { get; private set; }

    /// <summary>Products and repositories a search in words found; its people are in the table.</summary>
    public DirectorySearch.Hits? Hits { get; private set; }

    /// <summary>What was asked for and doesn't exist.</summary>
    public string? Unknown { get; private set; }

    public IReadOnlyList<EmployeeRow> People { get; private set; } = [];
    public int Total { get; private set; }

    /// <summary>The search found more people than are counted and listed.</summary>
    public bool IsCapped { get; private set; }

    public IReadOnlyList<string> Regions { get; private set; } = [];
    public IReadOnlyList<string> Cities { get; private set; } = [];
    public IReadOnlyList<string> Titles { get; private set; } = [];
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;
    public Pager Pager => new(Query.PageNumber, PageSize, Total, number => Url.Page("/Directory/Index", Query.Route(number))!);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        await LoadFiltersAsync(cancellation);
        var result = await DirectoryResult.FindAsync(db, Query, Now, whole: false, cancellation);
        (Question, Namesake, Hits, Unknown, IsCapped) = (result.Question, result.Namesake, result.Hits, result.Unknown, result.IsCapped);
        (People, Total) = await result.PageAsync(Query.PageNumber, PageSize, cancellation);
        if (Question is not null)
            Answer = await db.WhomToAskAsync(Question.Product?.Id, Question.Repository?.Id, Now, cancellation);
        return Page();
    }

    /// <summary>What the search box offers while somebody types.</summary>
    public async Task<IActionResult> OnGetSuggestionsAsync(CancellationToken cancellation)
        => Partial("_Suggestions", await DirectorySuggestions.ForAsync(db, Query.Q, DateOnly.FromDateTime(Now), cancellation));

    /// <summary>The whole result as CSV, streamed: the first rows leave before the last are read.</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
        => await FileAsync("csv", cancellation) is not { } result ? NotFound()
            : new StreamedFile(CsvFile.ContentType, DirectoryColumns.FileName(result.Title, "csv"),
                stream => CsvFile.WriteAsync(stream, DirectoryColumns.Of(result.Question is not null, Now), result.AllAsync(cancellation), cancellation));

    public async Task<IActionResult> OnGetXlsxAsync(CancellationToken cancellation)
    {
        if (await FileAsync("xlsx", cancellation) is not { } result)
            return NotFound();
        var title = $"{result.Title}, asked on {HttpContext.Exact(Now)} by {User.Identity!.Name}";
        return new StreamedFile(Workbook.ContentType, DirectoryColumns.FileName(result.Title, "xlsx"),
            stream => Workbook.WriteAsync(stream, title, "Contacts", DirectoryColumns.Of(result.Question is not null, Now), result.AllAsync(cancellation), cancellation));
    }

    // Who took what is noted before the first byte leaves.
    private async Task<DirectoryResult?> FileAsync(string format, CancellationToken cancellation)
    {
        if (!ModelState.IsValid || await DirectoryResult.FindAsync(db, Query, Now, whole: true, cancellation) is not { Unknown: null } result)
            return null;
        var filters = string.Concat(new[] { Query.Region, Query.City, Query.Title }.OfType<string>().Select(filter => $", {filter}"));
        await db.NoteExportAsync(result.Title + filters, format, await result.CountAsync(cancellation), cancellation);
        return result;
    }

    private async Task LoadFiltersAsync(CancellationToken cancellation)
    {
        var places = await db.Locations.Select(location => new { location.Region, location.City }).Distinct().ToListAsync(cancellation);
        Regions = [.. places.Select(place => place.Region).Distinct().Order(StringComparer.CurrentCulture)];
        Cities = [.. places.Where(place => Query.Region is null || place.Region == Query.Region).Select(place => place.City).Distinct().Order(StringComparer.CurrentCulture)];
        Titles = await db.Titles.OrderBy(title => title.NameKey).Select(title => title.Name).ToListAsync(cancellation);
    }
}
