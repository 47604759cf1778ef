using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.People;

public sealed class DetailsModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    public required PersonView Shown { get; set; }
    public IReadOnlyList<AssignmentRow> Assignments { get; private set; } = [];
    public Colleague? Manager { get; private set; }
    public IReadOnlyList<string> Lacks { get; private set; } = [];
    public IReadOnlyList<History.Entry> Changes { get; private set; } = [];
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;

    /// <summary>The page of the person who is looking: they may confirm what they are assigned to.</summary>
    public bool IsMe { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        var shown = await db.Employees.Where(e => e.Id == id).Select(e => new PersonView(
            e.Id, e.EmpId, e.FirstName, e.LastName, e.EmailId, e.ChatUserName, e.Title!.Name, e.OriginalTitle,
            e.Location!.City, e.Location.Region, e.Location.Country,
            new WorkingHours(e.Location.TimeZone, e.Location.WorkdayStart, e.Location.WorkdayEnd, e.Location.Workdays),
            e.LeftOn, e.AwayFrom, e.AwayUntil,
            e.SubstituteId, e.Substitute == null ? null : e.Substitute.FirstName + " " + e.Substitute.LastName,
            e.ManagerEmpId)).FirstOrDefaultAsync(cancellation);
        if (shown is null)
            return NotFound();
        Shown = shown;
        if (shown.ManagerEmpId is not null)
        {
            // By its key: files write 42 for 0042, and the key has the index.
            var key = TextKey.EmpId(shown.ManagerEmpId);
            Manager = await db.Employees.Where(e => e.EmpIdKey == key).Select(e => new Colleague(e.Id, e.FirstName + " " + e.LastName)).FirstOrDefaultAsync(cancellation);
        }

        Lacks = Missing.OfPerson(shown.Title, shown.ChatUserName, shown.ManagerEmpId);
        var user = User.Id();
        IsMe = await db.Users.AnyAsync(u => u.Id == user && u.EmployeeId == id, cancellation);
        Assignments = await db.Assignments.Where(a => a.EmployeeId == id)
            .OrderBy(a => a.Role).ThenBy(a => a.Product!.NameKey).ThenBy(a => a.Repository!.NameKey)
            .Select(AssignmentRow.FromAssignment).ToListAsync(cancellation);
        Changes = await db.HistoryAsync(nameof(Employee), id, cancellation);
        return Page();
    }
}

public sealed record Colleague(int Id, string Name);

public sealed record PersonView(
    int Id, string EmpId, string FirstName, string LastName, string EmailId, string ChatUserName, string? Title, string OriginalTitle,
    string City, string Region, string Country, WorkingHours Hours, DateOnly? LeftOn, DateOnly? AwayFrom, DateOnly? AwayUntil,
    int? SubstituteId, string? SubstituteName, string? ManagerEmpId)
{
    public string FullName => $"{FirstName} {LastName}".Trim();

    public bool IsAway(DateTime utc) => Hours.AreCovered(AwayFrom, AwayUntil, utc);

    /// <summary>"Mon–Fri" for neighbours, "Mon, Wed" otherwise.</summary>
    public string WorkdaysInWords => WorkdayWords.Of(Hours.Days);
}
