using System.Net;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Directory;

public sealed class PersonPagesTests(RunningApp app) : IClassFixture<RunningApp>
{
    private Given Given => app.Given;

    [Fact]
    public async Task A_steward_adds_an_employee_who_is_then_shown_and_found()
    {
        var place = await Given.Location(city: Given.Unique("Riga"), country: "Latvia", region: "Baltics");
        var boss = await Given.Employee("Bea", Given.Unique("Boss"));
        var last = Given.Unique("Bērziņš");
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await (await client.PageAsync("/directory/people/edit")).MustBeOk().Form("Add").Fill("First name", " Jānis ").Fill("Last name", last)
            .Fill("Email ID", " Janis@SC1701D.example ").Fill("Chat user name", "janis").Fill("Number (EmpId)", $"J-{last.Length}-{Given.Unique("x")}").Fill("Manager", boss.EmailId)
            .Fill("Title", "Systems Analyst").Fill("Location", $"{place.City}, Latvia").SubmitAsync();

        Assert.Matches("^/directory/people/[0-9]+$", page.MustBeOk().Path);
        Assert.Equal($"Jānis {last}", page.One("h1").Words());
        Assert.Equal("Systems Analyst", page.One(".page-subtitle").Words());
        Assert.Contains("Added.", page.One("#toasts").Words(), StringComparison.Ordinal);
        var facts = Facts(page);
        Assert.Equal($"{place.City}, Latvia (Baltics)", facts["Place"]);
        Assert.Equal(boss.FullName, facts["Manager"]);
        Assert.StartsWith("Janis@SC1701D.example", facts["Address"], StringComparison.Ordinal);
        Assert.StartsWith("@janis", facts["Chat"], StringComparison.Ordinal);
        Assert.Equal([$"Jānis {last}"], (await client.PageAsync($"/search?q=janis {TextKey.Fold(last)}")).Texts(".hit-name"));
        Assert.Equal(["Added"], page.Texts(".history-head strong"));
    }

    [Fact]
    public async Task A_change_is_kept_told_in_the_history_and_leaves_the_rest_alone()
    {
        var person = await Given.Employee("Old", originalTitle: "Sr. Software Eng.", managerEmpId: null);
        var assignment = await Given.Assignment(person);
        var before = await Stored(person.Id);
        using var client = await app.SignedInAs(Cast.Steward);
        var form = (await client.PageAsync($"/directory/people/edit/{person.Id}")).MustBeOk().Form("Save");
        Assert.Equal((person.FirstName, person.LastName, person.EmailId, person.ChatUserName), (form.Value("First name"), form.Value("Last name"), form.Value("Email ID"), form.Value("Chat user name")));
        Assert.Equal((person.EmpId, "", "", ""), (form.Value("Number (EmpId)"), form.Value("Manager"), form.Value("Substitute"), form.Value("Last day at the company")));

        var page = await form.Fill("First name", "New").Fill("Title", "QA Engineer").SubmitAsync();

        Assert.Equal($"/directory/people/{person.Id}", page.MustBeOk().Path);
        var entry = page.All(".history > li")[0].Words();
        Assert.Contains($"Changed by {Cast.Steward.Email}", entry, StringComparison.Ordinal);
        Assert.Contains("First name Old New", entry, StringComparison.Ordinal);
        Assert.Contains("Title Software Engineer QA Engineer", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("Last name", entry, StringComparison.Ordinal);
        var after = await Stored(person.Id);
        Assert.Equal((before.LastName, before.EmailId, before.EmpId, before.OriginalTitle, before.LocationId, before.LeftOn), (after.LastName, after.EmailId, after.EmpId, after.OriginalTitle, after.LocationId, after.LeftOn));
        Assert.Equal(person.Id, await app.Database(db => db.Assignments.Where(a => a.Id == assignment.Id).Select(a => a.EmployeeId).SingleAsync()));
        Assert.Equal("Sr. Software Eng.", Facts(page)["Title as imported"]);
    }

    [Theory]
    [InlineData("First name", "", "A first name is needed.")]
    [InlineData("Last name", "  ", "A last name is needed.")]
    [InlineData("First name", "x*101", "At most 100 characters.")]
    [InlineData("Last name", "x*10000", "At most 100 characters.")]
    [InlineData("First name", "bell\u0007", "A name is one line without control characters.")]
    [InlineData("Email ID", "", "An address is needed.")]
    [InlineData("Email ID", "nobody@localhost", "'nobody@localhost' is not an e-mail address.")]
    [InlineData("Chat user name", "x*101", "At most 100 characters.")]
    [InlineData("Number (EmpId)", "", "An employee needs a number.")]
    [InlineData("Number (EmpId)", "x*33", "At most 32 characters.")]
    [InlineData("Manager", "nobody anywhere zzq", "Nobody is found by that number, address or name.")]
    [InlineData("Manager", "%", "Say who: number, address or name.")]
    [InlineData("Substitute", "nobody anywhere zzq", "Nobody is found by that number, address or name.")]
    [InlineData("First day", "2030-05-20", "An absence has a first and a last day.", "Last day")]
    [InlineData("Last day", "2030-05-20", "An absence has a first and a last day.", "First day")]
    [InlineData("Location", "", "Choose a location.")]
    public async Task Bad_input_is_told_at_its_field_and_nothing_typed_is_lost(string field, string value, string message, string? at = null)
    {
        var person = await Given.Employee("Kept");
        using var client = await app.SignedInAs(Cast.Steward);
        var typed = value.StartsWith("x*", StringComparison.Ordinal) ? new string('x', int.Parse(value[2..], null)) : value;
        var form = (await client.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save").Fill("Chat user name", "typed");
        if (field == "Substitute")
            form.Fill("First day", "2030-05-20").Fill("Last day", "2030-05-21");

        var page = (await form.Fill(field, typed).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, page.FieldError(at ?? field));
        Assert.Equal(typed, page.Form("Save").Value(field));
        if (field != "Chat user name")
            Assert.Equal("typed", page.Form("Save").Value("Chat user name"));
        var stored = await Stored(person.Id);
        Assert.Equal((person.FirstName, person.LastName, person.EmailId, person.ChatUserName, person.Version), (stored.FirstName, stored.LastName, stored.EmailId, stored.ChatUserName, stored.Version));
    }

    [Fact]
    public async Task An_absence_cannot_end_before_it_begins_and_a_substitute_needs_one()
    {
        var person = await Given.Employee();
        var other = await Given.Employee();
        using var client = await app.SignedInAs(Cast.Steward);
        var address = $"/directory/people/edit/{person.Id}";

        var order = await (await client.PageAsync(address)).Form("Save").Fill("First day", "2030-05-20").Fill("Last day", "2030-05-19").SubmitAsync();
        Assert.Equal("An absence can't end before it begins.", order.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Last day"));
        var without = await (await client.PageAsync(address)).Form("Save").Fill("Substitute", other.EmailId).SubmitAsync();
        Assert.Equal("A substitute stands in for an absence: say from when to when.", without.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("First day"));
        var self = await (await client.PageAsync(address)).Form("Save").Fill("First day", "2030-05-20").Fill("Last day", "2030-05-20").Fill("Substitute", person.EmpId).SubmitAsync();
        Assert.Equal("Nobody can be their own substitute.", self.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Substitute"));
        Assert.Null((await Stored(person.Id)).AwayFrom);
    }

    [Theory]
    [InlineData("/directory/people/edit", "Add")]
    [InlineData(null, "Save")]
    public async Task A_number_that_is_taken_is_told_at_its_field_leading_zeros_or_not(string? address, string button)
    {
        var taken = await Given.Employee();
        var person = await Given.Employee();
        var place = await Given.Location(city: Given.Unique("City"));
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await (await client.PageAsync(address ?? $"/directory/people/edit/{person.Id}")).Form(button).Fill("First name", "A").Fill("Last name", "Typed").Fill("Email ID", "a@sc1701d.example")
            .Fill("Location", $"{place.City}, Germany").Fill("Number (EmpId)", $"00{taken.EmpId}").SubmitAsync();

        Assert.Equal("Another employee has this number.", page.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Number (EmpId)"));
        Assert.Equal("Typed", page.Form(button).Value("Last name"));
        Assert.Equal(person.EmpId, (await Stored(person.Id)).EmpId);
    }

    [Fact]
    public async Task Of_two_stewards_who_change_one_person_the_second_is_told_and_overwrites_nothing()
    {
        var person = await Given.Employee("Before");
        using var stella = await app.SignedInAs(Cast.Steward);
        using var ada = await app.SignedInAs(Cast.Administrator);
        var first = (await stella.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save");
        var second = (await ada.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save");
        (await first.Fill("First name", "Stellas").SubmitAsync()).MustBeOk();

        var page = (await second.Fill("Last name", "Adas").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed this person in the meantime. What is stored now stands beside each field that differs; saving again puts what stands in the fields in its place.", page.Text, StringComparison.Ordinal);
        Assert.Equal("Adas", page.Form("Save").Value("Last name"));
        var stored = await Stored(person.Id);
        Assert.Equal(("Stellas", person.LastName), (stored.FirstName, stored.LastName));
        Assert.Equal(["now: Stellas", $"now: {person.LastName}"], page.Texts("[id$='-now']"));
        (await page.Form("Save").Fill("First name", "Stellas").SubmitAsync()).MustBeOk();
        stored = await Stored(person.Id);
        Assert.Equal(("Stellas", "Adas"), (stored.FirstName, stored.LastName));
    }

    [Fact]
    public async Task A_manager_who_has_left_or_is_not_in_the_directory_stays_when_something_else_changes()
    {
        var gone = await Given.Employee(leftOn: app.Clock.Today);
        using var client = await app.SignedInAs(Cast.Steward);
        foreach (var manager in new[] { gone.EmpId, "M-4711" })
        {
            var person = await Given.Employee(managerEmpId: manager);

            (await (await client.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save").Fill("Chat user name", "changed").SubmitAsync()).MustBeOk();

            var stored = await Stored(person.Id);
            Assert.Equal((manager, "changed"), (stored.ManagerEmpId, stored.ChatUserName));
        }
    }

    [Fact]
    public async Task A_substitute_who_has_left_stays_named_when_something_else_changes()
    {
        var gone = await Given.Employee(leftOn: app.Clock.Today);
        var person = await Given.Employee(awayFrom: app.Clock.Today, awayUntil: app.Clock.Today.AddDays(3), substitute: gone);
        using var client = await app.SignedInAs(Cast.Steward);

        (await (await client.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save").Fill("Chat user name", "changed").SubmitAsync()).MustBeOk();

        var stored = await Stored(person.Id);
        Assert.Equal(gone.Id, stored.SubstituteId);
        Assert.Equal("changed", stored.ChatUserName);
    }

    [Fact]
    public async Task The_manager_is_found_whatever_zeros_the_file_dropped()
    {
        var boss = await Given.Employee("Bea", empId: "00004242");
        var person = await Given.Employee(managerEmpId: "4242");
        using var client = await app.SignedInAs(Cast.Employee);

        var page = await client.PageAsync($"/directory/people/{person.Id}");

        Assert.Equal(boss.FullName, Facts(page)["Manager"]);
        Assert.Contains($"/directory/people/{boss.Id}", page.All(".facts a").Select(link => link.GetAttribute("href")));
        Assert.Equal("no. M-1 (not in the directory)", Facts(await client.PageAsync($"/directory/people/{(await Given.Employee(managerEmpId: "M-1")).Id}"))["Manager"]);
        Assert.Equal("not known", Facts(await client.PageAsync($"/directory/people/{boss.Id}"))["Manager"]);
    }

    [Fact]
    public async Task Being_away_is_entered_shown_and_taken_back()
    {
        var person = await Given.Employee();
        var substitute = await Given.Employee("Sue");
        var product = await Given.Product();
        await Given.Assignment(person, product);
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await (await client.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save").Fill("First day", "2030-05-13").Fill("Last day", "2030-05-17").Fill("Substitute", substitute.EmpId).SubmitAsync();

        Assert.Contains("away", Facts(page.MustBeOk())["Local time"], StringComparison.Ordinal);
        Assert.Equal("13/05/2030 to 17/05/2030", Facts(page)["Away"]);
        Assert.Equal(substitute.FullName, Facts(page)["Substitute"]);
        Assert.Contains($"Substitute {substitute.FullName}", page.All(".history > li")[0].Words(), StringComparison.Ordinal);
        Assert.Equal($"Owner {person.FullName} is away until 17 May; {substitute.FullName} stands in and is at work, 12:00 in Berlin.",
            (await client.PageAsync($"/directory?product={product.Name}")).One(".answer-why").Words());

        (await (await client.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save").Fill("First day", "").Fill("Last day", "").Fill("Substitute", "").SubmitAsync()).MustBeOk();
        Assert.Null((await Stored(person.Id)).SubstituteId);
        Assert.Equal(person.FullName, (await client.PageAsync($"/directory?product={product.Name}")).One(".answer-name").Words());
    }

    [Fact]
    public async Task A_substitute_who_leaves_later_still_stands_in_and_one_who_has_left_does_not()
    {
        var product = await Given.Product();
        var soon = await Given.Employee("Soon", leftOn: app.Clock.Today.AddDays(1));
        await Given.Assignment(await Given.Employee("Olga", awayFrom: app.Clock.Today, awayUntil: app.Clock.Today.AddDays(9), substitute: soon), product);
        using var client = await app.SignedInAs(Cast.Employee);
        Assert.Equal(soon.FullName, (await client.PageAsync($"/directory?product={product.Name}")).One(".answer-name").Words());

        await app.Database(async db =>
        {
            (await db.Employees.FindAsync(soon.Id))!.LeftOn = app.Clock.Today;
            await db.SaveChangesAsync();
        });

        Assert.StartsWith("Olga", (await client.PageAsync($"/directory?product={product.Name}")).One(".answer-name").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_takes_a_person_out_of_answers_lists_and_suggestions_but_not_out_of_history()
    {
        var person = await Given.Employee("Leaver", Given.Unique("Gone") + "x");
        var product = await Given.Product();
        await Given.Assignment(person, product);
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await (await client.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save").Fill("Last day at the company", "2030-05-15").SubmitAsync();

        Assert.Contains("Left on 15/05/2030: no longer given as an answer.", page.MustBeOk().One("main .alert").Words(), StringComparison.Ordinal);
        Assert.Contains("Left on 2030-05-15", page.All(".history > li")[0].Words().Replace("05/15/2030", "2030-05-15", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal([product.Name], page.Texts("td[data-label=Product]"));
        Assert.Contains("Nobody is assigned", (await client.PageAsync($"/directory?product={product.Name}")).Text, StringComparison.Ordinal);
        Assert.Empty((await client.PageAsync($"/search/suggestions?q={person.LastName}")).All("[role=option]"));
        Assert.Empty((await client.PageAsync($"/directory?q={person.LastName}")).All("#results tbody tr"));
        Assert.Empty((await client.PageAsync($"/directory/people/options?q={person.LastName}")).All("option"));

        // Tomorrow is not yet.
        (await (await client.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save").Fill("Last day at the company", "2030-05-16").SubmitAsync()).MustBeOk();
        Assert.Contains("Leaves on 16/05/2030.", (await client.PageAsync($"/directory/people/{person.Id}")).One("main .alert").Words(), StringComparison.Ordinal);
        Assert.Single((await client.PageAsync($"/directory?q={person.LastName}")).All("#results tbody tr"));
    }

    [Fact]
    public async Task What_is_missing_about_a_person_is_said()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        var bare = await Given.Employee(title: null, chat: "", originalTitle: "Wizard");
        Assert.Equal("Missing: a standard title, a chat user name and a manager.", (await client.PageAsync($"/directory/people/{bare.Id}")).One("main [role=note]").Words());
        Assert.Contains("Wizard (not one of the standard titles)", (await client.PageAsync($"/directory/people/{bare.Id}")).One(".page-subtitle").Words(), StringComparison.Ordinal);

        var whole = await Given.Employee(managerEmpId: bare.EmpId);
        Assert.Empty((await client.PageAsync($"/directory/people/{whole.Id}")).All("main [role=note]"));
    }

    [Fact]
    public async Task Only_stewards_change_people()
    {
        var person = await Given.Employee();
        using var emma = await app.SignedInAs(Cast.Employee);
        using var stranger = app.Anonymous();
        foreach (var address in new[] { "/directory/people/edit", $"/directory/people/edit/{person.Id}" })
        {
            (await emma.PageAsync(address)).MustBe(HttpStatusCode.Forbidden);
            using var content = new FormUrlEncodedContent([]);
            using var post = await emma.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
            Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(address, follow: false)).RedirectsTo, StringComparison.Ordinal);
        }

        Assert.Empty((await emma.PageAsync($"/directory/people/{person.Id}")).MustBeOk().All("main a[href*='/edit']"));
        Assert.Equal(person.Version, (await Stored(person.Id)).Version);
    }

    [Fact]
    public async Task Who_does_not_exist_is_not_found()
    {
        using var client = await app.SignedInAs(Cast.Steward);
        foreach (var id in new[] { "2147483647", "0", "-1", "x", "99999999999" })
        {
            (await client.PageAsync($"/directory/people/{id}")).MustBe(HttpStatusCode.NotFound);
            (await client.PageAsync($"/directory/people/edit/{id}")).MustBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task The_options_of_a_field_name_people_here_by_what_was_typed()
    {
        var person = await Given.Employee("Opal", Given.Unique("Option") + "x", title: "Data Scientist");
        using var client = await app.SignedInAs(Cast.Employee);

        var page = (await client.PageAsync($"/directory/people/options?Input.Person={person.LastName}")).MustBeOk();

        Assert.Equal((person.EmailId, $"{person.FullName}, Data Scientist, Berlin"), (page.One("option").GetAttribute("value"), page.One("option").Words()));
        Assert.Empty((await client.PageAsync("/directory/people/options")).MustBeOk().All("option"));
        Assert.Empty((await client.PageAsync("/directory/people/options?x=" + new string('y', 5000))).MustBeOk().All("option"));
    }

    [Fact]
    public async Task A_person_as_long_as_the_fields_allow_is_saved()
    {
        var place = await Given.Location(city: Given.Unique("City"));
        using var client = await app.SignedInAs(Cast.Steward);
        // Letters that grow when they are folded for sorting.
        var page = await (await client.PageAsync("/directory/people/edit")).Form("Add").Fill("First name", new string('ß', 100)).Fill("Last name", new string('각', 100))
            .Fill("Email ID", $"{new string('a', 60)}@{string.Join('.', Enumerable.Repeat(new string('b', 60), 3))}.example").Fill("Chat user name", new string('c', 100))
            .Fill("Number (EmpId)", Given.Unique(new string('9', 20))).Fill("Location", $"{place.City}, Germany").SubmitAsync();

        Assert.Equal($"{new string('ß', 100)} {new string('각', 100)}", page.MustBeOk().One("h1").Words());
        var key = await app.Database(db => db.Employees.OrderByDescending(e => e.Id).Select(e => new { First = e.FirstNameKey.Length, Last = e.LastNameKey.Length }).FirstAsync());
        Assert.True(key is { First: <= 120, Last: <= 120 }, $"{key}");
    }

    private static Dictionary<string, string> Facts(Page page)
        => page.MustBeOk().All(".facts > div").ToDictionary(fact => fact.QuerySelector("dt")!.Words(), fact => fact.QuerySelector("dd")!.Words());

    private Task<Employee> Stored(int id) => app.Database(db => db.Employees.AsNoTracking().SingleAsync(e => e.Id == id));
}
