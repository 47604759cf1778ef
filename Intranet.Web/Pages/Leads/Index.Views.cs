using Intranet.Data;
using Intranet.Data.Reports;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

// Filters under a name.
public sealed partial class IndexModel
{
    public IReadOnlyList<ViewRow> Views { get; private set; } = [];
    public ViewInput? View { get; private set; }

    public async Task<IActionResult> OnPostSaveViewAsync(ViewInput view, CancellationToken cancellation)
    {
        View = view;
        var query = Query.ToQueryString();
        // A letter that isn't English takes nine characters of an address.
        if (query.Length > SavedList.LongestQuery)
            ModelState.AddModelError("view.Name", $"These filters are too long to be kept: {query.Length} characters of an address, at most {SavedList.LongestQuery}. Search for less.");
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        db.SavedLists.Add(new SavedList { Name = view.Name!, Page = Address, Query = query, OwnerId = Viewer.UserId, IsShared = view.IsShared, CreatedAt = Now });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            db.ChangeTracker.Clear();
            ModelState.AddModelError("view.Name", "You have a view of this name.");
            return await ShowAsync(cancellation);
        }

        this.Toast("View saved.");
        return Back();
    }

    public async Task<IActionResult> OnPostShareViewAsync(int id, bool shared, CancellationToken cancellation)
    {
        if (await db.SavedLists.FirstOrDefaultAsync(list => list.Id == id && list.Page == Address && list.OwnerId == Viewer.UserId, cancellation) is not { } list)
            return NotFound();
        list.IsShared = shared;
        await db.SaveChangesAsync(cancellation);
        this.Toast(shared ? "The team sees this view." : "Only you see this view.");
        return Back();
    }

    public async Task<IActionResult> OnPostDeleteViewAsync(int id, CancellationToken cancellation)
    {
        if (await db.SavedLists.FirstOrDefaultAsync(list => list.Id == id && list.Page == Address && list.OwnerId == Viewer.UserId, cancellation) is not { } list)
            return NotFound();
        db.SavedLists.Remove(list);
        await db.SaveChangesAsync(cancellation);
        // To undo is to save it again, with the filters that the address of the undo carries.
        this.Toast("View deleted.", $"{Url.Page("Index", "SaveView", new Dictionary<string, string?> { ["view.Name"] = list.Name, ["view.IsShared"] = list.IsShared ? "true" : "false" })}&{list.Query}");
        return Back();
    }
}

/// <summary>A saved view, as its link shows.</summary>
public sealed record ViewRow(int Id, string Name, string Query, bool IsShared, bool IsMine, string Owner);
