using Intranet.Data;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// A file from disk, through the same steps as an upload: received, previewed, applied; at once, and without asking.
/// Rows in error are skipped and noted as always.
/// </summary>
public sealed class ImportFile(IntranetDbContext db, ReceiveImport receive, WorkOnImport work, TimeProvider time)
{
    /// <param name="kind">Name of an <see cref="ImportKind"/>: employees, assignments, products, repositories, locations, title-rules.</param>
    /// <returns>The import with its counts, Applied or Failed.</returns>
    /// <exception cref="UnreadableFileException">The file is refused; nothing is left behind.</exception>
    public async Task<Import> RunAsync(string kind, string path, string by, CancellationToken cancellation = default)
    {
        var known = ImportKind.Find(kind) ?? throw new ArgumentException($"There is no kind of import called '{kind}'.", nameof(kind));
        Import received;
        await using (var content = File.OpenRead(path))
            received = await receive.RunAsync(known, Path.GetFileName(path), content, by, claim: true, cancellation);
        await work.RunAsync(received, cancellation);

        var import = await LoadAsync(received.Id, cancellation);
        if (!import.Confirm(by))
            return import;
        import.Claim(time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        await work.RunAsync(import, cancellation);
        return await LoadAsync(received.Id, cancellation);
    }

    private Task<Import> LoadAsync(int id, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        return db.Imports.SingleAsync(i => i.Id == id, cancellation);
    }
}
