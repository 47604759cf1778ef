using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Links the open pairs that are likely enough to need no steward.</summary>
internal sealed class LinkLikelyPairs(IntranetDbContext db, LinkContacts link, TimeProvider time)
{
    internal const string By = "scan";

    /// <summary>Pairs of contacts that are gone or separated meanwhile stay as they are.</summary>
    /// <returns>How many were linked.</returns>
    internal async Task<int> RunAsync(double threshold, CancellationToken cancellation)
    {
        var (linked, last) = (0, 0);
        while (true)
        {
            db.ChangeTracker.Clear();
            var pairs = await db.DuplicatePairs.Where(p => p.Id > last && p.State == PairState.Open && p.Cause == PairCause.Likeness && p.Probability >= threshold)
                .OrderBy(p => p.Id).Take(200).ToListAsync(cancellation);
            if (pairs.Count == 0)
                return linked;
            foreach (var pair in pairs)
            {
                cancellation.ThrowIfCancellationRequested();
                var detail = string.Create(CultureInfo.InvariantCulture, $"probability {pair.Probability:0.0000}");
                var result = await link.RunAsync(pair.FirstId, pair.SecondId, LinkReason.Automatic, detail, By, cancellation);
                if (result.Link is null)
                    continue;
                pair.Decide(PairState.Same, time.GetUtcNow().UtcDateTime, By, link: result.Link.Id);
                if (await SavedAsync(cancellation))
                    linked++;
                else
                    db.Entry(pair).State = EntityState.Detached;
            }

            last = pairs[^1].Id;
        }
    }

    // A steward decided the pair at the same moment: their word stands.
    private async Task<bool> SavedAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
