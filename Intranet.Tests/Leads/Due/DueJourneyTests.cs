using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Intranet.Tests.Leads.Due;

/// <summary>In a real Chromium.</summary>
public sealed class DueJourneyTests
{
    [Fact]
    public async Task A_queue_is_worked_off_by_keyboard_and_the_last_call_is_taken_back()
    {
        await using var app = await RunningApp.StartAsync();
        for (var i = 1; i <= 6; i++)
            await app.Poc(await app.Lead($"Lead {i}", interval: 7, isMain: i == 2), phone: $"+49 30 555000{i}");
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync("/leads/due");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
            await Assertions.Expect(Progress(page)).ToHaveTextAsync("0 of 6 done today");

            // The main account comes first. Two keys: reached, and no answer of the next one.
            await page.Keyboard.PressAsync("r");
            await Assertions.Expect(Progress(page)).ToHaveTextAsync("1 of 6 done today");
            await Assertions.Expect(page.Locator("[data-due]:focus")).ToContainTextAsync("Lead 1");
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Lead 2: call: reached. Next due 22 May.");
            await page.Keyboard.PressAsync("n");
            await Assertions.Expect(Progress(page)).ToHaveTextAsync("2 of 6 done today");
            await Assertions.Expect(page.Locator("[data-due]:focus")).ToContainTextAsync("Lead 3");

            // Down and up, then the line of details: Enter saves it, and the next one has the focus.
            await page.Keyboard.PressAsync("j");
            await Assertions.Expect(page.Locator("[data-due]:focus")).ToContainTextAsync("Lead 4");
            await page.Keyboard.PressAsync("k");
            await page.Keyboard.PressAsync("f");
            await page.Keyboard.TypeAsync("call after the fair");
            await page.AxeAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(Progress(page)).ToHaveTextAsync("3 of 6 done today");
            await Assertions.Expect(page.Locator("[data-due]:focus")).ToContainTextAsync("Lead 4");

            await page.Keyboard.PressAsync("u");
            await Assertions.Expect(Progress(page)).ToHaveTextAsync("2 of 6 done today");
            await Assertions.Expect(page.Locator("[data-due]")).ToHaveCountAsync(4);

            // A refused line stays open with its message, and Escape closes it.
            await page.Keyboard.PressAsync("f");
            await page.Locator("details[open] [name='Input.OrderValue']").FillAsync("much");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#Input_OrderValue-error")).ToHaveTextAsync("This is no amount in EUR.");
            await page.AxeAsync();
            await page.Locator("details[open] [name='Input.Details']").FocusAsync();
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.Locator("details[open].due-more")).ToHaveCountAsync(0);
            for (var left = 3; left >= 0; left--)
            {
                // The focus has come to the next one: keys count again.
                await Assertions.Expect(page.Locator("[data-due]:focus")).ToHaveCountAsync(1);
                await page.Keyboard.PressAsync("m");
                await Assertions.Expect(page.Locator("[data-due]")).ToHaveCountAsync(left);
            }

            await Assertions.Expect(page.GetByText("All done")).ToBeVisibleAsync();
            await page.AxeAsync();
        });
        var outcomes = await app.Database(db => db.Interactions.Where(one => one.CorrectedAt == null && one.Kind == InteractionKind.Call).Select(one => one.Outcome).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal((1, 1, 4), (outcomes.Count(one => one == CallOutcome.Reached), outcomes.Count(one => one == CallOutcome.NoAnswer), outcomes.Count(one => one == CallOutcome.LeftMessage)));
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, true, false)]
    public async Task By_touch_in_the_dark_and_without_script_it_works_as_well(bool dark, bool phone, bool script)
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Lead("A restaurant with a rather long name by the river", interval: 7, maximum: 10, isMain: true, hours: "Mo-Su 11:00-23:00", nextStep: "Offer the new oil");
        await app.Poc(lead, "Pia Poc", phone: "+49 30 5550001");
        await app.Logged(lead, daysAgo: 20);
        await app.Lead("Second", interval: 7, zone: "America/New_York", city: "New York");
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync("/leads/due");
            if (script)
                await page.AxeAsync();
            await page.FitsTheWidthAsync();
            // All that ends a call stands in one line, so that more than two leads fit.
            if (phone)
                Assert.Equal((await page.Locator($"#reached-{lead.Id}").BoundingBoxAsync())!.Y, (await page.Locator($"#lead-{lead.Id} summary").BoundingBoxAsync())!.Y, 1.0);
            await page.Locator($"#lead-{lead.Id} summary").ClickAsync();
            await page.Locator($"#lead-{lead.Id} [name='Input.Details']").FillAsync("nothing today");
            if (script)
                await page.AxeAsync();
            await page.FitsTheWidthAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Save for A restaurant" }).ClickAsync();
            await Assertions.Expect(Progress(page)).ToHaveTextAsync("1 of 2 done today");
            await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
            await Assertions.Expect(Progress(page)).ToHaveTextAsync("0 of 2 done today");
        }, dark, phone, script);
    }

    private static ILocator Progress(IPage page) => page.Locator("[data-progress]");
}
