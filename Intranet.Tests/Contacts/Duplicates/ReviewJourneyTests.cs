using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Intranet.Tests.Contacts.Duplicates;

/// <summary>In a real Chromium, by keyboard alone.</summary>
public sealed class ReviewJourneyTests(ReviewApp app) : IClassFixture<ReviewApp>
{
    private const int Decisions = 200, Seeded = 205;

    [Fact]
    public async Task Two_hundred_decisions_in_a_row_and_two_undone()
    {
        await SeedAsync();
        await Browser.VisitAsync(app, Cast.Steward, async page =>
        {
            await page.GotoAsync("/contacts/duplicates");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();

            for (var done = 0; done < Decisions; done++)
            {
                app.Clock.Advance(TimeSpan.FromSeconds(1));
                await PressAsync(page, "sdl"[done % 3]);
            }

            await ExpectAsync(page, "134 of 139, 66 later");
            Assert.Equal("134 of 139, 66 later", await page.Locator("#review-live").TextContentAsync());
            Assert.True(await page.Locator("#toasts > .notice").CountAsync() <= 1);
            Assert.Equal((67, 67, 66, 5), await StatesAsync());
            Assert.Equal((67, 67), await app.Database(async db => (await db.Links.CountAsync(), await db.Separations.CountAsync())));

            // The two hundredth was not the same, the one before the same.
            await PressAsync(page, 'u');
            await PressAsync(page, 'u');
            await ExpectAsync(page, "132 of 139, 66 later");
            Assert.Equal((66, 66, 66, 7), await StatesAsync());

            // Passing on and back decides nothing.
            await PressAsync(page, 'j');
            await PressAsync(page, 'k');
            Assert.Equal((66, 66, 66, 7), await StatesAsync());
            await page.AxeAsync();
        });
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Three_who_may_be_one_are_ticked_by_number_and_take_all_from_the_right(bool dark, bool phone)
    {
        await using var own = new ReviewApp();
        await own.InitializeAsync();
        var (a, b, c) = (await own.ContactAsync("Ann", city: "Pune", daysOld: 3), await own.ContactAsync("Anne", city: "Puna", daysOld: 2), await own.ContactAsync("Anna", city: "Poona", daysOld: 1));
        await own.PairAsync(a, b, 0.9);
        await own.PairAsync(b, c, 0.8);
        await Browser.VisitAsync(own, Cast.Steward, async page =>
        {
            await page.GotoAsync("/contacts/duplicates");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
            await page.Keyboard.PressAsync("1");
            await Assertions.Expect(page.Locator("[data-person='1']")).Not.ToBeCheckedAsync();
            await page.Keyboard.PressAsync("a");
            await Assertions.Expect(page.Locator($"input[name='Input.Choices[City]'][value='{c.Id}']")).ToBeCheckedAsync();
            await page.Keyboard.PressAsync("s");
            await Assertions.Expect(page.Locator("[data-progress]")).ToHaveTextAsync("1 of 2, 0 later");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
        }, dark, phone);
        Assert.Equal([b.Id], await own.Database(db => db.Contacts.Where(x => x.LinkedId != null).Select(x => x.LinkedId!.Value).ToListAsync()));
    }

    [Fact]
    public async Task Who_is_unticked_takes_their_values_and_the_first_place_along_and_brings_them_back()
    {
        await using var own = new ReviewApp();
        await own.InitializeAsync();
        var (a, b, c) = (await own.ContactAsync("Ann", city: "Pune", daysOld: 3), await own.ContactAsync("Anne", city: "Goa", daysOld: 2), await own.ContactAsync("Hanna", city: "Delhi", daysOld: 1));
        await own.PairAsync(a, b, 0.9);
        await own.PairAsync(b, c, 0.8);
        await Browser.VisitAsync(own, Cast.Steward, async page =>
        {
            ILocator Of(Contact contact, string field) => page.Locator($"input[name='Input.Choices[{field}]'][value='{contact.Id}']");
            var primary = page.Locator("[data-primary]:visible");
            await page.GotoAsync("/contacts/duplicates");
            await Assertions.Expect(Of(c, "City")).ToBeCheckedAsync();
            await Assertions.Expect(primary).ToContainTextAsync("Ann Lovelace would be the primary");

            // What was taken stays, where its owner is ticked.
            await Of(a, "GivenName").CheckAsync();
            await page.Keyboard.PressAsync("3");
            await Assertions.Expect(Of(b, "City")).ToBeCheckedAsync();
            await Assertions.Expect(Of(c, "City")).ToBeDisabledAsync();
            await Assertions.Expect(Of(a, "GivenName")).ToBeCheckedAsync();
            await page.AxeAsync();

            await page.Keyboard.PressAsync("3");
            await page.Keyboard.PressAsync("1");
            await Assertions.Expect(primary).ToContainTextAsync("Anne Lovelace would be the primary");
            await Assertions.Expect(Of(c, "City")).ToBeCheckedAsync();
            await Assertions.Expect(Of(c, "GivenName")).ToBeCheckedAsync();
            await page.Keyboard.PressAsync("1");
            await Assertions.Expect(Of(a, "GivenName")).ToBeCheckedAsync();
            await page.Keyboard.PressAsync("3");
            await page.Keyboard.PressAsync("s");
            await Assertions.Expect(page.Locator("[data-progress]")).ToHaveTextAsync("1 of 2, 0 later");
        });
        Assert.Equal([(nameof(Contact.GivenName), a.Id)], (await own.Database(db => db.FieldChoices.ToListAsync())).Select(choice => (choice.Field, choice.ContactId)));
    }

    [Fact]
    public async Task Without_script_the_buttons_and_radios_do_it()
    {
        await using var own = new ReviewApp();
        await own.InitializeAsync();
        await own.PairAsync();
        await Browser.VisitAsync(own, Cast.Steward, async page =>
        {
            await page.GotoAsync("/contacts/duplicates");
            await page.FitsTheWidthAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Same", Exact = true }).ClickAsync();
            await Assertions.Expect(page.GetByText("Nothing to review")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).First.ClickAsync();
            await Assertions.Expect(page.GetByText("Are these two one person?")).ToBeVisibleAsync();
        }, phone: true, script: false);
    }

    // Pressed when the answer to the last key is in place: another group, or none.
    private static async Task PressAsync(IPage page, char key)
    {
        var group = await page.Locator("[data-group]").First.GetAttributeAsync("id");
        await page.Keyboard.PressAsync(key.ToString());
        await page.WaitForFunctionAsync("was => document.querySelector('[data-group]')?.id !== was && !document.querySelector('#review[aria-busy]') && document.getElementById('review').dataset.shown", group);
    }

    private static Task ExpectAsync(IPage page, string progress) => Assertions.Expect(page.Locator("[data-progress]")).ToHaveTextAsync(progress);

    private Task<(int Same, int Different, int Later, int Open)> StatesAsync() => app.Database(async db =>
    {
        var states = await db.DuplicatePairs.GroupBy(p => p.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count);
        return (states.GetValueOrDefault(PairState.Same), states.GetValueOrDefault(PairState.Different), states.GetValueOrDefault(PairState.Later), states.GetValueOrDefault(PairState.Open));
    });

    private Task SeedAsync() => app.Database(async db =>
    {
        var at = app.Clock.UtcNow;
        var contacts = Enumerable.Range(0, Seeded * 2).Select(i => new Contact
        {
            Source = "import",
            GivenName = i % 2 == 0 ? "Jon" : "John",
            FamilyName = $"Smith{i / 2}",
            City = i % 2 == 0 ? "Pune" : "Mumbai",
            CreatedAt = at.AddDays(i % 2 == 0 ? -9 : -1),
            UpdatedAt = at,
        }).ToList();
        db.AddRange(contacts);
        await db.SaveChangesAsync();
        for (var i = 0; i < Seeded; i++)
            db.Add(DuplicatePair.Of(contacts[2 * i].Id, contacts[(2 * i) + 1].Id, PairCause.Likeness, 0.99 - (i * 0.002), ReviewApp.Evidence, at));
        await db.SaveChangesAsync();
    });
}
