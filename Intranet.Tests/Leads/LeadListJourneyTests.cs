using System.Text.RegularExpressions;
using Intranet.Data.Leads;
using Intranet.Data.Reports;
using Intranet.Tests.Contacts;
using Microsoft.Playwright;

namespace Intranet.Tests.Leads;

/// <summary>In a real Chromium: the list of leads by keyboard, and what was done to many taken back.</summary>
public sealed class LeadListJourneyTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly int[] Widths = [360, 580, 600, 700, 820, 899, 900, 992, 1040, 1100, 1120];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task What_somebody_else_stored_meanwhile_stands_in_the_row_and_fits(bool dark, bool phone)
    {
        var lead = await app.Lead(stage: Stage.Negotiation, nextStep: "Send the menu");
        var by = await app.Viewer(Cast.SalesLead);
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads?q={lead.Name}&edit={lead.Id}");
            var step = page.Locator("[name='row.NextStep']");
            await step.FillAsync("Agree on a tasting");
            await app.Operation<ChangeLead, ChangeLead.Result>(change => change.RunAsync(lead.Id, one => one.NextStep = "Ask about the second kitchen", null, by));
            await step.PressAsync("Enter");

            await Assertions.Expect(page.Locator("#row_NextStep-now")).ToHaveTextAsync("now: Ask about the second kitchen");
            await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Next step" })).ToHaveAccessibleDescriptionAsync("now: Ask about the second kitchen");
            await Assertions.Expect(step).ToHaveValueAsync("Agree on a tasting");
            await Assertions.Expect(page.Locator(".lead-edited [role=alert]")).ToContainTextAsync("Somebody changed this lead in the meantime.");
            // Where the page was scrolled to, filters are half below its head.
            await page.EvaluateAsync("scrollTo(0, 0)");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
            Assert.Equal(0, await page.Locator(".lead-table").EvaluateAsync<int>("table => table.parentElement.scrollWidth - table.parentElement.clientWidth"));
            await step.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Saved.");
            Assert.Equal("Agree on a tasting", (await app.Now(lead)).NextStep);
        }, dark, phone);
    }

    [Fact]
    public async Task A_row_is_changed_by_keyboard_fits_the_table_and_gives_the_focus_back()
    {
        var lead = await app.Lead(stage: Stage.Negotiation, nextStep: "Send the menu");
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.SetViewportSizeAsync(1280, 900);
            await page.GotoAsync($"/leads?q={lead.Name}");
            var pencil = page.Locator("[data-edit-row]");

            await pencil.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.GetByLabel("Stage").Last).ToBeFocusedAsync();
            Assert.True(await page.EvaluateAsync<bool>("(() => { const box = document.querySelector('.table-responsive'); return box.scrollWidth <= box.clientWidth; })()"));
            await page.AxeAsync();
            var step = page.Locator("[name='row.NextStep']");
            await step.FillAsync("Agree on a tasting");
            await step.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Saved.");
            await Assertions.Expect(pencil).ToBeFocusedAsync();
            Assert.Equal("Agree on a tasting", (await app.Now(lead)).NextStep);

            await page.Keyboard.PressAsync("Enter");
            // The row takes the focus once it has settled; what is pressed before would go elsewhere.
            await Assertions.Expect(page.GetByLabel("Stage").Last).ToBeFocusedAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(pencil).ToBeFocusedAsync();

            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.GetByLabel("Stage").Last).ToBeFocusedAsync();
            await step.FillAsync("Not kept");
            await step.PressAsync("Escape");
            await Assertions.Expect(pencil).ToBeFocusedAsync();
            await Assertions.Expect(step).ToHaveCountAsync(0);
            Assert.Equal("Agree on a tasting", (await app.Now(lead)).NextStep);
        });
    }

    [Fact]
    public async Task What_was_saved_in_a_row_comes_back_by_the_toast()
    {
        var lead = await app.Lead(nextStep: "Send the menu");
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads?q={lead.Name}&edit={lead.Id}");
            await page.Locator("[name='row.NextStep']").FillAsync("");
            await page.GetByLabel("Stage").Last.SelectOptionAsync("Contacted");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Saved.");

            await page.Locator("#toasts").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Taken back: the lead is as it was.");
            await Assertions.Expect(page.Locator($"#lead-{lead.Id}")).ToContainTextAsync("Send the menu");
            Assert.Equal(Stage.New, (await app.Now(lead)).Stage);
        });
    }

    [Fact]
    public async Task The_address_holds_what_was_chosen_and_nothing_else()
    {
        await Browser.VisitAsync(app, Cast.SalesLead, async page =>
        {
            await page.GotoAsync("/leads");
            await page.Locator("#stage").SelectOptionAsync("Contacted");
            await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/leads\?stage=Contacted$"));
            await page.Locator("#q").FillAsync("olive");
            await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/leads\?q=olive&stage=Contacted$"));
            await page.Locator("#stage").SelectOptionAsync("");
            await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/leads\?q=olive$"));

            // As a plain form, too.
            await page.EvaluateAsync("window.isBefore = true; document.querySelector('form.lead-filters').submit()");
            await page.WaitForFunctionAsync("() => !window.isBefore && document.readyState === 'complete'");
            await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/leads\?q=olive$"));
        });
    }

    [Fact]
    public async Task The_panel_of_views_is_closed_by_Escape_and_by_a_click_beside_it()
    {
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync("/leads");
            var (summary, name) = (page.Locator(".views-edit > summary"), page.GetByLabel("Save these filters as"));

            await summary.PressAsync("Enter");
            await name.FocusAsync();
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(name).ToBeHiddenAsync();
            await Assertions.Expect(summary).ToBeFocusedAsync();

            await summary.ClickAsync();
            await name.ClickAsync();
            await Assertions.Expect(name).ToBeVisibleAsync();
            await page.Locator("h1").ClickAsync();
            await Assertions.Expect(name).ToBeHiddenAsync();
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_panel_of_views_fits_however_many_are_saved(bool phone)
    {
        await using var own = await RunningApp.StartAsync();
        var karl = await own.UserId(Cast.Kam);
        await own.Database(async db =>
        {
            foreach (var stage in Enum.GetValues<Stage>())
                db.Add(new SavedList { Page = "/leads", Name = $"My leads of the stage {stage}", Query = $"stage={stage}", OwnerId = karl, CreatedAt = own.Clock.UtcNow });
            await db.SaveChangesAsync();
        });
        await Browser.VisitAsync(own, Cast.Kam, async page =>
        {
            await page.GotoAsync("/leads");
            await page.Locator(".views-edit > summary").ClickAsync();
            await Assertions.Expect(page.Locator(".views-panel")).ToBeVisibleAsync();
            var panel = (await page.Locator(".views-panel").BoundingBoxAsync())!;
            Assert.InRange(panel.X + panel.Width, 100, page.ViewportSize!.Width);
            await page.FitsTheWidthAsync();
        }, phone: phone);
    }

    [Theory]
    [InlineData("/leads")]
    [InlineData("/leads/due")]
    [InlineData("/directory/unassigned")]
    public async Task At_no_width_does_a_page_slide_sideways(string url)
    {
        var city = Given.Unique("Slide");
        for (var i = 0; i < 3; i++)
            await app.Poc(await app.Lead($"{city} restaurant of a long name {i}", interval: 7, city: city, nextStep: "Ask about the second kitchen, and propose the autumn range", value: 123456789, isMain: true), "Pia Poc", phone: "+49 30 5550001");
        await app.Given.Employee("Una", "Signed-with-a-rather-long-name");
        await Browser.VisitAsync(app, url == "/directory/unassigned" ? Cast.Steward : Cast.Kam, async page =>
        {
            await page.GotoAsync(url);
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.FitsTheWidthAsync();
                // Nor is what stands beside the buttons of a call too narrow for its words.
                if (url == "/leads/due")
                    Assert.True(await page.Locator(".due-whom").First.EvaluateAsync<double>("one => one.clientWidth") >= 130, $"{width}");
            }
        });
    }

    [Theory]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1040)]
    [InlineData(1280)]
    public async Task Rows_stay_where_they_are_when_one_is_ticked_and_ticks_survive_the_way_to_a_lead_and_back(int width)
    {
        var lead = await app.Lead();
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.SetViewportSizeAsync(width, 844);
            await page.GotoAsync($"/leads?q={lead.Name}");
            var (row, box, give) = (page.Locator($"#lead-{lead.Id}"), page.GetByLabel($"Select {lead.Name}"), page.GetByRole(AriaRole.Button, new() { Name = "Reassign" }));
            var before = (await row.BoundingBoxAsync())!.Y;
            await box.CheckAsync();
            await Assertions.Expect(give).ToBeInViewportAsync();
            Assert.Equal(before, (await row.BoundingBoxAsync())!.Y);
            await page.AxeAsync();
            await page.FitsTheWidthAsync();

            await row.GetByRole(AriaRole.Link, new() { Name = lead.Name, Exact = true }).ClickAsync();
            await page.ArrivesAtAsync($"**/leads/{lead.Id}");
            await page.GoBackAsync();
            await page.ArrivesAtAsync("**/leads?q=*");
            await Assertions.Expect(box).ToBeCheckedAsync();
            await Assertions.Expect(page.Locator("[data-selected]")).ToHaveTextAsync("1 selected");
            await Assertions.Expect(give).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task The_preview_of_a_hand_over_changes_with_its_fields_and_the_first_box_has_the_focus_where_nobody_is_ticked()
    {
        await app.Lead();
        await app.Lead();
        var (karl, kora, lena) = (await app.UserId(Cast.Kam), await app.UserId(Cast.OtherKam), await app.UserId(Cast.SalesLead));
        await Browser.VisitAsync(app, Cast.SalesLead, async page =>
        {
            await page.GotoAsync($"/leads/hand-over?from={karl}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
            await Assertions.Expect(page.Locator("[name='Input.To']").First).ToBeFocusedAsync();
            await Assertions.Expect(page.Locator("[name='Input.To']").First).ToHaveAccessibleDescriptionAsync("Choose at least one who gets them.");
            await page.AxeAsync();

            await page.Locator($"[name='Input.To'][value='{kora}']").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
            await Assertions.Expect(page.Locator("#preview tbody tr")).ToHaveCountAsync(1);
            await page.Locator($"[name='Input.To'][value='{lena}']").CheckAsync();
            await Assertions.Expect(page.Locator("#preview tbody tr")).ToHaveCountAsync(2);
            await Assertions.Expect(page.Locator($"[name='Input.To'][value='{lena}']")).ToBeFocusedAsync();
            await page.GetByLabel("First call on").FillAsync("2001-01-01");
            await page.GetByLabel("First call on").BlurAsync();
            await Assertions.Expect(page.Locator("#preview")).ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator("#hand-over")).ToContainTextAsync("Give a day from today on.");
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_finger_leaves_no_mark_on_a_row(bool phone)
    {
        var lead = await app.Lead();
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads?q={lead.Name}");
            var cell = page.Locator($"#lead-{lead.Id} > td").First;
            await cell.HoverAsync();
            var colour = await cell.EvaluateAsync<string>("cell => getComputedStyle(cell).backgroundColor");
            Assert.Equal(phone, colour == "rgba(0, 0, 0, 0)");
        }, phone: phone);
    }

    [Fact]
    public async Task Without_script_a_refused_row_far_below_has_the_focus()
    {
        var word = Given.Unique("Row");
        var leads = new List<Lead>();
        for (var i = 10; i < 40; i++)
            leads.Add(await app.Lead($"{word} {i}"));
        var last = leads[^1];
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads?q={word}&edit={last.Id}");
            await page.Locator("[name='row.Stage']").SelectOptionAsync("Closed");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

            await Assertions.Expect(page.Locator("#row_Reason-error")).ToBeInViewportAsync();
            await Assertions.Expect(page.Locator("[name='row.Reason']")).ToBeFocusedAsync();
        }, phone: true, script: false);
    }

    [Fact]
    public async Task Leads_that_were_moved_together_come_back_by_the_toast()
    {
        var word = Given.Unique("Together");
        var leads = new[] { await app.Lead($"{word} a"), await app.Lead($"{word} b") };
        await Browser.VisitAsync(app, Cast.Kam, async page =>
        {
            await page.GotoAsync($"/leads?q={word}");
            await page.GetByText("Select all").ClickAsync();
            await page.GetByLabel("Move to", new() { Exact = true }).SelectOptionAsync("Contacted");
            await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("2 leads moved to Contacted.");
            Assert.Equal([Stage.Contacted, Stage.Contacted], [(await app.Now(leads[0])).Stage, (await app.Now(leads[1])).Stage]);

            await page.Locator("#toasts").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Taken back: 2 leads.");
            Assert.Equal([Stage.New, Stage.New], [(await app.Now(leads[0])).Stage, (await app.Now(leads[1])).Stage]);
        });
    }
}
