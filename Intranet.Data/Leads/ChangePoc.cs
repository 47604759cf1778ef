using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Changes a poc's role, and who is the main one; a lead has one main poc at most.</summary>
public sealed class ChangePoc(IntranetDbContext db)
{
    /// <returns>Null when there is no such poc that <paramref name="by"/> may change.</returns>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed it since <paramref name="version"/>.</exception>
    public async Task<Poc?> RunAsync(int id, string role, bool isMain, Guid? version, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        var leads = db.Leads.Current().EditableBy(by);
        if (await db.Pocs.FirstOrDefaultAsync(one => one.Id == id && one.RemovedAt == null && leads.Any(lead => lead.Id == one.LeadId), cancellation) is not { } poc)
            return null;
        if (version is { } seen)
            db.Entry(poc).Property(one => one.Version).OriginalValue = seen;
        (poc.Role, poc.IsMain) = (role, isMain);
        if (isMain)
        {
            foreach (var other in await db.Pocs.Where(one => one.LeadId == poc.LeadId && one.Id != id && one.IsMain).ToListAsync(cancellation))
                other.IsMain = false;
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return poc;
    }
}
