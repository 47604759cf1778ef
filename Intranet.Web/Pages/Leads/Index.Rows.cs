using System.Globalization;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace Intranet.Web.Pages.Leads;

// What is changed in one row.
public sealed partial class IndexModel
{
    /// <summary>The row that is open for changes.</summary>
    [FromQuery(Name = "edit")]
    public int? Editing { get; set; }

    /// <summary>What is in the row that is open, where it was sent and not saved.</summary>
    public RowInput? Row { get; private set; }
    public AllowedMoves Moves { get; private set; } = new([]);

    /// <summary>The row that shows, whatever the filter says.</summary>
    private int? Kept { get; set; }

    public async Task<IActionResult> OnPostRowAsync(RowInput row, CancellationToken cancellation)
    {
        (Row, Editing) = (row, row.Id);
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        var saved = await save.RunAsync(row, Viewer, cancellation);
        if (!saved.IsFound)
            return NotFound();
        // Also where it is none of the list's any more: what was typed stands in its row.
        Kept = row.Id;
        if (saved.IsStale)
        {
            if (await RowInput.StoredAsync(db, row, cancellation) is not { } stored)
                return NotFound();
            this.ShowStored("row", "this lead", row, stored.Row, property => property == nameof(RowInput.OwnerId) ? stored.Owner ?? "nobody" : null);
            return await ShowAsync(cancellation);
        }

        if (saved.Refused is { } refused)
        {
            ModelState.AddModelError($"row.{refused.Field}", refused.Message);
            return await ShowAsync(cancellation);
        }

        // What it was before goes with the address of the undo; what is there now is found by the version.
        this.Toast("Saved.", saved.Done is not { } done ? null : Url.Page("Index", "RowBack", new Dictionary<string, string?>(Query.Here("id", Text(row.Id)))
        {
            ["version"] = $"{done.Version}",
            ["move"] = done.Move is { } made ? Text(made) : null,
            ["at"] = done.GivenAt is { } at ? Instant.ToText(at) : null,
            ["step"] = done.NextStep,
        }));
        return Back();
    }

    /// <summary>Undoes what was saved in a row.</summary>
    /// <param name="id">Of the lead.</param>
    /// <param name="version">The lead's after it was saved.</param>
    /// <param name="move">The move between stages, if there was one.</param>
    /// <param name="at">When it was given to another, in ticks, if it was.</param>
    /// <param name="step">The next step of before.</param>
    public async Task<IActionResult> OnPostRowBackAsync(int id, Guid version, int? move, long? at, string? step, CancellationToken cancellation)
    {
        var given = Instant.Of(at);
        if (given is null != at is null || step?.Length > 500)
            return NotFound();
        var result = await saveBack.RunAsync(new TakeBackSave.Request(id, version, move, given, step), Viewer, cancellation);
        if (!result.IsFound)
            return NotFound();
        this.Toast(result.IsBack ? "Taken back: the lead is as it was." : "This can't be taken back any more: the lead has changed since, or it is too long ago.");
        return Back();
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancellation)
    {
        if (!await delete.RunAsync(id, Viewer, cancellation))
            return NotFound();
        this.Toast("Deleted.", Url.Page("Index", "Restore", new Dictionary<string, string?>(Query.Route()) { ["id"] = id.ToString(CultureInfo.InvariantCulture) }));
        return Back();
    }

    public async Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancellation)
    {
        if (!await delete.RestoreAsync(id, Viewer, cancellation))
            return NotFound();
        this.Toast("Restored.");
        return Back();
    }
}
