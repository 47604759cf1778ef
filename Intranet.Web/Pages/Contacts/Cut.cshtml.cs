using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Shows what will come apart before a link is cut.</summary>
public sealed class CutModel(IntranetDbContext db, CutLink cut) : PageModel
{
    public required Link Link { get; set; }
    public required Cluster Cluster { get; set; }

    /// <summary>Who made the link, by name.</summary>
    public required string CreatedBy { get; set; }
    public IReadOnlyList<CutPreview.Part> Parts { get; private set; } = [];

    /// <summary>What was shown; nothing else is cut.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    /// <summary>Ends that are deleted: nothing comes apart as long as they are.</summary>
    public IEnumerable<int> Gone => Cluster.Deleted.Select(row => row.Id).Where(row => row == Link.FirstId || row == Link.SecondId);

    public Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation) => ShowAsync(id, cancellation);

    private async Task<IActionResult> ShowAsync(int id, CancellationToken cancellation)
    {
        var link = await db.Links.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id, cancellation);
        if (link is null)
            return NotFound();
        // Whoever goes back in the browser, or follows an old address.
        if (link.CutAt is not null)
        {
            this.Toast(link.IsUndone ? "That link was undone already." : "Already cut.");
            return RedirectToPage("Details", new { id = link.FirstId });
        }

        Link = link;
        CreatedBy = (await db.NamesOfAsync([link.CreatedBy], cancellation)).Of(link.CreatedBy);
        (Cluster, Parts) = await db.CutPreviewAsync(link, cancellation);
        Seen = CutPreview.SeenOf(Parts);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellation)
    {
        if (await FirstAsync(id, cancellation) is not { } contact)
            return NotFound();
        try
        {
            // Who finds it cut has nothing to undo: that is for who did it.
            if (await cut.RunAsync(id, User.Identity!.Name!, Seen ?? "", cancellation) is null)
                this.Toast("Somebody cut it already.");
            else
                this.Toast("Cut.", Url.Page("Cut", "Undo", new { id }));
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            ModelState.Clear();
            ModelState.AddModelError("", "Somebody changed what would come apart. Look at it again before you cut.");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(id, cancellation);
        }

        return RedirectToPage("Details", new { id = contact });
    }

    public async Task<IActionResult> OnPostUndoAsync(int id, CancellationToken cancellation)
    {
        if (await FirstAsync(id, cancellation) is not { } contact || await cut.UndoAsync(id, cancellation) is var refused && refused is LinkContacts.Refusal.Missing)
            return NotFound();
        this.Toast(refused is null ? "The link holds again." : "Not taken back: somebody said meanwhile that these are not the same. Take that back first.");
        return RedirectToPage("Details", new { id = contact });
    }

    private Task<int?> FirstAsync(int id, CancellationToken cancellation)
        => db.Links.Where(l => l.Id == id).Select(l => (int?)l.FirstId).FirstOrDefaultAsync(cancellation);
}
