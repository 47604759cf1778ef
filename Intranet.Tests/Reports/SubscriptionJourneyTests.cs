using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Microsoft.Playwright;

namespace Intranet.Tests.Reports;

/// <summary>In a real Chromium: from a list to its mail and off again.</summary>
public sealed class SubscriptionJourneyTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public async Task A_list_is_subscribed_to_and_its_pages_can_be_read_by_everybody(bool dark, bool phone, bool script)
    {
        await app.Lead();
        var link = "";
        await Browser.VisitAsync(app, Cast.SalesLead, async page =>
        {
            await page.GotoAsync("/performance?show=under");
            await page.GetByRole(AriaRole.Link, new() { Name = "Subscribe", Exact = true }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Subscribe");
            if (script)
                await page.AxeAsync();
            await Assertions.Expect(page.GetByLabel("Day of the week")).ToBeHiddenAsync();
            await page.GetByLabel("How often").SelectOptionAsync("Weekly");
            await Assertions.Expect(page.GetByLabel("Day of the week")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByLabel("Day of the month")).ToBeHiddenAsync();
            await page.GetByLabel("How often").SelectOptionAsync("Daily");
            await page.GetByLabel("To", new() { Exact = true }).FillAsync("nobody");
            await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
            await Assertions.Expect(page.Locator("#Input_To-error")).ToHaveTextAsync("'nobody' is not an e-mail address.");
            if (script)
                await page.AxeAsync();
            await page.GetByLabel("To", new() { Exact = true }).FillAsync("the.whole.team.of.the.northern.region@sc1701d.example\nsomebody@else.example");
            await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
            await Assertions.Expect(page.Locator(".subscriptions")).ToContainTextAsync("every day at 08:00");
            if (script)
            {
                await page.AxeAsync();
                Assert.True(await page.EvaluateAsync<bool>("(() => { const box = document.querySelector('.table-responsive'); return box.scrollWidth <= box.clientWidth && document.documentElement.scrollWidth <= innerWidth; })()"));
            }

            // The one before was sent at this moment.
            app.Clock.Advance(TimeSpan.FromMinutes(11));
            await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync();
            await Assertions.Expect(page.Locator("body")).ToContainTextAsync("It is sent within a minute.");
            link = (await app.SendDueAsync()).Mails[0].Unsubscribe();
            await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).First.ClickAsync();
            await Assertions.Expect(page.Locator("body")).ToContainTextAsync("Deleted.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
            await Assertions.Expect(page.Locator("body")).ToContainTextAsync("It is back.");
        }, dark, phone, script);
        await Browser.VisitAsync(app, Cast.Stranger, async page =>
        {
            await page.GotoAsync(link);
            if (script)
                await page.AxeAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe" }).ClickAsync();
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You get no more of these mails.");
            if (script)
                await page.AxeAsync();
        }, dark, phone, script);
    }
}
