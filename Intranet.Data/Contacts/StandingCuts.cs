using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// What somebody cut, as it stands between two clusters now: nothing automatic brings those together again. Deleted contacts stand
/// for clusters as they do for <see cref="StandingSeparations"/>.
/// </summary>
internal static class StandingCuts
{
    private const int Some = 400;

    /// <summary>Without links that ended with the decision that made them.</summary>
    internal static IQueryable<Link> Cut(this IQueryable<Link> links) => links.Where(l => l.CutAt != null && !l.IsUndone);

    /// <summary>Between which of these clusters and any others somebody cut a link, by primaries; either order.</summary>
    internal static async Task<IReadOnlyList<(int One, int Other)>> CutsOfAsync(this IntranetDbContext db, IReadOnlyCollection<int> primaries, CancellationToken cancellation)
    {
        var found = new List<(int One, int Other)>();
        foreach (var some in primaries.Chunk(Some))
        {
            var of = db.Contacts.Where(c => c.DeletedAt == null && some.Contains(c.Id)).Select(c => new { c.Id, Cluster = c.Id })
                .Concat(db.Contacts.Where(c => c.DeletedAt == null && c.LinkedId != null && some.Contains(c.LinkedId.Value)).Select(c => new { c.Id, Cluster = c.LinkedId!.Value }));
            // Either end will do: both clusters are asked about before they meet.
            var cuts = await of.Join(db.Links.Cut().Where(l => l.Second!.DeletedAt == null), row => row.Id, l => l.FirstId, (row, l) => new { row.Cluster, Other = l.Second!.LinkedId ?? l.SecondId }).Distinct().ToListAsync(cancellation);
            found.AddRange(cuts.Where(cut => cut.Cluster != cut.Other).Select(cut => (cut.Cluster, cut.Other)));
        }

        var asked = primaries.ToHashSet();
        found.AddRange((await db.CutsOfDeletedAsync(cancellation)).SelectMany(cut => new[] { cut, (cut.Other, cut.One) }).Where(cut => asked.Contains(cut.Item1)));
        return found;
    }

    /// <summary>All of them, by contacts of both clusters.</summary>
    internal static async Task<IReadOnlyList<(int One, int Other)>> AllCutsAsync(this IntranetDbContext db, CancellationToken cancellation)
        => [.. (await db.Links.Cut().Where(l => l.First!.DeletedAt == null && l.Second!.DeletedAt == null).Select(l => new { l.FirstId, l.SecondId }).Distinct().ToListAsync(cancellation)).ConvertAll(l => (l.FirstId, l.SecondId)),
            .. await db.CutsOfDeletedAsync(cancellation)];

    // They are few: a link that was cut, and then one of its ends deleted.
    private static async Task<IReadOnlyList<(int One, int Other)>> CutsOfDeletedAsync(this IntranetDbContext db, CancellationToken cancellation)
    {
        // From the deleted ones, by an index for each end.
        var deleted = db.Contacts.Where(c => c.DeletedAt != null);
        var cuts = (await deleted.Join(db.Links.Cut(), c => c.Id, l => l.FirstId, (_, l) => new { l.FirstId, l.SecondId }).ToListAsync(cancellation))
            .Union(await deleted.Join(db.Links.Cut(), c => c.Id, l => l.SecondId, (_, l) => new { l.FirstId, l.SecondId }).ToListAsync(cancellation)).ToList();
        if (cuts.Count == 0)
            return [];
        var standFor = await db.StandForAsync([.. cuts.SelectMany(cut => new[] { cut.FirstId, cut.SecondId }).Distinct()], cancellation);
        return [.. cuts.SelectMany(cut => StandingSeparations.Between(standFor[cut.FirstId], standFor[cut.SecondId])).Distinct()];
    }
}
