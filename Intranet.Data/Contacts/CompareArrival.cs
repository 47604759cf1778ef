using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Compares one new or changed contact with all others, and stores the pairs that may be one person.</summary>
public sealed class CompareArrival(IntranetDbContext db, ArrivalIndex index, TimeProvider time)
{
    /// <summary>
    /// Adds open pairs, and gives open ones their new probability. Linked, separated and decided ones stay as they are; what was said to be
    /// one person and is not any more waits again. Does nothing before the first scan, and for a contact that isn't there.
    /// </summary>
    /// <returns>How many pairs are new.</returns>
    public async Task<int> RunAsync(int contactId, CancellationToken cancellation = default)
        => await index.CatchUpAsync(cancellation) ? await CompareAsync(contactId, cancellation) : 0;

    /// <summary>The same where the index has caught up already.</summary>
    public async Task<int> CompareAsync(int contactId, CancellationToken cancellation = default)
    {
        var contact = await db.Contacts.AsNoTracking().Where(c => c.Id == contactId && c.DeletedAt == null).Select(ComparedContact.Of).FirstOrDefaultAsync(cancellation);
        if (contact is null || index.Find(contact.ToRow(), MatchSettings.LeastStored, out var model) is not { Count: > 0 } found)
            return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        await db.LockAsync(Locks.Duplicates, cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        var others = found.ConvertAll(pair => (int)(pair.A == contactId ? pair.B : pair.A));
        var primary = await db.Contacts.Where(c => c.Id == contactId).Select(c => c.LinkedId ?? c.Id).FirstAsync(cancellation);
        var primaries = await db.Contacts.Where(c => others.Contains(c.Id) && c.DeletedAt == null).ToDictionaryAsync(c => c.Id, c => c.LinkedId ?? c.Id, cancellation);
        var known = await db.DuplicatePairs.AsNoTracking().Where(p => (p.FirstId == contactId && others.Contains(p.SecondId)) || (p.SecondId == contactId && others.Contains(p.FirstId)))
            .ToDictionaryAsync(p => p.FirstId == contactId ? p.SecondId : p.FirstId, cancellation);
        var apart = (await db.ApartAsync([primary, .. primaries.Values.Distinct().Where(other => other != primary)], cancellation)).SelectMany(pair => new[] { (pair.One, pair.Other), (pair.Other, pair.One) }).ToHashSet();
        var cut = (await db.CutsOfAsync([primary, .. primaries.Values.Distinct().Where(other => other != primary)], cancellation)).SelectMany(pair => new[] { (pair.One, pair.Other), (pair.Other, pair.One) }).ToHashSet();
        var (added, changed, raised) = (new List<DuplicatePair>(), new List<DuplicatePair>(), new List<DuplicatePair>());
        for (var i = 0; i < found.Count; i++)
        {
            var evidence = found[i].Levels.ToString();
            if (!primaries.TryGetValue(others[i], out var other) || other == primary)
                continue;
            if (known.TryGetValue(others[i], out var pair))
            {
                if (!apart.Contains((primary, other)) && StorePairs.IsRaised(pair, cut.Contains((primary, other))))
                    raised.Add(StorePairs.Found(pair, found[i].Probability, evidence, model));
                else if (pair.State is PairState.Open or PairState.Later && pair.Evidence != evidence)
                    changed.Add(StorePairs.Found(pair, found[i].Probability, evidence, model));
            }
            else if (!apart.Contains((primary, other)))
            {
                added.Add(DuplicatePair.Of(contactId, others[i], cut.Contains((primary, other)) ? PairCause.Cut : PairCause.Likeness, found[i].Probability, evidence, now, model));
            }
        }

        await db.InsertManyAsync(added, cancellation);
        await db.UpdateManyAsync(changed, StorePairs.Judged, cancellation);
        await db.UpdateManyAsync(raised, StorePairs.RaisedAndJudged, cancellation);
        await transaction.CommitAsync(cancellation);
        return added.Count;
    }
}
