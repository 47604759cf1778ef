using Intranet.Data.Contacts.Matching;

namespace Intranet.Tests.Contacts.Matching;

/// <summary>Pairs that chain through very many contacts are looked at in parts.</summary>
public sealed class PartGroupsTests
{
    private const int Rows = 3000;

    [Fact]
    public void A_small_component_stays_whole()
    {
        var (records, pairs) = Chain(400, id => id);
        var between = new List<FoundPair>();

        Assert.Same(pairs, Assert.Single(PartGroups.Run(records, pairs, between)));
        Assert.Empty(between);
    }

    [Fact]
    public void No_part_of_a_long_chain_is_too_large_and_no_pair_between_two_is_accepted()
    {
        var (records, pairs) = Chain(Rows, id => id);
        var between = new List<FoundPair>();

        var parts = PartGroups.Run(records, pairs, between);

        Assert.All(parts, part => Assert.InRange(Places(part).Count, 2, PartGroups.Largest));
        Assert.Equal(pairs.Count, parts.Sum(part => part.Count) + between.Count);
        Assert.All(between, pair => Assert.True(pair.Probability < MatchThresholds.Review));
        // Each row is in one part at most, so the closure of a part stays within it.
        var all = parts.SelectMany(Places).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public void Neither_the_order_of_rows_nor_their_ids_matter()
    {
        var plain = Parts(Chain(Rows, id => id));
        var other = Parts(Chain(Rows, id => 1_000_000 - (id * 3), shuffled: true));

        Assert.Equal(plain, other);
    }

    // By the names of the rows: they are what stays the same.
    private static List<string> Parts((MatchRecords Records, List<FoundPair> Pairs) chain)
        => [.. PartGroups.Run(chain.Records, chain.Pairs, []).Select(part => string.Join(' ', Places(part).Select(place => chain.Records.Tokens.Text(chain.Records.All[place].Given)).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal)];

    private static HashSet<int> Places(List<FoundPair> part) => [.. part.SelectMany(pair => new[] { pair.A, pair.B })];

    // Each row is a little like the next. Scores repeat, so that contents have to tell which pairs come first.
    private static (MatchRecords Records, List<FoundPair> Pairs) Chain(int rows, Func<int, long> id, bool shuffled = false)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        if (shuffled)
            new Random(62).Shuffle(order);
        var records = MatchRecords.Read(order.Select(row => new ContactRow { Id = id(row), GivenName = Name(row), FamilyName = "Chain" }));
        var places = new int[rows];
        for (var place = 0; place < rows; place++)
            places[order[place]] = place;
        var pairs = Enumerable.Range(0, rows - 1).Select(row => new FoundPair(Math.Min(places[row], places[row + 1]), Math.Max(places[row], places[row + 1]), row % 7)).ToArray();
        if (shuffled)
            new Random(63).Shuffle(pairs);
        return (records, [.. pairs]);
    }

    private static string Name(int row) => $"{(char)('a' + (row / 676))}{(char)('a' + (row / 26 % 26))}{(char)('a' + (row % 26))}x";
}
