using Intranet.Data.Leads;
using Microsoft.Playwright;

namespace Intranet.Tests.Performance;

/// <summary>In a real Chromium.</summary>
public sealed class PerformanceJourneyTests(PerformanceJourneyTests.FilledApp app) : IClassFixture<PerformanceJourneyTests.FilledApp>
{
    private static readonly string[] Lists = ["slipping", "well", "under"];
    private static readonly string[] Names = ["Green Olive", "Blue Door", "The Red Lantern", "White Table", "Harbour Kitchen", "Casa Pimenta", "Old Bakery", "Royal Spice Garden"];
    private static readonly string[] Cities = ["Berlin", "Lisbon", "Mumbai"];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Lists_and_charts_can_be_read_by_everybody(bool dark, bool phone)
        => await Browser.VisitAsync(app, Cast.SalesLead, async page =>
        {
            foreach (var list in Lists)
            {
                await page.GotoAsync($"/performance?show={list}");
                await page.AxeAsync();
                await page.FitsTheWidthAsync();
                await ShootAsync(page, $"performance-{list}", dark, phone);
            }

            await page.GotoAsync("/performance/charts");
            // Landmarks are told apart by their names.
            var names = await page.Locator("main section[aria-labelledby], main [role=region]").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('aria-label') ?? document.getElementById(one.getAttribute('aria-labelledby')).textContent)");
            Assert.Equal(names.Distinct(), names);
            await Assertions.Expect(page.Locator("canvas[data-drawn]")).ToHaveCountAsync(4);
            // Every stage has its name under it, and the table of KAMs shows whole.
            await Assertions.Expect(page.Locator("canvas[data-table=stays]")).ToHaveAttributeAsync("data-drawn", "6");
            await Assertions.Expect(page.Locator("canvas[data-table=stages]")).ToHaveAttributeAsync("data-drawn", "4");
            // What follows in a table is parted from what was before; the end of the table is the card's.
            Assert.Equal(["1px", "0px"], await page.Locator("#stages > tbody > tr:last-child > td:first-child, #stages > tfoot > tr:last-child > td:first-child").EvaluateAllAsync<string[]>("cells => cells.map(cell => getComputedStyle(cell).borderBottomWidth)"));
            Assert.Equal(0, await page.Locator("#kams").EvaluateAsync<int>("table => table.parentElement.scrollWidth - table.parentElement.clientWidth"));
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
            await ShootAsync(page, "charts", dark, phone);
        }, dark, phone);

    [Fact]
    public async Task Filters_and_periods_change_the_page_without_leaving_it()
        => await Browser.VisitAsync(app, Cast.SalesLead, async page =>
        {
            await page.GotoAsync("/performance?show=under");
            await page.Locator("#stage").SelectOptionAsync("New");
            await Assertions.Expect(page.Locator("#results")).Not.ToContainTextAsync("Active");
            await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("show=under.*stage=New"));
            await page.Locator("#city").FillAsync("nowhere");
            await Assertions.Expect(page.Locator("#results")).ToContainTextAsync("Nothing found");

            await page.GotoAsync("/performance/charts");
            await page.Locator("#kam").SelectOptionAsync(Cast.Kam.Name);
            await Assertions.Expect(page.Locator("#kams tbody tr")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator("#weeks-title + *, .chart canvas[data-drawn]").First).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Last quarter" }).ClickAsync();
            await Assertions.Expect(page.Locator("#from")).ToHaveValueAsync("2030-01-01");
            await Assertions.Expect(page.Locator(".results-count")).ToContainTextAsync(Cast.Kam.Name);
        });

    // For looking at them: INTRANET_SCREENSHOTS is a folder.
    private static async Task ShootAsync(IPage page, string name, bool dark, bool phone)
    {
        if (Environment.GetEnvironmentVariable("INTRANET_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{(phone ? "phone" : dark ? "dark" : "light")}.png"), FullPage = true });
    }

    public sealed class FilledApp : RunningApp, IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await base.InitializeAsync();
            var other = await Given.User("Oliver Grant", role: "kam");
            Clock.Set(FakeClock.Start.UtcDateTime.AddDays(-40));
            var leads = new List<Lead>();
            for (var i = 0; i < Names.Length; i++)
                leads.Add(await this.Account(i % 3 == 2 ? other : Cast.Kam, Names[i], Cities[i % 3], i % 2 == 0 ? Stage.New : Stage.Active, i % 3 == 2 ? "INR" : "EUR"));
            for (var i = 0; i < Names.Length; i += 2)
            {
                Clock.Advance(TimeSpan.FromDays(3 + i));
                await this.Moved(leads[i], Stage.Contacted);
                Clock.Advance(TimeSpan.FromDays(2));
                if (i > 0)
                    await this.Moved(leads[i], i == 4 ? Stage.Closed : Stage.Qualified);
            }

            Clock.Set(FakeClock.Start.UtcDateTime);
            await this.Ordered(leads[0], 18_450, [.. Enumerable.Range(0, 12).Select(n => 3 + (n * 7))]);
            await this.Ordered(leads[1], 42_000, 9, 24, 51);
            await this.Ordered(leads[2], 1_250_000, 21, 27, 33, 39, 45, 51, 58, 64);
            await this.Ordered(leads[3], 9_900, 26, 33, 41, 48, 55);
            await this.Ordered(leads[5], 320_000, 2, 5, 9, 12, 15, 19, 22);
            foreach (var (lead, i) in leads.Select((lead, i) => (lead, i)))
                await this.Called(lead, i % 3 == 0 ? CallOutcome.NoAnswer : CallOutcome.Reached, i);
            var by = await this.ViewerAsync();
            await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(Services);
            await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<SetManualLabel>(scope.ServiceProvider)
                .RunAsync(leads[6].Id, PerformanceLabel.Well, "Renovates until the end of May, orders are agreed", Clock.Today.AddDays(16), null, by);
        }
    }
}
