using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Cuts a link, of whatever reason and wherever it stands in a cluster: what only it held together comes apart, exactly
/// as it was before. Nothing is deleted, so a cut can be taken back.
/// </summary>
public sealed class CutLink(IntranetDbContext db, TimeProvider time)
{
    /// <inheritdoc cref="RunAsync(int, string, string?, CancellationToken)"/>
    public Task<IReadOnlyList<int>?> RunAsync(int id, string by, CancellationToken cancellation = default) => RunAsync(id, by, seen: null, cancellation);

    /// <param name="id">Of the link.</param>
    /// <param name="by">Who cuts.</param>
    /// <param name="cancellation">Leaves everything as it was.</param>
    /// <param name="seen">What was shown (<see cref="CutPreview.SeenOf"/>); null cuts whatever comes apart.</param>
    /// <returns>The contacts that have another primary now; null when there is no such link, or somebody cut it already.</returns>
    /// <exception cref="DbUpdateConcurrencyException">Others than those that were seen come apart.</exception>
    public async Task<IReadOnlyList<int>?> RunAsync(int id, string by, string? seen, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        if (await db.Links.FirstOrDefaultAsync(l => l.Id == id && l.CutAt == null, cancellation) is not { } link)
            return null;
        if (seen is not null && CutPreview.SeenOf((await db.CutPreviewAsync(link, cancellation)).Parts) != seen)
            throw new DbUpdateConcurrencyException("Others come apart than those that were seen.");
        link.Cut(time.GetUtcNow().UtcDateTime, by);
        await db.SaveChangesAsync(cancellation);
        var changed = await db.ReclusterAsync([link.FirstId, link.SecondId], cancellation);
        await db.LoosenPairsAsync([link.FirstId, link.SecondId, .. changed], time.GetUtcNow().UtcDateTime, cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }

    /// <summary>Takes a cut back: the link holds again.</summary>
    /// <returns>Null when it holds; else why it doesn't, such as that a steward separated the two meanwhile.</returns>
    public async Task<LinkContacts.Refusal?> UndoAsync(int id, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        if (await db.Links.FirstOrDefaultAsync(l => l.Id == id, cancellation) is not { } link)
            return LinkContacts.Refusal.Missing;
        var primaries = await db.Contacts.Where(c => (c.Id == link.FirstId || c.Id == link.SecondId) && c.DeletedAt == null).Select(c => c.LinkedId ?? c.Id).Distinct().ToListAsync(cancellation);
        if (primaries.Count == 2 && (await db.ApartAsync(primaries, cancellation)).Count > 0)
            return LinkContacts.Refusal.Separated;
        link.TakeBackCut();
        await db.SaveChangesAsync(cancellation);
        await db.ReclusterAsync([link.FirstId, link.SecondId], cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }
}
