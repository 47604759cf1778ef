using System.Globalization;
using Intranet.Data.Directory;

namespace Intranet.Tests.Directory;

/// <summary>The answer card's rule as cases: who is chosen, and the sentence that says why.</summary>
public sealed class WhomToAskTests : IDisposable
{
    // Wednesday, 10:00 in London, 11:00 in Oslo, 05:00 in New York, 21:00 in Auckland.
    private static readonly DateTime Now = new(2030, 1, 16, 10, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2030, 1, 16);
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public WhomToAskTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    public void Dispose() => CultureInfo.CurrentCulture = before;

    [Fact]
    public void The_owner_at_work_is_asked()
        => Chosen("Olga", "Olga is the owner and at work, 11:00 in Oslo.", Owner("Olga"), Backup("Bo"), Member("Mia"));

    [Fact]
    public void The_owner_outside_working_hours_is_passed_over_for_the_backup()
        => Chosen("Bo", "Owner Olga is not at work (05:00 in New York); Bo is backup and at work, 11:00 in Oslo.", Owner("Olga", NewYork), Backup("Bo"));

    [Fact]
    public void The_owner_away_is_passed_over_for_the_backup_rather_than_the_substitute()
        => Chosen("Bo", "Owner Olga is away until 18 Jan; Bo is backup and at work, 11:00 in Oslo.",
            Owner("Olga", away: 2, substitute: Person("Sue")), Backup("Bo"));

    [Fact]
    public void A_second_owner_comes_before_the_backup()
        => Chosen("Otto", "Otto is the owner and at work, 11:00 in Oslo.", Owner("Olga", away: 0), Owner("Otto"), Backup("Bo"));

    [Fact]
    public void Without_an_owner_the_backup_is_asked_and_it_says_so()
        => Chosen("Bo", "No owner is named; Bo is backup and at work, 11:00 in Oslo.", Backup("Bo"), Member("Anna"));

    [Fact]
    public void With_owner_and_backup_away_the_owners_substitute_is_asked()
        => Chosen("Sue", "Owner Olga is away until 17 Jan; Sue stands in and is at work, 11:00 in Oslo.",
            Owner("Olga", away: 1, substitute: Person("Sue")), Backup("Bo", away: 3, substitute: Person("Tom")));

    [Fact]
    public void With_only_the_backup_having_a_substitute_at_work_that_one_is_asked()
        => Chosen("Tom", "Backup Bo is away until 19 Jan; Tom stands in and is at work, 11:00 in Oslo.",
            Owner("Olga", away: 1, substitute: Person("Sue", NewYork)), Backup("Bo", away: 3, substitute: Person("Tom")));

    [Fact]
    public void The_owner_off_hours_and_the_backup_away_lead_to_the_backups_substitute()
        => Chosen("Tom", "Backup Bo is away until 16 Jan; Tom stands in and is at work, 11:00 in Oslo.",
            Owner("Olga", NewYork, substitute: Person("Sue")), Backup("Bo", away: 0, substitute: Person("Tom")));

    [Fact]
    public void A_substitute_who_is_away_is_not_asked_now()
        => Chosen("Olga", "Nobody is at work now; Olga (owner) starts next, Friday at 09:00 in Oslo.",
            Owner("Olga", away: 1, substitute: Person("Sue", away: 5)));

    [Fact]
    public void The_substitute_of_somebody_present_but_off_hours_does_not_count()
        => Chosen("Olga", "Nobody is at work now; Olga (owner) starts next, today at 09:00 in New York.", Owner("Olga", NewYork, substitute: Person("Sue")));

    [Fact]
    public void Members_are_asked_only_where_nobody_else_is_named()
    {
        Chosen("Mia", "No owner or backup is named; Mia is a member and at work, 11:00 in Oslo.", Member("Mia"), Member("Nora", NewYork));
        Chosen("Olga", "Nobody is at work now; Olga (owner) starts next, today at 09:00 in New York.", Owner("Olga", NewYork), Member("Mia"));
    }

    [Fact]
    public void Nobody_at_work_leads_to_whose_day_starts_next_even_if_that_is_the_backup()
        => Chosen("Bo", "Nobody is at work now; Bo (backup) starts next, today at 09:00 in New York.",
            Owner("Olga", Auckland), Backup("Bo", NewYork));

    [Fact]
    public void Of_two_who_start_together_the_owner_is_named()
        => Chosen("Zelda", "Nobody is at work now; Zelda (owner) starts next, today at 09:00 in New York.", Backup("Bo", NewYork), Owner("Zelda", NewYork));

    [Fact]
    public void A_substitute_may_be_the_one_who_starts_next()
        => Chosen("Sue", "Nobody is at work now; Sue (stands in for Olga) starts next, today at 09:00 in New York.",
            Owner("Olga", away: 30, substitute: Person("Sue", NewYork)));

    [Fact]
    public void On_a_weekend_it_names_the_day()
    {
        var saturday = new DateTime(2030, 1, 19, 10, 0, 0, DateTimeKind.Utc);
        Chosen("Olga", "Nobody is at work now; Olga (owner) starts next, Monday at 09:00 in Oslo.", saturday, Owner("Olga"));
        Chosen("Omar", "Nobody is at work now; Omar (backup) starts next, tomorrow at 09:00 in Cairo.", saturday, Owner("Olga"), Backup("Omar", Cairo));
    }

    [Fact]
    public void On_a_Sunday_somebody_in_Cairo_is_at_work()
        => Chosen("Omar", "Owner Olga is not at work (11:00 in Oslo); Omar is backup and at work, 12:00 in Cairo.",
            new DateTime(2030, 1, 20, 10, 0, 0, DateTimeKind.Utc), Owner("Olga"), Backup("Omar", Cairo));

    [Fact]
    public void A_return_in_weeks_is_told_by_its_date()
        => Chosen("Olga", "Nobody is at work now; Olga (owner) starts next, 6 Feb at 09:00 in Oslo.", Owner("Olga", away: 20));

    [Fact]
    public void An_absence_counts_by_the_calendar_of_the_place()
    {
        // 23:30 on Wednesday in London is Thursday 12:30 in Auckland.
        var late = new DateTime(2030, 1, 16, 23, 30, 0, DateTimeKind.Utc);
        Chosen("Ria", "Ria is the owner and at work, 12:30 in Auckland.", late, Owner("Ria", Auckland, away: 0));
    }

    [Fact]
    public void A_night_shift_that_began_on_a_day_off_is_not_worked_after_midnight()
    {
        var night = Oslo with { Hours = new WorkingHours("Europe/Oslo", new TimeOnly(22, 0), new TimeOnly(6, 0), Workdays.MondayToFriday) };
        // 02:00 on Thursday: Wednesday's shift.
        var utc = new DateTime(2030, 1, 17, 1, 0, 0, DateTimeKind.Utc);

        Chosen("Olga", "Olga is the owner and at work, 02:00 in Oslo.", utc, Owner("Olga", night));
        Chosen("Olga", "Nobody is at work now; Olga (owner) starts next, today at 22:00 in Oslo.", utc, Owner("Olga", night, away: 0));
        // Thursday off: Wednesday's shift is finished all the same.
        Chosen("Olga", "Olga is the owner and at work, 02:00 in Oslo.", utc, Owner("Olga", night) with { AwayFrom = Today.AddDays(1), AwayUntil = Today.AddDays(1) });
    }

    [Fact]
    public void The_start_is_told_as_a_moment_too()
    {
        var answer = WhomToAsk.Choose([Owner("Olga", NewYork)], Now)!;

        Assert.Equal(new DateTime(2030, 1, 16, 14, 0, 0, DateTimeKind.Utc), answer.From);
        Assert.Null(WhomToAsk.Choose([Owner("Olga")], Now)!.From);
    }

    [Fact]
    public void Nobody_named_or_nobody_back_within_a_year_is_no_answer()
    {
        Assert.Null(WhomToAsk.Choose([], Now));
        Assert.Null(WhomToAsk.Choose([Owner("Olga", away: 400), Backup("Bo", away: 400)], Now));
    }

    [Fact]
    public void The_same_question_gets_the_same_answer_whatever_the_order_of_the_rows()
    {
        WhomToAsk.Candidate[] people = [Owner("Otto"), Owner("Olga"), Backup("Bo"), Member("Mia")];

        Assert.All(new[] { people, [.. people.Reverse()] }, rows => Assert.Equal("Olga", WhomToAsk.Choose(rows, Now)!.Person.Name));
    }

    [Fact]
    public void Times_are_told_as_the_reader_writes_them()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        var why = WhomToAsk.Choose([Owner("Olga", Cairo)], Now.AddHours(3))!.Why;

        Assert.Matches(@"^Olga is the owner and at work, 3:00\sPM in Cairo\.$", why);
    }

    private static void Chosen(string name, string why, params WhomToAsk.Candidate[] people) => Chosen(name, why, Now, people);

    private static void Chosen(string name, string why, DateTime utc, params WhomToAsk.Candidate[] people)
    {
        var answer = WhomToAsk.Choose(people, utc);
        Assert.NotNull(answer);
        Assert.Equal((name, why), (answer.Person.Name, answer.Why));
    }

    private sealed record Place(string City, WorkingHours Hours);

    private static readonly Place Oslo = At("Oslo", "Europe/Oslo");
    private static readonly Place NewYork = At("New York", "America/New_York");
    private static readonly Place Auckland = At("Auckland", "Pacific/Auckland");
    private static readonly Place Cairo = At("Cairo", "Africa/Cairo", Workdays.Sunday | Workdays.Monday | Workdays.Tuesday | Workdays.Wednesday | Workdays.Thursday);

    private static Place At(string city, string zone, Workdays days = Workdays.MondayToFriday) => new(city, new WorkingHours(zone, new TimeOnly(9, 0), new TimeOnly(17, 0), days));

    private static WhomToAsk.Candidate Owner(string name, Place? place = null, int? away = null, WhomToAsk.Candidate? substitute = null)
        => Person(name, place, away) with { Role = AssignmentRole.Owner, Substitute = substitute };

    private static WhomToAsk.Candidate Backup(string name, Place? place = null, int? away = null, WhomToAsk.Candidate? substitute = null)
        => Person(name, place, away) with { Role = AssignmentRole.Backup, Substitute = substitute };

    private static WhomToAsk.Candidate Member(string name, Place? place = null) => Person(name, place);

    // Away from today for so many more days.
    private static WhomToAsk.Candidate Person(string name, Place? place = null, int? away = null)
        => new(name.Sum(letter => letter), name, $"{name}@sc1701d.example", name, AssignmentRole.Member, (place ?? Oslo).City, (place ?? Oslo).Hours,
            away is null ? null : Today, away is { } days ? Today.AddDays(days) : null, null);
}
