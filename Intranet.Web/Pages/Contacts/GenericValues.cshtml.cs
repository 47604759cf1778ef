using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>The stewards' list of addresses and numbers that say nothing about who somebody is.</summary>
public sealed class GenericValuesModel(IntranetDbContext db, PhoneRules phones, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    /// <summary>Bound by the handler that adds.</summary>
    public GenericValueInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true), System.ComponentModel.DataAnnotations.Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<GenericValue> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public Pager Pager => new(PageNumber, PageSize, Total, number => Url.Page("GenericValues", new { pageNumber = number == 1 ? (int?)null : number })!);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await InvalidAsync(cancellation);
        await ShowAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAddAsync([Bind(Prefix = "Input")] GenericValueInput input, CancellationToken cancellation)
    {
        Input = input;
        if (!ModelState.IsValid)
            return await InvalidAsync(cancellation);
        var value = new GenericValue { Kind = input.Kind, ValueKey = input.Key(phones), AddedAt = clock.GetUtcNow().UtcDateTime, AddedBy = User.Identity!.Name! };
        // Before it is tried: what the database refuses is an error in the log.
        if (await db.GenericValues.AnyAsync(one => one.Kind == value.Kind && one.ValueKey == value.ValueKey, cancellation))
            return await KnownAsync(cancellation);
        db.GenericValues.Add(value);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            db.ChangeTracker.Clear();
            return await KnownAsync(cancellation);
        }

        this.Toast("Added.", Url.Page("GenericValues", "Remove", new { id = value.Id }));
        return RedirectToPage("GenericValues");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id, CancellationToken cancellation)
    {
        if (await db.GenericValues.FirstOrDefaultAsync(value => value.Id == id, cancellation) is not { } value)
            return NotFound();
        db.GenericValues.Remove(value);
        await db.SaveChangesAsync(cancellation);
        this.Toast("Removed.", Url.Page("GenericValues", "Restore", new { kind = value.Kind, key = value.ValueKey }));
        return RedirectToPage("GenericValues");
    }

    /// <summary>Undoes a removal.</summary>
    public async Task<IActionResult> OnPostRestoreAsync(GenericValueKind kind, string? key, CancellationToken cancellation)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(kind) || key is not { Length: > 0 and <= 254 })
            return NotFound();
        if (!await db.GenericValues.AnyAsync(value => value.Kind == kind && value.ValueKey == key, cancellation))
        {
            db.GenericValues.Add(new GenericValue { Kind = kind, ValueKey = key, AddedAt = clock.GetUtcNow().UtcDateTime, AddedBy = User.Identity!.Name! });
            await db.SaveChangesAsync(cancellation);
        }

        this.Toast("On the list again.");
        return RedirectToPage("GenericValues");
    }

    private async Task<IActionResult> KnownAsync(CancellationToken cancellation)
    {
        ModelState.AddModelError("Input.Value", "This is on the list already.");
        return await InvalidAsync(cancellation);
    }

    private async Task ShowAsync(CancellationToken cancellation)
    {
        Total = await db.GenericValues.CountAsync(cancellation);
        Rows = await db.GenericValues.AsNoTracking().OrderBy(value => value.Kind).ThenBy(value => value.ValueKey).Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
    }

    private async Task<PageResult> InvalidAsync(CancellationToken cancellation)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        PageNumber = Math.Clamp(PageNumber, 1, 1_000_000);
        await ShowAsync(cancellation);
        return Page();
    }
}
