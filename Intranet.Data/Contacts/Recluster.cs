using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Brings the stored primaries in line with the links, after links were added or cut or contacts came or went.</summary>
public static class Recluster
{
    /// <param name="db">In a transaction that holds <see cref="Locks.Contacts"/>, with the changes of links saved.</param>
    /// <param name="contacts">At least one contact of every cluster that changed.</param>
    /// <param name="cancellation">Stops between statements; the transaction decides what stays.</param>
    /// <returns>The contacts whose primary changed.</returns>
    public static async Task<IReadOnlyList<int>> ReclusterAsync(this IntranetDbContext db, IReadOnlyCollection<int> contacts, CancellationToken cancellation = default)
    {
        // Every row that any of them was one person with so far, deleted ones too: links may lead through them again.
        // One parameter for all their ids, here and below: a person may have more rows than a statement takes parameters.
        var primaries = await db.Contacts.Where(c => EF.Parameter(contacts).Contains(c.Id)).Select(c => c.LinkedId ?? c.Id).Distinct().ToListAsync(cancellation);
        var known = new Dictionary<int, Row>();
        // Two questions and not one with "or", here and below: each is read from its index, however long the list.
        List<Row> fresh = [.. await RowsAsync(c => EF.Parameter(primaries).Contains(c.Id)), .. await RowsAsync(c => c.LinkedId != null && EF.Parameter(primaries).Contains(c.LinkedId.Value))];
        var links = new Dictionary<int, (int One, int Other)>();
        while (fresh.Count > 0)
        {
            foreach (var row in fresh)
                known[row.Id] = row;
            var ids = fresh.ConvertAll(row => row.Id);
            var found = await db.Links.Where(l => l.CutAt == null && EF.Parameter(ids).Contains(l.FirstId)).Select(l => new { l.Id, l.FirstId, l.SecondId })
                .Union(db.Links.Where(l => l.CutAt == null && EF.Parameter(ids).Contains(l.SecondId)).Select(l => new { l.Id, l.FirstId, l.SecondId })).ToListAsync(cancellation);
            foreach (var link in found)
                links[link.Id] = (link.FirstId, link.SecondId);
            var beyond = found.SelectMany(l => new[] { l.FirstId, l.SecondId }).Where(id => !known.ContainsKey(id)).Distinct().ToList();
            fresh = beyond.Count == 0 ? [] : await RowsAsync(c => EF.Parameter(beyond).Contains(c.Id));
        }

        var present = known.Values.Where(row => row.DeletedAt is null).Select(row => new Components.Node(row.Id, row.CreatedAt)).ToList();
        var now = Components.Primaries(present, links.Values);
        var changed = known.Values
            .Select(row => (row.Id, Was: row.LinkedId, Is: now.TryGetValue(row.Id, out var primary) && primary != row.Id ? primary : (int?)null))
            .Where(row => row.Was != row.Is).ToList();
        foreach (var group in changed.GroupBy(row => row.Is))
        {
            foreach (var some in group.Select(row => row.Id).Chunk(500))
                await db.Contacts.Where(c => some.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, group.Key), cancellation);
        }

        return changed.ConvertAll(row => row.Id);

        Task<List<Row>> RowsAsync(System.Linq.Expressions.Expression<Func<Contact, bool>> which)
            => db.Contacts.Where(which).Select(c => new Row(c.Id, c.CreatedAt, c.LinkedId, c.DeletedAt)).ToListAsync(cancellation);
    }

    private sealed record Row(int Id, DateTime CreatedAt, int? LinkedId, DateTime? DeletedAt);
}
