using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Gives a steward the next pairs to decide: all that hang together, and nobody else gets them meanwhile.</summary>
public sealed class ClaimGroup(IntranetDbContext db, TimeProvider time)
{
    /// <summary>How long a group stays with somebody who does nothing.</summary>
    public static readonly TimeSpan Held = TimeSpan.FromMinutes(10);

    /// <summary>Side by side; more come as the next group.</summary>
    public const int MostRows = 20;

    private const int Chunk = 50;
    // In a large tangle most pairs belong to groups already seen; from here on any free one will do.
    private const int Patience = 100;

    /// <param name="State">Open, or Later for what was put off.</param>
    /// <param name="Pair">The group of this pair, where it can be had. One that doesn't wait here, being unlikely or put off, comes by itself.</param>
    /// <param name="After">The next one behind this pair, decided or not; from the start again where none is left.</param>
    /// <param name="Before">The next one before this pair.</param>
    public sealed record Place(PairState State = PairState.Open, int? Pair = null, int? After = null, int? Before = null);

    /// <summary>Claims one group and releases what the reviewer had before. Without a place it is the one they have, else the most likely.</summary>
    /// <returns>The pairs of the group, the most likely first; empty when there is nothing left.</returns>
    public async Task<IReadOnlyList<int>> RunAsync(string reviewer, Place place, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Duplicates, cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        var waiting = db.DuplicatePairs.Waiting(place.State, await db.ReviewThresholdAsync(cancellation));
        var group = await FindAsync(waiting, reviewer, place, now, cancellation);
        await db.DuplicatePairs.Where(p => p.ClaimedBy == reviewer && !EF.Parameter(group).Contains(p.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ClaimedBy, (string?)null).SetProperty(p => p.ClaimedUntil, (DateTime?)null), cancellation);
        await db.DuplicatePairs.Where(p => EF.Parameter(group).Contains(p.Id)).FreeFor(reviewer, now)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ClaimedBy, reviewer).SetProperty(p => p.ClaimedUntil, now + Held), cancellation);
        await transaction.CommitAsync(cancellation);
        return group;
    }

    /// <summary>Keeps what the reviewer has a while longer; what somebody else took meanwhile stays with them.</summary>
    public Task<int> RenewAsync(string reviewer, CancellationToken cancellation = default)
    {
        var until = time.GetUtcNow().UtcDateTime + Held;
        return db.DuplicatePairs.Where(p => p.ClaimedBy == reviewer).ExecuteUpdateAsync(set => set.SetProperty(p => p.ClaimedUntil, until), cancellation);
    }

    private async Task<List<int>> FindAsync(IQueryable<DuplicatePair> waiting, string reviewer, Place place, DateTime now, CancellationToken cancellation)
    {
        var wanted = place.Pair ?? (place.After ?? place.Before) switch
        {
            null => await waiting.Where(p => p.ClaimedBy == reviewer && p.ClaimedUntil >= now).OrderByDescending(p => p.Probability).ThenBy(p => p.Id)
                .Select(p => (int?)p.Id).FirstOrDefaultAsync(cancellation),
            _ => null,
        };
        if (wanted is { } id)
        {
            var there = await GatherAsync(waiting, id, cancellation);
            if (there.Count == 0 && place.Pair is not null)
                there = await GatherAsync(db.DuplicatePairs.Standing().Where(p => p.Id == id), id, cancellation);
            if (there.Count > 0 && there.TrueForAll(IsFree))
                return Ids(there);
        }

        if (await WalkAsync(place.After ?? place.Pair ?? place.Before, backwards: place.Before is not null) is { Count: > 0 } next)
            return next;
        // At an end: before the first is the first, after the last everything that was passed over.
        return place is { After: null, Pair: null, Before: null } ? [] : await WalkAsync(null, backwards: false);

        async Task<List<int>> WalkAsync(int? from, bool backwards)
        {
            var seen = new HashSet<int>();
            var at = from is null ? null : await db.DuplicatePairs.Where(p => p.Id == from).Select(p => new Position(p.Id, p.Probability)).FirstOrDefaultAsync(cancellation);
            for (var tried = 0; ;)
            {
                var candidates = await Next(waiting.FreeFor(reviewer, now), at, backwards).Take(Chunk).Select(p => new Position(p.Id, p.Probability)).ToListAsync(cancellation);
                foreach (var candidate in candidates.Where(candidate => !seen.Contains(candidate.Id)))
                {
                    var group = await GatherAsync(waiting, candidate.Id, cancellation);
                    // Backwards the best pair comes last, so its group must not count as seen before.
                    if (!backwards)
                        seen.UnionWith(group.Select(pair => pair.Id));
                    // A group has one place in the queue, that of its best pair.
                    if (group.Count > 0 && group.TrueForAll(IsFree) && (Ids(group)[0] == candidate.Id || ++tried > Patience))
                        return Ids(group);
                }

                if (candidates.Count < Chunk)
                    return [];
                at = candidates[^1];
            }
        }

        bool IsFree(Found pair) => pair.ClaimedBy is null || pair.ClaimedBy == reviewer || pair.ClaimedUntil is null || pair.ClaimedUntil < now;
    }

    private static IQueryable<DuplicatePair> Next(IQueryable<DuplicatePair> pairs, Position? at, bool backwards)
    {
        var (probability, id) = (at?.Probability ?? 0, at?.Id ?? 0);
        if (at is null)
            return pairs.OrderByDescending(p => p.Probability).ThenBy(p => p.Id);
        return backwards
            ? pairs.Where(p => p.Probability > probability || (p.Probability == probability && p.Id < id)).OrderBy(p => p.Probability).ThenByDescending(p => p.Id)
            : pairs.Where(p => p.Probability < probability || (p.Probability == probability && p.Id > id)).OrderByDescending(p => p.Probability).ThenBy(p => p.Id);
    }

    // Breadth first over people: from the two of a pair to whoever they may be as well. Empty where the pair doesn't wait any more.
    private async Task<List<Found>> GatherAsync(IQueryable<DuplicatePair> waiting, int pair, CancellationToken cancellation)
    {
        if (await waiting.Where(p => p.Id == pair).Select(Look).FirstOrDefaultAsync(cancellation) is not { } start)
            return [];
        var people = new HashSet<int> { start.One, start.Other };
        var found = new Dictionary<int, Found> { [start.Id] = start };
        var rows = 0;
        for (List<int> fresh = [start.One, start.Other]; fresh.Count > 0;)
        {
            var asked = fresh;
            var ids = await db.Contacts.OfPeople(asked).Select(c => c.Id).ToListAsync(cancellation);
            rows += ids.Count;
            fresh = [];
            foreach (var next in await waiting.OfAny(ids).OrderByDescending(p => p.Probability).ThenBy(p => p.Id).Select(Look).ToListAsync(cancellation))
            {
                foreach (var person in new[] { next.One, next.Other }.Where(person => !people.Contains(person) && rows + fresh.Count < MostRows).ToList())
                {
                    people.Add(person);
                    fresh.Add(person);
                }

                if (people.Contains(next.One) && people.Contains(next.Other))
                    found[next.Id] = next;
            }
        }

        return [.. found.Values];
    }

    private static List<int> Ids(List<Found> group) => [.. group.OrderByDescending(pair => pair.Probability).ThenBy(pair => pair.Id).Select(pair => pair.Id)];

    private static readonly System.Linq.Expressions.Expression<Func<DuplicatePair, Found>> Look
        = p => new Found(p.Id, p.Probability, p.First!.LinkedId ?? p.First.Id, p.Second!.LinkedId ?? p.Second.Id, p.ClaimedBy, p.ClaimedUntil);

    private sealed record Found(int Id, double Probability, int One, int Other, string? ClaimedBy, DateTime? ClaimedUntil);

    private sealed record Position(int Id, double Probability);
}
