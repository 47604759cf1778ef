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
    /// <param name="work">Told the number of rows handled.</param>
    /// <returns>False when it was discarded, changed or taken over meanwhile; its rows are then someone else's matter.</returns>
    public async Task<bool> RunAsync(Import import, ImportFileRows file, ImportWork? work = null, CancellationToken cancellation = default)
    {
        var kind = ImportKind.Find(import.Kind) ?? throw new InvalidOperationException($"There is no kind of import called '{import.Kind}'.");
        var claim = import.Version;
        await db.ForgetImportRowsAsync(import.Id, cancellation: cancellation);
        var target = kind.Open(db, new ImportPass(import.Id, time.GetUtcNow().UtcDateTime, null));
        var check = new RowCheck(kind, target, import.Headers, import.Fields);
        var counts = new ImportCounts();
        foreach (var some in file.Below(import.Headers).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = await check.CompareAsync(check.Read(some), cancellation);
            rows.ForEach(row => counts.Add(row.Meaning.Kind));
            var (now, total) = (time.GetUtcNow().UtcDateTime, Math.Max(file.About - 1, counts.All));
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var mine = await db.Imports.Where(i => i.Id == import.Id && i.Version == claim)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.Progress, counts.All).SetProperty(i => i.Total, total).SetProperty(i => i.AliveAt, now), cancellation);
            if (mine == 0)
                return false;
            await db.InsertManyAsync(rows.Select(row => check.ToImportRow(import.Id, row)), cancellation);
            await transaction.CommitAsync(cancellation);
            work?.Report(counts.All);
        }

        db.ChangeTracker.Clear();
        var read = await db.Imports.SingleAsync(i => i.Id == import.Id, cancellation);
        if (read.Version != claim)
            return false;
        read.Previewed(counts, check.Warnings());
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
