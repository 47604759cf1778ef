using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Erases a person for privacy, after showing which contacts lose their values, and asking why.</summary>
public sealed class EraseModel(IntranetDbContext db, EraseContact erase) : PageModel
{
    /// <summary>Contacts that are shown; some people have thousands.</summary>
    public const int Most = 50;

    [BindProperty, Required(ErrorMessage = "Say why: the reason stays in the audit."), StringLength(300, ErrorMessage = "At most 300 characters.")]
    [RegularExpression(@"[^\p{Cc}]*", ErrorMessage = "Use one line without control characters.")]
    public string? Reason { get; set; }

    /// <summary>Also the texts of talks with them.</summary>
    [BindProperty]
    public bool WipesNotes { get; set; } = true;

    /// <summary>"the text of 2 interactions with them or naming them, and 1 other text at their leads".</summary>
    public string TextsInWords => string.Join(", and ", new[]
    {
        Preview.Notes == 0 ? "" : $"the text of {Counted(Preview.Notes, "interaction")} with them or naming them",
        Preview.Texts == 0 ? "" : $"{Counted(Preview.Texts, Preview.Notes == 0 ? "text" : "other text")} naming them at their leads (next steps, reasons, roles)",
    }.Where(part => part.Length > 0));

    private static string Counted(int count, string what) => $"{count.ToString("N0", CultureInfo.CurrentCulture)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>Which contacts were shown: nobody else is erased.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public int Id { get; private set; }
    public IReadOnlyList<PersonRow> Rows { get; private set; } = [];

    /// <summary>What it reaches besides the contacts themselves.</summary>
    public ErasePreview Preview { get; private set; } = new(0, 0, [], []);

    public Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation) => ShowAsync(id, cancellation);

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(id, cancellation);
        }

        int? erased;
        try
        {
            erased = await erase.RunAsync(id, Reason!.Trim(), WipesNotes, Seen ?? "", cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            ModelState.Clear();
            ModelState.AddModelError("", "Somebody changed which contacts are this person. Look at them again before you erase.");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(id, cancellation);
        }

        if (erased is null)
            return await GoneAsync(id, cancellation);
        this.Toast(erased == 1 ? "Erased." : $"Erased, {erased} contacts.");
        return RedirectToPage("Details", new { id });
    }

    private async Task<IActionResult> ShowAsync(int id, CancellationToken cancellation)
    {
        Id = id;
        if (await db.ClusterAsync(id, cancellation) is not { } cluster)
            return NotFound();
        Rows = [.. cluster.All.Where(row => row.ErasedAt is null)];
        if (Rows.Count == 0)
            return await GoneAsync(id, cancellation);
        Seen = ErasePreview.SeenOf(Rows);
        Preview = await db.ErasePreviewAsync(Rows, cancellation);
        return Page();
    }

    // Whoever goes back in the browser, or comes second.
    private async Task<IActionResult> GoneAsync(int id, CancellationToken cancellation)
    {
        if (!await db.Contacts.AnyAsync(c => c.Id == id && c.ErasedAt != null, cancellation))
            return NotFound();
        this.Toast("Already erased.");
        return RedirectToPage("Details", new { id });
    }
}
