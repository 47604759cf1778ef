using Intranet.Data.Reports;

namespace Intranet.Tests.Reports;

/// <summary>When a subscription is due, after what happens to it.</summary>
public sealed class SubscriptionTests
{
    private static readonly DateTime Now = new(2030, 5, 15, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Schedule Eight = new(Rhythm.Daily, 8, DayOfWeek.Monday, 1, "UTC"), Nine = Eight with { Hour = 9 };

    [Fact]
    public void Planned_anew_it_comes_by_the_new_schedule()
    {
        var one = Planned();
        one.Plan(Nine, Now);
        Assert.Equal(Now.Date.AddDays(1).AddHours(9), one.NextAt);
    }

    [Fact]
    public void What_is_due_already_comes_first()
    {
        var one = Planned();
        var due = one.NextAt!.Value;
        one.Plan(Nine, due.AddMinutes(1));
        Assert.Equal((due, 9), (one.NextAt, one.Hour));
    }

    [Fact]
    public void So_does_what_somebody_asked_for()
    {
        var one = Planned();
        Assert.Null(one.AskFor(Now));
        one.Plan(Nine, Now.AddSeconds(-1));
        Assert.Equal((Now, true), (one.NextAt, one.IsAskedFor));
    }

    [Fact]
    public void So_does_another_try_until_it_is_tried_once_a_day_only()
    {
        var one = Planned();
        one.Failed("no", Now);
        one.Plan(Nine, Now);
        Assert.Equal(Now.AddMinutes(1), one.NextAt);
        for (var i = 1; i < Subscription.MostFailures; i++)
            one.Failed("no", Now);
        one.Plan(Nine, Now);
        Assert.Equal(Now.Date.AddDays(1).AddHours(9), one.NextAt);
    }

    [Fact]
    public void Paused_or_deleted_it_stays_so_when_it_is_planned_and_says_so_when_it_is_asked_for()
    {
        var one = Planned();
        one.Pause(null);
        one.Plan(Nine, Now);
        Assert.Equal((null, "It is paused: resume it first.", null), (one.NextAt, one.AskFor(Now), one.NextAt));
        one.Resume(Now);
        one.Delete(Now);
        one.Plan(Eight, Now);
        Assert.Null(one.NextAt);
        one.Restore(Now);
        Assert.Equal(Now.Date.AddDays(1).AddHours(8), one.NextAt);
    }

    private static Subscription Planned()
    {
        var one = new Subscription { Name = "One" };
        one.Plan(Eight, Now);
        Assert.Equal(Now.Date.AddDays(1).AddHours(8), one.NextAt);
        return one;
    }
}
