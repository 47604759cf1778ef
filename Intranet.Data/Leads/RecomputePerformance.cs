using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Computes anew how all leads perform and when they are due, those without orders included; ends labels set by hand whose
/// last day is over. Reads and writes some thousands of leads at a time, each time in a transaction of its own.
/// </summary>
public sealed class RecomputePerformance(IntranetDbContext db, TimeProvider time)
{
    // Memory stays small, and others write in between, after a second. Each batch writes most pages of each index: fewer do it less often.
    private const int Batch = 8000;

    /// <param name="report">Told what it does, in words, and how much is done, 0 to 100.</param>
    /// <param name="withTouches">Also reads all interactions again: after the settings changed what a touch is.</param>
    /// <param name="cancellation">Stops it between batches; each lead is right by itself.</param>
    /// <returns>How many leads were computed.</returns>
    public async Task<int> RunAsync(Action<string, int>? report = null, bool withTouches = false, CancellationToken cancellation = default)
    {
        var settings = await db.Settings.LeadSettingsAsync(cancellation);
        var total = await db.Leads.CountAsync(cancellation);
        var (done, after) = (0, 0);
        // Every row of two tables is read and most are written, with all their indexes.
        await using var _ = await db.ExpectManyRowsAsync(cancellation);
        while (await db.Leads.Where(lead => lead.Id > after).OrderBy(lead => lead.Id).Select(lead => lead.Id).Take(Batch).MaxAsync(id => (int?)id, cancellation) is { } to)
        {
            cancellation.ThrowIfCancellationRequested();
            report?.Invoke("Computing performance", (int)(100.0 * done / Math.Max(1, total)));
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.LockAsync(ReassignLeads.Lock, cancellation);
            done += await new RefreshLeads(db, time).RunAsync(after, to, settings, withTouches, cancellation);
            await transaction.CommitAsync(cancellation);
            after = to;
        }

        return done;
    }

    /// <summary>One lead.</summary>
    /// <returns>Null when there is no such lead.</returns>
    public async Task<LeadPerformance?> OneAsync(int lead, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        await new RefreshLeads(db, time).RunAsync([lead], cancellation);
        await transaction.CommitAsync(cancellation);
        return await db.LeadPerformance.AsNoTracking().FirstOrDefaultAsync(one => one.LeadId == lead, cancellation);
    }
}
