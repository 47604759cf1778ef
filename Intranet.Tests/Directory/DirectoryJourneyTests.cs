using System.Text.RegularExpressions;
using Intranet.Data.Directory;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Intranet.Tests.Directory;

/// <summary>What people do in the directory, in a real browser.</summary>
public sealed partial class DirectoryJourneyTests(DirectoryJourneyTests.App app) : IClassFixture<DirectoryJourneyTests.App>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task From_the_first_letters_to_the_address_by_keyboard_alone(bool dark, bool phone)
        => await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
            await page.GotoAsync("/directory");
            var box = page.GetByLabel("Product, repository or person");
            await Expect(box).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync("securtysca");
            var option = page.Locator("#directory-suggestions [role=option]");
            await Expect(option).ToHaveTextAsync([Words("SecurityScanAPI")]);
            await Expect(box).ToHaveAttributeAsync("aria-expanded", "true");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await Expect(option).ToHaveAttributeAsync("aria-selected", "true");
            await page.Keyboard.PressAsync("Enter");

            await page.ArrivesAtAsync("**/directory?product=SecurityScanAPI");
            await Expect(page.Locator(".answer-name")).ToHaveTextAsync("Olga Owner");
            await Expect(page.Locator(".answer-why")).ToContainTextAsync("is the owner and at work, 12:00 in Berlin.");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
            var copy = page.GetByRole(AriaRole.Button, new() { Name = "Copy address" });
            await copy.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("#toasts")).ToContainTextAsync("Copied");
            Assert.Equal("olga@sc1701d.example", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        }, dark, phone);

    [Fact]
    public async Task A_filter_changes_the_list_and_the_address_and_going_back_brings_both_back()
        => await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.GotoAsync("/directory?q=journeyer");
            var rows = page.Locator("#results tbody tr");
            await Expect(rows).ToHaveCountAsync(3);
            await page.GetByLabel("City").SelectOptionAsync("Oslo");
            await Expect(rows).ToHaveCountAsync(1);
            await page.ArrivesAtAsync("**/directory?*city=Oslo*");
            await page.Locator("#results tbody a").First.ClickAsync();
            await Expect(page.Locator("h1")).ToHaveTextAsync("Nora Journeyer");

            await page.GoBackAsync();
            await Expect(rows).ToHaveCountAsync(1);
            await Expect(page.GetByLabel("City")).ToHaveValueAsync("Oslo");
            await page.GoBackAsync();
            await Expect(rows).ToHaveCountAsync(3);
            await Expect(page.GetByLabel("City")).ToHaveValueAsync("");
            await Expect(page.GetByLabel("Product, repository or person")).ToHaveValueAsync("journeyer");
            await page.GoForwardAsync();
            await Expect(rows).ToHaveCountAsync(1);
            await Expect(page.GetByLabel("City")).ToHaveValueAsync("Oslo");
        });

    [Fact]
    public async Task Enter_without_a_suggestion_searches_for_the_words()
        => await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.GotoAsync("/directory");
            // The browser gives it the focus when it first draws, which may be after the page has loaded.
            await Expect(page.GetByLabel("Product, repository or person")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync("journeyer nora");
            await page.Keyboard.PressAsync("Enter");
            await page.ArrivesAtAsync(Searched());
            await Expect(page.Locator("#results tbody tr")).ToHaveCountAsync(1);
            await Expect(page.Locator("#directory-suggestions")).ToBeHiddenAsync();
            await page.ReloadAsync();
            await Expect(page.Locator("#results tbody tr")).ToHaveCountAsync(1);
            await Expect(page.GetByLabel("Product, repository or person")).ToHaveValueAsync("journeyer nora");
        });

    [Fact]
    public async Task Escape_closes_the_suggestions_and_a_click_takes_one()
        => await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.GotoAsync("/directory");
            // The browser gives it the focus when it first draws, which may be after the page has loaded.
            await Expect(page.GetByLabel("Product, repository or person")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync("olga");
            var list = page.Locator("#directory-suggestions");
            await Expect(list.GetByRole(AriaRole.Option).First).ToContainTextAsync("Olga");
            await page.Keyboard.PressAsync("Escape");
            await Expect(list).ToBeHiddenAsync();
            await Expect(page.GetByLabel("Product, repository or person")).ToHaveValueAsync("olga");
            await page.Keyboard.PressAsync("ArrowDown");
            await Expect(list).ToBeVisibleAsync();
            await list.GetByRole(AriaRole.Option).First.ClickAsync();
            await Expect(page.Locator("h1")).ToHaveTextAsync("Olga Owner");
        });

    [Fact]
    public async Task Slash_goes_to_the_search_of_every_page_and_question_mark_lists_the_shortcuts()
        => await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.GotoAsync("/directory/products");
            await page.Keyboard.PressAsync("/");
            var search = page.Locator("#search");
            await Expect(search).ToBeFocusedAsync();
            // While somebody types they are only letters.
            await page.Keyboard.TypeAsync("zzqqxx/?");
            await Expect(search).ToHaveValueAsync("zzqqxx/?");
            await Expect(page.Locator("#shortcuts")).ToBeHiddenAsync();
            await search.FillAsync("securityr");
            await Expect(page.Locator("#search-list [role=option]").First).ToHaveTextAsync(Words("SecurityRepo"));
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("Enter");
            await page.ArrivesAtAsync("**/directory?repository=SecurityRepo");

            await page.Locator("h1").ClickAsync();
            await page.Keyboard.PressAsync("?");
            await Expect(page.Locator("#shortcuts")).ToBeVisibleAsync();
            await page.AxeAsync();
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator("#shortcuts")).ToBeHiddenAsync();
            await page.Keyboard.PressAsync("Control+k");
            await Expect(search).ToBeFocusedAsync();
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_steward_edits_a_product_and_is_told_what_is_wrong(bool script)
    {
        var product = await app.Given.Product(Given.Unique("Edited"));
        var other = await app.Given.Product();
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync($"/directory/products/{product.Id}");
            await page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).ClickAsync();
            var name = page.GetByLabel("Name", new() { Exact = true });
            await Expect(name).ToHaveValueAsync(product.Name);
            await name.FillAsync(other.Name);
            await page.GetByLabel("Description").FillAsync("Typed, not lost");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.GetByText("There is a product of that name already.")).ToBeVisibleAsync();
            if (script)
                await Expect(name).ToBeFocusedAsync();
            await Expect(page.GetByLabel("Description")).ToHaveValueAsync("Typed, not lost");
            if (script)
                await page.AxeAsync();

            await name.FillAsync(product.Name + " two");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.Locator("h1")).ToHaveTextAsync(product.Name + " two");
            await Expect(page.Locator("#toasts")).ToContainTextAsync("Saved.");
            await Expect(page.Locator(".history > li").First).ToContainTextAsync("Typed, not lost");
        }, script: script);
    }

    [Fact]
    public async Task A_steward_assigns_somebody_found_by_name()
    {
        var product = await app.Given.Product();
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync($"/directory/products/{product.Id}");
            await page.GetByRole(AriaRole.Link, new() { Name = "Assign a person" }).First.ClickAsync();
            var person = page.GetByLabel("Person", new() { Exact = true });
            await person.PressSequentiallyAsync("nora journ");
            await Expect(page.Locator("#people option")).ToHaveCountAsync(1);
            await person.FillAsync((await page.Locator("#people option").GetAttributeAsync("value"))!);
            await page.GetByLabel("Owner").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
            await page.ArrivesAtAsync($"**/directory/products/{product.Id}");
            await Expect(page.Locator("[aria-labelledby=people-title] tbody tr")).ToContainTextAsync(["Nora Journeyer"]);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_shows_its_steps_until_it_is_sent(bool script)
        => await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.GotoAsync("/directory?product=SecurityScanAPI");
            await page.Locator("#results .result-head").GetByRole(AriaRole.Link, new() { Name = "Mail", Exact = true }).ClickAsync();
            await Expect(page.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync("stakeholder@sc1701d.example");
            if (script)
                await page.AxeAsync();
            await page.GetByLabel("To", new() { Exact = true }).FillAsync("nonsense");
            await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            await Expect(page.GetByText("'nonsense' is not an e-mail address.")).ToBeVisibleAsync();
            await page.GetByLabel("To", new() { Exact = true }).FillAsync("stakeholder@sc1701d.example");
            await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

            await Expect(page.Locator("h1")).ToHaveTextAsync("Report for SecurityScanAPI");
            await Expect(page.Locator(".step-name")).ToHaveTextAsync(["Query", "Workbook", "Mail"]);
            if (script)
            {
                // It turns to sent under the reader's eyes.
                await Expect(page.Locator("#steps [role=status]")).ToHaveTextAsync("Sent.");
                await page.AxeAsync();
            }
            else
            {
                await Eventually.Is(async () =>
                {
                    if (await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).IsVisibleAsync())
                        await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
                    return (await page.Locator("#steps [role=status]").TextContentAsync())!.Trim() == "Sent.";
                }, "the report to be sent");
            }
        }, script: script);

    [Fact]
    public async Task Without_script_the_search_ends_at_the_same_answer()
        => await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.GotoAsync("/directory");
            await page.GetByLabel("Product, repository or person").FillAsync("securtyscan");
            await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
            await Expect(page.Locator("#results")).ToContainTextAsync("Did you mean");
            await page.GetByRole(AriaRole.Link, new() { Name = "SecurityScanAPI" }).First.ClickAsync();
            await Expect(page.Locator(".answer-name")).ToHaveTextAsync("Olga Owner");
            // What only works with script isn't offered; the address stands there to be read.
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy address" })).ToBeHiddenAsync();
            await Expect(page.Locator(".answer")).ToContainTextAsync("olga@sc1701d.example");
            await page.GotoAsync("/directory/products?q=scan");
            await page.GetByLabel("Name").FillAsync("security");
            await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
            await Expect(page.Locator("#results tbody tr")).ToHaveCountAsync(1);
            // The search of every page.
            await page.Locator("#search").FillAsync("nora");
            await page.Locator("#search").PressAsync("Enter");
            await Expect(page.Locator(".hit-name")).ToHaveTextAsync(["Nora Journeyer"]);
        }, script: false);

    [Fact]
    public async Task A_list_narrows_while_somebody_types()
        => await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.GotoAsync("/directory/repositories");
            await page.GetByLabel("Name").PressSequentiallyAsync("securityrepo");
            await Expect(page.Locator("#results tbody tr")).ToHaveCountAsync(1);
            await page.ArrivesAtAsync("**/directory/repositories?q=securityrepo");
            await Expect(page.GetByLabel("Name")).ToBeFocusedAsync();
            await page.GetByLabel("Name").FillAsync("zzqqxx");
            await Expect(page.Locator("#results")).ToContainTextAsync("Nothing found");
            await page.AxeAsync();
        });

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Every_page_is_accessible_and_fits(bool dark, bool phone)
        => await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            var failures = new List<string>();
            foreach (var address in await app.AddressesAsync())
            {
                await page.GotoAsync(address);
                try
                {
                    await page.AxeAsync();
                    await page.FitsTheWidthAsync();
                }
                catch (Xunit.Sdk.XunitException failure)
                {
                    failures.Add($"{address}: {failure.Message}");
                }
            }

            Check.None(failures);
        }, dark, phone, tolerate: ["status of 404"]);

    private static Regex Words(string start) => new("^\\s*" + Regex.Escape(start));

    [GeneratedRegex(@"/directory\?q=journeyer(\+|%20)nora")]
    private static partial Regex Searched();

    /// <summary>Jobs run by the timetable, as they do in production.</summary>
    public sealed class App() : RunningApp(options => options.Settings["Jobs:Enabled"] = "true"), IAsyncLifetime
    {
        private readonly List<string> addresses = [];

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            var product = await Given.Product("SecurityScanAPI", "Finds what should not be there", "#security", "stakeholder@sc1701d.example");
            var repository = await Given.Repository("SecurityRepo", product);
            var owner = await Given.Employee("Olga", "Owner", email: "olga@sc1701d.example");
            var oslo = await Given.Location(city: "Oslo", timeZone: "Europe/Oslo");
            await Given.Assignment(owner, product, confirmedOn: Clock.Today);
            var away = await Given.Employee("Nora", "Journeyer", location: oslo, awayFrom: Clock.Today, awayUntil: Clock.Today.AddDays(4), substitute: owner);
            await Given.Assignment(away, product, repository, AssignmentRole.Backup);
            await Given.Employee("Bo", "Journeyer", title: null, originalTitle: "Wizard");
            await Given.Employee("Cy", "Journeyer");
            var left = await Given.Employee("Lea", "Left", leftOn: Clock.Today);
            var bare = await Given.Product("Bare");
            var assignment = await Given.Assignment(owner, bare, role: AssignmentRole.Member);
            addresses.AddRange(
            [
                "/directory", "/directory?q=journeyer", "/directory?q=securtyscan", "/directory?product=SecurityScanAPI", "/directory?product=Nothing", "/directory?q=zzqqxxww", "/directory?pageNumber=0",
                "/directory/products", $"/directory/products/{product.Id}", $"/directory/products/{bare.Id}", $"/directory/products/edit/{product.Id}", "/directory/products/edit",
                "/directory/repositories", $"/directory/repositories/{repository.Id}", $"/directory/repositories/edit/{repository.Id}",
                $"/directory/people/{owner.Id}", $"/directory/people/{away.Id}", $"/directory/people/{left.Id}", $"/directory/people/edit/{away.Id}", "/directory/people/edit",
                "/directory/locations", $"/directory/locations/edit/{oslo.Id}", "/directory/assignments/edit", $"/directory/assignments/edit/{assignment.Id}",
                "/directory/report?product=SecurityScanAPI", "/search?q=security", "/search?q=zzqqxxww", "/search", "/directory/people/2147483647",
            ]);
        }

        internal Task<List<string>> AddressesAsync() => Task.FromResult(addresses);
    }
}
