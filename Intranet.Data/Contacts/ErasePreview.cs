using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Intranet.Data.Imports;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>What erasing a person reaches besides the rows of the cluster.</summary>
/// <param name="Notes">Interactions whose text is about them.</param>
/// <param name="Texts">Next steps, reasons and roles at their leads that name them.</param>
/// <param name="Files">Imports that wait and hold them, or whose rows nobody has read yet.</param>
/// <param name="Generic">Their values on the list of generic ones that nobody else has.</param>
public sealed record ErasePreview(int Notes, int Texts, IReadOnlyList<ErasePreview.WaitingFile> Files, IReadOnlyList<string> Generic)
{
    /// <param name="Rows">About the person; null where the file isn't read yet.</param>
    /// <param name="IsOfTalks">Applied later, it writes them without their text; other files pass over the row.</param>
    public sealed record WaitingFile(int Id, string FileName, int? Rows, bool IsOfTalks);

    /// <summary>Which rows were shown: erasing others than those would be without undo.</summary>
    public static string SeenOf(IEnumerable<PersonRow> rows)
        => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(rows.Select(row => row.Id).Order().ToArray().AsSpan())));
}

public static class ErasePreviewQueries
{
    /// <summary>Reads the rows of files that wait, and the texts of the person's leads.</summary>
    public static async Task<ErasePreview> ErasePreviewAsync(this IntranetDbContext db, IReadOnlyCollection<PersonRow> people, CancellationToken cancellation = default)
    {
        var notes = await new EraseInteractions(db).FindAsync(people, cancellation);
        var texts = await new EraseInteractions(db).FindOthersAsync(people, cancellation);
        var named = (await new EraseImportRows(db).FindNamedAsync(people, cancellation)).ToLookup(row => row.ImportId, row => row.Line);
        var waiting = await db.Imports.AsNoTracking().Where(import => EraseImportRows.OfPeople.Contains(import.Kind) && EraseImportRows.Waiting.Contains(import.State)
                && (import.State != ImportState.Stopped || import.StoredName != ""))
            .OrderBy(import => import.Id).ToListAsync(cancellation);
        return new ErasePreview(notes.Count, texts.Count, [.. waiting
            // What is written waits no more. One that was confirmed unseen is read as it is applied: of its rest nothing is known.
            .Select(import => new ErasePreview.WaitingFile(import.Id, import.FileName, named[import.Id].Count(line => line > import.Position) is > 0 and var rows ? rows
                : import.State == ImportState.Previewed || import.Position == Import.WholeFile || (import.State == ImportState.Stopped && import.Rows == import.Total) ? 0 : null, import.Kind == Imports.Kinds.InteractionsKind.Key))
            .Where(file => file.Rows != 0)],
            [.. (await new EraseGenericValues(db).FindAsync(people, cancellation)).Select(value => value.ValueKey)]);
    }
}
