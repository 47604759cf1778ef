using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.Assignments;

/// <summary>Adds, changes or removes one assignment; reached from the pages of products, repositories and people.</summary>
public sealed class EditModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    [BindProperty]
    public AssignmentInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public int? Id { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? id, string? product, string? repository, string? person, CancellationToken cancellation)
    {
        Id = id;
        if (id is null)
        {
            (Input.Product, Input.Repository, Input.Person) = (product, repository, person);
            return Page();
        }

        if (await StoredAsync(id.Value, cancellation) is not { } input)
            return NotFound();
        Input = input;
        return Page();
    }

    private Task<AssignmentInput?> StoredAsync(int id, CancellationToken cancellation)
        => db.Assignments.Where(a => a.Id == id).Select(a => new AssignmentInput
        {
            Person = a.Employee!.EmailId,
            Product = a.Product!.Name,
            Repository = a.Repository!.Name,
            Role = a.Role,
            Version = a.Version,
        }).FirstOrDefaultAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellation)
    {
        Id = id;
        var assignment = id is null ? new Assignment() : await db.Assignments.FirstOrDefaultAsync(a => a.Id == id, cancellation);
        if (assignment is null)
            return NotFound();
        if (ModelState.IsValid)
            await FillAsync(assignment, cancellation);
        if (!ModelState.IsValid)
            return Invalid();

        if (id is null)
            db.Assignments.Add(assignment);
        else if (Input.Version is { } version)
            db.Entry(assignment).Property(a => a.Version).OriginalValue = version;
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            if (await StoredAsync(id!.Value, cancellation) is not { } now)
                return NotFound();
            this.ShowStored(nameof(Input), "this assignment", Input, now);
            return Invalid();
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            ModelState.AddModelError("Input.Person", "This person already has an assignment there. Change that one instead.");
            return Invalid();
        }

        this.Toast(id is null ? "Assigned." : "Changed.");
        return Back();
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id, CancellationToken cancellation)
    {
        var assignment = await db.Assignments.FirstOrDefaultAsync(a => a.Id == id, cancellation);
        // Removed twice (a double click, two stewards) is removed.
        if (assignment is not null)
        {
            db.Assignments.Remove(assignment);
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateConcurrencyException)
            {
                // The other one was quicker by a moment.
            }
        }

        this.Toast("Removed.");
        return Back();
    }

    private async Task FillAsync(Assignment assignment, CancellationToken cancellation)
    {
        // Whom nobody changed here stays, also who has left meanwhile.
        var keeps = Id is not null && await db.Employees.AnyAsync(e => e.Id == assignment.EmployeeId && e.EmailId == Input.Person!.Trim(), cancellation);
        var (employee, problem) = keeps ? (assignment.EmployeeId, null) : await db.FindPersonAsync(Input.Person!, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellation);
        if (problem is not null)
            ModelState.AddModelError("Input.Person", problem);
        var question = await PocQuestion.AskAsync(db, Input.Product, Input.Repository, cancellation);
        if (!string.IsNullOrWhiteSpace(Input.Product) && question.Product is null)
            ModelState.AddModelError("Input.Product", "There is no product of that name.");
        if (!string.IsNullOrWhiteSpace(Input.Repository) && question.Repository is null)
            ModelState.AddModelError("Input.Repository", "There is no repository of that name.");
        if (!ModelState.IsValid)
            return;
        assignment.Become(employee!.Value, question.Product?.Id, question.Repository?.Id, Input.Role);
    }

    private PageResult Invalid()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private LocalRedirectResult Back() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "~/directory");
}
