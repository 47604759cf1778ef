using System.Net;
using Intranet.Data.Directory;

namespace Intranet.Tests.Directory;

/// <summary>People without a product or repository: listed until somebody decides.</summary>
public sealed class UnassignedPageTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string Url = "/directory/unassigned";

    private async Task<Page> OpenAsync(string query = "") => (await (await app.SignedInAs(Cast.Steward)).PageAsync(Url + query)).MustBeOk();

    private static IReadOnlyList<string> Names(Page page) => page.Texts("#results tbody td:first-child");

    [Fact]
    public async Task Only_people_still_here_who_are_assigned_to_nothing_are_listed()
    {
        var city = Given.Unique("City");
        var place = await app.Given.Location(city: city);
        await app.Given.Employee("Una", "Signed", location: place);
        await app.Given.Assignment(await app.Given.Employee("Prue", "Duct", location: place));
        await app.Given.Assignment(await app.Given.Employee("Rae", "Po", location: place), repository: await app.Given.Repository(), role: AssignmentRole.Member);
        await app.Given.Employee("Lea", "Ver", location: place, leftOn: app.Clock.Today);
        await app.Given.Employee("Soon", "Gone", location: place, leftOn: app.Clock.Today.AddDays(1));

        var page = await OpenAsync($"?city={city}");

        Assert.Equal(["Soon Gone", "Una Signed"], Names(page));
        Assert.Equal("2 people", page.One("#results .results-count").Words());
    }

    [Fact]
    public async Task Assign_opens_the_form_for_that_person_and_comes_back_without_them()
    {
        var city = Given.Unique("City");
        var person = await app.Given.Employee("Wanda", "Waits", location: await app.Given.Location(city: city));
        var product = await app.Given.Product();
        var page = await OpenAsync($"?city={city}");

        var form = (await page.Client.PageAsync(page.One("a[aria-label='Assign Wanda Waits']").GetAttribute("href")!)).MustBeOk();
        Assert.Equal(person.EmailId, form.Form("Assign").Value("Person"));
        var back = await form.Form("Assign").Fill("Product", product.Name).SubmitAsync();

        Assert.Equal($"{Url}?city={city}", back.Path);
        Assert.Empty(Names(back));
        Assert.Contains("Nobody found", back.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_and_words_narrow_the_list_together()
    {
        var (region, word) = (Given.Unique("Region"), "Xandra" + new string('y', 3));
        var here = await app.Given.Location(city: Given.Unique("City"), region: region);
        var there = await app.Given.Location(city: Given.Unique("City"), region: region);
        await app.Given.Employee(word, "One", location: here, title: "QA Engineer");
        await app.Given.Employee(word, "Two", location: there, title: "QA Engineer");
        await app.Given.Employee(word, "Three", location: here, title: null, originalTitle: "Beekeeper");
        await app.Given.Employee("Other", "Four", location: here, title: "QA Engineer");

        Assert.Equal(4, Names(await OpenAsync($"?region={region}")).Count);
        Assert.Equal([$"{word} One", $"{word} Three", $"{word} Two"], Names(await OpenAsync($"?region={region}&q=xandra")));
        Assert.Equal([$"{word} One"], Names(await OpenAsync($"?region={region}&q=xandra&city={here.City}&title=QA+Engineer")));
        var untitled = await OpenAsync($"?region={region}&title=none");
        Assert.Equal([$"{word} Three"], Names(untitled));
        Assert.Contains("Beekeeper (unmapped)", untitled.Text, StringComparison.Ordinal);
        Assert.Empty(Names(await OpenAsync($"?region={region}&q=%25")));
    }

    [Fact]
    public async Task The_list_is_paged_with_a_constant_number_of_queries()
    {
        var queries = new QueryCounter();
        await using var own = await RunningApp.StartAsync(options => options.Services = queries.Listen);
        using var client = await own.SignedInAs(Cast.Steward);
        Assert.Contains("Everybody is assigned", (await client.PageAsync(Url)).MustBeOk().Text, StringComparison.Ordinal);
        var place = await own.Given.Location();
        await own.Given.Employee(location: place);
        var one = await queries.OfPageAsync(client, Url);
        for (var i = 0; i < 60; i++)
            await own.Given.Employee(location: place);

        Assert.Equal(one, await queries.OfPageAsync(client, Url));
        Assert.InRange(one, 3, 7);
        Assert.Equal(50, Names(await client.PageAsync(Url)).Count);
        var second = (await client.PageAsync(Url + "?pageNumber=2")).MustBeOk();
        Assert.Equal(11, Names(second).Count);
        // Whoever assigns the last of a page comes back to the page before.
        Assert.Equal(11, Names(await client.PageAsync(Url + "?pageNumber=3")).Count);
    }

    [Fact]
    public async Task Only_stewards_and_administrators_see_it()
    {
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(Url, follow: false)).RedirectsTo, StringComparison.Ordinal);
        using var employee = await app.SignedInAs(Cast.Employee);
        (await employee.PageAsync(Url)).MustBe(HttpStatusCode.Forbidden);
        using var administrator = await app.SignedInAs(Cast.Administrator);
        (await administrator.PageAsync(Url)).MustBeOk();
    }

    [Theory]
    [InlineData("?pageNumber=0")]
    [InlineData("?pageNumber=x")]
    public async Task A_wrong_page_number_is_refused(string query)
    {
        using var client = await app.SignedInAs(Cast.Steward);
        (await client.PageAsync(Url + query)).MustBe(HttpStatusCode.UnprocessableEntity);
        var longQuery = await client.PageAsync($"{Url}?q={new string('x', 201)}");
        Assert.Equal("Search for at most 200 characters.", longQuery.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("q"));
    }

    [Fact]
    public async Task It_passes_axe_in_light_and_dark_on_laptop_and_phone()
    {
        await app.Given.Employee();
        foreach (var (dark, phone) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            await Browser.VisitAsync(app, Cast.Steward, async page =>
            {
                await page.GotoAsync(Url);
                await page.AxeAsync();
                await page.FitsTheWidthAsync();
            }, dark, phone);
        }
    }
}
