using Intranet.Data.Leads;

namespace Intranet.Tests.Leads;

public sealed class PerformanceRulesTests
{
    // A Wednesday.
    private static readonly DateOnly Today = new(2030, 5, 15);

    [Theory]
    [InlineData(0, null, PerformanceLabel.Under)]
    [InlineData(0, 100, PerformanceLabel.Under)]
    [InlineData(1, 0, PerformanceLabel.Under)]
    [InlineData(2, 30, PerformanceLabel.Average)]
    [InlineData(2, 31, PerformanceLabel.Under)]
    [InlineData(5, 0, PerformanceLabel.Average)]
    [InlineData(6, 15, PerformanceLabel.Well)]
    [InlineData(6, 16, PerformanceLabel.Average)]
    [InlineData(60, 31, PerformanceLabel.Under)]
    public void A_label_follows_from_orders_and_days_since_the_last(int orders, int? since, PerformanceLabel label)
        => Assert.Equal(label, PerformanceRules.Label(orders, since, new LeadSettings()));

    [Fact]
    public void Thresholds_are_settings_and_under_goes_before_well()
    {
        Assert.Equal(PerformanceLabel.Well, PerformanceRules.Label(3, 20, new LeadSettings(WellMinimumOrders: 2, WellWithinDays: 20)));
        Assert.Equal(PerformanceLabel.Under, PerformanceRules.Label(3, 10, new LeadSettings(WellMinimumOrders: 2, UnderAfterDays: 9)));
        Assert.Equal("UnderMaximumOrders", Assert.Single(new LeadSettings(WellMinimumOrders: 2, UnderMaximumOrders: 3).Problems()).Property);
        Assert.Empty(new LeadSettings().Problems());
    }

    [Fact]
    public void Without_orders_everything_is_nothing()
    {
        var numbers = PerformanceRules.Of([], Today, 90);

        Assert.Equal(new PerformanceRules.Numbers(Weeks: "0,0,0,0,0,0,0,0,0,0,0,0,0"), numbers);
        Assert.Null(numbers.DaysSince(Today));
        Assert.False(PerformanceRules.IsSlipping(numbers, Today));
    }

    [Fact]
    public void The_window_ends_today_and_has_as_many_days_as_it_says()
    {
        // The 90th day, the 91st, and tomorrow.
        var numbers = Numbers((89, 100), (90, 1000), (-1, 10000), (0, 10));

        Assert.Equal((2, 110L, 55L, Today), (numbers.Orders, numbers.Revenue, numbers.AverageValue, numbers.LastOrderOn));
    }

    [Fact]
    public void The_trend_compares_thirty_days_with_the_thirty_before()
    {
        var numbers = Numbers((0, 1), (29, 2), (30, 4), (59, 8), (60, 16));

        Assert.Equal((2, 3L, 2, 12L), (numbers.RecentOrders, numbers.RecentRevenue, numbers.EarlierOrders, numbers.EarlierRevenue));
    }

    [Fact]
    public void The_gap_is_the_median_between_days_and_the_spread_how_far_gaps_are_from_it()
    {
        // Days 30, 24, 18, 10, 4: gaps 6, 6, 8, 6. Two orders on one day are no gap.
        var numbers = Numbers((30, 1), (24, 1), (18, 1), (10, 1), (4, 1), (4, 1));
        Assert.Equal((6, 6.0, 0.0), (numbers.Orders, numbers.GapDays, numbers.GapSpread));

        // Gaps 4, 6, 8, 10: median 7, deviations 3, 1, 1, 3: median 2, times 1.4826.
        numbers = Numbers((28, 1), (24, 1), (18, 1), (10, 1), (0, 1));
        Assert.Equal((7.0, 2.9652), (numbers.GapDays, numbers.GapSpread));
    }

    [Fact]
    public void One_order_has_no_rhythm_and_orders_without_a_value_no_average()
    {
        Assert.Null(Numbers((3, 1)).GapDays);
        var numbers = PerformanceRules.Of([new(Today.AddDays(-2), null), new(Today, 301)], Today, 90);
        Assert.Equal((2, 301L, 301L), (numbers.Orders, numbers.Revenue, numbers.AverageValue));
    }

    [Fact]
    public void The_gap_is_that_of_the_window_and_the_rhythm_that_of_the_last_orders_where_it_has_few()
    {
        var numbers = Numbers((124, 1), (103, 1), (82, 1), (75, 1), (60, 1));
        Assert.Equal((11.0, 18.0), (numbers.GapDays, numbers.RhythmDays));

        // The window alone has enough.
        numbers = Numbers([(95, 1), .. Enumerable.Range(0, 8).Select(i => (Ago: 80 - (10 * i), Value: 1L))]);
        Assert.Equal((10.0, 10.0), (numbers.GapDays, numbers.RhythmDays));
        Assert.Equal(numbers.GapSpread, numbers.RhythmSpread);
    }

    [Fact]
    public void The_usual_weekday_is_the_one_that_stands_out()
    {
        Assert.Equal(DayOfWeek.Wednesday, Numbers((14, 1), (7, 1), (1, 1), (0, 1)).UsualWeekday);
        Assert.Null(Numbers((8, 1), (7, 1), (1, 1), (0, 1)).UsualWeekday);
        Assert.Null(Numbers((0, 1)).UsualWeekday);
        // Two of seven are the most, and no habit.
        Assert.Null(Numbers((14, 1), (7, 1), (5, 1), (4, 1), (3, 1), (2, 1), (1, 1)).UsualWeekday);
    }

    [Fact]
    public void Weeks_are_told_the_oldest_first()
        => Assert.Equal("1,0,0,0,0,0,0,0,0,0,0,1,2", Numbers((91, 1), (90, 1), (7, 1), (6, 1), (0, 1)).Weeks);

    [Theory]
    // Every 6 days exactly: late from half the gap on.
    [InlineData("33 27 21 15 9", false)]
    [InlineData("34 28 22 16 10", true)]
    // Every day but weekends: Monday is not late.
    [InlineData("7 6 5 4 3", false)]
    [InlineData("9 8 7 6 5", true)]
    // Three orders are no rhythm.
    [InlineData("60 54 48", false)]
    // Nor are three on one day and one on the next, or any number on three days.
    [InlineData("31 31 31 30", false)]
    [InlineData("60 60 54 54 48 48", false)]
    [InlineData("66 60 54 48", true)]
    // An irregular one is given more time: gaps 3, 9, 4, 12, median 6.5, spread 4.4.
    [InlineData("47 44 35 31 19", false)]
    [InlineData("48 45 36 32 20", true)]
    // Who stays silent goes on slipping, however little of the rhythm the window still has.
    [InlineData("89 82 75 68", true)]
    [InlineData("90 83 76 69", true)]
    [InlineData("421 414 407 400", true)]
    // Nor need four orders fit into the window: every 21 days, every 28, every two months.
    [InlineData("123 102 81 60", true)]
    [InlineData("93 72 51 30", false)]
    [InlineData("139 111 83 55", true)]
    [InlineData("280 220 160 100", true)]
    // Over a year it is no rhythm.
    [InlineData("566 444 322 200", false)]
    public void Slipping_is_later_than_the_own_rhythm(string daysAgo, bool isSlipping)
        => Assert.Equal(isSlipping, PerformanceRules.IsSlipping(Numbers([.. daysAgo.Split(' ').Select(ago => (int.Parse(ago, null), 1L))]), Today));

    [Fact]
    public void Each_label_comes_with_its_sentence()
    {
        Assert.Equal("no order yet", PerformanceRules.Sentence(0, null, 90));
        Assert.Equal("no order in 90 days, the last one 120 days ago", PerformanceRules.Sentence(0, 120, 90));
        Assert.Equal("1 order in 90 days, the last one today", PerformanceRules.Sentence(1, 0, 90));
        Assert.Equal("9 orders in 90 days, the last one yesterday", PerformanceRules.Sentence(9, 1, 90));
        Assert.Equal("orders every 6 ± 2 days; now 15", PerformanceRules.Rhythm(6, 2.04, 15));
        Assert.Equal("orders every 6.5 ± 2.9 days; now 15", PerformanceRules.Rhythm(6.5, 2.9, 15));
        Assert.Null(PerformanceRules.Rhythm(null, null, 15));
    }

    [Fact]
    public void A_refused_move_says_what_is_allowed()
    {
        var moves = new AllowedMoves(AllowedMove.Shipped);

        Assert.Equal("New can go to Contacted or Closed, not to Active.", moves.Refusal(Stage.New, Stage.Active));
        Assert.Equal("Closed can go to New, Contacted or Qualified, not to Active.", moves.Refusal(Stage.Closed, Stage.Active));
        Assert.Equal("New can't go anywhere.", new AllowedMoves([]).Refusal(Stage.New, Stage.Active));
        Assert.Equal("New can go to Active, not to Closed.", new AllowedMoves([(Stage.New, Stage.Active)]).Refusal(Stage.New, Stage.Closed));
        Assert.Null(moves.Refusal(Stage.New, Stage.New));
        Assert.All(AllowedMove.Shipped, move => Assert.Null(moves.Refusal(move.From, move.To)));
        Assert.All(Enum.GetValues<Stage>().Where(stage => stage != Stage.Closed), stage => Assert.Contains(Stage.Closed, moves.From(stage)));
    }

    private static PerformanceRules.Numbers Numbers(params (int Ago, long Value)[] orders)
        => PerformanceRules.Of([.. orders.OrderByDescending(order => order.Ago).Select(order => new PerformanceRules.Order(Today.AddDays(-order.Ago), order.Value))], Today, 90);
}
