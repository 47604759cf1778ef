using System.Globalization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Somebody who may be the same person.</summary>
/// <param name="Id">Of the pair.</param>
public sealed record PairRow(int Id, double Probability, SeparationRow.Side Beyond, int BeyondPrimary)
{
    private const int Most = 20;

    /// <summary>In the reader's culture; what is nearly certain isn't called certain.</summary>
    public string Percent => Probability is > 0.99 and < 1 ? "over " + 0.99.ToString("P0", CultureInfo.CurrentCulture) : Probability.ToString("P0", CultureInfo.CurrentCulture);

    /// <summary>Who waits to be decided beside these contacts of one person, each person once, the most likely first.</summary>
    public static async Task<IReadOnlyList<PairRow>> OfAsync(IntranetDbContext db, int[] contacts, CancellationToken cancellation)
    {
        var waiting = db.DuplicatePairs.StandingAmongFew();
        var beyond = waiting.Where(pair => contacts.Contains(pair.FirstId)).Select(pair => new { pair.Id, pair.Probability, Contact = pair.SecondId })
            .Concat(waiting.Where(pair => contacts.Contains(pair.SecondId)).Select(pair => new { pair.Id, pair.Probability, Contact = pair.FirstId }));
        var pairs = await beyond.Join(db.Contacts, pair => pair.Contact, c => c.Id, (pair, c) => new { pair, c })
            .OrderByDescending(row => row.pair.Probability).ThenBy(row => row.pair.Id).Take(Most)
            .Select(row => new PairRow(row.pair.Id, row.pair.Probability,
                new SeparationRow.Side(row.c.Id, row.c.GivenName, row.c.FamilyName, row.c.FullName, row.c.Company, row.c.Email, row.c.Phone), row.c.LinkedId ?? row.c.Id)).ToListAsync(cancellation);
        return [.. pairs.DistinctBy(pair => pair.BeyondPrimary)];
    }
}
