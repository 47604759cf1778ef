using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// The lists that leads fall into; those that are closed or deleted are on none. Slipping is none of the labels: whoever has one may be slipping.
/// </summary>
public enum PerformanceList
{
    Slipping = 0,
    Under = 1,
    Average = 2,
    Well = 3,
}

/// <param name="Labels">How many leads are listed under each label.</param>
public sealed record PerformanceCounts(IReadOnlyDictionary<PerformanceLabel, int> Labels, int Slipping)
{
    public int this[PerformanceList list] => list switch
    {
        PerformanceList.Slipping => Slipping,
        PerformanceList.Under => Labels.GetValueOrDefault(PerformanceLabel.Under),
        PerformanceList.Average => Labels.GetValueOrDefault(PerformanceLabel.Average),
        _ => Labels.GetValueOrDefault(PerformanceLabel.Well),
    };
}

public static class PerformanceQueries
{
    /// <summary>On a list, found and put in order by the list's indexes.</summary>
    public static IQueryable<LeadPerformance> On(this IQueryable<LeadPerformance> performance, PerformanceList list)
    {
        var (slipping, label) = (true, (PerformanceLabel?)LabelOf(list));
        // Compared with a value: a bare column is no condition that SQLite finds in an index.
        return list == PerformanceList.Slipping ? performance.Where(p => p.IsSlipping == slipping) : performance.Where(p => p.ListedAs == label);
    }

    /// <summary>The leads of a list, found and put in the order of names by the list's indexes.</summary>
    public static IQueryable<Lead> On(this IQueryable<Lead> leads, PerformanceList list)
    {
        var (slipping, label) = (true, (PerformanceLabel?)LabelOf(list));
        return list == PerformanceList.Slipping ? leads.Where(lead => lead.IsSlipping == slipping) : leads.Where(lead => lead.Label == label);
    }

    /// <summary>
    /// The same, where something else finds the few leads that are looked at: said so that SQLite, which doesn't know how
    /// many leads have a label, isn't tempted to begin with it.
    /// </summary>
    public static IQueryable<Lead> OnlyOn(this IQueryable<Lead> leads, PerformanceList list)
    {
        var (nothing, label) = (0, (int)LabelOf(list));
        return list == PerformanceList.Slipping ? leads.Where(lead => lead.IsSlipping) : leads.Where(lead => (int)lead.Label! + nothing == label);
    }

    /// <summary>How long the lists are; of one owner's leads, or of all. Summed up already.</summary>
    public static async Task<PerformanceCounts> PerformanceCountsAsync(this IntranetDbContext db, int? owner, CancellationToken cancellation = default)
    {
        var totals = await db.LabelTotals.Where(total => owner == null || total.OwnerId == owner)
            .GroupBy(total => new { total.Label, total.IsSlipping }).Select(group => new { group.Key.Label, group.Key.IsSlipping, Leads = group.Sum(total => total.Leads) }).ToListAsync(cancellation);
        return new PerformanceCounts(totals.GroupBy(total => total.Label).ToDictionary(group => group.Key, group => group.Sum(total => total.Leads)), totals.Where(total => total.IsSlipping).Sum(total => total.Leads));
    }

    private static PerformanceLabel LabelOf(PerformanceList list) => list switch
    {
        PerformanceList.Well => PerformanceLabel.Well,
        PerformanceList.Average => PerformanceLabel.Average,
        _ => PerformanceLabel.Under,
    };
}
