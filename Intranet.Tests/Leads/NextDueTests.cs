using System.Globalization;
using Intranet.Data.Directory;
using Intranet.Data.Leads;

namespace Intranet.Tests.Leads;

public sealed class NextDueTests
{
    // 2030: 15 May is a Wednesday.
    [Theory]
    // Never touched: due since it is there, also on a Sunday.
    [InlineData(14, null, "2030-05-12", Workdays.None, "2030-05-12")]
    [InlineData(14, "2030-05-01", "2030-01-01", Workdays.None, "2030-05-15")]
    [InlineData(1, "2030-05-15", "2030-01-01", Workdays.None, "2030-05-16")]
    // 18 May is a Saturday: the next working day, or the next one it prefers.
    [InlineData(3, "2030-05-15", "2030-01-01", Workdays.None, "2030-05-20")]
    [InlineData(3, "2030-05-15", "2030-01-01", Workdays.Saturday, "2030-05-18")]
    [InlineData(3, "2030-05-15", "2030-01-01", Workdays.Tuesday | Workdays.Thursday, "2030-05-21")]
    [InlineData(7, "2030-05-15", "2030-01-01", Workdays.Tuesday, "2030-05-28")]
    [InlineData(7, "2030-05-14", "2030-01-01", Workdays.Tuesday, "2030-05-21")]
    // Over the end of a February and of a year.
    [InlineData(30, "2028-01-31", "2020-01-01", Workdays.None, "2028-03-01")]
    [InlineData(1, "2030-12-31", "2030-01-01", Workdays.None, "2031-01-01")]
    public void It_is_due_an_interval_after_the_last_touch_on_a_day_it_prefers(int interval, string? touched, string since, Workdays preferred, string due)
        => Assert.Equal(Day(due), Of(new(new CallPlan(interval, PreferredDays: preferred), Day(since), touched is null ? null : Day(touched)))!.On);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3651)]
    public void An_interval_that_is_none_is_refused(int interval)
    {
        Assert.Throws<ArgumentException>(() => Of(new(new CallPlan(interval), Day("2030-05-01"))));
        Assert.Equal("IntervalDays", Assert.Single(new CallPlan(interval).Problems()).Property);
    }

    [Fact]
    public void A_maximum_below_the_interval_or_without_one_and_half_a_time_of_day_are_refused()
    {
        Assert.Equal("MaximumDays", Assert.Single(new CallPlan(14, 13).Problems()).Property);
        Assert.Equal("MaximumDays", Assert.Single(new CallPlan(null, 13).Problems()).Property);
        Assert.Equal("MaximumDays", Assert.Single(new CallPlan(14, 0).Problems()).Property);
        Assert.Equal("PreferredTo", Assert.Single(new CallPlan(14, PreferredFrom: new TimeOnly(9, 0)).Problems()).Property);
        Assert.Equal("PausedUntil", Assert.Single(new CallPlan(14, PausedUntil: new DateOnly(9999, 12, 31)).Problems()).Property);
        Assert.Empty(new CallPlan(14, 14).Problems());
        Assert.Empty(new CallPlan().Problems());
    }

    [Fact]
    public void Without_an_interval_only_what_was_promised_is_due()
    {
        Assert.Null(Of(new(new CallPlan(), Day("2030-05-01"), Day("2030-05-02"))));
        Assert.Null(Of(new(new CallPlan(), Day("2030-05-01"), null, 1, Day("2030-05-02"), Day("2030-05-03"), RetryCause.NoAnswer)));
        Assert.Equal(Day("2030-05-19"), Of(new(new CallPlan(), Day("2030-05-01"), null, 0, Day("2030-05-02"), Day("2030-05-19"), RetryCause.FollowUp))!.On);
    }

    [Fact]
    public void A_retry_goes_before_the_interval_and_leaves_the_clock_running()
    {
        var due = Of(new(new CallPlan(14, 20), Day("2030-01-01"), Day("2030-05-01"), 2, Day("2030-05-17"), Day("2030-05-20"), RetryCause.NoAnswer))!;

        Assert.Equal((Day("2030-05-20"), Utc("2030-05-15T22:00"), Utc("2030-05-21T22:00")), (due.On, due.OverdueAt, due.PastMaximumAt));
    }

    // Every 14 days, last reached on 1 May: planned for 15 May.
    [Theory]
    // A day that was promised takes the plan's place, be it earlier or later.
    [InlineData(RetryCause.FollowUp, "2030-05-06", "2030-05-06", 0)]
    [InlineData(RetryCause.FollowUp, "2030-05-06", "2030-05-08", 2)]
    [InlineData(RetryCause.FollowUp, "2030-05-06", "2030-05-20", 14)]
    [InlineData(RetryCause.FollowUp, "2030-05-29", "2030-05-20", 0)]
    [InlineData(RetryCause.FollowUp, "2030-05-29", "2030-05-31", 2)]
    [InlineData(RetryCause.FirstCall, "2030-05-06", "2030-05-07", 1)]
    // Nobody was reached: it waits since it was planned.
    [InlineData(RetryCause.NoAnswer, "2030-05-20", "2030-05-20", 5)]
    [InlineData(RetryCause.LeftMessage, "2030-05-20", "2030-05-21", 6)]
    [InlineData(RetryCause.NoAnswer, "2030-05-10", "2030-05-13", 0)]
    public void What_is_overdue_counts_from_the_day_it_should_have_been_called(RetryCause cause, string retry, string today, int days)
        => Assert.Equal(days, OverdueDays(new(new CallPlan(14), Day("2030-01-01"), Day("2030-05-01"), 1, Day("2030-05-03"), Day(retry), cause), today));

    [Fact]
    public void What_is_in_no_plan_is_never_overdue()
        => Assert.Equal(0, OverdueDays(new(new CallPlan(), Day("2030-01-01"), null, 1, Day("2030-05-03"), Day("2030-05-06"), RetryCause.NoAnswer), "2030-05-20"));

    // Promised for Thursday 16 May, tried in vain on that day: tried again on Friday.
    [Theory]
    [InlineData(null, "2030-05-16", "2030-05-17", 1)]
    [InlineData(null, "2030-05-16", "2030-05-16", 0)]
    // The plan would have had it on 15 May, or on 31 May.
    [InlineData(14, "2030-05-16", "2030-05-20", 4)]
    [InlineData(30, "2030-05-16", "2030-05-20", 4)]
    // Tried before the day that was promised.
    [InlineData(14, "2030-05-29", "2030-05-29", 0)]
    [InlineData(14, "2030-05-29", "2030-05-31", 2)]
    public void No_answer_takes_back_nothing_that_was_promised(int? interval, string promised, string today, int overdue)
    {
        var facts = new NextDue.Facts(new CallPlan(interval), Day("2030-01-01"), Day("2030-05-01"), 1, Day("2030-05-16"), Day("2030-05-17"), RetryCause.NoAnswer, Day(promised));

        Assert.Equal((Day("2030-05-17"), overdue), (Of(facts)!.On, OverdueDays(facts, today)));
        Assert.Equal($"no answer on 16 May (1 attempt), try again; promised for {int.Parse(promised[8..], CultureInfo.InvariantCulture)} May", NextDue.Reason(facts, Day("2030-05-20")));
    }

    // Taken over on 3 May with a first call on 17 May.
    [Theory]
    [InlineData(null, "2030-05-10", "2030-05-10", 3)]
    [InlineData(14, "2030-05-10", "2030-05-10", 3)]
    [InlineData(14, "2030-05-29", "2030-05-17", 0)]
    public void A_hand_over_takes_back_nothing_that_was_promised(int? interval, string promised, string due, int overdue)
    {
        var facts = new NextDue.Facts(new CallPlan(interval), Day("2030-01-01"), Day("2030-05-01"), 0, Day("2030-05-03"), Day("2030-05-17"), RetryCause.FirstCall, Day(promised));

        Assert.Equal((Day(due), overdue), (Of(facts)!.On, OverdueDays(facts, "2030-05-13")));
        Assert.Equal($"taken over on 3 May, first call on 17 May; promised for {int.Parse(promised[8..], CultureInfo.InvariantCulture)} May", NextDue.Reason(facts, Day("2030-05-04")));
    }

    // At most 20 days after 1 May.
    [Theory]
    [InlineData(RetryCause.FollowUp, "2030-06-10", null, "2030-06-10T22:00")]
    [InlineData(RetryCause.FollowUp, "2030-05-10", null, "2030-05-21T22:00")]
    [InlineData(RetryCause.FollowUp, "2030-05-22", null, "2030-05-22T22:00")]
    [InlineData(RetryCause.NoAnswer, "2030-05-20", "2030-06-10", "2030-06-10T22:00")]
    public void Nobody_waits_too_long_before_the_later_day_that_they_asked_for_is_over(RetryCause cause, string retry, string? promised, string past)
        => Assert.Equal(Utc(past), Of(new(new CallPlan(14, 20), Day("2030-01-01"), Day("2030-05-01"), 1, Day("2030-05-17"), Day(retry), cause, promised is null ? null : Day(promised)))!.PastMaximumAt);

    [Theory]
    [InlineData(null, null)]
    [InlineData(14, 20)]
    public void The_last_day_of_the_calendar_is_a_promise_as_well(int? interval, int? maximum)
        => Assert.Equal(DateOnly.MaxValue, Of(new(new CallPlan(interval, maximum), Day("2030-01-01"), null, 0, Day("2030-05-01"), DateOnly.MaxValue, RetryCause.FollowUp))!.On);

    // Due on Friday 29 March in Berlin, where the clock goes forward on Sunday.
    [Theory]
    [InlineData("2030-03-29T22:59", 0)]
    [InlineData("2030-03-29T23:00", 1)]
    [InlineData("2030-03-30T22:59", 1)]
    [InlineData("2030-03-30T23:00", 2)]
    [InlineData("2030-03-31T22:00", 3)]
    [InlineData("2030-04-01T21:59", 3)]
    [InlineData("2030-04-01T22:00", 4)]
    public void A_day_is_missed_when_it_ends_where_the_lead_is(string time, int days)
        => Assert.Equal(days, NextDue.OverdueDays(Of(new(new CallPlan(14), Day("2030-03-01"), Day("2030-03-15")))!.OverdueAt, Utc(time), LocalDay.Zone("Europe/Berlin")));

    [Fact]
    public void A_promise_that_falls_into_a_pause_is_missed_after_it()
    {
        var facts = new NextDue.Facts(new CallPlan(14, PausedUntil: Day("2030-05-18")), Day("2030-01-01"), Day("2030-05-01"), 0, Day("2030-05-03"), Day("2030-05-06"), RetryCause.FollowUp);

        // 18 May is a Saturday.
        Assert.Equal((Day("2030-05-20"), 0, 1), (Of(facts)!.On, OverdueDays(facts, "2030-05-20"), OverdueDays(facts, "2030-05-21")));
    }

    // Every 14 days and at most 20, last reached on 1 May: planned for 15 May.
    [Theory]
    [InlineData("2030-05-10", null, "2030-05-15", "2030-05-15T22:00", "2030-05-21T22:00")]
    // A Sunday: called is on Monday.
    [InlineData("2030-08-18", null, "2030-08-19", "2030-08-19T22:00", "2030-08-19T22:00")]
    [InlineData("2030-05-20", null, "2030-05-20", "2030-05-20T22:00", "2030-05-21T22:00")]
    // Paused beyond, or before it was closed.
    [InlineData("2030-05-20", "2030-06-03", "2030-06-03", "2030-06-03T22:00", "2030-06-02T22:00")]
    [InlineData("2030-06-20", "2030-06-03", "2030-06-20", "2030-06-20T22:00", "2030-06-20T22:00")]
    public void Nobody_has_missed_a_day_before_it_was_reopened(string reopened, string? paused, string due, string overdue, string past)
    {
        var answer = Of(new(new CallPlan(14, 20, PausedUntil: paused is null ? null : Day(paused)), Day("2030-01-01"), Day("2030-05-01"), ReopenedOn: Day(reopened)))!;

        Assert.Equal((Day(due), Utc(overdue), Utc(past)), (answer.On, answer.OverdueAt, answer.PastMaximumAt));
    }

    [Fact]
    public void Who_was_never_reached_is_due_on_the_day_it_was_reopened_and_who_prefers_a_day_on_that()
    {
        // A Sunday, too.
        var (plan, reopened) = (new CallPlan(14, PreferredDays: Workdays.Tuesday), Day("2030-08-18"));

        Assert.Equal(reopened, Of(new(plan, Day("2030-01-01"), ReopenedOn: reopened))!.On);
        Assert.Equal(Day("2030-08-20"), Of(new(plan, Day("2030-01-01"), Day("2030-05-01"), ReopenedOn: reopened))!.On);
        // What is told knows the day that was computed, and not why.
        Assert.Equal("last reached on 1 May, every 14 days; reopened since", NextDue.Reason(new(plan, Day("2030-01-01"), Day("2030-05-01")), reopened, Day("2030-08-20")));
        Assert.Equal("last reached on 1 May, every 14 days", NextDue.Reason(new(plan, Day("2030-01-01"), Day("2030-05-01")), reopened, Day("2030-05-21")));
    }

    [Theory]
    [InlineData("2030-05-17", Workdays.None, "2030-05-20")]
    [InlineData("2030-05-15", Workdays.None, "2030-05-16")]
    // A preferred day is the plan's, not the retry's, unless it is the next one.
    [InlineData("2030-05-15", Workdays.Wednesday, "2030-05-16")]
    [InlineData("2030-05-17", Workdays.Saturday, "2030-05-18")]
    [InlineData("2030-05-17", Workdays.Wednesday, "2030-05-20")]
    public void No_answer_is_tried_again_on_the_next_working_day(string attempt, Workdays preferred, string retry)
        => Assert.Equal(Day(retry), NextDue.RetryDay(Day(attempt), preferred));

    [Theory]
    [InlineData("2030-05-10", "2030-05-15")] // the pause is over before
    [InlineData("2030-05-18", "2030-05-20")] // it ends on a Saturday
    [InlineData("2030-06-03", "2030-06-03")]
    public void A_pause_moves_what_falls_into_it(string until, string due)
        => Assert.Equal(Day(due), Of(new(new CallPlan(14, PausedUntil: Day(until)), Day("2030-01-01"), Day("2030-05-01")))!.On);

    [Theory]
    [InlineData("Europe/Berlin", "2030-05-15", "2030-05-14T22:00")]
    [InlineData("Europe/Berlin", "2030-12-15", "2030-12-14T23:00")]
    [InlineData("Asia/Kolkata", "2030-05-15", "2030-05-14T18:30")]
    [InlineData("Pacific/Auckland", "2030-05-15", "2030-05-14T12:00")]
    [InlineData("America/Los_Angeles", "2030-05-15", "2030-05-15T07:00")]
    // Midnight doesn't exist: the day begins at one.
    [InlineData("Africa/Cairo", "2024-04-26", "2024-04-25T22:00")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00")]
    [InlineData("Asia/Beirut", "2022-03-27", "2022-03-26T22:00")]
    // Midnight comes twice: the first.
    [InlineData("America/Havana", "2023-11-05", "2023-11-05T04:00")]
    // The day doesn't exist: Samoa crossed the date line.
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00")]
    [InlineData("Nowhere/Atall", "2030-05-15", "2030-05-15T00:00")] // counts as UTC
    public void A_day_begins_with_its_first_moment(string zone, string day, string utc)
    {
        var start = LocalDay.Start(Day(day), LocalDay.Zone(zone));

        Assert.Equal((Utc(utc), DateTimeKind.Utc), (start, start.Kind));
        Assert.True(LocalDay.Of(start, LocalDay.Zone(zone)) >= Day(day));
        Assert.True(LocalDay.Of(start.AddTicks(-1), LocalDay.Zone(zone)) < Day(day));
    }

    [Fact]
    public void Every_day_of_a_year_begins_after_the_one_before_in_every_zone()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            for (var day = new DateOnly(2024, 1, 1); day.Year == 2024; day = day.AddDays(1))
            {
                var (start, next) = (LocalDay.Start(day, zone), LocalDay.Start(day.AddDays(1), zone));
                Assert.True(next > start && LocalDay.Of(start, zone) == day && LocalDay.Of(start.AddTicks(-1), zone) == day.AddDays(-1), $"{zone.Id} {day:O}: {start:O}, {next:O}");
            }
        }
    }

    [Theory]
    [InlineData("never reached: due now", 14, null, null, 0, null, null)]
    [InlineData("last reached on 3 Nov, every 14 days", 14, "2030-11-03", null, 0, null, null)]
    [InlineData("last reached on 3 Nov 2029, every day", 1, "2029-11-03", null, 0, null, null)]
    [InlineData("no answer on 24 Nov (2 attempts), try again", 14, "2030-11-03", RetryCause.NoAnswer, 2, "2030-11-24", "2030-11-25")]
    [InlineData("no answer on 24 Nov (1 attempt), try again", 14, null, RetryCause.NoAnswer, 1, "2030-11-24", "2030-11-25")]
    [InlineData("left a message on 24 Nov (1 attempt), try again", 14, null, RetryCause.LeftMessage, 1, "2030-11-24", "2030-11-25")]
    [InlineData("follow-up asked for on 24 Nov, on 3 Dec", null, null, RetryCause.FollowUp, 0, "2030-11-24", "2030-12-03")]
    [InlineData("taken over on 24 Nov, first call on 25 Nov", null, null, RetryCause.FirstCall, 0, "2030-11-24", "2030-11-25")]
    [InlineData("not in the plan", null, "2030-11-03", null, 0, null, null)]
    public void It_says_why(string reason, int? interval, string? touched, RetryCause? cause, int attempts, string? attempted, string? retry)
        => Assert.Equal(reason, NextDue.Reason(
            new(new CallPlan(interval), Day("2030-01-01"), touched is null ? null : Day(touched), attempts, attempted is null ? null : Day(attempted), retry is null ? null : Day(retry), cause), Day("2030-11-25")));

    [Fact]
    public void It_says_until_when_it_is_paused_as_long_as_it_is()
    {
        var facts = new NextDue.Facts(new CallPlan(14, PausedUntil: Day("2030-12-03")), Day("2030-01-01"), Day("2030-11-03"));

        Assert.Equal("paused until 3 Dec", NextDue.Reason(facts, Day("2030-12-02")));
        Assert.Equal("last reached on 3 Nov, every 14 days", NextDue.Reason(facts, Day("2030-12-03")));
        Assert.Equal(0, OverdueDays(facts, "2030-12-03"));
        Assert.Equal(1, OverdueDays(facts, "2030-12-04"));
    }

    // Newest first: kind and outcome, day of May, day of May to follow up.
    [Theory]
    [InlineData("", null, 0, null, null)]
    [InlineData("Call Reached 10", "10", 0, null, null)]
    [InlineData("Call NoAnswer 14|Call NoAnswer 13|Call Reached 10|Call NoAnswer 9", "10", 2, "15", RetryCause.NoAnswer)]
    [InlineData("Call LeftMessage 14|Call NoAnswer 13", null, 2, "15", RetryCause.LeftMessage)]
    [InlineData("Note - 15|Mail - 14|Call NoAnswer 13", null, 1, "14", RetryCause.NoAnswer)]
    [InlineData("Order - 14|Call NoAnswer 13", "14", 0, null, null)]
    [InlineData("Visit - 14|Call NoAnswer 13", "14", 0, null, null)]
    [InlineData("Call FollowUp 14 20|Call NoAnswer 13|Call Reached 10", "10", 0, "20", RetryCause.FollowUp)]
    [InlineData("Call FollowUp 14|Call Reached 10", "10", 0, "15", RetryCause.FollowUp)]
    [InlineData("Call NoAnswer 16|Call FollowUp 14 20|Call NoAnswer 13", null, 1, "17", RetryCause.NoAnswer)]
    [InlineData("Call Reached 14 20", "14", 0, "20", RetryCause.FollowUp)]
    [InlineData("Note - 14 21|Call NoAnswer 13", null, 1, "21", RetryCause.FirstCall)]
    [InlineData("Call Reached 22|Note - 14 21", "22", 0, null, null)]
    public void Interactions_say_what_was_tried(string newestFirst, string? touched, int attempts, string? retry, RetryCause? cause)
    {
        var state = TouchState.Of(newestFirst.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Entry), Touches.Shipped, Workdays.MondayToFriday | Workdays.Saturday | Workdays.Sunday);

        Assert.Equal((touched is null ? null : May(touched), attempts, retry is null ? null : May(retry), cause), (state.LastTouchOn, state.Attempts, state.RetryOn, state.RetryCause));
    }

    [Theory]
    [InlineData("Call NoAnswer 16|Call FollowUp 14 20|Call NoAnswer 13", "20")]
    [InlineData("Call NoAnswer 16|Call LeftMessage 15|Call Reached 14 20", "20")]
    [InlineData("Call NoAnswer 16|Call FollowUp 14", "15")]
    [InlineData("Call LeftMessage 16|Mail - 15|Note - 14 18|Call FollowUp 10 12", "12")]
    [InlineData("Call NoAnswer 16|Visit - 14 18", "18")]
    // Who takes a lead over says nothing to those who were promised an earlier day, or a later one.
    [InlineData("Note - 15 20|Call FollowUp 10 17", "17")]
    [InlineData("Note - 15 20|Call NoAnswer 14|Call FollowUp 10 25", "25")]
    [InlineData("Note - 15 20|Note - 14 18|Call Reached 10 17", "17")]
    [InlineData("Call NoAnswer 16|Note - 15 20|Call FollowUp 10 17", "17")]
    [InlineData("Call NoAnswer 16|Note - 15 20|Call FollowUp 10 25", "20")]
    [InlineData("Note - 15 20|Call FollowUp 10 17|Mail - 9 12", "17")]
    [InlineData("Note - 15 20|Call Reached 12|Call FollowUp 10 17", null)]
    // Somebody answered since, or says another day.
    [InlineData("Call NoAnswer 16|Call Reached 15|Call FollowUp 14 20", null)]
    [InlineData("Call NoAnswer 16|Order - 15|Note - 14 20", null)]
    [InlineData("Call FollowUp 16 21|Call NoAnswer 15|Call FollowUp 14 20", null)]
    [InlineData("Call Reached 16|Call NoAnswer 15|Call FollowUp 14 20", null)]
    [InlineData("Call NoAnswer 16|Call NoAnswer 15", null)]
    public void What_was_promised_holds_until_somebody_answers(string newestFirst, string? promised)
        => Assert.Equal(promised is null ? null : May(promised), TouchState.Of(newestFirst.Split('|').Select(Entry), Touches.Shipped, Workdays.None).PromisedOn);

    [Theory]
    [InlineData(Touches.Mail, "Mail - 14", true)]
    [InlineData(Touches.Order, "Call Reached 14", false)]
    [InlineData(Touches.LeftMessage, "Call LeftMessage 14", true)]
    [InlineData(Touches.FollowUp, "Call FollowUp 14", true)]
    [InlineData(Touches.Shipped, "Mail - 14", false)]
    public void What_a_touch_is_can_be_set(Touches touches, string entry, bool isTouch)
        => Assert.Equal(isTouch, TouchState.Of([Entry(entry)], touches, Workdays.None).LastTouchAt is not null);

    private static TouchState.Entry Entry(string text)
    {
        var parts = text.Split(' ');
        var kind = Enum.Parse<InteractionKind>(parts[0]);
        var day = May(parts[2])!.Value;
        return new(kind, parts[1] == "-" ? null : Enum.Parse<CallOutcome>(parts[1]), kind == InteractionKind.Order, day.ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc), day, parts.Length > 3 ? May(parts[3]) : null);
    }

    private static DateOnly? May(string day) => new DateOnly(2030, 5, int.Parse(day, CultureInfo.InvariantCulture));

    private static NextDue.Answer? Of(NextDue.Facts facts) => NextDue.Of(facts, LocalDay.Zone("Europe/Berlin"));

    private static int OverdueDays(NextDue.Facts facts, string today)
        => NextDue.OverdueDays(Of(facts)?.OverdueAt, Utc($"{today}T12:00"), LocalDay.Zone("Europe/Berlin"));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
