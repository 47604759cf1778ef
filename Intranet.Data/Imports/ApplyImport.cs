using System.Diagnostics;
using Intranet.Data.Auditing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Intranet.Data.Imports;

/// <summary>
/// Writes what a file says, batch by batch. A batch is read and compared anew, because the truth may have moved since the preview;
/// what its rows bring (records, search words, notes, the audit) and the position after it are one transaction. Killed at any
/// moment, whoever claims it next goes on after the last batch that was committed. Afterwards comes, in portions with a position
/// of their own, what is done for all rows at once. Rows in error are skipped.
/// </summary>
public sealed class ApplyImport(IntranetDbContext db, ImportPace pace, TimeProvider time)
{
    // Rows read again at a time.
    private const int Portion = 10_000;

    // Of the two minutes after which it would be taken over.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);

    public enum Outcome
    {
        Applied,

        /// <summary>Somebody stopped it. What was written before is complete and stays.</summary>
        Stopped,

        /// <summary>Somebody else has it now; nothing was written here since.</summary>
        TakenOver,
    }

    /// <param name="import">Claimed for applying by the caller.</param>
    /// <param name="open">Opens the file; not asked for where only the end of the work is left.</param>
    /// <param name="work">Told the number of rows handled, and asked whether to stop.</param>
    /// <param name="cancellation">Leaves the batch at hand unwritten and the rest to whoever claims the import next.</param>
    public async Task<Outcome> RunAsync(Import import, Func<ImportFileRows> open, ImportWork work, CancellationToken cancellation = default)
    {
        // In the name of whoever said apply, also when a job does it.
        Actor.Current = new Actor(import.AppliedBy ?? import.CreatedBy);
        db.ChangeTracker.Clear();
        await using var _ = await db.ExpectManyRowsAsync(cancellation);
        var pass = new Pass(db, time, import, work);
        try
        {
            if (import.StoppedBy is null && import.Position < Import.WholeFile && !await RowsAsync(pass, open(), cancellation))
                return Outcome.TakenOver;
        }
        catch (OperationCanceledException) when (work.Stop.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            pass.StoppedBy = work.StoppedBy;
        }

        return await EndAsync(pass, cancellation);
    }

    /// <returns>False when somebody else has it.</returns>
    private async Task<bool> RowsAsync(Pass pass, ImportFileRows file, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, pass.Work.Stop);
        var target = pass.Open();
        var check = pass.Check(target);
        using var rows = file.Below(pass.Import.Headers).GetEnumerator();
        var next = await RecallAsync(pass, check, rows, stop.Token);
        var size = pace.FirstBatch;
        var watch = new Stopwatch();
        var held = TimeSpan.Zero;
        for (List<RawRow> some; (some = Take(rows, ref next, size)).Count > 0;)
        {
            stop.Token.ThrowIfCancellationRequested();
            var read = check.Read(some);
            // Small batches follow each other until together they took as long as one transaction may.
            if (held >= pace.Holds)
            {
                await RestAsync(watch, stop.Token);
                held = TimeSpan.Zero;
            }

            watch.Restart();
            if (!await pass.WriteAsync(target, check, read, file.About - 1, stop.Token))
                return pass.StoppedBy is not null;
            size = pace.Next(size, watch.Elapsed);
            held += watch.Elapsed;
            watch.Restart();
        }

        pass.IsWhole = true;
        return true;
    }

    // What was applied before is read once more: a later row may repeat it. The answer is the first row that wasn't.
    private static async Task<RawRow?> RecallAsync(Pass pass, RowCheck check, IEnumerator<RawRow> rows, CancellationToken cancellation)
    {
        while (true)
        {
            var before = new List<RawRow>();
            RawRow? next = null;
            while (before.Count < Portion && rows.MoveNext())
            {
                if (rows.Current.Line > pass.Position)
                {
                    next = rows.Current;
                    break;
                }

                before.Add(rows.Current);
            }

            await check.RecallAsync(check.Read(before), cancellation);
            if (before.Count < Portion)
                return next;
            await pass.GiveSignOfLifeAsync(cancellation);
        }
    }

    private static List<RawRow> Take(IEnumerator<RawRow> rows, ref RawRow? next, int size)
    {
        var some = new List<RawRow>(size);
        if (next is not null)
            some.Add(next);
        next = null;
        while (some.Count < size && rows.MoveNext())
            some.Add(rows.Current);
        return some;
    }

    private async Task RestAsync(Stopwatch sinceLast, CancellationToken cancellation)
    {
        if (sinceLast.IsRunning && sinceLast.Elapsed < pace.Pause)
            await Task.Delay(pace.Pause - sinceLast.Elapsed, cancellation);
    }

    private async Task<Outcome> EndAsync(Pass pass, CancellationToken cancellation)
    {
        // From what was committed last: the batch at hand may have been left in the middle.
        var target = pass.Open();
        var watch = new Stopwatch();
        while (true)
        {
            await RestAsync(watch, cancellation);
            if (await pass.CompleteAsync(target, cancellation) is { } outcome)
                return outcome;
            watch.Restart();
        }
    }

    /// <summary>Where one worker is in the file, and the transactions that move it on.</summary>
    private sealed class Pass(IntranetDbContext db, TimeProvider time, Import import, ImportWork work)
    {
        private readonly ImportKind kind = ImportKind.Find(import.Kind) ?? throw new InvalidOperationException($"There is no kind of import called '{import.Kind}'.");
        private readonly DateTime began = import.BeganAt ?? time.GetUtcNow().UtcDateTime;
        private int handled = import.Progress, written = import.Written;
        private string? carried = import.Carried;
        private DateTime alive = time.GetUtcNow().UtcDateTime;

        internal Import Import => import;
        internal ImportWork Work => work;

        /// <summary>The line up to which rows are committed.</summary>
        internal int Position { get; private set; } = import.Position;

        internal string? StoppedBy { get; set; } = import.StoppedBy;

        /// <summary>All rows are committed.</summary>
        internal bool IsWhole { get; set; } = import.Position == Import.WholeFile;

        internal ImportTarget Open() => kind.Open(db, new ImportPass(import.Id, began, carried));

        internal RowCheck Check(ImportTarget target) => new(kind, target, import.Headers, import.Fields);

        /// <summary>One batch.</summary>
        /// <returns>False when nothing was written: somebody else has the import, or asked to stop it.</returns>
        internal async Task<bool> WriteAsync(ImportTarget target, RowCheck check, List<ReadRow> read, int about, CancellationToken cancellation)
        {
            await using var transaction = await BeginAsync(target, cancellation);
            if (transaction is null || StoppedBy is not null)
                return false;
            var last = read[^1].Raw.Line;
            await db.ImportRows.Where(row => row.ImportId == import.Id && row.Line > Position && row.Line <= last).ExecuteDeleteAsync(cancellation);
            var rows = await check.CompareAsync(read, cancellation);
            await db.InsertManyAsync(rows.Select(row => check.ToImportRow(import.Id, row)), cancellation);
            var changing = rows.Where(row => row.Meaning.Kind is ImportRowKind.New or ImportRowKind.Update).Select(row => (row.Values, row.Meaning)).ToList();
            if (changing.Count > 0)
                await target.WriteAsync(changing, cancellation);
            if (!await CommitAsync(transaction, last, handled + rows.Count, written + changing.Count, Math.Max(import.Rows > 0 ? import.Rows : about, handled + rows.Count), target.Carry(), cancellation))
                return false;
            work.Report(handled);
            return true;
        }

        /// <summary>One portion of what is done for many rows at once; with the last one, the end.</summary>
        /// <returns>Null while something is left.</returns>
        internal async Task<Outcome?> CompleteAsync(ImportTarget target, CancellationToken cancellation)
        {
            var stoppedBy = StoppedBy;
            await using var transaction = await BeginAsync(target, cancellation);
            if (transaction is null)
                return Outcome.TakenOver;
            // Who asks to stop when all rows are written comes too late: what is left belongs to them.
            StoppedBy = IsWhole ? null : stoppedBy ?? StoppedBy;
            if (Position > 0 && await target.CompleteAsync(Position, cancellation))
            {
                return await CommitAsync(transaction, IsWhole ? Import.WholeFile : Position, handled, written, import.Total ?? handled, target.Carry(), cancellation)
                    ? null : Outcome.TakenOver;
            }

            var ended = await db.Imports.SingleAsync(i => i.Id == import.Id, cancellation);
            await EndAsync(ended, target, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
            return IsWhole ? Outcome.Applied : Outcome.Stopped;
        }

        private async Task EndAsync(Import ended, ImportTarget target, CancellationToken cancellation)
        {
            if (!IsWhole && Position == 0)
            {
                // The rows of the preview are all still there.
                ended.Withdraw(StoppedBy ?? "");
                return;
            }

            var counts = await db.ImportRows.CountAsync(import.Id, cancellation);
            if (IsWhole)
            {
                ended.Applied(counts, target.Warnings(), time.GetUtcNow().UtcDateTime);
                (ended.Position, ended.BeganAt, ended.StoppedBy) = (Import.WholeFile, began, null);
                db.Audit("imported", nameof(Import), import.Id,
                    $"{kind.Label} from {import.FileName}: {ended.NewRows} new, {ended.UpdatedRows} updated, {ended.SameRows} same, {ended.ErrorRows} in error.");
                return;
            }

            (ended.Carried, ended.StoppedBy) = (target.Carry(), StoppedBy);
            ended.Stopped(counts, target.Warnings());
            db.Audit("stopped", nameof(Import), import.Id, $"{kind.Label} from {import.FileName}, up to line {Position}: {written} rows written.");
        }

        internal async Task GiveSignOfLifeAsync(CancellationToken cancellation)
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (now - alive < SignOfLife)
                return;
            alive = now;
            await db.Imports.Where(i => i.Id == import.Id && i.Version == import.Version).ExecuteUpdateAsync(set => set.SetProperty(i => i.AliveAt, now), cancellation);
        }

        /// <returns>Null when somebody else has the import.</returns>
        private async Task<IDbContextTransaction?> BeginAsync(ImportTarget target, CancellationToken cancellation)
        {
            var transaction = await db.Database.BeginTransactionAsync(cancellation);
            try
            {
                await db.LockAsync(Locks.Imports, cancellation);
                await target.LockAsync(cancellation);
                if (await db.Imports.Where(i => i.Id == import.Id && i.Version == import.Version && i.State == ImportState.Applying).Select(i => new { i.StoppedBy }).FirstOrDefaultAsync(cancellation) is { } mine)
                {
                    StoppedBy = mine.StoppedBy;
                    return transaction;
                }
            }
            catch
            {
                await transaction.DisposeAsync();
                throw;
            }

            await transaction.DisposeAsync();
            return null;
        }

        private async Task<bool> CommitAsync(IDbContextTransaction transaction, int position, int rows, int changed, int total, string? carry, CancellationToken cancellation)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var by = StoppedBy;
            // Whoever took it over has given it another version: then this is nobody's work any more.
            var mine = await db.Imports.Where(i => i.Id == import.Id && i.Version == import.Version).ExecuteUpdateAsync(set => set
                .SetProperty(i => i.Position, position).SetProperty(i => i.Progress, rows).SetProperty(i => i.Written, changed).SetProperty(i => i.Total, total)
                .SetProperty(i => i.Carried, carry).SetProperty(i => i.BeganAt, began).SetProperty(i => i.AliveAt, now).SetProperty(i => i.StoppedBy, i => i.StoppedBy ?? by), cancellation);
            if (mine == 0)
                return false;
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
            (Position, handled, written, carried, alive) = (position, rows, changed, carry, now);
            return true;
        }
    }
}
