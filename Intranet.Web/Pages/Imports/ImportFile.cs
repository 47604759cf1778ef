using Intranet.Data;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// A file from disk, through the same steps as an upload that is applied unseen: received and applied; at once, and without asking.
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
        return await WorkAsync(received, cancellation);
    }

    /// <summary>Goes on with one that a process left in the middle, where no other process can be at work on it.</summary>
    /// <param name="begun">Tracked, Applying.</param>
    /// <returns>The import with its counts, Applied or Failed.</returns>
    public async Task<Import> GoOnAsync(Import begun, CancellationToken cancellation = default)
    {
        begun.Claim(time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        return await WorkAsync(begun, cancellation);
    }

    private async Task<Import> WorkAsync(Import import, CancellationToken cancellation)
    {
        await work.RunAsync(import, cancellation);
        db.ChangeTracker.Clear();
        return await db.Imports.SingleAsync(i => i.Id == import.Id, cancellation);
    }
}
