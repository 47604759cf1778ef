using System.Net;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Performance;

/// <summary>The tables behind the charts, which say what is drawn.</summary>
public sealed class ChartsTests
{
    [Fact]
    public async Task Handed_over_in_the_middle_of_a_quarter_each_KAM_keeps_what_was_theirs()
    {
        await using var app = await RunningApp.StartAsync();
        var next = await app.Given.User("Nina Next", role: "kam");
        // 10 April, in the quarter that begins on 1 April.
        app.Clock.Set(new DateTime(2030, 4, 10, 9, 0, 0, DateTimeKind.Utc));
        var lead = await app.Account(Cast.Kam);
        var kept = await app.Account(Cast.Kam);
        await app.Ordered(lead, 10_000, 1, 0);
        await app.Called(lead, CallOutcome.Reached);
        await app.Called(lead, CallOutcome.NoAnswer);
        app.Clock.Set(new DateTime(2030, 5, 15, 12, 0, 0, DateTimeKind.Utc));
        await app.Ordered(kept, 2_500, 0);
        using var client = await app.SignedInAs(Cast.SalesLead);
        Assert.Equal([$"{Cast.Kam.Name} 225 3 2 2 2 50%"], await KamsAsync(client));

        await app.HandedOver(lead, next);
        Assert.Equal([$"{Cast.Kam.Name} 225 3 1 2 2 50%", "Nina Next 0 0 1 1 0 –"], await KamsAsync(client));

        // Ten days later; nobody's session lives that long.
        app.Clock.Advance(TimeSpan.FromDays(10));
        using var later = await app.SignedInAs(Cast.Administrator);
        await app.Ordered(lead, 40_000, 1);
        // Written down late, of a day on which the lead was still Karl's.
        await app.Ordered(lead, 1_000, 20);
        await app.Called(lead, CallOutcome.Reached, daysAgo: 2);
        Assert.Equal([$"{Cast.Kam.Name} 235 4 1 2 2 50%", "Nina Next 400 1 1 1 1 100%"], await KamsAsync(later));

        // Of one KAM alone, and before and after the day itself.
        Assert.Equal(["Nina Next 400 1 1 1 1 100%"], await KamsAsync(later, $"kam={await app.IdOf(next)}"));
        Assert.Equal([$"{Cast.Kam.Name} 210 3 2 2 2 50%"], await KamsAsync(later, "from=2030-04-01&to=2030-05-10"));
        Assert.Equal(["Nina Next 400 1 1 1 1 100%", $"{Cast.Kam.Name} 0 0 1 1 0 –"], await KamsAsync(later, "from=2030-05-16&to=2030-06-30"));
        var csv = (await later.PageAsync("/performance/charts?handler=Csv")).MustBeOk().Html;
        Assert.Contains("Nina Next,1,400,1,1,1,1,100", csv, StringComparison.Ordinal);
        (await later.PageAsync("/performance/charts?handler=Xlsx")).MustBeOk();
    }

    [Fact]
    public async Task Weeks_begin_on_Monday_and_currencies_are_not_added_to_each_other()
    {
        await using var app = await RunningApp.StartAsync();
        var (euro, yen) = (await app.Account(Cast.Kam), await app.Account(Cast.Kam, currency: "JPY"));
        // Today is Wednesday, 15 May.
        await app.Ordered(euro, 1_050, 0, 2, 3, 3);
        await app.Ordered(yen, 90_000, 1);
        using var client = await app.SignedInAs(Cast.Kam);

        var page = (await client.PageAsync("/performance/charts?from=2030-05-06&to=2030-06-30")).MustBeOk();

        Assert.Equal(["Week of", "Revenue, EUR", "Revenue, JPY", "Orders"], page.Texts("#weeks th"));
        Assert.Equal(["6 May 21 0 2", "13 May 21 90,000 3"], page.All("#weeks tbody tr").Select(row => Amounts(row.Words())));
        Assert.Equal(["21", "0"], page.All("#weeks tbody tr:first-child td[data-value]").Take(2).Select(cell => cell.GetAttribute("data-value")));
        Assert.Contains("nothing is converted", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.One("#weeks th:nth-child(3)").GetAttribute("data-skip"));
        var drawn = (await client.PageAsync("/performance/charts?from=2030-05-06&to=2030-06-30&currency=JPY")).MustBeOk();
        Assert.Null(drawn.One("#weeks th:nth-child(3)").GetAttribute("data-skip"));
    }

    [Fact]
    public async Task The_table_of_KAMs_has_one_column_for_the_currency_that_is_drawn_and_one_for_all_others()
    {
        await using var app = await RunningApp.StartAsync();
        foreach (var (currency, orders) in new[] { ("EUR", 3), ("JPY", 2), ("USD", 1), ("GBP", 1) })
            await app.Ordered(await app.Account(Cast.Kam, currency: currency), 1_000, [.. Enumerable.Repeat(0, orders)]);
        using var client = await app.SignedInAs(Cast.Kam);

        var page = (await client.PageAsync("/performance/charts")).MustBeOk();

        Assert.Equal(["KAM", "Revenue, EUR", "In other currencies", "Orders"], page.Texts("#kams th").Take(4));
        var others = page.Texts("#kams .chart-others span");
        Assert.Equal(3, others.Count);
        Assert.Contains(others, text => text.Contains("2,000", StringComparison.Ordinal));
        Assert.Contains("KARL KAM,7,30,", (await client.PageAsync("/performance/charts?handler=Csv")).MustBeOk().Html.ToUpperInvariant(), StringComparison.Ordinal);
        page = (await client.PageAsync("/performance/charts?currency=JPY")).MustBeOk();
        Assert.Equal("Revenue, JPY", page.Texts("#kams th")[1]);
        Assert.Equal("2000", page.All("#kams tbody td[data-value]")[0].GetAttribute("data-value"));
    }

    [Fact]
    public async Task Stages_tell_how_many_moved_on_and_how_long_they_stayed()
    {
        await using var app = await RunningApp.StartAsync();
        var other = await app.Given.User(role: "kam");
        var leads = new List<Lead>();
        for (var i = 0; i < 4; i++)
            leads.Add(await app.Account(i == 3 ? other : Cast.Kam, stage: Stage.New));
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.Moved(leads[0], Stage.Contacted);
        app.Clock.Advance(TimeSpan.FromDays(4));
        await app.Moved(leads[1], Stage.Contacted);
        await app.Moved(leads[2], Stage.Closed);
        app.Clock.Advance(TimeSpan.FromHours(30));
        await app.Moved(leads[0], Stage.New);
        using var client = await app.SignedInAs(Cast.SalesLead);

        var page = (await client.PageAsync("/performance/charts")).MustBeOk();
        // One came back to the first stage, and counts twice there.
        Assert.Equal("New 5 2 0 1 2 40%", page.Texts("#stages tbody tr")[0]);
        Assert.Equal("Contacted 2 0 1 0 1 0%", page.Texts("#stages tbody tr")[1]);
        Assert.Equal(["New 6 3", "Contacted 5 1"], page.Texts("#stays tbody tr").Take(2));

        var mine = (await client.PageAsync($"/performance/charts?kam={await app.IdOf(other)}")).MustBeOk();
        Assert.Equal("New 1 0 0 0 1 0%", mine.Texts("#stages tbody tr")[0]);
        Assert.Equal("New – 0", mine.Texts("#stays tbody tr")[0]);
        Assert.Equal("New 0 0 0 0 0 –", (await client.PageAsync("/performance/charts?from=2030-06-01&to=2030-06-30")).MustBeOk().Texts("#stages tbody tr")[0]);
    }

    [Fact]
    public async Task A_move_that_was_taken_back_counts_nowhere_and_what_ends_the_stay_afterwards_does()
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Account(Cast.Kam, stage: Stage.New);
        app.Clock.Advance(TimeSpan.FromDays(2));
        await TakeBackAsync(Stage.Closed);
        await TakeBackAsync(Stage.Contacted);
        Assert.Equal(["New 1 0 0 0 1 0%", "Contacted 0 0 0 0 0 –", "New – 0"], await FiguresAsync(Cast.SalesLead));

        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.Moved(lead, Stage.Contacted);

        Assert.Equal(["New 1 1 0 0 0 100%", "Contacted 1 0 0 0 1 0%", "New 5 1"], await FiguresAsync(Cast.Administrator));
        // The lead's page shows all of it.
        using var client = await app.SignedInAs(Cast.OtherKam);
        var history = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Text;
        Assert.Equal(3, history.Split("Taken back.").Length);

        async Task TakeBackAsync(Stage to)
        {
            await app.Moved(lead, to);
            app.Clock.Advance(TimeSpan.FromMinutes(10));
            var by = await app.ViewerAsync();
            var move = await app.Database(db => db.StageMoves.MaxAsync(made => made.Id));
            Assert.NotNull((await app.Operation<TakeBackMove, TakeBackMove.Result>(back => back.RunAsync(move, by))).Lead);
            // Neither it nor its return can be taken back again.
            foreach (var again in new[] { move, move + 1 })
                Assert.Null((await app.Operation<TakeBackMove, TakeBackMove.Result>(back => back.RunAsync(again, by))).Lead);
        }

        // Of all, from sums; and of the KAM alone, counted.
        async Task<IEnumerable<string>> FiguresAsync(Person by)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(2));
            using var client = await app.SignedInAs(by);
            var pages = new[] { "", $"?kam={await app.IdOf(Cast.Kam)}" };
            var figures = new List<List<string>>();
            foreach (var page in pages)
            {
                var charts = (await client.PageAsync($"/performance/charts{page}")).MustBeOk();
                figures.Add([.. charts.Texts("#stages tbody tr").Take(2), .. charts.Texts("#stays tbody tr").Take(1)]);
            }

            Assert.Equal(figures[0], figures[1]);
            return figures[0];
        }
    }

    [Fact]
    public async Task A_KAM_sees_the_figures_of_others_only_where_the_team_can()
    {
        await using var app = await RunningApp.StartAsync();
        var other = await app.Given.User("Olga Other", role: "kam");
        await app.Ordered(await app.Account(other), 77_700, 1);
        await app.Ordered(await app.Account(Cast.Kam), 1_100, 1);
        using var client = await app.SignedInAs(Cast.Kam);
        Assert.Equal(2, (await KamsAsync(client)).Count);

        await app.TeamCanSee(false);

        var page = (await client.PageAsync("/performance/charts")).MustBeOk();
        Assert.Single(page.All("#kams tbody tr"));
        Assert.DoesNotContain("Olga", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("777", page.Html, StringComparison.Ordinal);
        (await client.PageAsync($"/performance/charts?kam={await app.IdOf(other)}")).MustBe(HttpStatusCode.NotFound);
        (await client.PageAsync($"/performance/charts?kam={await app.IdOf(other)}&handler=Csv")).MustBe(HttpStatusCode.NotFound);
        (await client.PageAsync($"/performance/charts?kam={await app.IdOf(Cast.Kam)}")).MustBeOk();
    }

    [Theory]
    [InlineData("from=2030-05-02&to=2030-05-01")]
    [InlineData("from=2028-01-01&to=2030-05-01")]
    [InlineData("from=2028-01-01&to=2031-01-01&handler=Csv")]
    [InlineData("from=yesterday")]
    [InlineData("to=0001-01-01")]
    [InlineData("from=9999-12-31")]
    [InlineData("currency=EURO")]
    public async Task A_period_that_cannot_be_is_refused_in_words(string query)
    {
        await using var app = await RunningApp.StartAsync();
        using var client = await app.SignedInAs(Cast.Kam);

        Assert.NotEmpty((await client.PageAsync($"/performance/charts?{query}")).MustBe(HttpStatusCode.UnprocessableEntity).Texts("[role=alert] p"));
    }

    private static async Task<IReadOnlyList<string>> KamsAsync(HttpClient client, string query = "")
        => [.. (await client.PageAsync($"/performance/charts?{query}")).MustBeOk().Texts("#kams tbody tr").Select(Amounts)];

    // Numbers as a test without a culture of its own writes them.
    private static string Amounts(string text) => text.Replace("€", "", StringComparison.Ordinal).Replace("JPY ", "", StringComparison.Ordinal);
}
