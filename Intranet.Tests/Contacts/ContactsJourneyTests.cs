using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Contacts;

/// <summary>The console in a real Chromium.</summary>
public sealed class ContactsJourneyTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Every_page_is_accessible_and_fits(bool dark, bool phone)
    {
        var family = Given.Unique("Okonkwo-Featherstonehaugh") + "x";
        var one = await app.Contact("Adaeze", family, $"{Given.Unique("a-rather-long-address-of-somebody")}@a-company-with-a-long-name.example", Phone(), "Maple and Partners International Limited", "Goa");
        var two = await app.Contact("Ada", family, NewEmail(), Phone(), city: "Pune");
        var link = await app.Linked(one, two, "met both of them at the fair");
        var cut = await app.Linked(one, await app.Contact("Adah", family));
        await app.Operation<CutLink, IReadOnlyList<int>?>(verb => verb.RunAsync(cut.Id, Cast.Steward.Name));
        var apart = await app.Contact("Ade", family);
        await app.Operation<SeparateContacts, SeparateContacts.Outcome>(verb => verb.RunAsync(one.Id, apart.Id, Cast.Steward.Name));
        var gone = await app.Contact("Gone", family);
        await app.Operation<DeleteContact, bool>(verb => verb.RunAsync(gone.Id));
        await app.Database(async db =>
        {
            db.Add(DuplicatePair.Of(two.Id, apart.Id, PairCause.Likeness, 0.93, null, app.Clock.UtcNow));
            db.Add(new GenericValue { Kind = GenericValueKind.Email, ValueKey = NewEmail("reception"), AddedAt = app.Clock.UtcNow, AddedBy = Cast.Steward.Name });
            await db.SaveChangesAsync();
        });
        string[] addresses =
        [
            "/contacts", $"/contacts?q={family}", "/contacts?q=nobody", $"/contacts/{one.Id}?one={one.Id}&other={two.Id}", $"/contacts/{gone.Id}", $"/contacts/edit/{one.Id}", $"/contacts/cut/{link.Id}",
            $"/contacts/erase/{one.Id}", "/contacts/separations", "/contacts/generic-values", "/contacts/duplicates/settings", $"/search?q={family}",
        ];
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            foreach (var address in addresses)
            {
                await page.GotoAsync(address);
                await page.AxeAsync();
                await page.FitsTheWidthAsync();
                // No table scrolls sideways inside its card either.
                Assert.Equal((address, 0), (address, await page.EvaluateAsync<int>("[...document.querySelectorAll('.table-responsive')].reduce((most, box) => Math.max(most, box.scrollWidth - box.clientWidth), 0)")));
            }
        }, dark, phone);
    }

    [Fact]
    public async Task On_a_phone_the_button_that_restores_keeps_its_width()
    {
        var contact = await app.Contact("Gone", "Berg", NewEmail());
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync($"/contacts/edit/{contact.Id}");
            await app.Operation<DeleteContact, bool>(delete => delete.RunAsync(contact.Id));
            await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            var restore = page.GetByRole(AriaRole.Button, new() { Name = "Restore" });
            Assert.Equal(0, await restore.EvaluateAsync<int>("button => button.scrollWidth - button.clientWidth"));
            await page.FitsTheWidthAsync();
            await restore.ClickAsync();
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Restored. Save to keep what you typed.");
        }, phone: true);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Possible_duplicates_appear_while_typing_and_leave_again(bool dark, bool phone)
    {
        var family = Given.Unique("Typed") + "x";
        var known = await app.Contact("Ada", family, NewEmail());
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync("/contacts/edit");
            await page.GetByLabel("Given name").FillAsync("Ada");
            await page.GetByLabel("Family name").PressSequentiallyAsync(family);
            var link = page.Locator("#likely").GetByRole(AriaRole.Link, new() { Name = $"Ada {family}" });
            await Assertions.Expect(link).ToHaveAttributeAsync("href", $"/contacts/{known.Id}");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
            await page.GetByLabel("Family name").FillAsync("Nobody");
            await Assertions.Expect(link).ToHaveCountAsync(0);
            await page.GetByLabel("E-mail").FillAsync(known.Email!);
            await Assertions.Expect(link).ToBeVisibleAsync();
            await page.GetByLabel("Family name").FillAsync(family);
            await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
            await Assertions.Expect(page.GetByText("One person in 2 contacts")).ToBeVisibleAsync();

            // Neither itself nor who is one with it, when it is changed.
            var other = await app.Contact("Adah", family);
            await page.GotoAsync($"/contacts/edit/{known.Id}");
            await page.GetByLabel("Given name").FillAsync("Adah");
            await Assertions.Expect(page.Locator("#likely a")).ToHaveAttributeAsync("href", $"/contacts/{other.Id}");
        }, dark, phone);
    }

    [Fact]
    public async Task The_list_answers_while_typing_and_the_address_carries_the_filter()
    {
        var family = Given.Unique("Listed") + "x";
        var contact = await app.Contact("Ada", family, phone: Phone());
        await Browser.VisitAsync(app, Cast.Employee, async page =>
        {
            await page.GotoAsync("/contacts");
            await page.GetByLabel("Name, company, e-mail or phone").PressSequentiallyAsync(family);
            await Assertions.Expect(page.Locator("#results tbody tr")).ToHaveCountAsync(1);
            await page.GetByLabel("Links").SelectOptionAsync("yes");
            await Assertions.Expect(page.GetByText("Nothing found")).ToBeVisibleAsync();
            await page.GetByLabel("Links").SelectOptionAsync("no");
            await Assertions.Expect(page.Locator($"#contact-{contact.Id}")).ToBeVisibleAsync();
            await page.ArrivesAtAsync($"**/contacts?q={family}*linked=no*");
            await page.ReloadAsync();
            await Assertions.Expect(page.Locator($"#contact-{contact.Id}")).ToBeVisibleAsync();

            // From any page: the box on top, by number in another formatting.
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Search people, products, repositories and contacts" }).PressSequentiallyAsync($"+91 {contact.Phone}");
            await page.GetByRole(AriaRole.Option, new() { Name = $"Ada {family}" }).ClickAsync();
            await page.ArrivesAtAsync($"**/contacts/{contact.Id}");
        });
    }

    [Fact]
    public async Task What_was_typed_survives_a_lost_connection_whether_the_browser_knows_of_it_or_not()
    {
        var contact = await app.Contact("Ada", Given.Unique("Offline") + "x");
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            var (city, save) = (page.GetByLabel("City"), page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
            await page.GotoAsync($"/contacts/{contact.Id}");
            await page.GotoAsync($"/contacts/edit/{contact.Id}");
            await page.Context.SetOfflineAsync(true);
            await city.FillAsync("Goa");
            await save.ClickAsync();
            await Assertions.Expect(page.Locator("#failures")).ToContainTextAsync("The connection is lost, so this was not sent. What you typed is still here.");
            await page.Locator("#failures [data-retry]").ClickAsync();
            await Assertions.Expect(page.Locator("#failures")).ToContainTextAsync("this was not sent");
            await Assertions.Expect(city).ToHaveValueAsync("Goa");
            await page.AxeAsync();
            await page.Context.SetOfflineAsync(false);
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("The connection is back. What you typed is not sent yet.");

            // Here it takes the connection for well, and shows a page of its own.
            await page.RouteAsync($"**/contacts/edit/{contact.Id}", route => route.Request.Method == "POST" ? route.AbortAsync("connectionfailed") : route.ContinueAsync());
            await save.ClickAsync();
            await page.WaitForURLAsync("chrome-error://**");
            // Which stands in the place of the form.
            await page.GoBackAsync();
            await page.ArrivesAtAsync($"**/contacts/{contact.Id}");
            await page.GotoAsync($"/contacts/edit/{contact.Id}");
            await Assertions.Expect(city).ToHaveValueAsync("Goa");
            await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("What you had typed is back. It may not have been saved.");
            await page.UnrouteAsync($"**/contacts/edit/{contact.Id}");
            await save.ClickAsync();
            await page.ArrivesAtAsync($"**/contacts/{contact.Id}");

            // What was saved is no draft any more.
            await page.GoBackAsync();
            await Assertions.Expect(page.Locator("#toasts")).Not.ToContainTextAsync("is back");
        }, tolerate: ["net::ERR", "Failed to fetch"]);
        Assert.Equal("Goa", (await app.Database(db => db.Contacts.SingleAsync(one => one.Id == contact.Id))).City);
    }

    [Fact]
    public async Task A_browser_without_a_network_sends_to_the_machine_it_runs_on()
    {
        var contact = await app.Contact("Ada", Given.Unique("Loopback") + "x");
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })");
            await page.GotoAsync($"/contacts/edit/{contact.Id}");
            Assert.False(await page.EvaluateAsync<bool>("navigator.onLine"));
            await page.GetByLabel("City").FillAsync("Goa");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await page.ArrivesAtAsync($"**/contacts/{contact.Id}");
        });
        Assert.Equal("Goa", (await app.Database(db => db.Contacts.SingleAsync(one => one.Id == contact.Id))).City);
    }

    [Fact]
    public async Task After_a_mistake_that_was_corrected_the_way_back_asks_nothing()
    {
        var contact = await app.Contact("Ada", Given.Unique("Mistake") + "x");
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync($"/contacts/edit/{contact.Id}");
            await page.GetByLabel("Phone").FillAsync("call me");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Assertions.Expect(page.GetByText("This is not a phone number.")).ToBeVisibleAsync();
            await page.GetByLabel("Phone").FillAsync("");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await page.ArrivesAtAsync($"**/contacts/{contact.Id}");

            await page.GoBackAsync();
            await page.ArrivesAtAsync($"**/contacts/edit/{contact.Id}");
            await Assertions.Expect(page.GetByLabel("Phone")).ToHaveValueAsync("");
            await Assertions.Expect(page.GetByText("This is not a phone number.")).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task Somebody_known_only_by_a_long_address_fits_a_narrow_phone()
    {
        var contact = await app.Contact(null, null, $"{Given.Unique("a-rather-long-address-of-somebody")}@a-company-with-a-long-name.example");
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            foreach (var address in new[] { $"/contacts/{contact.Id}", $"/contacts/edit/{contact.Id}", $"/contacts/erase/{contact.Id}" })
            {
                await page.SetViewportSizeAsync(360, 780);
                await page.GotoAsync(address);
                await page.FitsTheWidthAsync();
            }
        }, phone: true);
    }

    [Fact]
    public async Task Without_script_a_contact_is_added_changed_linked_cut_deleted_and_restored()
    {
        var (family, mail) = (Given.Unique("Plain") + "x", NewEmail());
        var known = await app.Contact("Ada", family, mail, city: "Goa");
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync("/contacts");
            await page.GetByRole(AriaRole.Link, new() { Name = "Add contact" }).ClickAsync();
            await page.GetByLabel("Given name").FillAsync("Ada");
            await page.GetByLabel("Phone").FillAsync("call me");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
            await Assertions.Expect(page.GetByText("This is not a phone number.")).ToBeVisibleAsync();
            await page.GetByLabel("Phone").FillAsync("");
            await page.GetByLabel("Family name").FillAsync(family);
            await page.GetByLabel("E-mail").FillAsync(mail);
            await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
            await Assertions.Expect(page.GetByText("One person in 2 contacts")).ToBeVisibleAsync();

            await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
            await page.GetByLabel("City").FillAsync("Pune");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = $"Use this city of {known.Id}" }).ClickAsync();
            await Assertions.Expect(page.GetByText("chosen", new() { Exact = true })).ToBeVisibleAsync();

            await page.GetByRole(AriaRole.Link, new() { Name = "Cut link" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Without the link there will be 2 people:")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Cut the link" }).ClickAsync();
            await Assertions.Expect(page.GetByText("One person in 2 contacts")).ToHaveCountAsync(0);
            await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
            await Assertions.Expect(page.GetByText("One person in 2 contacts")).ToBeVisibleAsync();

            await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
            await Assertions.Expect(page.GetByText("it takes part in nothing until it is restored")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
            await Assertions.Expect(page.GetByText("One person in 2 contacts")).ToBeVisibleAsync();
        }, script: false);
        Assert.Equal(2, await app.Database(db => db.Contacts.CountAsync(c => c.FamilyName == family && c.DeletedAt == null)));
    }
}
