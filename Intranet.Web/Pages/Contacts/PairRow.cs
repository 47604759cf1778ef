using Intranet.Data;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Somebody who may be the same person.</summary>
/// <param name="Id">Of the pair.</param>
/// <param name="IsCompared">The probability is one; a pair that waits for another cause and no scan has compared yet has none.</param>
public sealed record PairRow(int Id, double Probability, bool IsCompared, SeparationRow.Side Beyond, int BeyondPrimary)
{
    private const int Most = 20;

    /// <summary>Who waits to be decided beside these contacts of one person, each person once, the most likely first.</summary>
    public static async Task<IReadOnlyList<PairRow>> OfAsync(IntranetDbContext db, int[] contacts, CancellationToken cancellation)
    {
        var waiting = db.DuplicatePairs.StandingAmongFew();
        var beyond = waiting.Where(pair => EF.Parameter(contacts).Contains(pair.FirstId)).Select(pair => new { pair.Id, pair.Probability, IsCompared = pair.Cause == PairCause.Likeness || pair.Evidence != null || pair.ModelId != null, Contact = pair.SecondId })
            .Concat(waiting.Where(pair => EF.Parameter(contacts).Contains(pair.SecondId)).Select(pair => new { pair.Id, pair.Probability, IsCompared = pair.Cause == PairCause.Likeness || pair.Evidence != null || pair.ModelId != null, Contact = pair.FirstId }));
        var pairs = await beyond.Join(db.Contacts, pair => pair.Contact, c => c.Id, (pair, c) => new { pair, c })
            .OrderByDescending(row => row.pair.Probability).ThenBy(row => row.pair.Id).Take(Most)
            .Select(row => new PairRow(row.pair.Id, row.pair.Probability, row.pair.IsCompared,
                new SeparationRow.Side(row.c.Id, row.c.GivenName, row.c.FamilyName, row.c.FullName, row.c.Company, row.c.Email, row.c.Phone), row.c.LinkedId ?? row.c.Id)).ToListAsync(cancellation);
        return [.. pairs.DistinctBy(pair => pair.BeyondPrimary)];
    }
}
