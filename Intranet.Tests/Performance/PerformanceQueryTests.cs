using Intranet.Data.Leads;
using Intranet.Web.Pages.Performance;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Performance;

/// <summary>What the pages ask the database: as often for many rows as for few, and by index.</summary>
public sealed class PerformanceQueryTests
{
    [Fact]
    public async Task The_number_of_queries_does_not_grow_with_the_rows()
    {
        var statements = new Statements();
        await using var app = await RunningApp.StartAsync(options => options.Services = statements.Watch);
        await GrowAsync(app, 2);
        var owner = await app.IdOf(Cast.Kam);
        string[] addresses = ["/performance", "/performance?show=under&sort=last", "/performance?show=under&city=ber&sort=name", $"/performance?show=average&owner={owner}", "/performance/charts", $"/performance/charts?kam={owner}"];
        var few = await CountAsync();
        await GrowAsync(app, 15);
        var many = await CountAsync();

        Check.None(addresses.Where((_, i) => many[i] > few[i]).Select(address => $"{address} asks more for more rows"));
        Check.None(addresses.Where((_, i) => many[i] > 16).Select(address => $"{address} asks too often"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', addresses.Select((address, i) => $"{many[i],3} {address}")));

        async Task<List<int>> CountAsync()
        {
            var counts = new List<int>();
            using var client = await app.SignedInAs(Cast.SalesLead);
            foreach (var address in addresses)
            {
                (await client.PageAsync(address)).MustBeOk();
                // Figures that were kept are added up again.
                app.Clock.Advance(TimeSpan.FromMinutes(2));
                counts.Add((await statements.DuringAsync(async () => (await client.PageAsync(address)).MustBeOk())).Count);
            }

            return counts;
        }
    }

    [Theory]
    [InlineData("/performance")]
    [InlineData("/performance?sort=last")]
    [InlineData("/performance?show=under")]
    [InlineData("/performance?show=under&dir=asc")]
    [InlineData("/performance?show=under&after={lead}")]
    [InlineData("/performance?show=well&sort=last")]
    [InlineData("/performance?show=well&sort=last&dir=asc&after={lead}")]
    [InlineData("/performance?show=average&sort=name")]
    [InlineData("/performance?show=average&sort=name&dir=desc&after={lead}")]
    public async Task A_list_is_walked_in_the_order_of_an_index(string url)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        var (statements, lead) = await StatementsAsync(url);

        var list = statements.Single(IsList);
        // All leads by name: from the beginning of the index until the page is full.
        Check.None(list.Plan.Where(step => (IsScan(step, list.Plan) && !step.Contains("INDEX IX_Leads_SearchKey", StringComparison.Ordinal)) || step.Contains("TEMP B-TREE", StringComparison.Ordinal)).Select(step => $"{step}\n{list.Sql}\n  {string.Join("\n  ", list.Plan)}"));
        Assert.True(lead > 0);
    }

    [Fact]
    public async Task Walked_or_sorted_a_list_is_the_same()
    {
        await using var app = await RunningApp.StartAsync();
        await GrowAsync(app, 12);
        var (owner, viewer) = (await app.IdOf(Cast.Kam), new LeadViewer(await app.IdOf(Cast.SalesLead), IsKam: false, IsSalesLead: true, TeamCanSee: true));
        var pages = 0;
        foreach (var show in Enum.GetValues<PerformanceList>())
        {
            foreach (var (sort, direction) in new[] { ("revenue", "desc"), ("revenue", "asc"), ("last", "desc"), ("last", "asc") })
            {
                foreach (var (city, kam, stage) in new[] { ("ber", null, null), ("ber", null, "new"), (null, owner, null), ("ber", (int?)owner, "new") })
                {
                    int? after = null;
                    do
                    {
                        var (sorted, walked) = (await PageAsync(int.MaxValue), await PageAsync(-1));
                        Assert.Equal(sorted, walked);
                        pages += sorted.Count > 0 ? 1 : 0;
                        after = sorted.Count == 0 ? null : sorted[^1];
                    } while (after is not null);

                    Task<List<int>> PageAsync(int few) => app.Database(async db =>
                    {
                        var query = new PerformanceQuery { Show = PerformanceQuery.Word(show), Sort = sort, Direction = direction, City = city, Owner = kam, Stage = stage, After = after, Few = few };
                        return await (await query.FindAsync(db, viewer, TestContext.Current.CancellationToken)).Select(row => row.Lead.Id).Take(3).ToListAsync(TestContext.Current.CancellationToken);
                    });
                }
            }
        }

        Assert.True(pages > 20, $"{pages} pages had rows.");
    }

    [Theory]
    [InlineData("/performance?show=under&owner={owner}")]
    [InlineData("/performance?show=under&owner={owner}&sort=last")]
    [InlineData("/performance?city=ber")]
    [InlineData("/performance?show=under&city=ber&stage=new")]
    [InlineData("/performance?show=under&stage=new")]
    [InlineData("/performance/charts")]
    [InlineData("/performance/charts?kam={owner}")]
    public async Task Nothing_that_grows_is_read_from_end_to_end(string url)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        var (statements, _) = await StatementsAsync(url);

        // How many leads have a label is counted in the index of labels, whole. Of no ids nothing is read. Sums of stays
        // and owners are read in the order in which they are added up, and those who owned a lead twice are few.
        Check.None(statements.Where(statement => !statement.Sql.EndsWith("WHERE 0", StringComparison.Ordinal) && !statement.Sql.Contains("FROM \"StageStays\"", StringComparison.Ordinal) && !statement.Sql.Contains("FROM \"Owner", StringComparison.Ordinal)).SelectMany(statement => statement.Plan.Where(step => IsScan(step, statement.Plan) && !step.Contains("COVERING INDEX", StringComparison.Ordinal) && !step.StartsWith("SCAN r", StringComparison.Ordinal) && !step.StartsWith("SCAN u", StringComparison.Ordinal))
            .Select(step => $"{step}\n{statement.Sql}\n  {string.Join("\n  ", statement.Plan)}")));
        if (!url.Contains("charts", StringComparison.Ordinal))
        {
            var list = statements.Single(IsList);
            Assert.DoesNotContain(list.Plan, step => step.Contains("IX_LeadPerformance", StringComparison.Ordinal) || step.Contains("(DeletedAt=?)", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_figures_of_all_come_from_sums_whatever_the_period()
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        // It begins and ends in the middle of a week.
        var (statements, _) = await StatementsAsync("/performance/charts?from=2028-06-01&to=2030-05-15");

        string[] indexes = ["SEARCH KamDays USING PRIMARY KEY (Day>? AND Day<?)", "SEARCH KamWeeks USING PRIMARY KEY (Week>? AND Week<?)", "SEARCH s USING PRIMARY KEY (Day>? AND Day<?)", "COVERING INDEX IX_StageMoves_At_From_To_FromSince_LeadId_IsTakenBack (At>? AND At<?)"];
        // Moves are counted for the days before and after whole weeks alone, and ownership for those who came back.
        Assert.Equal(2, statements.Count(statement => statement.Sql.Contains("FROM \"StageMoves\"", StringComparison.Ordinal) && statement.Sql.Contains("GROUP BY", StringComparison.Ordinal)));
        Assert.DoesNotContain(statements, statement => statement.Sql.Contains("FROM \"OwnershipPeriods\"", StringComparison.Ordinal) && statement.Sql.Contains("GROUP BY", StringComparison.Ordinal));
        foreach (var table in new[] { "StageStays", "OwnerDays" })
            Assert.DoesNotContain(statements.Single(statement => statement.Sql.Contains($"FROM \"{table}\"", StringComparison.Ordinal)).Plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.Contains(statements.Single(statement => statement.Sql.Contains("FROM \"OwnerReturns\"", StringComparison.Ordinal)).Plan, step => step.Contains("IX_OwnershipPeriods_LeadId_From (LeadId=?", StringComparison.Ordinal));
        Check.None(indexes.Where(index => !statements.Any(statement => statement.Plan.Any(step => step.Contains(index, StringComparison.Ordinal))))
            .Select(index => $"{index} covers nothing:\n{string.Join("\n\n", statements.Select(statement => $"{statement.Sql}\n  {string.Join("\n  ", statement.Plan)}"))}"));
    }

    // The ids of a page; what shows of them is another question.
    private static bool IsList(Statement statement) => statement.Sql.Contains("LeadPerformance", StringComparison.Ordinal) && statement.Sql.Contains("ORDER BY", StringComparison.Ordinal) && !statement.Sql.Contains("GapSpread", StringComparison.Ordinal);

    // What a subquery found is bounded, and read as it is found: the rows of a page, before their owners' names are looked up.
    private static bool IsScan(string step, IReadOnlyList<string> plan) => step.StartsWith("SCAN ", StringComparison.Ordinal) && !plan.Contains($"CO-ROUTINE {step[5..]}");

    private static async Task<(IReadOnlyList<Statement> Statements, int Lead)> StatementsAsync(string url)
    {
        var statements = new Statements();
        await using var app = await RunningApp.StartAsync(options => options.Services = statements.Watch);
        var lead = await GrowAsync(app, 2);
        using var client = await app.SignedInAs(Cast.SalesLead);
        var address = url.Replace("{lead}", $"{lead}", StringComparison.Ordinal).Replace("{owner}", $"{await app.IdOf(Cast.Kam)}", StringComparison.Ordinal);
        (await client.PageAsync(address)).MustBeOk();
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        return (await statements.DuringAsync(async () => (await client.PageAsync(address)).MustBeOk()), lead);
    }

    private static async Task<int> GrowAsync(RunningApp app, int by)
    {
        Lead? lead = null;
        for (var i = 0; i < by; i++)
        {
            lead = await app.Account(Cast.Kam, stage: Stage.New);
            await app.Ordered(lead, 1000, 1, 5);
            await app.Called(lead, CallOutcome.Reached);
            await app.Moved(lead, Stage.Contacted);
        }

        return lead!.Id;
    }
}
