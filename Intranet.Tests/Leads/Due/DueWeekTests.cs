using System.Globalization;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads.Due;

/// <summary>
/// A week of calls around the night in which clocks go back in Europe (27 October 2030), in six zones. What must be due is
/// worked out here without the app's rules and without its zone data.
/// </summary>
public sealed class DueWeekTests
{
    private static readonly DateTime Begin = new(2030, 10, 24, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime ClocksGoBack = new(2030, 10, 27, 1, 0, 0, DateTimeKind.Utc);

    // Hours from UTC before and after; New York changes a week later, Auckland did in September.
    private static readonly (string Zone, double Before, double After)[] Zones =
    [
        ("Europe/Berlin", 2, 1), ("Europe/London", 1, 0), ("America/New_York", -4, -4), ("Asia/Kolkata", 5.5, 5.5), ("Pacific/Auckland", 13, 13), ("Asia/Tokyo", 9, 9),
    ];

    [Fact]
    public async Task Fifty_leads_in_six_zones_are_due_on_the_days_on_which_they_must_be()
    {
        await using var app = await RunningApp.StartAsync();
        app.Clock.Set(Begin.AddDays(-30));
        var leads = new List<Expected>();
        for (var i = 0; i < 50; i++)
        {
            var (zone, before, after) = Zones[i % Zones.Length];
            var lead = await app.Lead($"Lead {i}", zone: zone, interval: (i % 5) switch { 0 => 1, 1 => 2, 2 => 3, 3 => 7, _ => 14 });
            leads.Add(new Expected(lead.Id, before, after, lead.IntervalDays!.Value, Day(Begin.AddDays(-30), before)));
        }

        for (var i = 0; i < leads.Count; i++)
        {
            if (i % 7 == 0)
                continue;
            // At whatever hour, so that some calls fall on another day there than here.
            app.Clock.Set(Begin.AddDays(-1 - (i % 10)).AddHours(i % 24));
            await LogAsync(app, leads[i], CallOutcome.Reached);
        }

        app.Clock.Set(Begin);
        using var client = await app.SignedInAs(Cast.Kam);
        var wrong = new List<string>();
        var (shown, called) = (0, 0);
        for (var at = Begin; at < Begin.AddDays(7); at = at.AddHours(2).AddMinutes(30))
        {
            app.Clock.Set(at);
            var expected = leads.Where(lead => lead.DueOn <= lead.Today(at)).ToDictionary(lead => lead.Id, lead => lead.Overdue(at));
            var found = await QueueAsync(client);
            shown += found.Count;
            wrong.AddRange(expected.Keys.Except(found.Keys).Select(id => $"{at:s}: {leads.First(lead => lead.Id == id)} is missing"));
            wrong.AddRange(found.Keys.Except(expected.Keys).Select(id => $"{at:s}: {leads.First(lead => lead.Id == id)} is not due"));
            wrong.AddRange(found.Where(pair => expected.TryGetValue(pair.Key, out var days) && days != pair.Value).Select(pair => $"{at:s}: {leads.First(lead => lead.Id == pair.Key)} is {expected[pair.Key]} days overdue, not {pair.Value}"));

            // Some are called: every third answers not.
            foreach (var lead in leads.Where(lead => expected.ContainsKey(lead.Id)).Where((_, i) => i % 4 == 0))
                await LogAsync(app, lead, called++ % 3 == 0 ? CallOutcome.NoAnswer : CallOutcome.Reached);
        }

        Check.None(wrong.Take(40));
        Assert.InRange(called, 60, 1000);
        Assert.InRange(shown, 200, 5000);
    }

    private static async Task LogAsync(RunningApp app, Expected lead, CallOutcome outcome)
    {
        var stored = await app.Database(db => db.Leads.AsNoTracking().SingleAsync(one => one.Id == lead.Id, TestContext.Current.CancellationToken));
        await app.Logged(stored, outcome: outcome, by: Cast.Kam);
        lead.Called(app.Clock.UtcNow, outcome);
    }

    /// <summary>Ids and days overdue, of all pages.</summary>
    private static async Task<Dictionary<int, int>> QueueAsync(HttpClient client)
    {
        var found = new Dictionary<int, int>();
        for (var url = "/leads/due"; url is not null;)
        {
            var page = (await client.PageAsync(url)).MustBeOk();
            foreach (var row in page.All("[data-due]"))
            {
                var badge = row.QuerySelectorAll(".badge").Select(element => element.Words()).FirstOrDefault(text => text.EndsWith("overdue", StringComparison.Ordinal));
                found.Add(int.Parse(row.Id![5..], CultureInfo.InvariantCulture), badge is null ? 0 : int.Parse(badge.Split(' ')[0], CultureInfo.InvariantCulture));
            }

            url = page.All("[data-key=more]").SingleOrDefault()?.GetAttribute("href");
        }

        return found;
    }

    private static DateOnly Day(DateTime utc, double offset) => DateOnly.FromDateTime(utc.AddHours(offset));

    private static DateOnly Working(DateOnly day)
        => day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(2), DayOfWeek.Sunday => day.AddDays(1), _ => day };

    private sealed class Expected(int id, double before, double after, int interval, DateOnly enteredOn)
    {
        private DateOnly? touchedOn, retryOn;

        public int Id => id;

        private DateOnly PlannedOn => touchedOn is { } day ? Working(day.AddDays(interval)) : enteredOn;

        public DateOnly DueOn => retryOn ?? PlannedOn;

        public DateOnly Today(DateTime utc) => Day(utc, utc < ClocksGoBack ? before : after);

        public int Overdue(DateTime utc) => Math.Max(0, Today(utc).DayNumber - PlannedOn.DayNumber);

        public void Called(DateTime utc, CallOutcome outcome)
        {
            if (outcome == CallOutcome.Reached)
                (touchedOn, retryOn) = (Today(utc), null);
            else
                retryOn = Working(Today(utc).AddDays(1));
        }

        public override string ToString() => $"{id} (offset {before}/{after}, every {interval} days, touched {touchedOn:yyyy-MM-dd}, retry {retryOn:yyyy-MM-dd})";
    }
}
