using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports;

/// <summary>
/// Reads a file row by row and notes what each row would do: one <see cref="ImportRow"/> for each, and the counts.
/// Nothing else is written. The rows are saved some thousands at a time, with the progress and a sign of life.
/// </summary>
public sealed class PreviewImport(IntranetDbContext db, TimeProvider time)
{
    private const int BatchSize = 5_000;

    /// <param name="import">Claimed for reading by the caller.</param>
    /// <param name="progress">Told the number of rows handled.</param>
    /// <returns>False when it was discarded, changed or taken over meanwhile; its rows are then someone else's matter.</returns>
    public async Task<bool> RunAsync(Import import, ImportFileRows file, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var kind = ImportKind.Find(import.Kind) ?? throw new InvalidOperationException($"There is no kind of import called '{import.Kind}'.");
        var claim = import.Version;
        await db.ImportRows.Where(row => row.ImportId == import.Id).ExecuteDeleteAsync(cancellation);
        var target = await kind.OpenAsync(db, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), cancellation);
        var check = new RowCheck(kind, target, import.Headers, import.Fields);
        var counts = new ImportCounts();
        foreach (var some in file.Below(import.Headers).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var rows = await check.CheckAsync(some, cancellation);
            rows.ForEach(row => counts.Add(row.Meaning.Kind));
            var (now, total) = (time.GetUtcNow().UtcDateTime, Math.Max(file.About - 1, counts.All));
            var mine = await db.Imports.Where(i => i.Id == import.Id && i.Version == claim)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.Progress, counts.All).SetProperty(i => i.Total, total).SetProperty(i => i.AliveAt, now), cancellation);
            if (mine == 0)
                return false;
            await db.InsertManyAsync(rows.Select(row => check.ToImportRow(import.Id, row)), cancellation);
            await transaction.CommitAsync(cancellation);
            progress?.Report(counts.All);
        }

        db.ChangeTracker.Clear();
        var read = await db.Imports.SingleAsync(i => i.Id == import.Id, cancellation);
        if (read.Version != claim)
            return false;
        read.Previewed(counts, target.Warnings());
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }

        return true;
    }
}
