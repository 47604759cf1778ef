using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.People;

/// <summary>One employee, absence and substitute included. Most people come from an import; this is for the rest.</summary>
public sealed class EditModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    [BindProperty]
    public PersonInput Input { get; set; } = new();

    public int? Id { get; private set; }
    public string? FullName { get; private set; }
    public IReadOnlyList<SelectListItem> Titles { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Locations { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellation)
    {
        if (id is not null)
        {
            if (await StoredAsync(id.Value, cancellation) is not { } input)
                return NotFound();
            Input = input;
            (Id, FullName) = (id, $"{input.FirstName} {input.LastName}");
        }

        await LoadChoicesAsync(cancellation);
        return Page();
    }

    private Task<PersonInput?> StoredAsync(int id, CancellationToken cancellation)
        => db.Employees.Where(e => e.Id == id).Select(e => new PersonInput
        {
            EmpId = e.EmpId,
            FirstName = e.FirstName,
            LastName = e.LastName,
            EmailId = e.EmailId,
            ChatUserName = e.ChatUserName,
            TitleId = e.TitleId,
            LocationId = e.LocationId,
            Manager = e.ManagerEmpId,
            LeftOn = e.LeftOn,
            AwayFrom = e.AwayFrom,
            AwayUntil = e.AwayUntil,
            Substitute = e.Substitute!.EmailId,
            Version = e.Version,
        }).FirstOrDefaultAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellation)
    {
        var person = id is null ? new Employee() : await db.Employees.FirstOrDefaultAsync(e => e.Id == id, cancellation);
        if (person is null)
            return NotFound();
        (Id, FullName) = (id, person.FullName);
        await LoadChoicesAsync(cancellation);
        if (ModelState.IsValid)
            await FillAsync(person, cancellation);
        if (!ModelState.IsValid)
            return Invalid();

        if (id is null)
            db.Employees.Add(person);
        else if (Input.Version is { } version)
            db.Entry(person).Property(e => e.Version).OriginalValue = version;
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            if (await StoredAsync(id!.Value, cancellation) is not { } now)
                return NotFound();
            this.ShowStored(nameof(Input), "this person", Input, now, property => property switch
            {
                nameof(PersonInput.TitleId) => Titles.FirstOrDefault(choice => choice.Value == $"{now.TitleId}")?.Text,
                nameof(PersonInput.LocationId) => Locations.FirstOrDefault(choice => choice.Value == $"{now.LocationId}")?.Text,
                _ => null,
            });
            return Invalid();
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            ModelState.AddModelError("Input.EmpId", "Another employee has this number.");
            return Invalid();
        }

        this.Toast(id is null ? "Added." : "Saved.");
        return RedirectToPage("Details", new { id = person.Id });
    }

    private async Task FillAsync(Employee person, CancellationToken cancellation)
    {
        if (Locations.All(choice => choice.Value != $"{Input.LocationId}"))
            ModelState.AddModelError("Input.LocationId", "Choose one of the locations.");
        if (Input.TitleId is not null && Titles.All(choice => choice.Value != $"{Input.TitleId}"))
            ModelState.AddModelError("Input.TitleId", "Choose one of the titles, or none.");
        // Whom nobody changed here stays, also who has left meanwhile or never was in the directory.
        var keepsManager = Id is not null && Input.Manager is not null && Input.Manager.Trim() == person.ManagerEmpId;
        var manager = keepsManager ? null : await FindAsync(Input.Manager, "Input.Manager", cancellation);
        var keepsSubstitute = person.SubstituteId is not null && Input.Substitute is not null
            && Input.Substitute.Trim() == await db.Employees.Where(e => e.Id == person.SubstituteId).Select(e => e.EmailId).FirstAsync(cancellation);
        var substitute = keepsSubstitute ? person.SubstituteId : await FindAsync(Input.Substitute, "Input.Substitute", cancellation);
        if (Id is not null && substitute == Id)
            ModelState.AddModelError("Input.Substitute", "Nobody can be their own substitute.");
        if (!ModelState.IsValid)
            return;

        person.EmpId = Input.EmpId!;
        person.FirstName = Input.FirstName!;
        person.LastName = Input.LastName!;
        person.EmailId = Input.EmailId!;
        person.ChatUserName = Input.ChatUserName ?? "";
        person.TitleId = Input.TitleId;
        person.LocationId = Input.LocationId!.Value;
        if (!keepsManager)
            person.ManagerEmpId = manager is null ? null : await db.Employees.Where(e => e.Id == manager).Select(e => e.EmpId).FirstAsync(cancellation);
        person.LeftOn = Input.LeftOn;
        if (Input.AwayFrom is { } from && Input.AwayUntil is { } until)
            person.GoAway(from, until, substitute);
        else
            person.ComeBack();
    }

    private async Task<int?> FindAsync(string? text, string field, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var (id, problem) = await db.FindPersonAsync(text, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellation);
        if (problem is not null)
            ModelState.AddModelError(field, problem);
        return id;
    }

    private async Task LoadChoicesAsync(CancellationToken cancellation)
    {
        Titles = await db.Titles.OrderBy(title => title.NameKey).Select(title => new SelectListItem(title.Name, "" + title.Id)).ToListAsync(cancellation);
        Locations = await db.Locations.OrderBy(location => location.City).Select(location => new SelectListItem(location.City + ", " + location.Country, "" + location.Id)).ToListAsync(cancellation);
    }

    private PageResult Invalid()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
