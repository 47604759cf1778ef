using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>A steward's "not the same", as it stands between two clusters now.</summary>
/// <param name="One">Primary of a cluster that the separation's first contact stands for.</param>
/// <param name="Other">Primary of another that its second stands for.</param>
public sealed record Apart(Separation Said, int One, int Other);

/// <summary>
/// Between which clusters a separation stands. It is said of two contacts and holds for their clusters. A deleted contact
/// stands for the clusters that links lead to from it, through other deleted ones: restored, it would be one with them,
/// so nothing may bring those together meanwhile.
/// </summary>
internal static class StandingSeparations
{
    private const int Some = 500;

    /// <summary>
    /// What stands between these clusters. Each separation has an end in another cluster than the largest, so that one's rows
    /// are only counted: two people are compared in the time that the smaller one takes, however many separations there are.
    /// </summary>
    /// <param name="db">Inside the caller's transaction, where the answer must stay true.</param>
    /// <param name="primaries">Of the clusters, each once.</param>
    /// <param name="cancellation">Stops between queries.</param>
    internal static async Task<IReadOnlyList<Apart>> ApartAsync(this IntranetDbContext db, IReadOnlyCollection<int> primaries, CancellationToken cancellation)
    {
        if (primaries.Count < 2 || !await db.Separations.AnyAsync(cancellation))
            return [];
        var largest = await LargestAsync(db, primaries, cancellation);
        var rows = new List<Row>();
        foreach (var some in primaries.Where(primary => primary != largest).Chunk(Some))
        {
            rows.AddRange(await db.Contacts.Where(c => c.DeletedAt == null && (some.Contains(c.Id) || (c.LinkedId != null && some.Contains(c.LinkedId.Value))))
                .Select(c => new Row(c.Id, c.LinkedId ?? c.Id, false)).ToListAsync(cancellation));
        }

        var standFor = await StandForAsync(db, rows, cancellation);
        var said = new Dictionary<int, Separation>();
        foreach (var some in standFor.Keys.Chunk(Some))
        {
            // Two questions, for an index each.
            foreach (var one in await db.Separations.AsNoTracking().Where(s => some.Contains(s.FirstId)).ToListAsync(cancellation))
                said[one.Id] = one;
            foreach (var one in await db.Separations.AsNoTracking().Where(s => some.Contains(s.SecondId)).ToListAsync(cancellation))
                said[one.Id] = one;
        }

        var ends = said.Values.SelectMany(s => new[] { s.FirstId, s.SecondId }).Where(id => !standFor.ContainsKey(id)).Distinct().ToList();
        foreach (var (id, clusters) in await StandForAsync(db, ends, cancellation))
            standFor[id] = clusters;
        return [.. said.Values.OrderBy(s => s.Id).SelectMany(s => Between(standFor[s.FirstId], standFor[s.SecondId]).Select(pair => new Apart(s, pair.One, pair.Other)))
            .Where(apart => primaries.Contains(apart.One) && primaries.Contains(apart.Other))];
    }

    /// <summary>All of them, by the primaries of the clusters.</summary>
    internal static async Task<IReadOnlyList<(int One, int Other)>> AllApartAsync(this IntranetDbContext db, CancellationToken cancellation)
    {
        var said = await db.Separations.Select(s => new
        {
            First = new Row(s.FirstId, s.First!.LinkedId ?? s.FirstId, s.First.DeletedAt != null),
            Second = new Row(s.SecondId, s.Second!.LinkedId ?? s.SecondId, s.Second.DeletedAt != null),
        }).ToListAsync(cancellation);
        var standFor = await StandForAsync(db, [.. said.SelectMany(s => new[] { s.First, s.Second }).Where(row => row.IsDeleted).Distinct()], cancellation);
        return [.. said.SelectMany(s => Between(Of(s.First), Of(s.Second)))];

        HashSet<int> Of(Row row) => row.IsDeleted ? standFor[row.Id] : [row.Primary];
    }

    private static async Task<int> LargestAsync(IntranetDbContext db, IReadOnlyCollection<int> primaries, CancellationToken cancellation)
    {
        var (largest, most) = (primaries.First(), -1);
        foreach (var some in primaries.Chunk(Some))
        {
            foreach (var cluster in await db.Contacts.Where(c => c.LinkedId != null && some.Contains(c.LinkedId.Value)).GroupBy(c => c.LinkedId!.Value).Select(rows => new { Primary = rows.Key, Rows = rows.Count() }).ToListAsync(cancellation))
                (largest, most) = cluster.Rows > most ? (cluster.Primary, cluster.Rows) : (largest, most);
        }

        return largest;
    }

    /// <summary>The clusters that contacts stand for, whether they are present or deleted.</summary>
    internal static async Task<Dictionary<int, HashSet<int>>> StandForAsync(this IntranetDbContext db, List<int> contacts, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        foreach (var some in contacts.Chunk(Some))
            rows.AddRange(await db.Contacts.Where(c => some.Contains(c.Id)).Select(c => new Row(c.Id, c.LinkedId ?? c.Id, c.DeletedAt != null)).ToListAsync(cancellation));
        var standFor = rows.Where(row => !row.IsDeleted).ToDictionary(row => row.Id, row => new HashSet<int> { row.Primary });
        if (rows.Exists(row => row.IsDeleted))
        {
            foreach (var (id, clusters) in await StandForAsync(db, rows.FindAll(row => row.IsDeleted), cancellation))
                standFor[id] = clusters;
        }

        return standFor;
    }

    internal static IEnumerable<(int One, int Other)> Between(HashSet<int> ones, HashSet<int> others)
        => ones.SelectMany(one => others.Where(other => other != one).Select(other => (one, other)));

    /// <summary>The clusters that contacts stand for: those asked about, and deleted ones that links lead to from them.</summary>
    private static async Task<Dictionary<int, HashSet<int>>> StandForAsync(IntranetDbContext db, List<Row> rows, CancellationToken cancellation)
    {
        var known = rows.ToDictionary(row => row.Id);
        var links = new List<(Row One, Row Other)>();
        for (var fresh = rows; fresh.Count > 0;)
        {
            var found = new List<(Row One, Row Other)>();
            foreach (var some in fresh.Select(row => row.Id).Chunk(Some))
            {
                found.AddRange((await db.Links.Where(l => l.CutAt == null && (some.Contains(l.FirstId) || some.Contains(l.SecondId)) && (l.First!.DeletedAt != null || l.Second!.DeletedAt != null))
                    .Select(l => new
                    {
                        First = new Row(l.FirstId, l.First!.LinkedId ?? l.FirstId, l.First.DeletedAt != null),
                        Second = new Row(l.SecondId, l.Second!.LinkedId ?? l.SecondId, l.Second.DeletedAt != null),
                    }).ToListAsync(cancellation)).Select(link => (link.First, link.Second)));
            }

            links.AddRange(found);
            // On through deleted ones; who is present was clustered by links already.
            fresh = [.. found.SelectMany(link => new[] { link.One, link.Other }).Where(row => row.IsDeleted && known.TryAdd(row.Id, row))];
        }

        var groups = Components.Primaries([.. known.Values.Where(row => row.IsDeleted).Select(row => new Components.Node(row.Id, default))], links.Select(link => (link.One.Id, link.Other.Id)));
        var reached = groups.Values.Distinct().ToDictionary(group => group, _ => new HashSet<int>());
        foreach (var (one, other) in links.Where(link => link.One.IsDeleted != link.Other.IsDeleted))
            reached[groups[one.IsDeleted ? one.Id : other.Id]].Add(one.IsDeleted ? other.Primary : one.Primary);
        return known.Values.ToDictionary(row => row.Id, row => row.IsDeleted ? reached[groups[row.Id]] : [row.Primary]);
    }

    private sealed record Row(int Id, int Primary, bool IsDeleted);
}
