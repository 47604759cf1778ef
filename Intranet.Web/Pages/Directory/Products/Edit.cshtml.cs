using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.Products;

public sealed class EditModel(IntranetDbContext db) : PageModel
{
    [BindProperty]
    public ProductInput Input { get; set; } = new();

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

    private async Task<ProductInput?> StoredAsync(int id, CancellationToken cancellation)
        => await db.Products.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellation) is not { } thing ? null : new ProductInput
        {
            Name = thing.Name,
            Description = thing.Description,
            ChatChannel = thing.ChatChannel,
            Stakeholders = string.Join('\n', thing.Stakeholders),
            Version = thing.Version,
        };

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellation)
    {
        var thing = id is null ? new Product() : await db.Products.FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (thing is null)
            return NotFound();
        (Id, OldName) = (id, thing.Name);
        if (!ModelState.IsValid)
            return Invalid();

        thing.Name = Input.Name!;
        thing.Description = Input.Description ?? "";
        thing.ChatChannel = Input.ChatChannel ?? "";
        thing.Stakeholders = AddressList.Parse(Input.Stakeholders);
        if (id is null)
            db.Products.Add(thing);
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
            this.ShowStored(nameof(Input), "this product", Input, now);
            return Invalid();
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            ModelState.AddModelError("Input.Name", "There is a product of that name already.");
            return Invalid();
        }

        this.Toast(id is null ? "Added." : "Saved.");
        return RedirectToPage("Details", new { id = thing.Id });
    }

    /// <summary>Removes one that nothing hangs on; otherwise says what does.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(int id, CancellationToken cancellation)
    {
        var thing = await db.Products.FirstOrDefaultAsync(t => t.Id == id, cancellation);
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

        db.Products.Remove(thing);
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
        var people = await db.Assignments.CountAsync(a => a.ProductId == id, cancellation);
        if (people > 0)
            ModelState.AddModelError("", people == 1 ? "1 assignment names this product. Remove or move it first." : $"{people} assignments name this product. Remove or move them first.");
        var repositories = await db.Repositories.CountAsync(r => r.ProductId == id, cancellation);
        if (repositories > 0)
            ModelState.AddModelError("", repositories == 1 ? "1 repository belongs to this product. Move it first." : $"{repositories} repositories belong to this product. Move them first.");
    }

    private PageResult Invalid()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
