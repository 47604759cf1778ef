using Intranet.Data.Contacts;

namespace Intranet.Tests.Contacts;

public sealed class ComponentsTests
{
    private static readonly DateTime Start = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_oldest_is_the_primary_and_the_smaller_id_among_equals()
    {
        Components.Node[] nodes = [new(1, Start.AddDays(2)), new(2, Start.AddDays(1)), new(3, Start.AddDays(1)), new(4, Start)];
        Assert.Equal(new Dictionary<int, int> { [1] = 2, [2] = 2, [3] = 2, [4] = 4 }, Components.Primaries(nodes, [(1, 3), (3, 2)]));
    }

    [Fact]
    public void A_link_to_a_contact_that_is_not_there_connects_nothing()
        => Assert.Equal(new Dictionary<int, int> { [1] = 1, [3] = 3 }, Components.Primaries([new(1, Start), new(3, Start)], [(1, 2), (2, 3)]));

    [Fact]
    public void Any_order_of_links_gives_the_same_clusters()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (nodes, links) = Some(random);
            var expected = Naive(nodes, links);
            for (var i = 0; i < 5; i++)
            {
                var shuffled = links.Select(link => random.Next(2) == 0 ? link : (link.Other, link.One)).ToArray();
                random.Shuffle(shuffled);
                var order = nodes.ToArray();
                random.Shuffle(order);
                Assert.Equal(expected, Sorted(Components.Primaries(order, shuffled)));
            }
        }
    }

    [Fact]
    public void Linking_and_then_cutting_returns_exactly_what_was_before()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (nodes, links) = Some(random);
            var before = Sorted(Components.Primaries(nodes, links));
            var added = Enumerable.Range(0, 5).Select(_ => (random.Next(1, nodes.Count + 1), random.Next(1, nodes.Count + 1))).ToList();
            _ = Components.Primaries(nodes, links.Concat(added));
            Assert.Equal(before, Sorted(Components.Primaries(nodes, links)));
            // Cut in any order, one after the other, the state is that of the links that are left.
            while (added.Count > 0)
            {
                added.RemoveAt(random.Next(added.Count));
                Assert.Equal(Naive(nodes, [.. links, .. added]), Sorted(Components.Primaries(nodes, links.Concat(added))));
            }
        }
    }

    [Fact]
    public void The_shortest_chain_of_links_says_why_two_are_one_person()
    {
        (int One, int Other)[] links = [(1, 2), (2, 3), (3, 4), (4, 5), (2, 5), (7, 8)];
        Assert.Equal([(1, 2), (2, 5)], Components.Path(1, 5, links, link => link));
        Assert.Equal([(3, 4), (2, 3), (1, 2)], Components.Path(4, 1, [(1, 2), (2, 3), (3, 4), (7, 8)], link => link));
        Assert.Equal([], Components.Path(3, 3, links, link => link)!);
        Assert.Null(Components.Path(1, 8, links, link => link));
    }

    private static (List<Components.Node> Nodes, List<(int One, int Other)> Links) Some(Random random)
    {
        var count = random.Next(1, 40);
        // Few different moments, so that ties happen.
        var nodes = Enumerable.Range(1, count).Select(id => new Components.Node(id, Start.AddMinutes(random.Next(6)))).ToList();
        var links = Enumerable.Range(0, random.Next(count)).Select(_ => (random.Next(1, count + 1), random.Next(1, count + 1))).ToList();
        return (nodes, links);
    }

    // Spreads the oldest name until nothing changes: slow, and too simple to be wrong in the same way.
    private static List<(int, int)> Naive(List<Components.Node> nodes, List<(int One, int Other)> links)
    {
        var rank = nodes.OrderBy(node => node.CreatedAt).ThenBy(node => node.Id).Select((node, i) => (node.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        var primary = nodes.ToDictionary(node => node.Id, node => node.Id);
        for (var again = true; again;)
        {
            again = false;
            foreach (var (one, other) in links)
            {
                var oldest = rank[primary[one]] < rank[primary[other]] ? primary[one] : primary[other];
                again |= primary[one] != oldest || primary[other] != oldest;
                primary[one] = primary[other] = oldest;
            }
        }

        return Sorted(primary);
    }

    private static List<(int, int)> Sorted(Dictionary<int, int> primaries) => [.. primaries.Select(pair => (pair.Key, pair.Value)).Order()];
}
