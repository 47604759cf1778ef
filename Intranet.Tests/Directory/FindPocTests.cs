using Intranet.Data.Directory;

namespace Intranet.Tests.Directory;

/// <summary>
/// The contract of FindPOC, asked as the app asks it: the stored procedure on SQL Server, LINQ on SQLite. Whatever
/// database the suite runs on must give these answers.
/// </summary>
public sealed class FindPocTests(RunningApp app) : IClassFixture<RunningApp>
{
    private Given Given => app.Given;

    [Fact]
    public async Task A_row_has_the_columns_of_the_contract()
    {
        var oslo = await Given.Location(city: "Oslo", region: "Nordics");
        var person = await Given.Employee("Åsa", "Øst", "000042", "asa.ost@sc1701d.example", "asa", "Cloud Architect", location: oslo);
        var product = await Given.Product();
        await Given.Assignment(person, product);

        Assert.Equal([new PocRow("000042", "Åsa", "Øst", "Cloud Architect", "asa.ost@sc1701d.example", "asa", "Nordics", "Oslo")], await Ask(product.Name));
    }

    [Fact]
    public async Task Somebody_without_a_standard_title_has_none()
    {
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee(title: null, originalTitle: "Chief Happiness Officer"), product);

        Assert.Null(Assert.Single(await Ask(product.Name)).Title);
    }

    [Fact]
    public async Task A_product_is_answered_by_everybody_on_it_whatever_the_repository_and_role()
    {
        var product = await Given.Product();
        var repository = await Given.Repository();
        await Given.Assignment(await Named("A"), product, role: AssignmentRole.Owner);
        await Given.Assignment(await Named("B"), product, repository, AssignmentRole.Backup);
        await Given.Assignment(await Named("C"), product, role: AssignmentRole.Member);
        await Given.Assignment(await Named("Elsewhere"), repository: repository);
        await Given.Assignment(await Named("Else"));

        Assert.Equal(["A", "B", "C"], await FirstNames(product.Name));
    }

    [Fact]
    public async Task A_repository_is_answered_by_everybody_on_it_whatever_the_product()
    {
        var product = await Given.Product();
        var repository = await Given.Repository(product: product);
        await Given.Assignment(await Named("A"), repository: repository);
        await Given.Assignment(await Named("B"), product, repository);
        await Given.Assignment(await Named("Elsewhere"), product);

        Assert.Equal(["A", "B"], await FirstNames(null, repository.Name));
    }

    [Fact]
    public async Task Both_names_ask_for_one_assignment_that_has_both()
    {
        var product = await Given.Product();
        var repository = await Given.Repository(product: product);
        var twoRows = await Named("Two");
        await Given.Assignment(twoRows, product);
        await Given.Assignment(twoRows, repository: repository);
        await Given.Assignment(await Named("One"), product, repository);
        await Given.Assignment(await Named("Other"), product, await Given.Repository());

        Assert.Equal(["One"], await FirstNames(product.Name, repository.Name));
    }

    [Fact]
    public async Task A_person_with_several_assignments_appears_once()
    {
        var product = await Given.Product();
        var person = await Named("Often");
        await Given.Assignment(person, product);
        await Given.Assignment(person, product, await Given.Repository(), AssignmentRole.Backup);
        await Given.Assignment(person, product, await Given.Repository(), AssignmentRole.Member);

        Assert.Equal(["Often"], await FirstNames(product.Name));
    }

    [Theory]
    [InlineData("upper")]
    [InlineData("lower")]
    [InlineData("blanks")]
    public async Task Names_compare_without_case_and_blanks_around(string way)
    {
        var product = await Given.Product(Given.Unique("PayGate"));
        var repository = await Given.Repository(Given.Unique("Pay-Repo"));
        await Given.Assignment(await Named("A"), product, repository);

        Assert.Equal(["A"], await FirstNames(Written(product.Name), Written(repository.Name)));

        string Written(string name) => way switch { "upper" => name.ToUpperInvariant(), "lower" => name.ToLowerInvariant(), _ => $"  {name} " };
    }

    [Fact]
    public async Task Accents_are_letters_of_their_own_in_names()
    {
        var name = Given.Unique("Café");
        await Given.Assignment(await Named("Accent"), await Given.Product(name));
        await Given.Assignment(await Named("Plain"), await Given.Product(name.Replace('é', 'e')));

        Assert.Equal(["Accent"], await FirstNames(name.ToUpperInvariant()));
        Assert.Equal(["Plain"], await FirstNames(name.Replace('é', 'e')));
    }

    [Fact]
    public async Task The_order_is_first_name_then_last_name_then_number_without_case_and_accents()
    {
        var product = await Given.Product();
        foreach (var (first, last, empId) in new[]
        {
            ("zoe", "Adams", "900001"), ("Anna", "zimmer", "900002"), ("anna", "Åkesson", "900003"), ("Ärne", "Beck", "900004"), ("ANNA", "Zimmer", "9000020"),
            ("Anna", "Zimmer", "X-1"), ("Bo", "Dahl", "900100"), ("Bo", "Dahl", "90020"), ("Zoë", "Abel", "900005"), ("Ole", "Nord", "900006"), ("Øle", "Berg", "900007"),
        })
        {
            await Given.Assignment(await Given.Employee(first, last, empId), product);
        }

        Assert.Equal(
            ["anna Åkesson 900003", "Anna zimmer 900002", "ANNA Zimmer 9000020", "Anna Zimmer X-1", "Ärne Beck 900004", "Bo Dahl 90020", "Bo Dahl 900100", "Øle Berg 900007", "Ole Nord 900006", "Zoë Abel 900005", "zoe Adams 900001"],
            (await Ask(product.Name)).Select(row => $"{row.FirstName} {row.LastName} {row.EmpId}"));
    }

    [Fact]
    public async Task Who_has_left_never_appears_and_who_will_leave_does_until_then()
    {
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee("Left", leftOn: app.Clock.Today.AddDays(-1)), product);
        await Given.Assignment(await Given.Employee("Today", leftOn: app.Clock.Today), product);
        await Given.Assignment(await Given.Employee("Tomorrow", leftOn: app.Clock.Today.AddDays(1)), product);
        await Given.Assignment(await Given.Employee("Stays"), product);

        Assert.Equal(["Stays", "Tomorrow"], await FirstNames(product.Name));
        Assert.Equal(["Stays"], (await Ask(product.Name, null, app.Clock.Today.AddDays(1))).Select(row => row.FirstName));
    }

    [Fact]
    public async Task Somebody_away_is_still_a_point_of_contact()
    {
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee("Away", awayFrom: app.Clock.Today), product);

        Assert.Equal(["Away"], await FirstNames(product.Name));
    }

    [Theory]
    [InlineData("No such thing", null)]
    [InlineData(null, "No such thing")]
    [InlineData("", null)]
    [InlineData("%", null)]
    [InlineData("[a-z]%", null)]
    [InlineData("' OR 1=1 --", null)]
    [InlineData("x'; DROP TABLE Employees; --", "x")]
    [InlineData("ﷺ😀\u0000", null)]
    public async Task An_unknown_name_has_no_answer(string? product, string? repository)
    {
        await Given.Assignment();

        Assert.Empty(await Ask(product, repository));
    }

    [Fact]
    public async Task A_known_name_beside_an_unknown_one_has_no_answer()
    {
        var product = await Given.Product();
        var repository = await Given.Repository();
        await Given.Assignment(product: product, repository: repository);

        Assert.Empty(await Ask(product.Name, "No such thing"));
        Assert.Empty(await Ask("No such thing", repository.Name));
        Assert.Empty(await Ask(product.Name, ""));
    }

    [Fact]
    public async Task Nobody_assigned_is_an_empty_answer()
        => Assert.Empty(await Ask((await Given.Product()).Name));

    [Fact]
    public async Task A_name_of_ten_thousand_letters_is_only_unknown()
    {
        var name = new string('x', 100);
        await Given.Assignment(product: await Given.Product(name));

        Assert.Single(await Ask(name));
        Assert.Empty(await Ask(new string('x', 10_000)));
    }

    [Fact]
    public async Task Without_any_name_there_is_no_question()
    {
        await Given.Assignment();

        await Assert.ThrowsAsync<ArgumentException>(() => Ask(null));
    }

    [Fact]
    public async Task A_rename_and_a_removed_assignment_count_at_once()
    {
        var product = await Given.Product();
        var assignment = await Given.Assignment(await Named("A"), product);
        var renamed = Given.Unique("Renamed");
        await app.Database(async db =>
        {
            (await db.Products.FindAsync(product.Id))!.Name = renamed;
            await db.SaveChangesAsync();
        });

        Assert.Empty(await Ask(product.Name));
        Assert.Equal(["A"], await FirstNames(renamed));

        await app.Database(async db =>
        {
            db.Remove((await db.Assignments.FindAsync(assignment.Id))!);
            await db.SaveChangesAsync();
        });

        Assert.Empty(await Ask(renamed));
    }

    private Task<Employee> Named(string firstName) => Given.Employee(firstName);

    private Task<List<PocRow>> Ask(string? product, string? repository = null, DateOnly? today = null)
        => app.Database(db => db.FindPocAsync(product, repository, today ?? app.Clock.Today));

    private async Task<IEnumerable<string>> FirstNames(string? product, string? repository = null) => (await Ask(product, repository)).Select(row => row.FirstName);
}
