using Intranet.Data.Leads;
using Intranet.Tests.Providers.Sqlite;

namespace Intranet.Tests.Leads.Due;

/// <summary>What people open all day reads no table of leads from end to end.</summary>
public sealed class DuePlanTests
{
    [Fact]
    public async Task Queue_page_and_start_page_find_their_rows_by_index()
    {
        Assert.SkipWhen(TestDatabase.Server is not null, "The plans are those of SQLite.");
        var statements = new Statements();
        await using var app = await RunningApp.StartAsync(options => options.Services = statements.Watch);
        var lead = await app.Lead(interval: 7, maximum: 9);
        await app.Poc(lead);
        await app.Logged(lead, InteractionKind.Order, daysAgo: 12, value: 1000);
        var wrong = new List<string>();
        foreach (var person in new[] { Cast.Kam, Cast.SalesLead })
        {
            using var client = await app.SignedInAs(person);
            foreach (var url in new[] { "/leads/due", $"/leads/{lead.Id}", "/" })
            {
                foreach (var statement in await statements.DuringAsync(async () => (await client.PageAsync(url)).MustBeOk()))
                {
                    // People who sign in are few, as are settings, and the moves that are allowed.
                    wrong.AddRange(QueryPlanTests.Scans(statement).Where(scan => scan.Table is not ("Users" or "AspNetUsers" or "Settings" or "AllowedMoves"))
                        .Select(scan => $"{person} at {url}: {scan.Step} of {scan.Table}\n{statement.Sql}"));
                }
            }
        }

        Check.None(wrong);
    }
}
