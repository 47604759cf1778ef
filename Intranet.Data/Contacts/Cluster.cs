using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>A cluster as its page shows it.</summary>
/// <param name="PrimaryId">The oldest row that takes part; of a deleted contact alone, the contact itself.</param>
/// <param name="Rows">That take part, oldest first; none when the contact asked for is deleted.</param>
/// <param name="Deleted">Rows that links lead to and that take no part, oldest first.</param>
/// <param name="Links">From or to any of the rows, cut ones included, oldest first.</param>
public sealed record Cluster(int PrimaryId, IReadOnlyList<PersonRow> Rows, IReadOnlyList<PersonRow> Deleted, IReadOnlyList<Link> Links)
{
    public IEnumerable<PersonRow> All => Rows.Concat(Deleted);

    /// <summary>For the rules: who takes part.</summary>
    public IReadOnlyList<Components.Node> Nodes => [.. Rows.Select(row => new Components.Node(row.Id, row.CreatedAt))];

    public IEnumerable<Link> Holding => Links.Where(link => !link.IsCut);
}

public static class ClusterQueries
{
    /// <summary>
    /// The cluster of a contact. Deleted rows belong to it as far as links that hold lead to them; through a deleted row
    /// it goes on to other deleted ones, but never to people who are somebody else's cluster now.
    /// </summary>
    /// <returns>Null when there is no such contact.</returns>
    public static async Task<Cluster?> ClusterAsync(this IntranetDbContext db, int contact, CancellationToken cancellation = default)
    {
        if (await db.Contacts.Where(c => c.Id == contact).Select(c => new { c.LinkedId, c.DeletedAt }).FirstOrDefaultAsync(cancellation) is not { } start)
            return null;
        var primary = start.LinkedId ?? contact;
        var rows = start.DeletedAt is not null ? [] : await db.Contacts.OfCluster(primary).Select(PersonRow.FromContact).ToListAsync(cancellation);
        var deleted = start.DeletedAt is null ? [] : await db.Contacts.Where(c => c.Id == contact).Select(PersonRow.FromContact).ToListAsync(cancellation);
        var links = new Dictionary<int, Link>();
        var fresh = rows.Concat(deleted).Select(row => row.Id).ToList();
        var known = fresh.ToHashSet();
        while (fresh.Count > 0)
        {
            var found = new List<Link>();
            foreach (var some in fresh.Chunk(500))
                found.AddRange(await db.Links.AsNoTracking().Where(l => some.Contains(l.FirstId) || some.Contains(l.SecondId)).ToListAsync(cancellation));
            foreach (var link in found)
                links[link.Id] = link;
            var beyond = found.Where(l => !l.IsCut).SelectMany(l => new[] { l.FirstId, l.SecondId }).Where(id => !known.Contains(id)).Distinct().ToList();
            var more = beyond.Count == 0 ? [] : await db.Contacts.Where(c => EF.Parameter(beyond).Contains(c.Id) && c.DeletedAt != null).Select(PersonRow.FromContact).ToListAsync(cancellation);
            deleted.AddRange(more);
            fresh = more.ConvertAll(row => row.Id);
            known.UnionWith(fresh);
        }

        return new Cluster(primary, [.. rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)], [.. deleted.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)], [.. links.Values.OrderBy(link => link.Id)]);
    }

    /// <summary>What stewards chose for fields of these contacts.</summary>
    public static Task<List<PersonOf.Choice>> ChoicesAsync(this IntranetDbContext db, IEnumerable<int> contacts, CancellationToken cancellation = default)
    {
        var ids = contacts.ToArray();
        // One parameter, here and where else a person of ten thousand rows is asked about: as many parameters take a second.
        return db.FieldChoices.Where(choice => EF.Parameter(ids).Contains(choice.ContactId)).Select(choice => new PersonOf.Choice(choice.Id, choice.ContactId, choice.Field, choice.ChosenAt)).ToListAsync(cancellation);
    }
}
