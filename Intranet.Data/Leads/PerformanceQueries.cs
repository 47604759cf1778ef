using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>The lists that leads fall into. Slipping is none of the labels: whoever has one may be slipping.</summary>
public enum PerformanceList
{
    Slipping = 0,
    Under = 1,
    Average = 2,
    Well = 3,
}

/// <param name="Labels">How many leads have each label.</param>
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
        var (slipping, label) = (true, LabelOf(list));
        // Compared with a value: a bare column is no condition that SQLite finds in an index.
        return list == PerformanceList.Slipping ? performance.Where(p => p.IsSlipping == slipping) : performance.Where(p => p.Label == label);
    }

    /// <summary>
    /// The same, where something else finds the few leads that are looked at, or their order: said so that SQLite, which
    /// doesn't know how many leads have a label, isn't tempted to read all of them.
    /// </summary>
    public static IQueryable<LeadPerformance> OnlyOn(this IQueryable<LeadPerformance> performance, PerformanceList list)
    {
        var (nothing, label) = (0, (int)LabelOf(list));
        return list == PerformanceList.Slipping ? performance.Where(p => p.IsSlipping) : performance.Where(p => (int)p.Label + nothing == label);
    }

    /// <summary>How long the lists are; of one owner's leads, or of all.</summary>
    public static async Task<PerformanceCounts> PerformanceCountsAsync(this IntranetDbContext db, int? owner, CancellationToken cancellation = default)
    {
        if (owner is not null)
            return Counts(await Grouped(db.Leads.Where(lead => lead.OwnerId == owner && lead.DeletedAt == null).Select(lead => lead.Performance!)).ToListAsync(cancellation), []);
        // Counted in the index of labels alone, less the few that are deleted: so no lead need be looked at.
        var labels = await db.LeadPerformance.GroupBy(p => p.Label).Select(group => new Tally(group.Key, false, group.Count())).ToListAsync(cancellation);
        var yes = true;
        var slipping = await db.LeadPerformance.CountAsync(p => p.IsSlipping == yes, cancellation);
        var deleted = await Grouped(db.Leads.Where(lead => lead.DeletedAt != null).Select(lead => lead.Performance!)).ToListAsync(cancellation);
        var counts = Counts(labels, deleted);
        return counts with { Slipping = slipping + counts.Slipping };
    }

    private static PerformanceLabel LabelOf(PerformanceList list) => list switch
    {
        PerformanceList.Well => PerformanceLabel.Well,
        PerformanceList.Average => PerformanceLabel.Average,
        _ => PerformanceLabel.Under,
    };

    private static IQueryable<Tally> Grouped(IQueryable<LeadPerformance> performance)
        => performance.GroupBy(p => new { p.Label, p.IsSlipping }).Select(group => new Tally(group.Key.Label, group.Key.IsSlipping, group.Count()));

    private static PerformanceCounts Counts(List<Tally> present, List<Tally> gone)
    {
        var all = present.Concat(gone.Select(tally => tally with { Leads = -tally.Leads })).ToList();
        return new PerformanceCounts(all.GroupBy(tally => tally.Label).ToDictionary(group => group.Key, group => group.Sum(tally => tally.Leads)), all.Where(tally => tally.IsSlipping).Sum(tally => tally.Leads));
    }

    private sealed record Tally(PerformanceLabel Label, bool IsSlipping, int Leads);
}
