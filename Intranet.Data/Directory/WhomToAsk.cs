using System.Globalization;

namespace Intranet.Data.Directory;

/// <summary>
/// The answer card's rule: the owner while at work; else the backup; else the substitute of whoever is away; else
/// the one whose day starts next. Members are asked only where nobody else is named. Pure.
/// </summary>
public static class WhomToAsk
{
    /// <summary>A person who could be asked; <paramref name="Substitute"/> stands in while they are away.</summary>
    public sealed record Candidate(
        int Id, string Name, string EmailId, string ChatUserName, AssignmentRole Role, string City, WorkingHours Hours,
        DateOnly? AwayFrom, DateOnly? AwayUntil, Candidate? Substitute)
    {
        public bool IsAway(DateOnly day) => day >= AwayFrom && day <= AwayUntil;

        public bool IsAway(DateTime utc) => Hours.AreCovered(AwayFrom, AwayUntil, utc);

        public bool IsAtWork(DateTime utc) => !IsAway(utc) && Hours.AreNow(utc);
    }

    /// <param name="Person">Whom to ask.</param>
    /// <param name="Why">One line that says why it is them.</param>
    /// <param name="From">When their day begins (UTC), for somebody who isn't at work now.</param>
    public sealed record Answer(Candidate Person, string Why, DateTime? From);

    /// <summary>Picks one of the candidates, or none when there is nobody, or nobody back within a year.</summary>
    public static Answer? Choose(IEnumerable<Candidate> candidates, DateTime utc)
    {
        // Within a role by name, so that the same question gets the same answer.
        var everyone = candidates.OrderBy(person => person.Role).ThenBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.Id).ToList();
        var named = everyone.Where(person => person.Role != AssignmentRole.Member).ToList();
        var asked = named.Count > 0 ? named : everyone;

        if (asked.FirstOrDefault(person => person.IsAtWork(utc)) is { } present)
            return new Answer(present, Present(asked, present, utc), null);

        var standIns = asked.Where(person => person.IsAway(utc) && person.Substitute is not null)
            .Select(person => (Of: person, By: person.Substitute!)).ToList();
        foreach (var (of, by) in standIns.Where(pair => pair.By.IsAtWork(utc)))
            return new Answer(by, $"{Capital(Called(of))} is away until {Day(of.AwayUntil)}; {by.Name} stands in and is at work, {At(by, utc)}.", null);

        // Nobody is at work: whoever starts first, people named on it before stand-ins.
        var next = asked.Concat(standIns.Select(pair => pair.By))
            .Select(person => (Person: person, Start: person.Hours.NextStart(utc, day => !person.IsAway(day))))
            .Where(option => option.Start is not null)
            .OrderBy(option => option.Start)
            .FirstOrDefault();
        if (next.Person is null)
            return null;
        var role = standIns.Where(pair => pair.By == next.Person).Select(pair => $"stands in for {pair.Of.Name}").FirstOrDefault() ?? Is(next.Person.Role);
        return new Answer(next.Person, $"Nobody is at work now; {next.Person.Name} ({role}) starts next, {Start(next.Person, next.Start!.Value, utc)}.", next.Start);
    }

    private static string Present(List<Candidate> asked, Candidate present, DateTime utc)
    {
        var before = asked.TakeWhile(person => person.Role < present.Role).ToList();
        if (present.Role == AssignmentRole.Member)
            return $"No owner or backup is named; {present.Name} is a member and at work, {At(present, utc)}.";
        if (present.Role == AssignmentRole.Owner)
            return $"{present.Name} is the owner and at work, {At(present, utc)}.";
        var because = before.Count == 0 ? "No owner is named" : string.Join("; ", before.Select(person => Capital(Called(person)) + " " + Missing(person, utc)));
        return $"{because}; {present.Name} is backup and at work, {At(present, utc)}.";
    }

    private static string Missing(Candidate person, DateTime utc)
        => person.IsAway(utc) ? $"is away until {Day(person.AwayUntil)}" : $"is not at work ({At(person, utc)})";

    private static string Called(Candidate person) => $"{Is(person.Role)} {person.Name}";

    private static string Is(AssignmentRole role) => role switch
    {
        AssignmentRole.Owner => "owner",
        AssignmentRole.Backup => "backup",
        _ => "member",
    };

    private static string At(Candidate person, DateTime utc)
        => string.Create(CultureInfo.CurrentCulture, $"{person.Hours.LocalTime(utc):t} in {person.City}");

    private static string Start(Candidate person, DateTime start, DateTime utc)
    {
        var local = person.Hours.LocalTime(start);
        var days = (local.Date - person.Hours.LocalTime(utc).Date).Days;
        var day = days switch
        {
            0 => "today",
            1 => "tomorrow",
            < 7 => local.ToString("dddd", CultureInfo.GetCultureInfo("en-GB")),
            _ => Day(DateOnly.FromDateTime(local)),
        };
        return string.Create(CultureInfo.CurrentCulture, $"{day} at {local:t} in {person.City}");
    }

    // Sentences are English, so are the months in them.
    private static string Day(DateOnly? day) => day?.ToString("d MMM", CultureInfo.GetCultureInfo("en-GB")) ?? "";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
