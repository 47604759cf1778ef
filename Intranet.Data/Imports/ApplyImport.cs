using Intranet.Data.Auditing;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports;

/// <summary>
/// Writes what a file says. The file is read and compared anew, because the truth may have moved since the preview, and
/// everything (records, search words, the rows' notes, the import's own state, the audit) is one transaction under one
/// lock: killed at any moment, nothing is written and the import is still to be applied; applied twice at once, the
/// second finds it done. Rows in error are skipped.
/// </summary>
public sealed class ApplyImport(IntranetDbContext db, TimeProvider time)
{
    private const int BatchSize = 2_000;

    /// <param name="import">Claimed for applying by the caller.</param>
    /// <param name="progress">Told the number of rows handled. The database can't be asked: the transaction is still open.</param>
    /// <returns>False when somebody else has applied it or taken it over; nothing was written here.</returns>
    public async Task<bool> RunAsync(Import import, ImportFileRows file, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var kind = ImportKind.Find(import.Kind) ?? throw new InvalidOperationException($"There is no kind of import called '{import.Kind}'.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync("import", cancellation);
        if (!await db.Imports.AnyAsync(i => i.Id == import.Id && i.Version == import.Version && i.State == ImportState.Applying, cancellation))
            return false;
        // In the name of whoever said apply, also when a job does it.
        Actor.Current = new Actor(import.AppliedBy ?? import.CreatedBy);
        await db.ImportRows.Where(row => row.ImportId == import.Id).ExecuteDeleteAsync(cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        var target = await kind.OpenAsync(db, DateOnly.FromDateTime(now), cancellation);
        target.ImportId = import.Id;
        var check = new RowCheck(kind, target, import.Headers, import.Fields);
        var counts = new ImportCounts();
        foreach (var some in file.Below(import.Headers).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = await check.CheckAsync(some, cancellation);
            rows.ForEach(row => counts.Add(row.Meaning.Kind));
            await db.InsertManyAsync(rows.Select(row => check.ToImportRow(import.Id, row)), cancellation);
            var changing = rows.Where(row => row.Meaning.Kind is ImportRowKind.New or ImportRowKind.Update).Select(row => (row.Values, row.Meaning)).ToList();
            if (changing.Count > 0)
                await target.WriteAsync(changing, cancellation);
            progress?.Report(counts.All);
        }

        await target.FinishAsync(cancellation);
        db.ChangeTracker.Clear();
        var applied = await db.Imports.SingleAsync(i => i.Id == import.Id, cancellation);
        applied.Applied(counts, target.Warnings(), now);
        db.Audit("imported", nameof(Import), import.Id,
            $"{kind.Label} from {import.FileName}: {applied.NewRows} new, {applied.UpdatedRows} updated, {applied.SameRows} same, {applied.ErrorRows} in error.");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
