using Intranet.Data.Contacts.Matching;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Brings the stored pairs in line with what a scan found: new ones are added, open ones take the new probability, and those
/// that nobody decided and the scan no longer finds go. What was decided stays, and so does what still stands of what was said before.
/// </summary>
internal sealed class StorePairs(IntranetDbContext db, TimeProvider time, KnownPeople people, StandingJudgements said, int model)
{
    // Others write in between: a batch takes a fraction of a second.
    private const int BatchSize = 5000;

    // Sums over several threads differ in the last digits; that is no new finding.
    private const double Noise = 1e-6;

    /// <param name="Found">How many of those that were found are on the list.</param>
    internal sealed record Result(int Found, int New, int Changed, int Removed);

    /// <param name="found">Sorted by both ids.</param>
    /// <param name="since">When the scan began to read, UTC. Pairs that came later are about contacts it didn't see.</param>
    /// <param name="progress">Told the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops it between batches; each pair is right by itself.</param>
    internal async Task<Result> RunAsync(List<PairScore> found, DateTime since, Action<double> progress, CancellationToken cancellation)
    {
        var sum = new Result(0, 0, 0, 0);
        var (start, from) = (0, 0);
        do
        {
            cancellation.ThrowIfCancellationRequested();
            // All pairs of a contact are in one batch, so that a range of first ids is a range of the found ones.
            var end = Math.Min(start + BatchSize, found.Count);
            while (end < found.Count && found[end].A == found[end - 1].A)
                end++;
            var to = end == found.Count ? int.MaxValue : (int)found[end - 1].A;
            var batch = await StoreAsync(found, start, end, from, to, since, cancellation);
            sum = new Result(sum.Found + batch.Found, sum.New + batch.New, sum.Changed + batch.Changed, sum.Removed + batch.Removed);
            (start, from) = (end, to);
            progress(found.Count == 0 ? 1 : (double)end / found.Count);
        }
        while (start < found.Count);
        return sum;
    }

    private async Task<Result> StoreAsync(List<PairScore> found, int start, int end, int from, int to, DateTime since, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        await db.LockAsync(Locks.Duplicates, cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        var known = await db.DuplicatePairs.AsNoTracking().Where(p => p.FirstId > from && p.FirstId <= to).ToDictionaryAsync(p => (p.FirstId, p.SecondId), cancellation);
        var (added, changed, same, listed) = (new List<DuplicatePair>(), new List<DuplicatePair>(), new List<DuplicatePair>(), 0);
        // Decided as one person while this scan ran is no longer apart.
        var apart = known.Values.Any(p => p.State == PairState.Same)
            ? (await db.DuplicatePairs.Where(p => p.FirstId > from && p.FirstId <= to && p.State == PairState.Same && p.First!.DeletedAt == null && p.Second!.DeletedAt == null
                && (p.First.LinkedId ?? p.FirstId) != (p.Second.LinkedId ?? p.SecondId)).Select(p => p.Id).ToListAsync(cancellation)).ToHashSet()
            : [];
        var again = new List<DuplicatePair>();
        for (var i = start; i < end; i++)
        {
            var (one, other, probability, levels, _) = found[i];
            var evidence = levels.ToString();
            if (!known.Remove(((int)one, (int)other), out var pair))
            {
                if (said.WereRefused(one, other))
                    continue;
                added.Add(DuplicatePair.Of((int)one, (int)other, people.WereCut(one, other) ? PairCause.Cut : PairCause.Likeness, probability, evidence, now, model));
            }
            else if ((pair.State != PairState.Same || apart.Contains(pair.Id)) && IsRaised(pair, people.WereCut(one, other)))
            {
                again.Add(Found(pair, probability, evidence, model));
            }
            else if (pair.State is PairState.Open or PairState.Later && !said.Stands(pair))
            {
                if (pair.Evidence != evidence || Math.Abs(pair.Probability - probability) > Noise)
                    changed.Add(Found(pair, probability, evidence, model));
                else
                    same.Add(pair);
            }

            listed++;
        }

        foreach (var pair in known.Values.Where(pair => said.Stands(pair) && people.LeaveOpen(pair.FirstId, pair.SecondId)).ToList())
            known.Remove((pair.FirstId, pair.SecondId));
        // Somebody looks at a claimed one right now; the next scan takes it.
        var gone = known.Values.Where(p => p is { State: PairState.Open, Cause: PairCause.Likeness } && p.CreatedAt < since && !(p.ClaimedUntil > now)).Select(p => p.Id).ToList();
        // Put up for a shared value, and by all else that was compared not one person: still to be decided, but the last. Who is one person,
        // separated or away was not compared.
        changed.AddRange(known.Values.Where(p => p.State is PairState.Open or PairState.Later && p.Cause != PairCause.Likeness && p.CreatedAt < since && p.Probability > 0
            && people.LeaveOpen(p.FirstId, p.SecondId) && said.IsThere(p.FirstId) && said.IsThere(p.SecondId)).Select(p => Found(p, 0, null, model)));
        await db.InsertManyAsync(added, cancellation);
        await db.UpdateManyAsync(changed, Judged, cancellation);
        await db.UpdateManyAsync(again, RaisedAndJudged, cancellation);
        // Nothing new about them: whoever looks at one right now isn't told that it changed.
        same.ForEach(pair => pair.Found(pair.Probability, pair.Evidence, model));
        await db.UpdateManyAsync(same, [nameof(DuplicatePair.ModelId)], cancellation);
        foreach (var some in gone.Chunk(500))
            await db.DuplicatePairs.Where(p => some.Contains(p.Id)).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(listed, added.Count, changed.Count + again.Count, gone.Count);
    }

    /// <summary>What is written where a pair is judged anew.</summary>
    internal static readonly string[] Judged = [nameof(DuplicatePair.Probability), nameof(DuplicatePair.Evidence), nameof(DuplicatePair.ModelId), nameof(DuplicatePair.Version)];

    /// <summary>The same of one that waits again.</summary>
    internal static readonly string[] RaisedAndJudged = [.. DuplicatePair.Raised, .. Judged.Except(DuplicatePair.Raised)];

    /// <summary>
    /// Of two who are not one person: somebody has to decide anew whether they are where a link between their people was cut, which
    /// doesn't say that they are not, or where what made them one is gone. Who was cut is never linked without a steward again.
    /// </summary>
    internal static bool IsRaised(DuplicatePair pair, bool wereCut) => (wereCut || pair.State == PairState.Same) && pair.Raise(wereCut ? PairCause.Cut : pair.Cause);

    internal static DuplicatePair Found(DuplicatePair pair, double probability, string? evidence, int model)
    {
        pair.Found(probability, evidence, model);
        pair.Version = Guid.NewGuid();
        return pair;
    }
}
