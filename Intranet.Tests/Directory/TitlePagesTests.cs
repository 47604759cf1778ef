using System.Net;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Directory;

/// <summary>The steward's page of titles: what no rule knows, and the rules.</summary>
public sealed class TitlePagesTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string Url = "/directory/titles";

    private async Task<Page> OpenAsync(string url = Url) => (await (await app.SignedInAs(Cast.Steward)).PageAsync(url)).MustBeOk();

    private Task<string?> TitleOfAsync(Employee employee) => app.Database(db => db.Employees.Where(e => e.Id == employee.Id).Select(e => e.Title!.Name).FirstOrDefaultAsync());

    private Task<Employee> WithTitleAsync(string original) => app.Given.Employee(title: null, originalTitle: original);

    // A word that looks like nothing else, in letters alone so that likeness isn't measured on digits.
    private static string Odd() => "Zq" + string.Concat(Given.Unique("").Select(digit => (char)('k' + (digit - '0')))) + " Wrangler";

    private static string Row(Page page, string original) => page.All("#unmapped tbody tr").Single(row => row.Words().StartsWith(original, StringComparison.Ordinal)).Words();

    [Fact]
    public async Task An_unmapped_title_is_listed_with_its_people_and_what_it_looks_like()
    {
        var odd = Odd();
        await WithTitleAsync(odd);
        await WithTitleAsync(odd.ToUpperInvariant());
        await WithTitleAsync(odd);
        await WithTitleAsync("Senior Frontent Developer");
        await app.Given.Employee(title: null, originalTitle: "Left Wrangler", leftOn: app.Clock.Today.AddDays(-1));

        var page = await OpenAsync();

        Assert.StartsWith($"{odd} 3 Choose …", Row(page, odd), StringComparison.Ordinal);
        Assert.Equal("Choose …", page.One($"[aria-label='Standard title for {odd}']").QuerySelector("option[selected]")?.Words() ?? "Choose …");
        Assert.Equal("Frontend Developer", page.One("[aria-label='Standard title for Senior Frontent Developer']").QuerySelector("option[selected]")!.Words());
        Assert.DoesNotContain("Left Wrangler", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_is_accepted_with_one_click_and_everybody_with_that_title_gets_it()
    {
        var one = await WithTitleAsync("Backent Developper");
        var other = await WithTitleAsync("BACKENT  DEVELOPPER");
        var byHand = await app.Given.Employee(title: "Product Manager", originalTitle: "Backent Developper");
        var before = await app.Database(db => db.Employees.Where(e => e.Id == one.Id).Select(e => e.Version).SingleAsync());

        var page = await (await OpenAsync()).Form("Map Backent Developper").SubmitAsync();

        Assert.Equal("Backent Developper is Backend Developer now. 2 people have another standard title.", page.One("[data-toast] > span").Words());
        Assert.DoesNotContain("Backent", string.Concat(page.Texts("#unmapped tbody tr")), StringComparison.Ordinal);
        Assert.Equal(("Backend Developer", "Backend Developer", "Product Manager"), (await TitleOfAsync(one), await TitleOfAsync(other), await TitleOfAsync(byHand)));
        Assert.NotEqual(before, await app.Database(db => db.Employees.Where(e => e.Id == one.Id).Select(e => e.Version).SingleAsync()));
        Assert.True(await app.Database(db => db.AuditEntries.AnyAsync(entry => entry.Action == "standardised" && entry.Actor == Cast.Steward.Email && entry.Details!.Contains("Backent"))));

        await page.Form("Undo").SubmitAsync();
        Assert.Null(await TitleOfAsync(one));
        Assert.Equal("Product Manager", await TitleOfAsync(byHand));
    }

    [Fact]
    public async Task Another_title_than_the_proposed_one_can_be_chosen()
    {
        var person = await WithTitleAsync("Netwerk Engineer");

        await (await OpenAsync()).Form("Map Netwerk Engineer").Fill("Standard title for Netwerk Engineer", "Cloud Architect").SubmitAsync();

        Assert.Equal("Cloud Architect", await TitleOfAsync(person));
    }

    [Fact]
    public async Task All_that_are_chosen_are_mapped_together_and_the_others_stay_unmapped()
    {
        await using var own = await RunningApp.StartAsync();
        var people = new[] { "Tehnical Writer", "Sistems Analyst", "Beekeeper" };
        foreach (var title in people)
            await own.Given.Employee(title: null, originalTitle: title);
        using var client = await own.SignedInAs(Cast.Steward);

        var page = await (await client.PageAsync(Url)).Form("Map all that are chosen above").SubmitAsync();

        Assert.Equal("2 titles are mapped now. 2 people have another standard title.", page.One("[data-toast] > span").Words());
        Assert.Equal(["Beekeeper"], page.Texts("#unmapped tbody .title-text"));
        Assert.Equal("Unmapped: Beekeeper", "Unmapped: " + await own.Database(db => db.Employees.Where(e => e.TitleId == null).Select(e => e.OriginalTitle).SingleAsync()));
        var none = await page.Form("Map Beekeeper").SubmitAsync();
        Assert.Contains("Choose a standard title first.", none.MustBe(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gets_a_title_that_neither_a_rule_nor_a_person_gave()
    {
        var person = await WithTitleAsync("Sofware Enginer");

        await OpenAsync();

        Assert.Null(await TitleOfAsync(person));
        Assert.Contains("Sofware Enginer (unmapped)", (await OpenAsync($"/directory?q={person.EmpId}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_is_tried_first_then_added_changed_and_removed_and_people_follow()
    {
        var word = Odd().Split(' ')[0];
        var person = await WithTitleAsync($"Head of {word} things");

        var tried = await (await OpenAsync()).Form("Try").Fill("Imported title or pattern", $"*{word}*").Fill("Standard title", "Data Scientist").SubmitAsync();
        Assert.Contains("1 person would get another standard title. Nothing is saved yet.", tried.Text, StringComparison.Ordinal);
        Assert.Null(await TitleOfAsync(person));
        Assert.False(await app.Database(db => db.TitleMappings.AnyAsync(rule => rule.Original == $"*{word}*")));

        await tried.Form("Add").SubmitAsync();
        Assert.Equal("Data Scientist", await TitleOfAsync(person));
        var rule = await app.Database(db => db.TitleMappings.SingleAsync(r => r.Original == $"*{word}*"));
        Assert.Equal(await app.Database(db => db.TitleMappings.MaxAsync(r => r.Position)), rule.Position);

        var change = await OpenAsync($"{Url}?edit={rule.Id}");
        Assert.Equal($"*{word}*", change.Form("Save").Value("Imported title or pattern"));
        await change.Form("Save").Fill("Standard title", "AI Researcher").SubmitAsync();
        Assert.Equal("AI Researcher", await TitleOfAsync(person));

        var list = await OpenAsync($"{Url}?q={word}");
        Assert.Equal([$"*{word}* pattern AI Researcher {rule.Position}"], list.All("#rules tbody tr").Select(row => string.Join(' ', row.Children.Take(4).Select(cell => cell.Words()))));
        var removed = await list.Form($"Remove *{word}").SubmitAsync();
        Assert.Equal("Removed. 1 person has another standard title.", removed.One("[data-toast] > span").Words());
        Assert.Null(await TitleOfAsync(person));
        await removed.Form("Undo").SubmitAsync();
        Assert.Equal("AI Researcher", await TitleOfAsync(person));
        Assert.Equal(rule.Position, await app.Database(db => db.TitleMappings.Where(r => r.Original == $"*{word}*").Select(r => r.Position).SingleAsync()));
    }

    [Fact]
    public async Task The_pattern_with_the_lowest_order_decides_and_an_exact_rule_before_all()
    {
        var word = Odd().Split(' ')[0];
        var (plain, exact) = (await WithTitleAsync($"{word} one"), await WithTitleAsync($"{word} two"));
        var form = (await OpenAsync()).Form("Add");
        await form.Fill("Imported title or pattern", $"{word}*").Fill("Standard title", "QA Engineer").Fill("Order", "900").SubmitAsync();
        await form.Fill("Imported title or pattern", $"*{word}*").Fill("Standard title", "Technical Writer").Fill("Order", "800").SubmitAsync();
        await form.Fill("Imported title or pattern", $"{word} two").Fill("Standard title", "Systems Analyst").Fill("Order", "").SubmitAsync();

        Assert.Equal(("Technical Writer", "Systems Analyst"), (await TitleOfAsync(plain), await TitleOfAsync(exact)));
        var rules = (await OpenAsync($"{Url}?q={word}")).Texts("#rules .title-text");
        Assert.Equal([$"{word} two", $"*{word}*", $"{word}*"], rules);
    }

    [Theory]
    [InlineData("", "QA Engineer", "Enter an imported title, or a pattern.")]
    [InlineData(" * * ", "QA Engineer", "this would catch every title")]
    [InlineData("Something", "", "Choose a standard title.")]
    public async Task A_rule_that_says_nothing_is_refused_at_its_field(string original, string title, string message)
    {
        var rules = await app.Database(db => db.TitleMappings.CountAsync());

        var page = await (await OpenAsync()).Form("Add").Fill("Imported title or pattern", original).Fill("Standard title", title).SubmitAsync();

        page.MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains(page.Errors, error => error.Contains(message, StringComparison.Ordinal));
        Assert.Equal(rules, await app.Database(db => db.TitleMappings.CountAsync()));
    }

    [Fact]
    public async Task A_second_rule_for_the_same_text_is_refused_also_in_another_case_and_too_long_ones_are()
    {
        var word = Odd();
        var form = (await OpenAsync()).Form("Add");
        (await form.Fill("Imported title or pattern", word).Fill("Standard title", "QA Engineer").SubmitAsync()).MustBeOk();

        var twice = await form.Fill("Imported title or pattern", $"  {word.ToUpperInvariant()} ").SubmitAsync();
        Assert.Equal("There is a rule for this already. Change that one instead.", twice.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Imported title or pattern"));
        var tooLong = await form.Fill("Imported title or pattern", new string('ß', 150)).SubmitAsync();
        Assert.Equal("This is too long. Shorten it.", tooLong.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Imported title or pattern"));
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("'; DELETE FROM TitleMappings; --")]
    public async Task Markup_and_sql_in_a_title_are_text(string evil)
    {
        var person = await WithTitleAsync(evil);

        var page = await OpenAsync();
        Assert.Contains(evil, page.Texts("#unmapped .title-text"));
        await page.Form($"Map {evil}").Fill($"Standard title for {evil}", "QA Engineer").SubmitAsync();

        Assert.Equal("QA Engineer", await TitleOfAsync(person));
        var rules = await OpenAsync($"{Url}?q={Uri.EscapeDataString(evil)}");
        Assert.Equal([evil], rules.Texts("#rules .title-text"));
        Assert.Empty(rules.All("main img"));
    }

    [Fact]
    public async Task A_title_that_was_cleared_by_hand_is_a_decision_and_not_listed()
    {
        await app.Given.Employee(title: null, originalTitle: "UX/UI Designer");

        Assert.DoesNotContain("UX/UI Designer", (await OpenAsync()).Texts("#unmapped .title-text"));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found_and_what_is_gone_already_is_removed()
    {
        using var client = await app.SignedInAs(Cast.Steward);
        (await client.PageAsync($"{Url}?edit=999999")).MustBe(HttpStatusCode.NotFound);
        (await client.PageAsync($"{Url}?pageNumber=0")).MustBe(HttpStatusCode.UnprocessableEntity);
        var word = Odd();
        var page = await (await OpenAsync()).Form("Add").Fill("Imported title or pattern", word).Fill("Standard title", "QA Engineer").SubmitAsync();
        var list = await OpenAsync($"{Url}?q={word}");
        await list.Form($"Remove {word}").SubmitAsync();
        (await list.Form($"Remove {word}").SubmitAsync()).MustBeOk();
    }

    [Fact]
    public async Task Only_stewards_map_titles()
    {
        var person = await WithTitleAsync("Grapfic Dezigner");
        var form = (await OpenAsync()).Form("Map Grapfic Dezigner").Fill("Standard title for Grapfic Dezigner", "UX/UI Designer");
        using var employee = await app.SignedInAs(Cast.Employee);
        (await employee.PageAsync(Url)).MustBe(HttpStatusCode.Forbidden);
        using var content = new FormUrlEncodedContent([new("Choices[0].Original", "Grapfic Dezigner"), new("Choices[0].TitleId", "1"), new("row", "0")]);
        using var forbidden = await employee.PostAsync(new Uri($"{Url}?handler=Map", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var steward = await app.SignedInAs(Cast.Steward);
        using var again = new FormUrlEncodedContent([new("Choices[0].Original", "Grapfic Dezigner"), new("Choices[0].TitleId", "1"), new("row", "0")]);
        using var forged = await steward.PostAsync(new Uri($"{Url}?handler=Map", UriKind.Relative), again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Null(await TitleOfAsync(person));

        await form.SubmitAsync();
        Assert.Equal("UX/UI Designer", await TitleOfAsync(person));
    }

    [Fact]
    public async Task The_page_asks_the_database_as_often_for_many_titles_as_for_one()
    {
        var queries = new QueryCounter();
        await using var own = await RunningApp.StartAsync(options => options.Services = queries.Listen);
        using var client = await own.SignedInAs(Cast.Steward);
        await own.Given.Employee(title: null, originalTitle: "Beekeeper");
        var few = await queries.OfPageAsync(client, Url);
        var place = await own.Given.Location();
        for (var i = 0; i < 30; i++)
            await own.Given.Employee(title: null, originalTitle: Odd(), location: place);

        Assert.Equal(few, await queries.OfPageAsync(client, Url));
        Assert.InRange(few, 4, 9);
        Assert.Equal(25, (await client.PageAsync(Url)).All("#unmapped tbody tr").Count);
        Assert.Equal(6, (await client.PageAsync(Url + "?pageNumber=2")).All("#unmapped tbody tr").Count);
    }

    [Fact]
    public async Task A_steward_maps_a_title_in_the_browser()
    {
        await WithTitleAsync("Cybersecurty Analist");
        foreach (var (dark, phone) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            await Browser.VisitAsync(app, Cast.Steward, async page =>
            {
                await page.GotoAsync(Url);
                await page.AxeAsync();
                await page.FitsTheWidthAsync();
            }, dark, phone);
        }

        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync(Url);
            await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Map Cybersecurty Analist" }).ClickAsync();
            await Microsoft.Playwright.Assertions.Expect(page.GetByText("Cybersecurty Analist is Cybersecurity Analyst now.")).ToBeVisibleAsync();
        });
    }
}
