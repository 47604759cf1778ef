using Intranet.Data.Directory;

namespace Intranet.Tests.Directory;

/// <summary>A page asks the database as often for a thousand rows as for one.</summary>
public sealed class QueryCountTests
{
    [Fact]
    public async Task The_number_of_queries_does_not_grow_with_the_rows()
    {
        var statements = new Statements();
        await using var app = await RunningApp.StartAsync(options => options.Services = statements.Watch);
        var product = await app.Given.Product("Product", stakeholders: ["s@sc1701d.example"]);
        var repository = await app.Given.Repository("Repo", product);
        var person = await app.Given.Employee("Anna");
        var substitute = await app.Given.Employee("Sue");
        using var client = await app.SignedInAs(Cast.Steward);
        string[] addresses =
        [
            "/directory", "/directory?q=anna", "/directory?product=Product", "/directory?repository=Repo", "/directory?city=Berlin&title=Software+Engineer", "/directory?handler=Suggestions&q=a",
            "/search?q=a", "/search/suggestions?q=a", "/directory/products", "/directory/repositories", "/directory/locations", "/directory/people/options?x=an",
            $"/directory/products/{product.Id}", $"/directory/repositories/{repository.Id}", $"/directory/people/{person.Id}", $"/directory/people/edit/{person.Id}",
            "/api/poc?product_name=Product", "/api/directory?q=anna&pageSize=1000", "/api/directory?pageSize=1000",
        ];
        await GrowAsync(app, product, repository, person, substitute, 3);
        var few = await CountAsync(client, statements, addresses);
        await GrowAsync(app, product, repository, person, substitute, 40);
        var many = await CountAsync(client, statements, addresses);

        Check.None(addresses.Where(address => many[address] > few[address]).Select(address => $"{address}: {few[address]} queries for few rows, {many[address]} for many"));
        Check.None(addresses.Where(address => many[address] > 20).Select(address => $"{address}: {many[address]} queries"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', addresses.Select(address => $"{many[address],3} {address}")));
    }

    private static async Task GrowAsync(RunningApp app, Product product, Repository repository, Employee person, Employee substitute, int by)
    {
        for (var i = 0; i < by; i++)
        {
            var other = await app.Given.Employee("Anna", awayFrom: app.Clock.Today, substitute: substitute);
            await app.Given.Assignment(other, product, role: i % 3 == 0 ? AssignmentRole.Owner : AssignmentRole.Member);
            await app.Given.Assignment(other, repository: repository, role: AssignmentRole.Backup);
            await app.Given.Assignment(person, await app.Given.Product($"Apart{Given.Unique("")}"), await app.Given.Repository($"Apart{Given.Unique("")}", product));
        }
    }

    private static async Task<Dictionary<string, int>> CountAsync(HttpClient client, Statements statements, string[] addresses)
    {
        var counts = new Dictionary<string, int>();
        foreach (var address in addresses)
        {
            // What is kept in memory after the first request doesn't count.
            (await client.PageAsync(address)).MustBeOk();
            counts[address] = (await statements.DuringAsync(async () => (await client.PageAsync(address)).MustBeOk())).Count;
        }

        return counts;
    }
}
