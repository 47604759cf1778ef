namespace Intranet.Data.Contacts;

/// <summary>
/// Which contacts are one cluster, and which of them is its primary. Pure: the same contacts and links give the same
/// answer in whatever order they come, so adding a link and cutting it again returns exactly what was before.
/// </summary>
public static class Components
{
    /// <param name="Id">Of the contact.</param>
    /// <param name="CreatedAt">UTC; the oldest of a cluster is its primary, the smaller id among equals.</param>
    public readonly record struct Node(int Id, DateTime CreatedAt);

    /// <summary>The primary of every contact; a primary's is itself.</summary>
    /// <param name="nodes">Each once.</param>
    /// <param name="links">Pairs of ids. A link to a contact that isn't among the nodes (deleted, say) connects nothing.</param>
    public static Dictionary<int, int> Primaries(IReadOnlyCollection<Node> nodes, IEnumerable<(int One, int Other)> links)
    {
        // Union–find with path halving (Tarjan and van Leeuwen 1984); the older root wins, so a root is the primary.
        var created = nodes.ToDictionary(node => node.Id, node => node.CreatedAt);
        var parent = nodes.ToDictionary(node => node.Id, node => node.Id);
        foreach (var (one, other) in links)
        {
            if (!parent.ContainsKey(one) || !parent.ContainsKey(other))
                continue;
            var (first, second) = (Root(one), Root(other));
            if (first == second)
                continue;
            if (IsOlder(second, first))
                (first, second) = (second, first);
            parent[second] = first;
        }

        return nodes.ToDictionary(node => node.Id, node => Root(node.Id));

        int Root(int id)
        {
            while (parent[id] != id)
                id = parent[id] = parent[parent[id]];
            return id;
        }

        bool IsOlder(int one, int other) => created[one] < created[other] || (created[one] == created[other] && one < other);
    }

    /// <summary>The fewest links that lead from one contact to another: why these two are one person.</summary>
    /// <returns>The links in order, empty for the same contact; null when nothing connects them.</returns>
    public static IReadOnlyList<TLink>? Path<TLink>(int from, int to, IEnumerable<TLink> links, Func<TLink, (int One, int Other)> ends)
    {
        if (from == to)
            return [];
        var next = new Dictionary<int, List<(int To, TLink By)>>();
        foreach (var link in links)
        {
            var (one, other) = ends(link);
            Of(one).Add((other, link));
            Of(other).Add((one, link));
        }

        // Breadth first, from the end, so that the way is read off in order.
        var steps = new Dictionary<int, (int To, TLink By)>();
        var waiting = new Queue<int>([to]);
        var seen = new HashSet<int> { to };
        while (waiting.TryDequeue(out var here))
        {
            foreach (var (there, by) in next.GetValueOrDefault(here) ?? [])
            {
                if (!seen.Add(there))
                    continue;
                steps[there] = (here, by);
                if (there == from)
                    return [.. Way()];
                waiting.Enqueue(there);
            }
        }

        return null;

        IEnumerable<TLink> Way()
        {
            for (var at = from; at != to;)
            {
                var step = steps[at];
                yield return step.By;
                at = step.To;
            }
        }

        List<(int To, TLink By)> Of(int id) => next.TryGetValue(id, out var list) ? list : next[id] = [];
    }
}
