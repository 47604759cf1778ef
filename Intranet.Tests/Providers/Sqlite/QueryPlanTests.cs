using System.Text.RegularExpressions;
using Intranet.Data.Directory;
using Intranet.Tests.Contacts;

namespace Intranet.Tests.Providers.Sqlite;

/// <summary>Every query of a page that people open all day finds its rows by an index: no plan reads a table that grows from end to end.</summary>
public sealed partial class QueryPlanTests(QueryPlanTests.WatchedApp app) : IClassFixture<QueryPlanTests.WatchedApp>
{
    // What stays small: read whole and joined in memory, that is the better plan.
    private static readonly HashSet<string> Small = ["Locations", "Titles", "Roles", "UserRoles"];

    [Theory]
    [InlineData("/search/suggestions?q=an")]
    [InlineData("/search/suggestions?q=anna+ber")]
    [InlineData("/search/suggestions?q=securtyscan")]
    [InlineData("/search/suggestions?q=zzzzqqqq")]
    [InlineData("/search?q=anna")]
    [InlineData("/directory?q=anna")]
    [InlineData("/directory?q=anna+berg")]
    [InlineData("/directory?q=ana+bergg")]
    [InlineData("/directory?q=anna&city=Berlin&title=Software+Engineer")]
    [InlineData("/directory?q=SecurityScanAPI")]
    [InlineData("/directory?product=SecurityScanAPI")]
    [InlineData("/directory?repository=SecurityRepo")]
    [InlineData("/directory?product=SecurityScanAPI&repository=SecurityRepo")]
    [InlineData("/directory?product=securtyscan")]
    [InlineData("/directory/people/{person}")]
    [InlineData("/directory/products/{product}")]
    [InlineData("/directory/repositories/{repository}")]
    [InlineData("/directory/people/options?x=anna")]
    [InlineData("/directory/report?product=SecurityScanAPI")]
    [InlineData("/directory/reports/{report}")]
    [InlineData("/api/poc?product_name=SecurityScanAPI")]
    [InlineData("/api/poc?product_name=SecurityScanAPI&repository_name=SecurityRepo&format=csv")]
    [InlineData("/api/directory?q=anna")]
    [InlineData("/api/poc/reports/{report}")]
    [InlineData("/contacts")]
    [InlineData("/contacts?before=100")]
    [InlineData("/contacts?q=anna")]
    [InlineData("/contacts?q=anna+berg")]
    [InlineData("/contacts?q=anna@shop.example")]
    [InlineData("/contacts?q=9820012345")]
    [InlineData("/contacts?linked=yes")]
    [InlineData("/contacts/{contact}")]
    [InlineData("/api/contacts?q=anna")]
    [InlineData("/api/contacts/{contact}/cluster")]
    // Lists of everybody are read in the order of their index, and counted in one.
    [InlineData("/directory", "Employees")]
    [InlineData("/directory?pageNumber=3", "Employees")]
    [InlineData("/directory?region=EMEA", "Employees")]
    [InlineData("/directory?city=Berlin", "Employees")]
    [InlineData("/directory?title=Software+Engineer", "Employees")]
    [InlineData("/api/directory", "Employees")]
    [InlineData("/directory?handler=Csv", "Employees")]
    // A part from the middle of a name is found by reading the names; who has left is read once from an index.
    [InlineData("/directory/products", "Products", "Employees")]
    [InlineData("/directory/products?q=scan", "Products", "Employees")]
    [InlineData("/directory/repositories", "Repositories", "Employees")]
    [InlineData("/directory/locations", "Employees")]
    public async Task It_reads_by_index(string url, params string[] inOrderOfAnIndex)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        using var client = await app.SignedInAs(Cast.Employee);
        var address = await app.AddressAsync(url);
        // Sessions and keys are asked for now and then; not in the second request.
        await client.PageAsync(address);

        var statements = await app.Statements.DuringAsync(async () => (await client.PageAsync(address)).MustBeOk());

        Assert.NotEmpty(statements);
        Check.None(statements.SelectMany(statement => Scans(statement).Where(scan => !inOrderOfAnIndex.Contains(scan.Table) || !scan.Step.Contains("INDEX", StringComparison.Ordinal))
            .Select(scan => $"{scan.Step} ({scan.Table})\n{statement.Sql}\n  {string.Join("\n  ", statement.Plan)}")));
    }

    [Fact]
    public void A_scan_is_noticed()
    {
        var statement = new Statement("SELECT * FROM \"Employees\" AS \"e\" INNER JOIN \"Locations\" AS \"l\"", ["SCAN e", "SCAN l", "SEARCH e USING INDEX x"]);

        Assert.Equal([("SCAN e", "Employees")], Scans(statement));
    }

    internal static IEnumerable<(string Step, string Table)> Scans(Statement statement)
    {
        var tables = new Dictionary<string, string>();
        foreach (Match match in Alias().Matches(statement.Sql))
            tables[match.Groups[2].Value] = match.Groups[1].Value;
        // What isn't a table has no alias of one: a list of values, a subquery that a step of its own explains.
        return statement.Plan.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal))
            .Select(step => (Step: step, Table: tables.GetValueOrDefault(step.Split(' ')[1], "")))
            .Where(scan => scan.Table.Length > 0 && !Small.Contains(scan.Table));
    }

    [GeneratedRegex("\"(\\w+)\" AS \"(\\w+)\"")]
    private static partial Regex Alias();

    public sealed partial class WatchedApp : RunningApp
    {
        private Dictionary<string, string>? values;

        public WatchedApp() : this(new Statements())
        {
        }

        private WatchedApp(Statements statements) : base(options => options.Services = statements.Watch) => Statements = statements;

        public Statements Statements { get; }

        internal async Task<string> AddressAsync(string url)
        {
            values ??= await FillAsync();
            return Place().Replace(url, match => values[match.Groups[1].Value]);
        }

        private async Task<Dictionary<string, string>> FillAsync()
        {
            var product = await Given.Product("SecurityScanAPI", stakeholders: ["s@sc1701d.example"]);
            var repository = await Given.Repository("SecurityRepo", product);
            var manager = await Given.Employee("Manager");
            var person = await Given.Employee("Anna", "Berg", managerEmpId: manager.EmpId, awayFrom: Clock.Today, substitute: manager);
            for (var i = 0; i < 120; i++)
                await Given.Employee("Anna");
            await Given.Assignment(person, product);
            await Given.Assignment(person, product, repository);
            await Given.Assignment(manager, repository: repository, role: AssignmentRole.Member);
            var contact = await this.Contact("Anna", "Berg", "anna@shop.example", "9820012345");
            await this.Linked(contact, await this.Contact("Anna", "Berg"));
            var client = await SignedInAs(Cast.Employee);
            var report = await (await client.PageAsync("/directory/report?product=SecurityScanAPI")).Form("Send").SubmitAsync();
            return new()
            {
                ["person"] = $"{person.Id}",
                ["product"] = $"{product.Id}",
                ["repository"] = $"{repository.Id}",
                ["contact"] = $"{contact.Id}",
                ["report"] = report.MustBeOk().Path.Split('/')[^1],
            };
        }

        [GeneratedRegex("\\{(\\w+)\\}")]
        private static partial Regex Place();
    }
}
