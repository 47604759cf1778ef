using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.Playwright;

namespace Intranet.Tests.Leads;

/// <summary>In a real Chromium: the forms of one lead's page, after what was done and after what was refused.</summary>
public sealed class LeadPageJourneyTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly string[] Typed = ["OrderValue", "Details", "FollowUpOn"];

    [Fact]
    public async Task What_was_logged_leaves_an_empty_form()
    {
        var lead = await app.Lead();
        await app.Poc(lead, "Pia Poc");
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads/{lead.Id}");
            for (var i = 1; i <= 2; i++)
            {
                await Assertions.Expect(page.Locator("[name='Log.Kind']")).ToHaveValueAsync("Call");
                await Assertions.Expect(page.Locator("[name='Log.Outcome']")).ToHaveValueAsync("Reached");
                await Assertions.Expect(page.Locator("[name='Log.PocId']")).ToHaveValueAsync("");
                foreach (var field in Typed)
                    await Assertions.Expect(page.Locator($"[name='Log.{field}']")).ToHaveValueAsync("");
                await Assertions.Expect(page.Locator("[name='Log.IsOrder']")).Not.ToBeCheckedAsync();

                await page.Locator("[name='Log.Kind']").SelectOptionAsync("Visit");
                await page.Locator("[name='Log.Outcome']").SelectOptionAsync("");
                await page.Locator("[name='Log.PocId']").SelectOptionAsync("Pia Poc");
                await page.Locator("[name='Log.OrderValue']").FillAsync("seventy");
                await page.Locator("[name='Log.IsOrder']").CheckAsync();
                await page.Locator("[name='Log.Details']").FillAsync($"Visit {i}");
                // Refused once, so that what is typed stands in the page as well.
                await page.GetByRole(AriaRole.Button, new() { Name = "Log", Exact = true }).ClickAsync();
                await Assertions.Expect(page.Locator("[name='Log.OrderValue']")).ToBeFocusedAsync();
                await Assertions.Expect(page.Locator("[name='Log.Details']")).ToHaveValueAsync($"Visit {i}");
                await page.Locator("[name='Log.OrderValue']").FillAsync("77");
                await page.Keyboard.PressAsync("Enter");
                await Assertions.Expect(page.Locator("#timeline .timeline > li")).ToHaveCountAsync(i);
            }

            await Assertions.Expect(page.Locator("[name='Log.Details']")).ToHaveValueAsync("");
        });
    }

    [Fact]
    public async Task After_a_move_the_next_press_moves_nothing()
    {
        var lead = await app.Lead(stage: Stage.Qualified);
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads/{lead.Id}");
            var (stage, reason, move) = (page.Locator("[name='Move.Stage']"), page.Locator("[name='Move.Reason']"), page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }));
            await stage.SelectOptionAsync("Negotiation");
            await reason.FillAsync("They want prices");
            await move.ClickAsync();
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Moved to Negotiation.");
            await Assertions.Expect(stage).ToHaveValueAsync("");
            await Assertions.Expect(reason).ToHaveValueAsync("");
            Assert.Equal(["Choose", "Qualified", "Active", "Closed"], await stage.Locator("option").AllTextContentsAsync());

            await move.ClickAsync();
            await Assertions.Expect(page.Locator("#Move_Stage-error")).ToHaveTextAsync("Choose a stage.");
            Assert.Equal(Stage.Negotiation, (await app.Now(lead)).Stage);
        });
    }

    [Fact]
    public async Task The_focus_goes_to_what_was_opened_and_back_to_where_it_was()
    {
        var lead = await app.Lead();
        await app.Logged(lead, details: "A talk", daysAgo: 3);
        await Browser.VisitAsync(app, Cast.SalesLead, async page =>
        {
            await page.GotoAsync($"/leads/{lead.Id}");
            await page.Locator(".timeline-actions a").FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("[name='Changed.Kind']")).ToBeFocusedAsync();
            await page.Locator("[name='Changed.Details']").FillAsync("A long talk");
            await page.Locator("#timeline").GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).PressAsync("Enter");
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Saved.");
            await Assertions.Expect(page.Locator("#timeline")).ToBeFocusedAsync();

            await page.GetByText("Add a poc").ClickAsync();
            await page.Locator("[name='Poc.Name']").FillAsync("Pia Poc");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#pocs")).ToContainTextAsync("Pia Poc");
            await Assertions.Expect(page.GetByText("Add a poc")).ToBeFocusedAsync();
            await Assertions.Expect(page.Locator("[name='Poc.Name']")).ToHaveValueAsync("");

            await page.GetByText("Set a label by hand").ClickAsync();
            await page.Locator("[name='Label.Label']").SelectOptionAsync("Well");
            await page.Locator("[name='Label.Reason']").FillAsync("They pay");
            await page.Locator("[name='Label.Until']").FillAsync("2030-12-01");
            await page.GetByRole(AriaRole.Button, new() { Name = "Set the label", Exact = true }).PressAsync("Enter");
            await Assertions.Expect(page.Locator("#performance")).ToContainTextAsync("They pay");
            await Assertions.Expect(page.GetByText("Set a label by hand")).ToBeFocusedAsync();
        });
    }

    [Theory]
    [InlineData("Log", "Order value (EUR)", "a lot", "Log", "Log_OrderValue-error")]
    [InlineData("Change the plan", "Best from", "09:00", "Save the plan", "Plan_PreferredTo-error")]
    [InlineData("Set a label by hand", "Why", "They pay", "Set the label", "Label_Label-error")]
    [InlineData("Add a poc", "Phone", "none", "Add", "Poc_Phone-error")]
    public async Task Without_script_what_was_refused_is_in_sight_and_has_the_focus(string opens, string field, string text, string button, string error)
    {
        var lead = await app.Lead();
        await Browser.VisitAsync(app, Cast.SalesLead, async page =>
        {
            await page.GotoAsync($"/leads/{lead.Id}");
            if (opens != button)
                await page.GetByText(opens).ClickAsync();
            await page.GetByLabel(field, new() { Exact = true }).FillAsync(text);
            await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

            await Assertions.Expect(page.Locator($"#{error}")).ToBeInViewportAsync();
            await Assertions.Expect(page.Locator($"[aria-invalid=true][aria-describedby~='{error}']")).ToBeFocusedAsync();
        }, phone: true, script: false);
    }

    [Fact]
    public async Task Without_script_what_somebody_else_changed_meanwhile_is_in_sight()
    {
        var lead = await app.Lead(interval: 7);
        var by = await app.Viewer(Cast.Kam);
        await Browser.VisitAsync(app, Cast.SalesLead, async page =>
        {
            await page.GotoAsync($"/leads/{lead.Id}");
            await page.GetByText("Change the plan").ClickAsync();
            await app.Operation<ChangeLead, ChangeLead.Result>(change => change.RunAsync(lead.Id, one => one.NextStep = "Changed", null, by));
            await page.GetByLabel("At most … days").FillAsync("9");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();

            await Assertions.Expect(page.Locator("#plan [role=alert]")).ToBeInViewportAsync();
            await Assertions.Expect(page.Locator("#plan [role=alert]")).ToBeFocusedAsync();
        }, phone: true, script: false);
    }
}
