using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Links the open pairs that are likely enough to need no steward.</summary>
internal sealed class LinkLikelyPairs(IntranetDbContext db, LinkContacts link, TimeProvider time)
{
    internal const string By = "scan";

    /// <summary>Pairs of contacts that are gone or separated meanwhile stay as they are, and so do those between whose people somebody cut a link.</summary>
    /// <returns>How many were linked.</returns>
    internal async Task<int> RunAsync(double threshold, CancellationToken cancellation)
    {
        var (linked, last) = (0, 0);
        while (true)
        {
            var pairs = await db.DuplicatePairs.Where(p => p.Id > last && p.State == PairState.Open && p.Cause == PairCause.Likeness && p.Probability >= threshold)
                .OrderBy(p => p.Id).Select(p => p.Id).Take(200).ToListAsync(cancellation);
            if (pairs.Count == 0)
                return linked;
            foreach (var pair in pairs)
            {
                cancellation.ThrowIfCancellationRequested();
                db.ChangeTracker.Clear();
                if (await LinkAsync(pair, threshold, cancellation))
                    linked++;
            }

            last = pairs[^1];
        }
    }

    // Stewards cut and decide under the same lock: what they said until now stands.
    private async Task<bool> LinkAsync(int id, double threshold, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        await db.LockAsync(Locks.Duplicates, cancellation);
        if (await db.DuplicatePairs.FirstOrDefaultAsync(p => p.Id == id && p.State == PairState.Open && p.Cause == PairCause.Likeness && p.Probability >= threshold, cancellation) is not { } pair)
            return false;
        var people = await db.Contacts.Where(c => (c.Id == pair.FirstId || c.Id == pair.SecondId) && c.DeletedAt == null).Select(c => c.LinkedId ?? c.Id).Distinct().ToListAsync(cancellation);
        if ((await db.CutsOfAsync(people, cancellation)).Any(cut => people.Contains(cut.One) && people.Contains(cut.Other)))
            return false;
        var now = time.GetUtcNow().UtcDateTime;
        var detail = string.Create(CultureInfo.InvariantCulture, $"probability {pair.Probability:0.0000}");
        if ((await link.AddAsync(pair.FirstId, pair.SecondId, LinkReason.Automatic, detail, now, By, cancellation)).Link is not { } added)
            return false;
        pair.Decide(PairState.Same, now, By, link: added.Id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
