using Intranet.Data;
using Intranet.Data.Directory;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.Locations;

public sealed class IndexModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    public IReadOnlyList<LocationRow> Rows { get; private set; } = [];
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var here = db.Employees.Current(DateOnly.FromDateTime(Now));
        Rows = await db.Locations.OrderBy(location => location.City).ThenBy(location => location.LocationCodeKey)
            .Select(location => new LocationRow(location.Id, location.LocationCode, location.City, location.Region, location.Country,
                new WorkingHours(location.TimeZone, location.WorkdayStart, location.WorkdayEnd, location.Workdays),
                here.Count(e => e.LocationId == location.Id)))
            .ToListAsync(cancellation);
    }
}

public sealed record LocationRow(int Id, string LocationCode, string City, string Region, string Country, WorkingHours Hours, int People);
