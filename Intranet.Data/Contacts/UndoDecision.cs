using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Takes a steward's decision back: its links end, as if nobody had added them, its separations and choices removed, its pairs are what they were: open, or put off.</summary>
public sealed class UndoDecision(IntranetDbContext db, TimeProvider time)
{
    /// <param name="decision">Null: the latest of this steward that still holds, so that undoing again goes back further.</param>
    /// <param name="by">Nobody takes back what others decided.</param>
    /// <param name="cancellation">Before the end leaves everything as it was.</param>
    /// <returns>The pairs that wait again; empty when there is nothing to take back.</returns>
    public async Task<IReadOnlyList<int>> RunAsync(Guid? decision, string by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        await db.LockAsync(Locks.Duplicates, cancellation);
        decision ??= await db.DuplicatePairs.Where(p => p.DecidedBy == by && p.DecisionId != null).OrderByDescending(p => p.DecidedAt).ThenByDescending(p => p.Id)
            .Select(p => p.DecisionId).FirstOrDefaultAsync(cancellation);
        var pairs = decision is null ? [] : await db.DuplicatePairs.Where(p => p.DecisionId == decision && p.DecidedBy == by).OrderByDescending(p => p.Probability).ThenBy(p => p.Id).ToListAsync(cancellation);
        if (pairs.Count == 0)
            return [];

        var added = pairs.Select(pair => pair.LinkId).OfType<int>().ToList();
        var links = await db.Links.Where(l => added.Contains(l.Id)).ToListAsync(cancellation);
        foreach (var link in links)
            link.Undo(time.GetUtcNow().UtcDateTime, by);
        var apart = links.SelectMany(link => new[] { link.FirstId, link.SecondId }).ToHashSet();
        db.FieldChoices.RemoveRange(await db.FieldChoices.Where(c => c.DecisionId == decision).ToListAsync(cancellation));
        foreach (var pair in pairs)
        {
            // One that was there before the decision stays.
            if (pair.State == PairState.Different
                && await db.Separations.FirstOrDefaultAsync(s => s.FirstId == pair.FirstId && s.SecondId == pair.SecondId && s.CreatedAt == pair.DecidedAt && s.CreatedBy == by, cancellation) is { } separation)
            {
                db.Separations.Remove(separation);
                apart.UnionWith([pair.FirstId, pair.SecondId]);
            }

            // Made only to hold the link or the separation.
            if (pair.CreatedAt == pair.DecidedAt && pair is { Probability: 0, Evidence: null, Cause: PairCause.Likeness })
                db.DuplicatePairs.Remove(pair);
            else
                pair.TakeBack();
        }

        await db.SaveChangesAsync(cancellation);
        if (links.Count > 0)
            await db.ReclusterAsync([.. links.SelectMany(link => new[] { link.FirstId, link.SecondId }).Distinct()], cancellation);
        if (apart.Count > 0)
            await db.LoosenPairsAsync(apart, time.GetUtcNow().UtcDateTime, cancellation);
        await transaction.CommitAsync(cancellation);
        return pairs.ConvertAll(pair => pair.Id);
    }
}
