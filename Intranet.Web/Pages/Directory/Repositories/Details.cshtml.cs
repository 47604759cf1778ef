using Intranet.Data;
using Intranet.Data.Directory;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.Repositories;

public sealed class DetailsModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    // Owners and backups come first, so they are always among them.
    private const int ShownPeople = 50;

    public required RepositoryView Shown { get; set; }
    public WhomToAsk.Answer? Answer { get; private set; }
    public IReadOnlyList<AssignmentRow> People { get; private set; } = [];
    public int PeopleInAll { get; private set; }
    public IReadOnlyList<string> Lacks { get; private set; } = [];
    public IReadOnlyList<History.Entry> Changes { get; private set; } = [];
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        var shown = await db.Repositories.Where(thing => thing.Id == id)
            .Select(thing => new RepositoryView(thing.Id, thing.Name, thing.Description, thing.ChatChannel, thing.Stakeholders, thing.ProductId, thing.Product!.Name))
            .FirstOrDefaultAsync(cancellation);
        if (shown is null)
            return NotFound();
        Shown = shown;

        var assignments = db.Assignments.Of(null, id, DateOnly.FromDateTime(Now));
        PeopleInAll = await assignments.CountAsync(cancellation);
        People = await assignments
            .OrderBy(a => a.Role).ThenBy(a => a.Employee!.FirstNameKey).ThenBy(a => a.Employee!.LastNameKey).ThenBy(a => a.Employee!.EmpIdKey)
            .Take(ShownPeople).Select(AssignmentRow.FromAssignment).ToListAsync(cancellation);
        Answer = await db.WhomToAskAsync(null, id, Now, cancellation);
        Lacks = Missing.Of([.. People.Select(person => person.Role)], shown.Description, shown.ChatChannel, shown.Stakeholders);
        Changes = await db.HistoryAsync(nameof(Repository), id, cancellation);
        return Page();
    }
}

public sealed record RepositoryView(int Id, string Name, string Description, string ChatChannel, List<string> Stakeholders, int? ProductId, string? ProductName);
