using Intranet.Data.Reports;

namespace Intranet.Tests.Reports;

public sealed class ListComparisonTests
{
    [Fact]
    public void The_first_time_there_is_nothing_to_compare_with()
        => Assert.Null(Seen(null, (1, "One", ["a"])).Difference);

    [Fact]
    public void The_same_rows_in_another_order_are_the_same()
    {
        var before = Seen(null, (1, "One", ["a", null]), (2, "Two", ["b", ""])).Content;
        Assert.True(Seen(before, (2, "Two", ["b", ""]), (1, "One", ["a", null])).Difference!.IsNone);
    }

    [Fact]
    public void What_is_new_gone_and_changed_is_named()
    {
        var before = Seen(null, (1, "One", ["a"]), (2, "Two", ["b"]), (3, "Three", ["c"])).Content;
        var difference = Seen(before, (4, "Four", ["d"]), (3, "Three", ["x"]), (1, "One", ["a"])).Difference!;
        Assert.Equal("Four; Two; Three", string.Join("; ", new[] { difference.Added, difference.Gone, difference.Changed }.SelectMany(rows => rows.Names)));
    }

    [Theory]
    [InlineData("a", "b", "ab", "")]
    [InlineData(null, "x", "", "x")]
    [InlineData("1:a", "b", "1", "a;1:b")]
    public void What_moves_from_one_column_into_another_is_a_change(string? one, string? two, string? first, string? second)
        => Assert.Equal(1, Seen(Seen(null, (1, "One", [one, two])).Content, (1, "One", [first, second])).Difference!.Changed.Count);

    [Fact]
    public void Of_many_the_first_are_named_and_the_others_counted()
    {
        var before = Seen(null).Content;
        var added = Seen(before, [.. Enumerable.Range(1, 5000).Select(i => (i, $"Row {i}", (string?[])[$"x{i}"]))]);
        Assert.Equal((5000, ListComparison.Named, 5000 - ListComparison.Named), (added.Difference!.Added.Count, added.Difference.Added.Names.Count, added.Difference.Added.Others));
        var gone = Seen(added.Content).Difference!.Gone;
        Assert.Equal((5000, "Row 1"), (gone.Count, gone.Names[0]));
    }

    private static (ListDifference? Difference, byte[] Content) Seen(byte[]? before, params (int Key, string Name, string?[] Values)[] rows)
    {
        using var comparison = new ListComparison(before);
        foreach (var (key, name, values) in rows)
            comparison.Add(key, name, values);
        return comparison.End();
    }
}
