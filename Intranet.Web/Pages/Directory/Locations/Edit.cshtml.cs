using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.Locations;

public sealed class EditModel(IntranetDbContext db) : PageModel
{
    [BindProperty]
    public LocationInput Input { get; set; } = new();

    public int? Id { get; private set; }

    /// <summary>The zones this machine knows, by their IANA names.</summary>
    public static IEnumerable<string> TimeZones
        => TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellation)
    {
        Id = id;
        if (id is null)
        {
            Input.Days = [.. WorkdayWords.Week.Where(day => Workdays.MondayToFriday.HasFlag(WorkdayWords.Flag(day)))];
            return Page();
        }

        if (await StoredAsync(id.Value, cancellation) is not { } input)
            return NotFound();
        Input = input;
        return Page();
    }

    private async Task<LocationInput?> StoredAsync(int id, CancellationToken cancellation)
        => await db.Locations.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id, cancellation) is not { } location ? null : new LocationInput
        {
            LocationCode = location.LocationCode,
            City = location.City,
            Region = location.Region,
            Country = location.Country,
            TimeZone = location.TimeZone,
            WorkdayStart = location.WorkdayStart,
            WorkdayEnd = location.WorkdayEnd,
            Days = [.. WorkdayWords.Week.Where(day => location.Workdays.HasFlag(WorkdayWords.Flag(day)))],
            Version = location.Version,
        };

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellation)
    {
        Id = id;
        var location = id is null ? new Location() : await db.Locations.FirstOrDefaultAsync(l => l.Id == id, cancellation);
        if (location is null)
            return NotFound();
        if (!ModelState.IsValid)
            return Invalid();

        location.LocationCode = Input.LocationCode!;
        location.City = Input.City!;
        location.Region = Input.Region!;
        location.Country = Input.Country!;
        location.TimeZone = WorkingHours.ZoneName(Input.TimeZone!.Trim())!;
        location.WorkdayStart = Input.WorkdayStart!.Value;
        location.WorkdayEnd = Input.WorkdayEnd!.Value;
        location.Workdays = Input.Days.Aggregate(Workdays.None, (days, day) => days | WorkdayWords.Flag(day));
        if (id is null)
            db.Locations.Add(location);
        else if (Input.Version is { } version)
            db.Entry(location).Property(l => l.Version).OriginalValue = version;
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            if (await StoredAsync(id!.Value, cancellation) is not { } now)
                return NotFound();
            this.ShowStored(nameof(Input), "this location", Input, now);
            return Invalid();
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            ModelState.AddModelError("Input.LocationCode", "There is a location with this code already.");
            return Invalid();
        }

        this.Toast(id is null ? "Added." : "Saved.");
        return RedirectToPage("Index");
    }

    private PageResult Invalid()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
