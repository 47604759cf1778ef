using Intranet.Data;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory;

/// <summary>People without a product or repository, waiting for somebody to decide. Nobody is assigned by chance.</summary>
public sealed class UnassignedModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public UnassignedQuery Query { get; set; } = new();

    public IReadOnlyList<EmployeeRow> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public IReadOnlyList<string> Regions { get; private set; } = [];
    public IReadOnlyList<string> Cities { get; private set; } = [];
    public IReadOnlyList<string> Titles { get; private set; } = [];
    public Pager Pager => new(Query.PageNumber, PageSize, Total, number => Url.Page("/Directory/Unassigned", Query.Route(number))!);

    /// <summary>Where assigning comes back to.</summary>
    public string Here => Url.Page("/Directory/Unassigned", Query.Route(Query.PageNumber))!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var places = await db.Locations.Select(location => new { location.Region, location.City }).Distinct().ToListAsync(cancellation);
        Regions = [.. places.Select(place => place.Region).Distinct().Order(StringComparer.CurrentCulture)];
        Cities = [.. places.Where(place => Query.Region is null || place.Region == Query.Region).Select(place => place.City).Distinct().Order(StringComparer.CurrentCulture)];
        Titles = await db.Titles.OrderBy(title => title.NameKey).Select(title => title.Name).ToListAsync(cancellation);

        var people = Query.Of(db, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        Total = await people.CountAsync(cancellation);
        // The last of a page was assigned: the page before it is the last one now.
        Query.PageNumber = Math.Min(Query.PageNumber, Pager.Last);
        Rows = await people.OrderBy(e => e.FirstNameKey).ThenBy(e => e.LastNameKey).ThenBy(e => e.EmpIdKey)
            .Skip((Query.PageNumber - 1) * PageSize).Take(PageSize).Select(EmployeeRow.FromEmployee).ToListAsync(cancellation);
        return Page();
    }
}
