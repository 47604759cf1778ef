using System.Net;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Directory;

public sealed class AssignmentPagesTests(RunningApp app) : IClassFixture<RunningApp>
{
    private Given Given => app.Given;

    [Fact]
    public async Task A_steward_assigns_a_person_from_the_products_page_and_returns_there()
    {
        var product = await Given.Product();
        var person = await Given.Employee("Olga");
        using var client = await app.SignedInAs(Cast.Steward);
        var link = (await client.PageAsync($"/directory/products/{product.Id}")).All("main a").First(a => a.Words() == "Assign a person").GetAttribute("href")!;
        var form = (await client.PageAsync(link)).MustBeOk().Form("Assign");
        Assert.Equal(product.Name, form.Value("Product"));

        var page = await form.Fill("Person", person.EmailId).Choose("Input.Role", "Owner").SubmitAsync();

        Assert.Equal($"/directory/products/{product.Id}", page.MustBeOk().Path);
        Assert.Contains("Assigned.", page.One("#toasts").Words(), StringComparison.Ordinal);
        Assert.Equal([person.FullName], page.Texts("[aria-labelledby=people-title] tbody td:first-child"));
        Assert.Equal(["owner"], page.Texts("td[data-label=Role]"));
        var entry = page.All(".history > li")[0].Words();
        Assert.Contains($"Assignment added by {Cast.Steward.Email}", entry, StringComparison.Ordinal);
        Assert.Contains($"Employee {person.FullName}", entry, StringComparison.Ordinal);
        Assert.Contains("Role Owner", entry, StringComparison.Ordinal);
        // The person's page tells it too.
        Assert.Contains($"Product {product.Name}", (await client.PageAsync($"/directory/people/{person.Id}")).All(".history > li")[0].Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_persons_page_a_repository_as_part_of_a_product_is_assigned()
    {
        var (product, repository, person) = (await Given.Product(), await Given.Repository(), await Given.Employee());
        using var client = await app.SignedInAs(Cast.Steward);
        var link = (await client.PageAsync($"/directory/people/{person.Id}")).All("main .page-actions a").First(a => a.Words() == "Assign").GetAttribute("href")!;
        var form = (await client.PageAsync(link)).MustBeOk().Form("Assign");
        Assert.Equal(person.EmailId, form.Value("Person"));

        var page = await form.Fill("Product", product.Name.ToUpperInvariant()).Fill("Repository", repository.Name).Choose("Input.Role", "Backup").SubmitAsync();

        Assert.Equal($"/directory/people/{person.Id}", page.MustBeOk().Path);
        Assert.Equal([product.Name, repository.Name], [page.One("td[data-label=Product]").Words(), page.One("td[data-label=Repository]").Words()]);
        var stored = await app.Database(db => db.Assignments.SingleAsync(a => a.EmployeeId == person.Id));
        Assert.Equal((product.Id, repository.Id, AssignmentRole.Backup, null), (stored.ProductId, stored.RepositoryId, stored.Role, stored.ConfirmedOn));
    }

    [Fact]
    public async Task A_person_is_named_by_number_address_or_a_name_only_they_have()
    {
        var person = await Given.Employee("Quirin", Given.Unique("Unik") + "x");
        using var client = await app.SignedInAs(Cast.Steward);
        foreach (var text in new[] { person.EmpId, "00" + person.EmpId, person.EmailId.ToUpperInvariant(), $" {person.LastName.ToUpperInvariant()} ", $"{person.LastName} quirin" })
        {
            var product = await Given.Product();
            (await Fill(await client.PageAsync($"/directory/assignments/edit?product={product.Name}"), text).SubmitAsync()).MustBeOk();
            Assert.Equal(person.Id, await app.Database(db => db.Assignments.Where(a => a.ProductId == product.Id).Select(a => a.EmployeeId).SingleAsync()));
        }
    }

    [Fact]
    public async Task A_name_that_several_have_is_answered_with_their_addresses()
    {
        var name = Given.Unique("Many") + "x";
        var people = new List<Employee>();
        for (var i = 0; i < 4; i++)
            people.Add(await Given.Employee("Ann", name));
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await Fill(await client.PageAsync($"/directory/assignments/edit?product={(await Given.Product()).Name}"), name).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal($"Several people match: Ann {name} ({people[0].EmailId}), Ann {name} ({people[1].EmailId}), Ann {name} ({people[2].EmailId}) …. Use the address.", page.FieldError("Person"));
        Assert.Equal(name, page.Form("Assign").Value("Person"));
    }

    [Theory]
    [InlineData("Person", "", "Say who: number, address or name.")]
    [InlineData("Person", "%%", "Say who: number, address or name.")]
    [InlineData("Person", "nobody zzqqxx", "Nobody is found by that number, address or name.")]
    [InlineData("Person", "x*255", "At most 254 characters.")]
    [InlineData("Product", "No such thing", "There is no product of that name.")]
    [InlineData("Product", "x*10000", "At most 100 characters.")]
    [InlineData("Product", "", "Name a product, a repository, or both.")]
    [InlineData("Repository", "No such thing", "There is no repository of that name.")]
    [InlineData("Repository", "x*101", "At most 100 characters.")]
    public async Task Bad_input_is_told_at_its_field_and_nothing_typed_is_lost(string field, string value, string message)
    {
        var assignment = await Given.Assignment();
        var person = await Given.Employee();
        using var client = await app.SignedInAs(Cast.Steward);
        var typed = value.StartsWith("x*", StringComparison.Ordinal) ? new string('x', int.Parse(value[2..], null)) : value;

        var page = (await (await client.PageAsync($"/directory/assignments/edit/{assignment.Id}")).Form("Save").Fill("Person", person.EmpId).Choose("Input.Role", "Member").Fill(field, typed).SubmitAsync())
            .MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, page.FieldError(field));
        Assert.Equal(typed, page.Form("Save").Value(field));
        Assert.Equal("Member", page.One("main [type=radio][checked]").GetAttribute("value"));
        var stored = await app.Database(db => db.Assignments.SingleAsync(a => a.Id == assignment.Id));
        Assert.Equal((assignment.EmployeeId, assignment.ProductId, assignment.Role, assignment.Version), (stored.EmployeeId, stored.ProductId, stored.Role, stored.Version));
    }

    [Fact]
    public async Task Who_has_left_cannot_be_assigned()
    {
        var left = await Given.Employee(leftOn: app.Clock.Today);
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await Fill(await client.PageAsync($"/directory/assignments/edit?product={(await Given.Product()).Name}"), left.EmpId).SubmitAsync();

        Assert.Equal("Nobody is found by that number, address or name.", page.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Person"));
    }

    [Fact]
    public async Task A_role_that_does_not_exist_is_refused()
    {
        var (product, person) = (await Given.Product(), await Given.Employee());
        using var client = await app.SignedInAs(Cast.Steward);
        foreach (var role in new[] { "King", "7" })
        {
            var token = (await client.PageAsync("/directory/assignments/edit")).One("main [name=__RequestVerificationToken]").GetAttribute("value")!;
            (await client.PageAsync(new HttpRequestMessage(HttpMethod.Post, "/directory/assignments/edit")
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Input.Person"] = person.EmpId, ["Input.Product"] = product.Name, ["Input.Role"] = role }),
            }, follow: false)).MustBe(HttpStatusCode.UnprocessableEntity);
        }

        Assert.False(await app.Database(db => db.Assignments.AnyAsync(a => a.EmployeeId == person.Id)));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task The_same_assignment_twice_is_refused_also_by_a_double_click(bool withProduct, bool withRepository)
    {
        var product = withProduct ? await Given.Product() : null;
        var repository = withRepository ? await Given.Repository() : null;
        var person = await Given.Employee();
        using var client = await app.SignedInAs(Cast.Steward);
        var form = Fill(await client.PageAsync($"/directory/assignments/edit?product={product?.Name}&repository={repository?.Name}"), person.EmpId);

        var answers = await Task.WhenAll(form.SubmitAsync(follow: false), form.SubmitAsync(follow: false));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.Status).Order());
        Assert.Equal("This person already has an assignment there. Change that one instead.", answers.Single(answer => answer.Status == HttpStatusCode.UnprocessableEntity).FieldError("Person"));
        Assert.Equal(1, await app.Database(db => db.Assignments.CountAsync(a => a.EmployeeId == person.Id)));
    }

    [Fact]
    public async Task Changing_a_role_keeps_person_and_subject_and_asks_for_a_new_confirmation()
    {
        var assignment = await Given.Assignment(role: AssignmentRole.Member, confirmedOn: new DateOnly(2030, 1, 1));
        using var client = await app.SignedInAs(Cast.Steward);

        (await (await client.PageAsync($"/directory/assignments/edit/{assignment.Id}")).MustBeOk().Form("Save").Choose("Input.Role", "Owner").SubmitAsync()).MustBeOk();

        var stored = await app.Database(db => db.Assignments.SingleAsync(a => a.Id == assignment.Id));
        Assert.Equal((assignment.EmployeeId, assignment.ProductId, AssignmentRole.Owner), (stored.EmployeeId, stored.ProductId, stored.Role));
        // What was confirmed was something else.
        Assert.Null(stored.ConfirmedOn);
        Assert.Null(stored.ConfirmedBy);
    }

    [Fact]
    public async Task Saving_without_a_change_keeps_the_confirmation()
    {
        var assignment = await Given.Assignment(confirmedOn: new DateOnly(2030, 1, 1));
        using var client = await app.SignedInAs(Cast.Steward);

        (await (await client.PageAsync($"/directory/assignments/edit/{assignment.Id}")).Form("Save").SubmitAsync()).MustBeOk();

        Assert.Equal(new DateOnly(2030, 1, 1), await app.Database(db => db.Assignments.Where(a => a.Id == assignment.Id).Select(a => a.ConfirmedOn).SingleAsync()));
    }

    [Fact]
    public async Task An_assignment_of_somebody_who_has_left_can_still_change_its_role_or_be_handed_over()
    {
        var assignment = await Given.Assignment(await Given.Employee(leftOn: app.Clock.Today), role: AssignmentRole.Owner);
        var heir = await Given.Employee();
        using var client = await app.SignedInAs(Cast.Steward);
        var address = $"/directory/assignments/edit/{assignment.Id}";

        (await (await client.PageAsync(address)).Form("Save").Choose("Input.Role", "Member").SubmitAsync()).MustBeOk();
        (await (await client.PageAsync(address)).Form("Save").Fill("Person", heir.EmailId).SubmitAsync()).MustBeOk();

        var stored = await app.Database(db => db.Assignments.SingleAsync(a => a.Id == assignment.Id));
        Assert.Equal((heir.Id, AssignmentRole.Member), (stored.EmployeeId, stored.Role));
    }

    [Fact]
    public async Task Of_two_stewards_who_change_one_assignment_the_second_is_told()
    {
        var assignment = await Given.Assignment(role: AssignmentRole.Member);
        using var stella = await app.SignedInAs(Cast.Steward);
        using var ada = await app.SignedInAs(Cast.Administrator);
        var first = (await stella.PageAsync($"/directory/assignments/edit/{assignment.Id}")).Form("Save");
        var second = (await ada.PageAsync($"/directory/assignments/edit/{assignment.Id}")).Form("Save");
        (await first.Choose("Input.Role", "Backup").SubmitAsync()).MustBeOk();

        var page = (await second.Choose("Input.Role", "Owner").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed this assignment in the meantime. What is stored now stands beside each field that differs; saving again puts what stands in the fields in its place.", page.Text, StringComparison.Ordinal);
        Assert.Equal(AssignmentRole.Backup, await app.Database(db => db.Assignments.Where(a => a.Id == assignment.Id).Select(a => a.Role).SingleAsync()));
        Assert.Equal(["now: Backup"], page.Texts("[id$='-now']"));
        (await page.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal(AssignmentRole.Owner, await app.Database(db => db.Assignments.Where(a => a.Id == assignment.Id).Select(a => a.Role).SingleAsync()));
    }

    [Fact]
    public async Task Removing_is_told_in_the_history_and_twice_is_once()
    {
        var product = await Given.Product();
        var person = await Given.Employee();
        var assignment = await Given.Assignment(person, product);
        using var client = await app.SignedInAs(Cast.Steward);
        var form = (await client.PageAsync($"/directory/assignments/edit/{assignment.Id}?returnUrl=/directory/products/{product.Id}")).Form("Remove");

        var page = await form.SubmitAsync();
        Assert.Equal($"/directory/products/{product.Id}", page.MustBeOk().Path);
        Assert.Contains("Nobody is assigned", page.Text, StringComparison.Ordinal);
        Assert.Contains($"Assignment removed by {Cast.Steward.Email}", page.All(".history > li")[0].Words(), StringComparison.Ordinal);
        Assert.Contains(person.FullName, page.All(".history > li")[0].Words(), StringComparison.Ordinal);
        (await form.SubmitAsync()).MustBeOk();
        (await client.PageAsync($"/directory/assignments/edit/{assignment.Id}")).MustBe(HttpStatusCode.NotFound);
        // Nobody and nothing else went with it.
        Assert.True(await app.Database(db => db.Employees.AnyAsync(e => e.Id == person.Id)));
        Assert.True(await app.Database(db => db.Products.AnyAsync(p => p.Id == product.Id)));
    }

    [Fact]
    public async Task Removing_by_a_double_click_is_removed()
    {
        using var client = await app.SignedInAs(Cast.Steward);
        for (var i = 0; i < 8; i++)
        {
            var form = (await client.PageAsync($"/directory/assignments/edit/{(await Given.Assignment()).Id}")).Form("Remove");

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => form.SubmitAsync(follow: false)));

            Assert.All(answers, answer => Assert.Equal("/directory", answer.MustBe(HttpStatusCode.Redirect).RedirectsTo));
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task A_return_address_elsewhere_is_not_followed(string elsewhere)
    {
        var assignment = await Given.Assignment();
        using var client = await app.SignedInAs(Cast.Steward);
        var page = (await client.PageAsync($"/directory/assignments/edit/{assignment.Id}?returnUrl={Uri.EscapeDataString(elsewhere)}")).MustBeOk();
        Assert.Equal("/directory", page.All("main a").First(a => a.Words() == "Cancel").GetAttribute("href"));

        Assert.Equal("/directory", (await page.Form("Save").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo);
        Assert.Equal("/directory", (await Confirm(client, assignment.Id, elsewhere)).RedirectsTo);
    }

    [Fact]
    public async Task A_steward_confirms_with_one_click_and_returns()
    {
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee("Olga", "Owner"), product);
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await (await client.PageAsync($"/directory/products/{product.Id}")).Form("Confirm that Olga Owner is still owner").SubmitAsync();

        Assert.Equal($"/directory/products/{product.Id}", page.MustBeOk().Path);
        Assert.Equal("15/05/2030", page.One("td[data-label='Confirmed on']").Words());
        Assert.Equal("by Stella Steward", page.One("td[data-label='Confirmed on']").GetAttribute("title"));
        Assert.Contains($"Assignment changed by {Cast.Steward.Email}", page.All(".history > li")[0].Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_confirm_what_is_theirs_and_nothing_else()
    {
        await using var own = await RunningApp.StartAsync();
        var me = await own.Given.Employee("Emma", "Employee");
        var mine = await own.Given.Assignment(me);
        var other = await own.Given.Assignment();
        await own.Database(async db =>
        {
            (await db.Users.SingleAsync(user => user.Email == Cast.Employee.Email)).EmployeeId = me.Id;
            await db.SaveChangesAsync();
        });
        using var client = await own.SignedInAs(Cast.Employee);

        (await (await client.PageAsync($"/directory/people/{me.Id}")).MustBeOk().Form("Confirm that Emma Employee is still owner").SubmitAsync()).MustBeOk();
        Assert.Equal(own.Clock.Today, await own.Database(db => db.Assignments.Where(a => a.Id == mine.Id).Select(a => a.ConfirmedOn).SingleAsync()));

        Assert.Empty((await client.PageAsync($"/directory/people/{other.EmployeeId}")).MustBeOk().All("main form"));
        (await Confirm(client, other.Id, "/directory")).MustBe(HttpStatusCode.NotFound);
        Assert.Null(await own.Database(db => db.Assignments.Where(a => a.Id == other.Id).Select(a => a.ConfirmedOn).SingleAsync()));
        (await Confirm(client, int.MaxValue, "/directory")).MustBe(HttpStatusCode.NotFound);
        Assert.Equal("/directory", (await client.PageAsync($"/directory/assignments/confirm/{mine.Id}", follow: false)).RedirectsTo);
    }

    [Fact]
    public async Task Only_stewards_assign_change_and_remove()
    {
        var assignment = await Given.Assignment();
        using var emma = await app.SignedInAs(Cast.Employee);
        using var stella = await app.SignedInAs(Cast.Steward);
        using var stranger = app.Anonymous();
        foreach (var address in new[] { "/directory/assignments/edit", $"/directory/assignments/edit/{assignment.Id}", $"/directory/assignments/edit/{assignment.Id}?handler=Remove" })
        {
            (await emma.PageAsync(address)).MustBe(HttpStatusCode.Forbidden);
            using var content = new FormUrlEncodedContent([]);
            using var post = await emma.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
            Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(address, follow: false)).RedirectsTo, StringComparison.Ordinal);
        }

        Assert.True(await app.Database(db => db.Assignments.AnyAsync(a => a.Id == assignment.Id)));
        (await stella.PageAsync("/directory/assignments/edit/2147483647")).MustBe(HttpStatusCode.NotFound);
    }

    private static Form Fill(Page page, string person) => page.MustBeOk().Form("Assign").Fill("Person", person).Choose("Input.Role", "Owner");

    private static async Task<Page> Confirm(HttpClient client, int id, string returnUrl)
    {
        var token = (await client.PageAsync("/directory")).One("[data-sign-out] [name=__RequestVerificationToken]").GetAttribute("value")!;
        return await client.PageAsync(new HttpRequestMessage(HttpMethod.Post, $"/directory/assignments/confirm/{id}?returnUrl={Uri.EscapeDataString(returnUrl)}")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token }),
        }, follow: false);
    }
}
