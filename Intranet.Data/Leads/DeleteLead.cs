using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Takes a lead out of everything, or brings it back; what belongs to it stays as it is.</summary>
public sealed class DeleteLead(IntranetDbContext db, TimeProvider time)
{
    /// <returns>False when there is no such lead that <paramref name="by"/> may change.</returns>
    public Task<bool> RunAsync(int id, LeadViewer by, CancellationToken cancellation = default)
        => ChangeAsync(id, by, time.GetUtcNow().UtcDateTime, cancellation);

    /// <summary>Undoes the deletion; when it is due is what interactions and plan say.</summary>
    /// <returns>False when there is no such lead that <paramref name="by"/> may change.</returns>
    public Task<bool> RestoreAsync(int id, LeadViewer by, CancellationToken cancellation = default)
        => ChangeAsync(id, by, null, cancellation);

    private async Task<bool> ChangeAsync(int id, LeadViewer by, DateTime? deletedAt, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (await db.Leads.EditableBy(by).FirstOrDefaultAsync(lead => lead.Id == id, cancellation) is not { } lead)
            return false;
        if (lead.DeletedAt is null != deletedAt is null)
            (lead.DeletedAt, lead.UpdatedAt) = (deletedAt, time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        await new RefreshLeads(db, time).RunAsync([id], cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
