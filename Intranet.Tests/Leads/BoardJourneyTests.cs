using Intranet.Data.Leads;
using Microsoft.Playwright;

namespace Intranet.Tests.Leads;

/// <summary>In a real Chromium: with the mouse, by keyboard alone, with a finger, and without script.</summary>
public sealed class BoardJourneyTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task The_mouse_moves_a_card_a_forbidden_move_snaps_back_and_closing_asks_why()
    {
        var lead = await app.Lead(value: 100000, nextStep: "Send the menu");
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads/board?q={lead.Name}");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();

            await DragAsync(page, lead, "Contacted");
            await In(page, "Contacted", lead);
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync($"{lead.Name} moved to Contacted.");
            await Assertions.Expect(page.Locator("#head-Contacted .board-count")).ToContainTextAsync("1");
            await Assertions.Expect(page.Locator("#head-New .board-count")).ToContainTextAsync("0");
            Assert.Equal(Stage.Contacted, (await app.Now(lead)).Stage);

            await DragAsync(page, lead, "Negotiation");
            await Assertions.Expect(page.Locator("#failures")).ToContainTextAsync($"{lead.Name}: Contacted can go to New, Qualified or Closed, not to Negotiation.");
            await In(page, "Contacted", lead);
            Assert.Equal(Stage.Contacted, (await app.Now(lead)).Stage);

            // Thought better of it, then closed. What was refused before is told no more.
            await DragAsync(page, lead, "Closed");
            await Assertions.Expect(page.Locator("#failures > *")).ToHaveCountAsync(0);
            await page.Keyboard.PressAsync("Escape");
            await In(page, "Contacted", lead);
            await DragAsync(page, lead, "Closed");
            await page.GetByLabel("Why is it closed?").FillAsync("Out of business");
            await page.GetByRole(AriaRole.Button, new() { Name = "Close the lead" }).ClickAsync();
            await In(page, "Closed", lead);
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync($"{lead.Name} moved to Closed.");
            Assert.Equal(Stage.Closed, (await app.Now(lead)).Stage);
            await page.AxeAsync();

            await page.Locator("#toasts").GetByRole(AriaRole.Button, new() { Name = "Undo" }).Last.ClickAsync();
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync($"{lead.Name} is in Contacted again.");
            Assert.Equal(Stage.Contacted, (await app.Now(lead)).Stage);
        }, tolerate: "status of 422");
    }

    [Fact]
    public async Task A_finger_takes_a_card_by_its_handle_and_scrolls_by_the_rest()
    {
        var lead = await app.Lead();
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads/board?q={lead.Name}");
            var finger = await page.Context.NewCDPSessionAsync(page);
            var (grip, facts) = (page.Locator($"#lead-card-{lead.Id} [data-grip]"), page.Locator($"#lead-card-{lead.Id} .board-facts"));

            // On the rest of the card a finger scrolls the board, and nothing is lifted.
            var start = await MiddleAsync(facts);
            await TouchAsync("touchStart", start);
            for (var step = 1; step <= 8; step++)
                await TouchAsync("touchMove", (start.X - (step * 20), start.Y));
            await Assertions.Expect(page.Locator(".board-ghost")).ToHaveCountAsync(0);
            await TouchAsync("touchEnd");
            await Assertions.Expect(page.Locator("#board")).Not.ToHaveJSPropertyAsync("scrollLeft", 0);
            await page.EvaluateAsync("document.getElementById('board').scrollLeft = 0");
            await In(page, "New", lead);

            // By its handle it goes along, and the next column takes it.
            start = await MiddleAsync(grip);
            await TouchAsync("touchStart", start);
            await TouchAsync("touchMove", (start.X + 12, start.Y + 12));
            await Assertions.Expect(page.Locator(".board-ghost")).ToBeVisibleAsync();
            await TouchAsync("touchMove", (start.X + 40, start.Y + 20));
            // At the edge the board scrolls until the column is there.
            for (var i = 0; i < 40 && (await page.Locator("#column-Contacted").BoundingBoxAsync())!.X > 250; i++)
                await TouchAsync("touchMove", (370 + (i % 2), start.Y + 20));
            var column = (await page.Locator("#column-Contacted").BoundingBoxAsync())!;
            await TouchAsync("touchMove", (column.X + 60, column.Y + 90));
            await Assertions.Expect(page.Locator("#column-Contacted")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("board-target"));
            await TouchAsync("touchEnd");
            await In(page, "Contacted", lead);
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync($"{lead.Name} moved to Contacted.");
            Assert.Equal(Stage.Contacted, (await app.Now(lead)).Stage);

            // A touch that the system takes away drops nothing.
            start = await MiddleAsync(grip);
            await TouchAsync("touchStart", start);
            await TouchAsync("touchMove", (start.X - 30, start.Y + 10));
            await Assertions.Expect(page.Locator(".board-ghost")).ToBeVisibleAsync();
            await TouchAsync("touchCancel");
            await Assertions.Expect(page.Locator(".board-ghost")).ToHaveCountAsync(0);
            await In(page, "Contacted", lead);
            Assert.Equal(Stage.Contacted, (await app.Now(lead)).Stage);

            async Task TouchAsync(string type, (float X, float Y)? at = null)
                => await finger.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = at is { } point ? new[] { new { x = point.X, y = point.Y } } : [] });

            static async Task<(float X, float Y)> MiddleAsync(ILocator locator)
            {
                await locator.ScrollIntoViewIfNeededAsync();
                var box = (await locator.BoundingBoxAsync())!;
                return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
            }
        }, phone: true);
    }

    [Fact]
    public async Task The_keyboard_alone_moves_cancels_and_closes_and_each_step_is_told()
    {
        var lead = await app.Lead();
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads/board?q={lead.Name}");
            var (grip, live) = (page.GetByRole(AriaRole.Button, new() { Name = $"Move {lead.Name}", Exact = true }), page.Locator("#board-live"));
            await page.AxeAsync();
            await grip.FocusAsync();

            await page.Keyboard.PressAsync("Space");
            await Assertions.Expect(live).ToContainTextAsync($"{lead.Name} lifted, in New.");
            await page.Keyboard.PressAsync("ArrowRight");
            await Assertions.Expect(live).ToHaveTextAsync("Contacted.");
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(live).ToHaveTextAsync($"{lead.Name} stays in New.");
            await In(page, "New", lead);
            await Assertions.Expect(grip).ToBeFocusedAsync();

            await page.Keyboard.PressAsync("Enter");
            await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(live).ToHaveTextAsync($"{lead.Name} moved to Contacted.");
            await Assertions.Expect(grip).ToBeFocusedAsync();

            // Two steps on is not allowed.
            await page.Keyboard.PressAsync("Space");
            await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("ArrowRight");
            await Assertions.Expect(live).ToHaveTextAsync("Negotiation, not allowed from here.");
            await page.Keyboard.PressAsync("Space");
            await Assertions.Expect(live).ToContainTextAsync("Contacted can go to New, Qualified or Closed, not to Negotiation.");
            await In(page, "Contacted", lead);
            await Assertions.Expect(grip).ToBeFocusedAsync();

            await page.Keyboard.PressAsync("Space");
            await page.Keyboard.PressAsync("End");
            await page.Keyboard.PressAsync("Enter");
            await page.GetByLabel("Why is it closed?").FillAsync("No interest");
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(live).ToHaveTextAsync($"{lead.Name} moved to Closed.");
            Assert.Equal(Stage.Closed, (await app.Now(lead)).Stage);
        }, dark: true);
    }

    [Fact]
    public async Task Somebody_who_looks_at_an_old_board_is_told_and_shown_where_the_lead_is()
    {
        var lead = await app.Lead();
        var by = await app.Viewer(Cast.SalesLead);
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads/board?q={lead.Name}");
            await Intranet.Tests.Contacts.ContactsGiven.Operation<MoveStage, MoveStage.Result>(app, move => move.RunAsync(lead.Id, Stage.Contacted, null, null, by, TestContext.Current.CancellationToken));
            await DragAsync(page, lead, "Closed");
            await page.GetByLabel("Why is it closed?").FillAsync("Gone");
            await page.GetByRole(AriaRole.Button, new() { Name = "Close the lead" }).ClickAsync();
            await Assertions.Expect(page.Locator("#failures")).ToContainTextAsync("Somebody changed this lead in the meantime; it is shown as it is now, in Contacted.");
            await In(page, "Contacted", lead);
            Assert.Equal(Stage.Contacted, (await app.Now(lead)).Stage);

            // From where it is now the move isn't even allowed.
            foreach (var stage in new[] { Stage.Qualified, Stage.Negotiation })
                await Intranet.Tests.Contacts.ContactsGiven.Operation<MoveStage, MoveStage.Result>(app, move => move.RunAsync(lead.Id, stage, null, null, by, TestContext.Current.CancellationToken));
            await DragAsync(page, lead, "New");
            await Assertions.Expect(page.Locator("#failures")).ToContainTextAsync("it is shown as it is now, in Negotiation.");
            await Assertions.Expect(page.Locator("#board-live")).ToHaveTextAsync($"{lead.Name}: Somebody changed this lead in the meantime; it is shown as it is now, in Negotiation.");
            await In(page, "Negotiation", lead);
        }, tolerate: "status of 409");
    }

    [Fact]
    public async Task On_a_phone_and_without_script_a_form_moves_the_card()
    {
        var lead = await app.Lead();
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads/board?q={lead.Name}");
            await page.FitsTheWidthAsync();
            await page.Locator($"#lead-card-{lead.Id} summary").ClickAsync();
            await page.Locator($"#lead-card-{lead.Id} select").SelectOptionAsync("Contacted");
            await page.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
            await In(page, "Contacted", lead);
        }, phone: true, script: false);
    }

    [Fact]
    public async Task On_a_phone_Undo_keeps_its_width_beside_a_long_text()
    {
        var lead = await app.Lead($"{Given.Unique("A restaurant with a rather long name by the river")}x");
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads/board?q={lead.Name}");
            await page.Locator($"#lead-card-{lead.Id} summary").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
            var undo = page.Locator("#toasts").GetByRole(AriaRole.Button, new() { Name = "Undo" });
            await Assertions.Expect(undo).ToBeVisibleAsync();
            Assert.Equal(0, await undo.EvaluateAsync<int>("button => button.scrollWidth - button.clientWidth"));
        }, phone: true);
    }

    [Fact]
    public async Task Without_script_what_is_refused_of_a_card_far_below_has_the_focus_and_what_was_wanted()
    {
        var word = Given.Unique("Far");
        var leads = new List<Lead>();
        for (var i = 0; i < 12; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            leads.Add(await app.Lead($"{word} {i}"));
        }

        var card = $"#lead-card-{leads[0].Id}";
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads/board?q={word}");
            await page.Locator($"{card} summary").ClickAsync();
            await page.Locator($"{card} select").SelectOptionAsync("Closed");
            await page.Locator(card).GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();

            await Assertions.Expect(page.Locator($"{card} [role=alert]")).ToBeInViewportAsync();
            await Assertions.Expect(page.Locator($"{card} [name=reason]")).ToBeFocusedAsync();
            await Assertions.Expect(page.Locator($"{card} select")).ToHaveValueAsync("Closed");
            await page.Keyboard.TypeAsync("Out of business");
            await page.Keyboard.PressAsync("Enter");
            await In(page, "Closed", leads[0]);
        }, script: false);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_pages_are_accessible_and_fit(bool dark, bool phone)
    {
        for (var i = 0; i < 3; i++)
            await app.Lead($"Accessible restaurant of a long name {i}", owner: i == 0 ? Cast.OtherKam : Cast.Kam, value: 123456789, currency: "JPY", interval: 3, maximum: 3, nextStep: "Ask about the second kitchen, and propose the autumn range", isMain: true, stage: Stage.Negotiation, city: "Rio de Janeiro");
        var karl = await app.UserId(Cast.Kam);
        await Browser.VisitAsync(app, Cast.SalesLead, async page =>
        {
            foreach (var url in new[] { "/leads", "/leads/edit", "/leads/board", "/leads/hand-over", $"/leads/hand-over?from={karl}", "/leads/settings" })
            {
                await page.GotoAsync(url);
                await page.AxeAsync();
                await page.FitsTheWidthAsync();
                // Nor does the list scroll sideways in itself.
                if (url == "/leads")
                    Assert.Equal(0, await page.Locator(".lead-table").EvaluateAsync<int>("table => table.parentElement.scrollWidth - table.parentElement.clientWidth"));
            }
        }, dark, phone);
    }

    [Fact]
    public async Task A_row_is_opened_changed_and_closed_in_place_and_rows_are_selected()
    {
        var lead = await app.Lead();
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads?q={lead.Name}");
            await page.GetByRole(AriaRole.Link, new() { Name = $"Change stage, owner and next step of {lead.Name}" }).ClickAsync();
            var step = page.GetByRole(AriaRole.Textbox, new() { Name = "Next step" });
            await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Stage" }).Last).ToBeFocusedAsync();
            await page.AxeAsync();
            // The row that is open is no wider than the others.
            Assert.Equal(0, await page.Locator(".lead-table").EvaluateAsync<int>("table => table.parentElement.scrollWidth - table.parentElement.clientWidth"));
            await step.FillAsync("Send the offer");
            await step.PressAsync("Enter");
            await Assertions.Expect(page.Locator($"#lead-{lead.Id} .lead-step")).ToHaveTextAsync("Send the offer");
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Saved.");

            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reassign" })).ToBeHiddenAsync();
            await page.GetByLabel($"Select {lead.Name}").CheckAsync();
            await Assertions.Expect(page.Locator("[data-selected]")).ToHaveTextAsync("1 selected");
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reassign" })).ToBeVisibleAsync();
            await page.AxeAsync();
        });
    }

    private static async Task DragAsync(IPage page, Lead lead, string to)
    {
        var card = (await page.Locator($"#lead-card-{lead.Id} .board-facts").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(card.X + 5, card.Y + 5);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(card.X + 25, card.Y + 15);
        // At the edge the board scrolls until the column is there.
        for (var i = 0; i < 60; i++)
        {
            var column = (await page.Locator($"#column-{to}").BoundingBoxAsync())!;
            var board = (await page.Locator("#board").BoundingBoxAsync())!;
            var middle = column.X + (column.Width / 2);
            if (middle < board.X + board.Width - 10 && middle > board.X + 10)
            {
                await page.Mouse.MoveAsync(middle, column.Y + 90);
                if (Math.Abs((await page.Locator($"#column-{to}").BoundingBoxAsync())!.X - column.X) < 1)
                    break;
                continue;
            }

            await page.Mouse.MoveAsync(middle > board.X ? board.X + board.Width - 20 - (i % 2) : board.X + 20 + (i % 2), column.Y + 90);
        }

        await page.Mouse.UpAsync();
    }

    private static Task In(IPage page, string stage, Lead lead) => Assertions.Expect(page.Locator($"#column-{stage} #lead-card-{lead.Id}")).ToBeVisibleAsync();
}
