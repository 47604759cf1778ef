using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Takes a person off a lead, or puts them back; the contact and what was said with them stay.</summary>
public sealed class RemovePoc(IntranetDbContext db, TimeProvider time)
{
    /// <returns>The poc; null when there is none that <paramref name="by"/> may change.</returns>
    public Task<Poc?> RunAsync(int id, LeadViewer by, CancellationToken cancellation = default) => UndoAddAsync(id, null, by, cancellation);

    /// <summary>Undoes that they were added: who was the main one before is so again, where the lead has none then.</summary>
    /// <param name="formerMain"><see cref="AddPoc.Result.FormerMain"/>.</param>
    /// <returns>The poc; null when there is none that <paramref name="by"/> may change.</returns>
    public async Task<Poc?> UndoAddAsync(int id, int? formerMain, LeadViewer by, CancellationToken cancellation = default)
        => (await ChangeAsync(id, by, time.GetUtcNow().UtcDateTime, formerMain, cancellation)).Poc;

    /// <param name="Poc">Null where there is none for them, or it was refused.</param>
    public sealed record Restored(Poc? Poc, Refusal? Refused = null);

    /// <summary>Undoes it. The main one is whoever became it since; who was added again meanwhile is there once. Two who turned out to be one person before it are again what they were.</summary>
    public Task<Restored> RestoreAsync(int id, LeadViewer by, CancellationToken cancellation = default)
        => ChangeAsync(id, by, null, null, cancellation);

    private async Task<Restored> ChangeAsync(int id, LeadViewer by, DateTime? removedAt, int? formerMain, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        var leads = db.Leads.Current().EditableBy(by);
        if (await db.Pocs.FirstOrDefaultAsync(one => one.Id == id && leads.Any(lead => lead.Id == one.LeadId), cancellation) is not { } poc)
            return new Restored(null);
        if (poc.RemovedAt is null != removedAt is null)
        {
            if (removedAt is null && await IsThereAsync(poc, cancellation))
                return new Restored(null, AddPoc.IsThereAlready);
            poc.RemovedAt = removedAt;
            // It keeps that it was the main one, for coming back.
            var others = db.Pocs.Where(one => one.LeadId == poc.LeadId && one.Id != id && one.RemovedAt == null);
            if (removedAt is null && poc.IsMain)
                poc.IsMain = !await others.AnyAsync(one => one.IsMain, cancellation);
            if (removedAt is not null && formerMain is not null && await others.FirstOrDefaultAsync(one => one.Id == formerMain, cancellation) is { } former && !await others.AnyAsync(one => one.IsMain, cancellation))
                former.IsMain = true;
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new Restored(poc);
    }

    private Task<bool> IsThereAsync(Poc poc, CancellationToken cancellation)
        => db.Pocs.AnyAsync(
            other => other.LeadId == poc.LeadId && other.Id != poc.Id && other.RemovedAt == null && (other.CreatedAt >= poc.RemovedAt || other.ContactId == poc.ContactId)
                && (other.Contact!.LinkedId ?? other.ContactId) == db.Contacts.Where(own => own.Id == poc.ContactId).Select(own => own.LinkedId ?? own.Id).First(),
            cancellation);
}
