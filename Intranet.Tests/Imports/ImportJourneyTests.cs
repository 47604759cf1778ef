using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Intranet.Tests.Imports;

/// <summary>In a real Chromium, with the job running by itself.</summary>
public sealed class ImportJourneyTests(ImportJourneyTests.LiveApp app) : IClassFixture<ImportJourneyTests.LiveApp>
{
    public sealed class LiveApp() : ImportsApp(options => options.Settings["Jobs:Enabled"] = "true");

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_steward_uploads_looks_and_applies(bool dark, bool phone)
    {
        var place = await app.PlaceAsync();
        var id = Given.Unique("J");
        await app.Given.Employee("Ada", "Lovelace", id, $"e{id}@sc1701d.example", location: (await app.Given.Location(code: Given.Unique("J"))));
        var file = ImportsApp.Csv(ImportsApp.Row(id, place, last: "King"), ImportsApp.Row(Given.Unique("J"), place), ImportsApp.Row(Given.Unique("J"), "NOWHERE"));

        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync("/imports");
            await LooksGoodAsync(page);
            await page.GetByLabel("Kind", new() { Exact = true }).SelectOptionAsync("Employees");
            await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(file) });
            await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();

            // The page follows the job by itself and stops asking when there is nothing to wait for.
            var apply = page.GetByRole(AriaRole.Button, new() { Name = "Apply 2 rows" });
            await Assertions.Expect(apply).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("#import")).Not.ToHaveAttributeAsync("hx-trigger", "every 1s");
            await LooksGoodAsync(page);
            await page.GetByRole(AriaRole.Link, new() { Name = "1 Errors" }).ClickAsync();
            await Assertions.Expect(page.Locator(".import-rows tbody tr")).ToHaveCountAsync(1);
            await Assertions.Expect(page.GetByText("There is no location NOWHERE.")).ToBeVisibleAsync();
            Assert.Contains("rows=error", page.Url, StringComparison.Ordinal);
            await LooksGoodAsync(page);
            await page.GetByText("Columns", new() { Exact = true }).ClickAsync();
            await LooksGoodAsync(page);

            await page.GetByRole(AriaRole.Button, new() { Name = "Apply 2 rows" }).ClickAsync();
            await Assertions.Expect(page.GetByText("2 rows are written. 1 row in error was left out.")).ToBeVisibleAsync();
            await LooksGoodAsync(page);
            var asked = 0;
            page.Request += (_, request) => asked += request.Url.Contains("/imports/", StringComparison.Ordinal) ? 1 : 0;
            await page.GetByRole(AriaRole.Link, new() { Name = "See the directory" }).ClickAsync();
            await page.ArrivesAtAsync("**/directory");
            Assert.Equal(0, asked);
        }, dark, phone);

        Assert.Equal("King", (await app.EmployeeAsync(id)).LastName);
    }

    [Fact]
    public async Task A_file_whose_columns_are_unknown_asks_for_them()
        => await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            var place = await app.PlaceAsync();
            await page.GotoAsync("/imports");
            await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload
            {
                Name = "leute.csv",
                MimeType = "text/csv",
                Buffer = System.Text.Encoding.UTF8.GetBytes($"Nummer;Vorname;Nachname;E-Mail;Standort\n{Given.Unique("J")};Jörg;Weiß;joerg@sc1701d.example;{place}\n"),
            });
            await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
            await LooksGoodAsync(page);
            foreach (var (field, column) in new[] { ("EmpId", "Nummer"), ("First name", "Vorname"), ("Last name", "Nachname"), ("Location code", "Standort") })
                await page.GetByLabel(field, new() { Exact = true }).SelectOptionAsync(column);
            await page.GetByRole(AriaRole.Button, new() { Name = "Read the file" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Apply 1 row" })).ToBeVisibleAsync();
        }, phone: true);

    [Fact]
    public async Task Without_script_the_same_steps_work()
        => await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            var (place, id) = (await app.PlaceAsync(), Given.Unique("J"));
            await page.GotoAsync("/imports");
            await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(ImportsApp.Csv(ImportsApp.Row(id, place))) });
            await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
            await LookAgainUntilAsync(page, "Apply 1 row");
            await page.GetByRole(AriaRole.Button, new() { Name = "Apply 1 row" }).ClickAsync();
            await LookAgainUntilAsync(page, "See the directory");
            Assert.True(await app.Database(db => db.Employees.AnyAsync(e => e.EmpId == id)));
        }, script: false);

    [Fact]
    public async Task A_file_over_the_limit_is_told_before_it_is_sent()
        => await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync("/imports");
            await page.EvaluateAsync("document.querySelector('[data-max-bytes]').dataset.maxBytes = '1048576'");
            await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "big.csv", MimeType = "text/csv", Buffer = new byte[1_500_000] });
            Assert.Equal("The file has 2 MB. At most 1 MB are taken; split it.", await page.GetByLabel("File", new() { Exact = true }).EvaluateAsync<string>("input => input.validationMessage"));
            await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
            Assert.EndsWith("/imports", page.Url, StringComparison.Ordinal);
            await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "small.csv", MimeType = "text/csv", Buffer = "x"u8.ToArray() });
            Assert.Equal("", await page.GetByLabel("File", new() { Exact = true }).EvaluateAsync<string>("input => input.validationMessage"));
        });

    private static async Task LooksGoodAsync(IPage page)
    {
        await page.AxeAsync();
        await page.FitsTheWidthAsync();
    }

    private static async Task LookAgainUntilAsync(IPage page, string text)
        => await Eventually.Is(async () =>
        {
            if (await page.GetByText(text).CountAsync() > 0)
                return true;
            // The job may be quicker than the link to look again.
            if (await page.GetByText("Look again").CountAsync() > 0)
                await page.GetByText("Look again").ClickAsync();
            else
                await page.ReloadAsync();
            return false;
        }, text);
}
