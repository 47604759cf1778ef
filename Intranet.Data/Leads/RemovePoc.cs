using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Takes a person off a lead, or puts them back; the contact and what was said with them stay.</summary>
public sealed class RemovePoc(IntranetDbContext db, TimeProvider time)
{
    /// <returns>The poc; null when there is none that <paramref name="by"/> may change.</returns>
    public Task<Poc?> RunAsync(int id, LeadViewer by, CancellationToken cancellation = default)
        => ChangeAsync(id, by, time.GetUtcNow().UtcDateTime, cancellation);

    /// <summary>Undoes it. The main one is whoever became it since.</summary>
    /// <returns>The poc; null when there is none that <paramref name="by"/> may change.</returns>
    public Task<Poc?> RestoreAsync(int id, LeadViewer by, CancellationToken cancellation = default)
        => ChangeAsync(id, by, null, cancellation);

    private async Task<Poc?> ChangeAsync(int id, LeadViewer by, DateTime? removedAt, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        var leads = db.Leads.Current().EditableBy(by);
        if (await db.Pocs.FirstOrDefaultAsync(one => one.Id == id && leads.Any(lead => lead.Id == one.LeadId), cancellation) is not { } poc)
            return null;
        if (poc.RemovedAt is null != removedAt is null)
        {
            poc.RemovedAt = removedAt;
            // It keeps that it was the main one, for coming back.
            if (removedAt is null && poc.IsMain)
                poc.IsMain = !await db.Pocs.AnyAsync(one => one.LeadId == poc.LeadId && one.Id != id && one.IsMain && one.RemovedAt == null, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return poc;
    }
}
