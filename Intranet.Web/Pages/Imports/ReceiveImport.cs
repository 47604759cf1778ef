using Intranet.Data;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// Takes a file in: stores it, checks that it can be read, finds the header and the meaning of its columns. What it
/// leaves behind is an import that waits to be read, or for somebody to say what its columns mean; when it refuses the
/// file, nothing.
/// </summary>
public sealed class ReceiveImport(IntranetDbContext db, ImportFolder folder, TimeProvider time)
{
    /// <param name="claim">The caller applies it at once, so the job must not; and nobody is there to be asked about columns.</param>
    /// <exception cref="UnreadableFileException">The file is refused; the message says why and what to do.</exception>
    public async Task<Import> RunAsync(ImportKind kind, string fileName, Stream content, string by, bool claim = false, CancellationToken cancellation = default)
    {
        fileName = Path.GetFileName(fileName.Replace('\\', '/'));
        var now = time.GetUtcNow().UtcDateTime;
        var stored = await folder.StoreAsync(content, fileName, cancellation);
        try
        {
            var import = new Import { Kind = kind.Name, FileName = Short(fileName), StoredName = stored, CreatedBy = by, CreatedAt = now };
            using (var file = folder.Open(import))
                ReadHeader(import, kind, file);
            await RememberAsync(import, kind, cancellation);
            if (ImportColumns.Problem(kind, import.Headers, import.Fields) is { } problem)
                import.State = claim ? throw new UnreadableFileException(problem) : ImportState.Unmapped;
            if (claim && import.ConfirmUnseen(by))
                import.Claim(now);
            db.Imports.Add(import);
            await db.SaveChangesAsync(cancellation);
            return import;
        }
        catch
        {
            folder.Delete(stored);
            throw;
        }
    }

    private static void ReadHeader(Import import, ImportKind kind, Spreadsheet file)
    {
        var first = file.Rows().Take(10).Select(row => row.Cells.Count <= Spreadsheet.MaxColumns ? row
            : throw new UnreadableFileException($"Line {row.Line} has {row.Cells.Count:N0} columns. At most {Spreadsheet.MaxColumns} are taken; remove those that aren't needed.")).ToList();
        if (first.TrueForAll(row => row.IsEmpty))
            throw new UnreadableFileException("The file is empty.");
        var header = ImportColumns.FindHeader(kind, first)
            ?? throw new UnreadableFileException($"No column of {kind.Label.ToLowerInvariant()} is recognised. The first line must name the columns, for example {string.Join(", ", kind.Fields.Take(4).Select(field => field.Name))}.");
        (import.Headers, import.Fields) = ([.. header.Cells], ImportColumns.Recognise(kind, header.Cells, [.. first.SkipWhile(row => row != header).Skip(1)]));
    }

    // A file of the same shape was applied before: its columns mean what somebody said then. Where nobody did, what had no
    // meaning then may have one that is known by now.
    private async Task RememberAsync(Import import, ImportKind kind, CancellationToken cancellation)
    {
        var headers = import.Headers;
        var before = await db.Imports.Where(i => i.Kind == kind.Name && i.State == ImportState.Applied && i.Headers == headers)
            .OrderByDescending(i => i.Id).Select(i => new { i.Fields, i.AreColumnsChosen }).FirstOrDefaultAsync(cancellation);
        if (before is null || ImportColumns.Problem(kind, headers, before.Fields) is not null)
            return;
        import.Fields = before.AreColumnsChosen ? before.Fields
            : [.. before.Fields.Zip(import.Fields, (then, now) => then.Length > 0 || before.Fields.Contains(now) ? then : now)];
        import.AreColumnsChosen = before.AreColumnsChosen;
    }

    // Keeps the ending, which tells what it is.
    private static string Short(string fileName) => fileName.Length <= 260 ? fileName : fileName[..200] + "…" + fileName[^50..];
}
