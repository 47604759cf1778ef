using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.Repositories;

public sealed class EditModel(IntranetDbContext db) : PageModel
{
    [BindProperty]
    public RepositoryInput Input { get; set; } = new();

    public int? Id { get; private set; }
    public string? OldName { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellation)
    {
        if (id is null)
            return Page();
        if (await StoredAsync(id.Value, cancellation) is not { } input)
            return NotFound();
        (Id, OldName, Input) = (id, input.Name, input);
        return Page();
    }

    private async Task<RepositoryInput?> StoredAsync(int id, CancellationToken cancellation)
        => await db.Repositories.AsNoTracking().Include(t => t.Product).FirstOrDefaultAsync(t => t.Id == id, cancellation) is not { } thing ? null : new RepositoryInput
        {
            Name = thing.Name,
            Description = thing.Description,
            ChatChannel = thing.ChatChannel,
            Stakeholders = string.Join('\n', thing.Stakeholders),
            Version = thing.Version,
            Product = thing.Product?.Name,
        };

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellation)
    {
        var thing = id is null ? new Repository() : await db.Repositories.FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (thing is null)
            return NotFound();
        (Id, OldName) = (id, thing.Name);
        var question = await PocQuestion.AskAsync(db, Input.Product, null, cancellation);
        if (!string.IsNullOrWhiteSpace(Input.Product) && question.Product is null)
            ModelState.AddModelError("Input.Product", "There is no product of that name.");
        thing.ProductId = question.Product?.Id;
        if (!ModelState.IsValid)
            return Invalid();

        thing.Name = Input.Name!;
        thing.Description = Input.Description ?? "";
        thing.ChatChannel = Input.ChatChannel ?? "";
        thing.Stakeholders = AddressList.Parse(Input.Stakeholders);
        if (id is null)
            db.Repositories.Add(thing);
        else if (Input.Version is { } version)
            db.Entry(thing).Property(t => t.Version).OriginalValue = version;
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            if (await StoredAsync(id!.Value, cancellation) is not { } now)
                return NotFound();
            this.ShowStored(nameof(Input), "this repository", Input, now);
            return Invalid();
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            ModelState.AddModelError("Input.Name", "There is a repository of that name already.");
            return Invalid();
        }

        this.Toast(id is null ? "Added." : "Saved.");
        return RedirectToPage("Details", new { id = thing.Id });
    }

    /// <summary>Removes one that nothing hangs on; otherwise says what does.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(int id, CancellationToken cancellation)
    {
        var thing = await db.Repositories.FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (thing is null)
            return NotFound();
        // What was typed doesn't matter any more; only what hangs on it does.
        ModelState.Clear();
        await CountAsync(id, cancellation);
        if (!ModelState.IsValid)
        {
            await OnGetAsync(id, cancellation);
            return Invalid();
        }

        db.Repositories.Remove(thing);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotFound();
        }
        catch (DbUpdateException)
        {
            // Named by somebody after it was counted; whatever else went wrong is nobody's doing.
            db.ChangeTracker.Clear();
            await CountAsync(id, cancellation);
            if (ModelState.IsValid)
                throw;
            await OnGetAsync(id, cancellation);
            return Invalid();
        }

        this.Toast($"{thing.Name} was removed.");
        return RedirectToPage("Index");
    }

    /// <summary>Says what hangs on it, if anything.</summary>
    private async Task CountAsync(int id, CancellationToken cancellation)
    {
        var people = await db.Assignments.CountAsync(a => a.RepositoryId == id, cancellation);
        if (people > 0)
            ModelState.AddModelError("", people == 1 ? "1 assignment names this repository. Remove or move it first." : $"{people} assignments name this repository. Remove or move them first.");
    }

    private PageResult Invalid()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
