using System.Net;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Directory;

/// <summary>Products and repositories have the same pages; what only one of them has comes last.</summary>
public sealed class ProductAndRepositoryPagesTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string Products = "products", Repositories = "repositories";

    private Given Given => app.Given;

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task A_steward_adds_one_and_it_is_listed_shown_and_found(string kind)
    {
        using var client = await app.SignedInAs(Cast.Steward);
        var name = Given.Unique("Added");
        var page = await (await client.PageAsync($"/directory/{kind}/edit")).MustBeOk().Form("Add").Fill("Name", $"  {name} ").Fill("Description", "What it does")
            .Fill("Chat channel", "#added").Fill("Stakeholders", "one@sc1701d.example\ntwo@sc1701d.example, ONE@sc1701d.example").SubmitAsync();

        var thing = await Stored(kind, name);
        Assert.Equal($"/directory/{kind}/{thing!.Id}", page.MustBeOk().Path);
        Assert.Equal(name, page.One("h1").Words());
        Assert.Contains("Added.", page.One("#toasts").Words(), StringComparison.Ordinal);
        Assert.Equal("What it does", page.One(".page-subtitle").Words());
        Assert.Contains("#added", page.Text, StringComparison.Ordinal);
        Assert.Equal(["one@sc1701d.example", "two@sc1701d.example"], thing.Stakeholders);
        Assert.Equal([name], (await client.PageAsync($"/directory/{kind}?q={name}")).Texts("#results tbody td:first-child"));
        Assert.Equal([name], (await client.PageAsync($"/search?q={name}")).Texts(".hit-name"));
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task A_steward_changes_one_and_the_history_tells_it(string kind)
    {
        var old = await Thing(kind, "Old words", "#old", "old@sc1701d.example");
        var owner = await Given.Employee();
        var assignment = await Assigned(kind, old.Id, owner);
        using var client = await app.SignedInAs(Cast.Steward);
        var form = (await client.PageAsync($"/directory/{kind}/edit/{old.Id}")).MustBeOk().Form("Save");
        Assert.Equal((old.Name, "Old words", "#old", "old@sc1701d.example"), (form.Value("Name"), form.Value("Description"), form.Value("Chat channel"), form.Value("Stakeholders")));
        var name = Given.Unique("New");

        var page = await form.Fill("Name", name).Fill("Description", "").Fill("Stakeholders", "new@sc1701d.example").SubmitAsync();

        Assert.Equal($"/directory/{kind}/{old.Id}", page.MustBeOk().Path);
        var entry = page.All(".history > li")[0].Words();
        Assert.Contains($"Changed by {Cast.Steward.Email}", entry, StringComparison.Ordinal);
        Assert.Contains($"Name {old.Name} {name}", entry, StringComparison.Ordinal);
        Assert.Contains("Description Old words", entry, StringComparison.Ordinal);
        Assert.Contains("Stakeholders old@sc1701d.example new@sc1701d.example", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("#old", entry, StringComparison.Ordinal);
        // Who answers for it stays.
        Assert.Equal(owner.Id, await app.Database(db => db.Assignments.Where(a => a.Id == assignment.Id).Select(a => a.EmployeeId).SingleAsync()));
        Assert.Equal([owner.FullName], page.Texts("[aria-labelledby=people-title] tbody td:first-child"));
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task Saving_without_a_change_leaves_no_history(string kind)
    {
        var thing = await Thing(kind, "Two\nlines", "#c", "a@sc1701d.example", "b@sc1701d.example");
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await (await client.PageAsync($"/directory/{kind}/edit/{thing.Id}")).Form("Save").SubmitAsync();

        Assert.Equal(["Added"], page.MustBeOk().Texts(".history-head strong"));
    }

    [Theory]
    [InlineData(Products, "Name", "", "A product needs a name.")]
    [InlineData(Products, "Name", "   ", "A product needs a name.")]
    [InlineData(Products, "Name", "x*101", "At most 100 characters.")]
    [InlineData(Products, "Name", "x*10000", "At most 100 characters.")]
    [InlineData(Products, "Name", "bell\u0007", "A name is one line without control characters.")]
    [InlineData(Products, "Description", "x*1001", "At most 1,000 characters.")]
    [InlineData(Products, "Chat channel", "x*101", "At most 100 characters.")]
    [InlineData(Products, "Stakeholders", "a@sc1701d.example nonsense", "'nonsense' is not an e-mail address.")]
    [InlineData(Products, "Stakeholders", "a@b", "'a@b' is not an e-mail address.")]
    [InlineData(Products, "Stakeholders", "many", "At most 20 addresses.")]
    [InlineData(Repositories, "Name", "", "A repository needs a name.")]
    [InlineData(Repositories, "Name", "x*101", "At most 100 characters.")]
    [InlineData(Repositories, "Name", "bell\u0007", "A name is one line without control characters.")]
    [InlineData(Repositories, "Description", "x*1001", "At most 1,000 characters.")]
    [InlineData(Repositories, "Chat channel", "x*101", "At most 100 characters.")]
    [InlineData(Repositories, "Stakeholders", "<b>@sc1701d.example", "'<b>@sc1701d.example' is not an e-mail address.")]
    [InlineData(Repositories, "Product", "No such product", "There is no product of that name.")]
    [InlineData(Repositories, "Product", "x*101", "At most 100 characters.")]
    public async Task Bad_input_is_told_at_its_field_and_nothing_typed_is_lost(string kind, string field, string value, string message)
    {
        var thing = await Thing(kind, "Kept", "#kept", "kept@sc1701d.example");
        using var client = await app.SignedInAs(Cast.Steward);
        var typed = value.StartsWith("x*", StringComparison.Ordinal) ? new string('x', int.Parse(value[2..], null))
            : value == "many" ? string.Join('\n', Enumerable.Range(0, 21).Select(i => $"p{i}@sc1701d.example")) : value;
        foreach (var (address, button) in new[] { ($"/directory/{kind}/edit", "Add"), ($"/directory/{kind}/edit/{thing.Id}", "Save") })
        {
            var form = (await client.PageAsync(address)).Form(button).Fill("Name", thing.Name + "New").Fill("Description", "Typed text").Fill(field, typed);

            var page = (await form.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

            Assert.Equal(message, page.FieldError(field));
            Assert.Equal(typed, page.Form(button).Value(field).ReplaceLineEndings("\n"));
            if (field != "Description")
                Assert.Equal("Typed text", page.Form(button).Value("Description"));
            if (field != "Name")
                Assert.Equal(thing.Name + "New", page.Form(button).Value("Name"));
            Assert.Equal("true", page.One($"main [name='Input.{field.Replace("Chat channel", "ChatChannel", StringComparison.Ordinal)}']").GetAttribute("aria-invalid"));
        }

        Assert.Equal((thing.Name, "Kept", "#kept"), await Words(kind, thing.Id));
        Assert.Null(await Stored(kind, thing.Name + "New"));
    }

    [Theory]
    [InlineData(Products, "There is a product of that name already.")]
    [InlineData(Repositories, "There is a repository of that name already.")]
    public async Task A_name_that_is_taken_is_told_at_its_field_whatever_its_case(string kind, string message)
    {
        var taken = await Thing(kind);
        var thing = await Thing(kind, "Kept");
        using var client = await app.SignedInAs(Cast.Steward);
        foreach (var (address, button) in new[] { ($"/directory/{kind}/edit", "Add"), ($"/directory/{kind}/edit/{thing.Id}", "Save") })
        {
            var page = (await (await client.PageAsync(address)).Form(button).Fill("Name", $" {taken.Name.ToUpperInvariant()} ").Fill("Description", "Typed").SubmitAsync())
                .MustBe(HttpStatusCode.UnprocessableEntity);

            Assert.Equal(message, page.FieldError("Name"));
            Assert.Equal("Typed", page.Form(button).Value("Description"));
        }

        Assert.Equal((thing.Name, "Kept", ""), await Words(kind, thing.Id));
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task Adding_twice_by_a_double_click_adds_one(string kind)
    {
        using var client = await app.SignedInAs(Cast.Steward);
        var name = Given.Unique("Double");
        var form = (await client.PageAsync($"/directory/{kind}/edit")).Form("Add").Fill("Name", name);

        var answers = await Task.WhenAll(form.SubmitAsync(follow: false), form.SubmitAsync(follow: false));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.Status).Order());
        Assert.NotNull(await Stored(kind, name));
    }

    [Theory]
    [InlineData(Products, "product")]
    [InlineData(Repositories, "repository")]
    public async Task Of_two_stewards_who_change_one_the_second_sees_what_is_stored_and_overwrites_only_that(string kind, string word)
    {
        var thing = await Thing(kind, "Before");
        using var stella = await app.SignedInAs(Cast.Steward);
        using var ada = await app.SignedInAs(Cast.Administrator);
        var first = (await stella.PageAsync($"/directory/{kind}/edit/{thing.Id}")).Form("Save");
        var second = (await ada.PageAsync($"/directory/{kind}/edit/{thing.Id}")).Form("Save");
        (await first.Fill("Description", "Stella's").SubmitAsync()).MustBeOk();

        var page = (await second.Fill("Description", "Ada's").Fill("Chat channel", "#ada").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"Somebody changed this {word} in the meantime. What is stored now stands beside each field that differs; saving again puts what stands in the fields in its place.", page.Text, StringComparison.Ordinal);
        Assert.Equal("Ada's", page.Form("Save").Value("Description"));
        Assert.Equal("#ada", page.Form("Save").Value("Chat channel"));
        Assert.Equal((thing.Name, "Stella's", ""), await Words(kind, thing.Id));
        Assert.Equal(["now: Stella's", "now: empty"], page.Texts("[id$='-now']"));
        Assert.Equal("Input_Description-now", page.One("#Input_Description").GetAttribute("aria-describedby"));
        // The old form doesn't slip through; the one that shows it does, until somebody changes it once more.
        (await second.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        (await page.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal((thing.Name, "Ada's", "#ada"), await Words(kind, thing.Id));
        (await page.Form("Save").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task One_that_nothing_hangs_on_can_be_removed(string kind)
    {
        var thing = await Thing(kind);
        using var client = await app.SignedInAs(Cast.Steward);
        var form = (await client.PageAsync($"/directory/{kind}/edit/{thing.Id}")).Form("Remove");

        // What stands in the fields doesn't matter.
        var page = await form.Fill("Name", "").SubmitAsync();

        Assert.Equal($"/directory/{kind}", page.MustBeOk().Path);
        Assert.Contains($"{thing.Name} was removed.", page.One("#toasts").Words(), StringComparison.Ordinal);
        Assert.Null(await Stored(kind, thing.Name));
        Assert.DoesNotContain(thing.Name, (await client.PageAsync($"/search?q={thing.Name}")).Texts(".hit-name"));
        (await client.PageAsync($"/directory/{kind}/{thing.Id}")).MustBe(HttpStatusCode.NotFound);
        Assert.Contains(await app.Database(db => db.AuditEntries.Where(e => e.SubjectId == thing.Id && e.Action == "removed").Select(e => e.Actor + " " + e.Subject).ToListAsync()),
            entry => entry == $"{Cast.Steward.Email} {(kind == Products ? "Product" : "Repository")}");
        (await form.SubmitAsync()).MustBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task Removing_by_a_double_click_removes_once_and_is_no_error_of_ours(string kind)
    {
        using var client = await app.SignedInAs(Cast.Steward);
        for (var i = 0; i < 8; i++)
        {
            var thing = await Thing(kind);
            var form = (await client.PageAsync($"/directory/{kind}/edit/{thing.Id}")).Form("Remove");

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => form.SubmitAsync(follow: false)));

            Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], answers.Select(answer => answer.Status).Order());
            Assert.Null(await Stored(kind, thing.Name));
        }
    }

    [Theory]
    [InlineData(Products, "1 assignment names this product. Remove or move it first.")]
    [InlineData(Repositories, "1 assignment names this repository. Remove or move it first.")]
    public async Task One_that_people_are_assigned_to_stays_and_says_why(string kind, string message)
    {
        var thing = await Thing(kind, "Stays");
        // Also of somebody who has left: their history hangs on it.
        await Assigned(kind, thing.Id, await Given.Employee(leftOn: app.Clock.Today));
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await (await client.PageAsync($"/directory/{kind}/edit/{thing.Id}")).Form("Remove").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains(message, page.Text, StringComparison.Ordinal);
        Assert.Equal("Stays", page.Form("Save").Value("Description"));
        Assert.NotNull(await Stored(kind, thing.Name));
    }

    [Fact]
    public async Task A_product_with_repositories_stays_and_says_why()
    {
        var product = await Given.Product();
        await Given.Repository(product: product);
        await Given.Repository(product: product);
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await (await client.PageAsync($"/directory/products/edit/{product.Id}")).Form("Remove").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("2 repositories belong to this product. Move them first.", page.Text, StringComparison.Ordinal);
        Assert.NotNull(await Stored(Products, product.Name));
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task Only_stewards_change_anything(string kind)
    {
        var thing = await Thing(kind, "Untouched");
        using var emma = await app.SignedInAs(Cast.Employee);
        using var stranger = app.Anonymous();
        foreach (var address in new[] { $"/directory/{kind}/edit", $"/directory/{kind}/edit/{thing.Id}", $"/directory/{kind}/edit/{thing.Id}?handler=Remove" })
        {
            (await emma.PageAsync(address)).MustBe(HttpStatusCode.Forbidden);
            (await Post(emma, address)).MustBe(HttpStatusCode.Forbidden);
            Assert.StartsWith("/account/sign-in", (await Post(stranger, address)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
        }

        var page = (await emma.PageAsync($"/directory/{kind}/{thing.Id}")).MustBeOk();
        Assert.Empty(page.All("main a[href*='/edit']"));
        Assert.Empty((await emma.PageAsync($"/directory/{kind}")).MustBeOk().All("main a[href*='/edit']"));
        Assert.Equal((thing.Name, "Untouched", ""), await Words(kind, thing.Id));
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task What_does_not_exist_is_not_found(string kind)
    {
        using var client = await app.SignedInAs(Cast.Steward);
        var form = (await client.PageAsync($"/directory/{kind}/edit")).Form("Add").Fill("Name", "Nowhere");
        foreach (var id in new[] { "2147483647", "0", "-1", "x", "99999999999" })
        {
            (await client.PageAsync($"/directory/{kind}/{id}")).MustBe(HttpStatusCode.NotFound);
            (await client.PageAsync($"/directory/{kind}/edit/{id}")).MustBe(HttpStatusCode.NotFound);
        }

        (await Post(client, $"/directory/{kind}/edit/2147483647", (await client.PageAsync($"/directory/{kind}/edit")).One("main [name=__RequestVerificationToken]").GetAttribute("value")))
            .MustBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task A_forged_form_changes_nothing(string kind)
    {
        var thing = await Thing(kind, "Untouched");
        using var client = await app.SignedInAs(Cast.Steward);

        (await Post(client, $"/directory/{kind}/edit/{thing.Id}")).MustBe(HttpStatusCode.BadRequest);
        (await Post(client, $"/directory/{kind}/edit/{thing.Id}?handler=Remove")).MustBe(HttpStatusCode.BadRequest);

        Assert.Equal((thing.Name, "Untouched", ""), await Words(kind, thing.Id));
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task The_page_lists_owner_backup_and_members_with_confirmation_and_answers_whom_to_ask(string kind)
    {
        var thing = await Thing(kind, "D", "#c", "s@sc1701d.example");
        await Assigned(kind, thing.Id, await Given.Employee("Mia", "A"), AssignmentRole.Member);
        await Assigned(kind, thing.Id, await Given.Employee("Bo", "B"), AssignmentRole.Backup);
        await Assigned(kind, thing.Id, await Given.Employee("Olga", "C", awayFrom: app.Clock.Today), AssignmentRole.Owner, new DateOnly(2030, 4, 30));
        await Assigned(kind, thing.Id, await Given.Employee("Left", "D", leftOn: app.Clock.Today), AssignmentRole.Owner);
        using var client = await app.SignedInAs(Cast.Employee);

        var page = (await client.PageAsync($"/directory/{kind}/{thing.Id}")).MustBeOk();

        Assert.Equal(["Olga C", "Bo B", "Mia A"], page.Texts("[aria-labelledby=people-title] tbody td:first-child"));
        Assert.Equal(["owner", "backup", "member"], page.Texts("td[data-label=Role]"));
        Assert.Equal(["30/04/2030", "not confirmed", "not confirmed"], page.Texts("td[data-label='Confirmed on']"));
        Assert.Equal($"by {Cast.Steward.Email}", page.All("td[data-label='Confirmed on']")[0].GetAttribute("title"));
        Assert.Equal("Bo B", page.One(".answer-name").Words());
        Assert.Contains("Owner Olga C is away until 15 May; Bo B is backup and at work, 12:00 in Berlin.", page.One(".answer-why").Words(), StringComparison.Ordinal);
        Assert.Empty(page.All("main [role=note]"));
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task What_is_missing_is_said(string kind)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        var bare = await Thing(kind);
        Assert.Equal("Missing: an owner, a backup, a description, a chat channel and stakeholders, who receive its report.",
            (await client.PageAsync($"/directory/{kind}/{bare.Id}")).One("main [role=note]").Words());

        var almost = await Thing(kind, "D", "#c", "s@sc1701d.example");
        await Assigned(kind, almost.Id, await Given.Employee(), AssignmentRole.Owner);
        // A backup who has left is none.
        await Assigned(kind, almost.Id, await Given.Employee(leftOn: app.Clock.Today), AssignmentRole.Backup);
        Assert.Equal("Missing: a backup.", (await client.PageAsync($"/directory/{kind}/{almost.Id}")).One("main [role=note]").Words());
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task A_list_shows_owner_and_people_and_leaves_out_who_has_left(string kind)
    {
        var thing = await Thing(kind, "Its description");
        await Assigned(kind, thing.Id, await Given.Employee("Gone", leftOn: app.Clock.Today), AssignmentRole.Owner);
        using var client = await app.SignedInAs(Cast.Employee);
        var address = $"/directory/{kind}?q={thing.Name}";
        Assert.Equal("no owner", (await client.PageAsync(address)).One("td[data-label=Owner]").Words());

        await Assigned(kind, thing.Id, await Given.Employee("Olga", "Owner"), AssignmentRole.Owner);
        await Assigned(kind, thing.Id, await Given.Employee("Mia"), AssignmentRole.Member);
        var page = (await client.PageAsync(address)).MustBeOk();

        Assert.Equal("Olga Owner", page.One("td[data-label=Owner]").Words());
        Assert.Equal("2", page.One("td[data-label=People]").Words());
        Assert.Equal("Its description", page.One("td[data-label=Description]").Words());
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task A_person_assigned_twice_counts_once(string kind)
    {
        var thing = await Thing(kind);
        var person = await Given.Employee();
        await Assigned(kind, thing.Id, person, AssignmentRole.Owner);
        await app.Database(async db =>
        {
            var other = kind == Products ? (await Given.Repository()).Id : (await Given.Product()).Id;
            db.Add(new Assignment { EmployeeId = person.Id, ProductId = kind == Products ? thing.Id : other, RepositoryId = kind == Products ? other : thing.Id });
            await db.SaveChangesAsync();
        });
        using var client = await app.SignedInAs(Cast.Employee);

        Assert.Equal("1", (await client.PageAsync($"/directory/{kind}?q={thing.Name}")).One("td[data-label=People]").Words());
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task A_list_is_paged_by_fifty_and_filtered_by_parts_of_a_name(string kind)
    {
        var word = Given.Unique("Batch") + "x";
        for (var i = 0; i < 53; i++)
            await Called(kind, $"{word}{i:00}");
        using var client = await app.SignedInAs(Cast.Employee);

        var page = (await client.PageAsync($"/directory/{kind}?q={word}")).MustBeOk();
        Assert.Equal(50, page.All("#results tbody tr").Count);
        Assert.StartsWith("53 ", page.One("#results [role=status]").Words(), StringComparison.Ordinal);
        var second = (await client.PageAsync(page.One("a[aria-label='Next page']").GetAttribute("href")!)).MustBeOk();
        Assert.Equal([$"{word}50", $"{word}51", $"{word}52"], second.Texts("#results tbody td:first-child"));
        // From the middle of the word.
        Assert.Equal([$"{word}17"], (await client.PageAsync($"/directory/{kind}?q={word[3..]}17")).Texts("#results tbody td:first-child"));
        Assert.Contains("Nothing found", (await client.PageAsync($"/directory/{kind}?q=zzqqxxwwkk")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Products)]
    [InlineData(Repositories)]
    public async Task Markup_quotes_and_scripts_in_every_field_are_only_text(string kind)
    {
        const string nasty = "<img src=x>\"'`&amp;{{1}}<script>1</script>";
        using var client = await app.SignedInAs(Cast.Steward);
        var name = Given.Unique("N") + nasty;
        var page = (await (await client.PageAsync($"/directory/{kind}/edit")).Form("Add").Fill("Name", name).Fill("Description", nasty).Fill("Chat channel", nasty).SubmitAsync()).MustBeOk();
        var id = (await Stored(kind, name))!.Id;
        await Assigned(kind, id, await Given.Employee(nasty, nasty, chat: nasty), AssignmentRole.Owner);

        foreach (var address in new[] { page.Path, $"/directory/{kind}/edit/{id}", $"/directory/{kind}?q={Uri.EscapeDataString(name)}", $"/directory?q={Uri.EscapeDataString(name)}", $"/search?q={Uri.EscapeDataString(name)}", $"/directory/report?{kind[..^1].Replace("repositorie", "repository", StringComparison.Ordinal)}={Uri.EscapeDataString(name)}" })
        {
            var seen = (await client.PageAsync(address)).MustBeOk();
            Assert.Contains(name, seen.Document.Body!.TextContent + string.Join(' ', seen.All("main input").Select(input => input.GetAttribute("value"))), StringComparison.Ordinal);
            Assert.Empty(seen.All("main img, main script"));
        }
    }

    [Fact]
    public async Task A_repository_is_given_a_product_and_taken_out_of_it_again()
    {
        var product = await Given.Product();
        var repository = await Given.Repository();
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await (await client.PageAsync($"/directory/repositories/edit/{repository.Id}")).Form("Save").Fill("Product", product.Name.ToUpperInvariant()).SubmitAsync();
        Assert.Contains(product.Name, page.MustBeOk().Texts("[aria-labelledby=facts-title] a"));
        Assert.Contains($"Product {product.Name}", page.All(".history > li")[0].Words(), StringComparison.Ordinal);
        Assert.Contains(repository.Name, (await client.PageAsync($"/directory/products/{product.Id}")).Texts("[aria-labelledby=facts-title] a"));

        var form = (await client.PageAsync($"/directory/repositories/edit/{repository.Id}")).Form("Save");
        Assert.Equal(product.Name, form.Value("Product"));
        (await form.Fill("Product", "").SubmitAsync()).MustBeOk();
        Assert.Null(await app.Database(db => db.Repositories.Where(r => r.Id == repository.Id).Select(r => r.ProductId).SingleAsync()));
    }

    private sealed record Stand(int Id, string Name, List<string> Stakeholders);

    private Task<Stand> Thing(string kind, string description = "", string channel = "", params string[] stakeholders)
        => Called(kind, null, description, channel, stakeholders);

    private async Task<Stand> Called(string kind, string? name, string description = "", string channel = "", params string[] stakeholders)
    {
        if (kind == Products)
        {
            var product = await Given.Product(name, description, channel, stakeholders);
            return new Stand(product.Id, product.Name, product.Stakeholders);
        }

        var repository = await Given.Repository(name, null, description, channel, stakeholders);
        return new Stand(repository.Id, repository.Name, repository.Stakeholders);
    }

    private Task<Assignment> Assigned(string kind, int id, Employee person, AssignmentRole role = AssignmentRole.Owner, DateOnly? confirmedOn = null)
        => app.Database(async db =>
        {
            var assignment = new Assignment { EmployeeId = person.Id, ProductId = kind == Products ? id : null, RepositoryId = kind == Products ? null : id, Role = role };
            if (confirmedOn is { } day)
                assignment.Confirm(day, Cast.Steward.Email);
            db.Add(assignment);
            await db.SaveChangesAsync();
            return assignment;
        });

    private Task<Stand?> Stored(string kind, string name)
    {
        var key = TextKey.Name(name);
        return app.Database(db => kind == Products
            ? db.Products.Where(p => p.NameKey == key).Select(p => new Stand(p.Id, p.Name, p.Stakeholders)).SingleOrDefaultAsync()
            : db.Repositories.Where(r => r.NameKey == key).Select(r => new Stand(r.Id, r.Name, r.Stakeholders)).SingleOrDefaultAsync());
    }

    private async Task<(string Name, string Description, string Channel)> Words(string kind, int id)
    {
        var words = await app.Database(db => kind == Products
            ? db.Products.Where(p => p.Id == id).Select(p => new { p.Name, p.Description, p.ChatChannel }).SingleAsync()
            : db.Repositories.Where(r => r.Id == id).Select(r => new { r.Name, r.Description, r.ChatChannel }).SingleAsync());
        return (words.Name, words.Description, words.ChatChannel);
    }

    private static Task<Page> Post(HttpClient client, string address, string? token = null)
        => client.PageAsync(new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["Input.Name"] = "Forged", ["__RequestVerificationToken"] = token ?? "" }),
        }, follow: false);
}
