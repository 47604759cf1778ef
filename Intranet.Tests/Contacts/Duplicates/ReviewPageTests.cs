using System.Globalization;
using System.Net;
using Intranet.Data.Contacts;
using Intranet.Data.Leads;
using Intranet.Tests.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Contacts.Duplicates;

public sealed class ReviewPageTests : IAsyncLifetime
{
    private const string Url = "/contacts/duplicates";
    private readonly ReviewApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<Page> OpenAsync(string url = Url) => (await (await app.SignedInAs(Cast.Steward)).PageAsync(url)).MustBeOk();

    [Fact]
    public async Task The_leads_interactions_and_users_that_hang_on_each_side_are_counted()
    {
        var (older, newer) = (await app.ContactAsync("Jon", "Smith", Cast.Kam.Email, daysOld: 30), await app.ContactAsync("John", "Smith"));
        await app.PairAsync(older, newer);
        var lead = await app.Lead();
        var poc = new Poc { LeadId = lead.Id, ContactId = newer.Id, Role = "kitchen", CreatedAt = app.Clock.UtcNow };
        await app.Database(db => { db.Add(poc); return db.SaveChangesAsync(); });
        await app.Logged(lead, pocId: poc.Id);
        await app.Logged(lead, pocId: poc.Id);

        var facts = (await OpenAsync()).Texts(".review-facts td");

        Assert.EndsWith("1 row (import), 1 user", facts[0], StringComparison.Ordinal);
        Assert.EndsWith("1 row (import), 1 lead, 2 interactions", facts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_shows_what_differs_what_hangs_on_it_and_who_is_primary()
    {
        var (older, newer) = (await app.ContactAsync("Jon", "Smith", "jon@x.example", city: "Pune", street: "12 Oak Road", daysOld: 30), await app.ContactAsync("John", "Smith", "john@x.example", city: "Pune", street: "14 Oak Road"));
        await app.PairAsync(older, newer, 0.87);

        var page = await OpenAsync();

        Assert.Equal("0 of 1, 0 later", page.One("[data-progress]").Words());
        Assert.Equal(["Given name", "Street", "E-mail"], page.Texts(".review-table tbody:first-of-type th"));
        Assert.Contains("h", page.Texts("mark"));
        Assert.Equal(["Family name", "City"], page.Texts(".review-equal dt"));
        Assert.Contains("Jon Smith would be the primary: the oldest, added", page.Text, StringComparison.Ordinal);
        Assert.Contains("1 row (import), nothing else hangs on it", page.Text, StringComparison.Ordinal);
        Assert.Equal("Two contacts drawn at random are seldom one person", page.One(".evidence li:nth-child(1) > span:first-child").Words());
        Assert.Equal("Family name: equal", page.One(".evidence li:nth-child(2) > span:first-child").Words());
        // The points add up to those of the result: log2(.87 / .13) is 2.7.
        Assert.Equal(("Together: 87% likely", "+3 points"), (page.One(".evidence-result > span:first-child").Words(), page.One(".evidence-result .evidence-points").Words()));
        Assert.Equal(3, page.All(".evidence li:not(.evidence-result)").Sum(step => int.Parse(step.GetAttribute("data-points")!, CultureInfo.InvariantCulture)));
        // The newest value shows unless another is taken.
        Assert.Equal([$"{newer.Id}", $"{newer.Id}"], page.All("input[type=radio][checked]").Select(radio => radio.GetAttribute("value")));
    }

    [Fact]
    public async Task What_would_show_is_the_newest_value_and_not_all_that_the_row_says_that_was_edited_last()
    {
        var (older, newer) = (await app.ContactAsync("Jon", "Smith", city: "Goa", street: "12 Oak Road", daysOld: 30), await app.ContactAsync("John", "Smith", city: "Pune", street: "14 Oak Road", daysOld: 1));
        await app.PairAsync(older, newer);
        using var client = await app.SignedInAs(Cast.Steward);
        (await (await client.PageAsync($"/contacts/edit/{older.Id}")).MustBeOk().Form("Save").Fill("Street", "1 Elm Road").SubmitAsync()).MustBeOk();

        var page = await OpenAsync();

        // Given name, street, city: what differs first.
        Assert.Equal(["Given name", "Street", "City"], page.Texts(".review-table tbody:first-of-type th"));
        Assert.Equal([$"{newer.Id}", $"{older.Id}", $"{newer.Id}"], page.All("input[type=radio][checked]").Select(radio => radio.GetAttribute("value")));
        // What shows anyway needs no choice; what doesn't is one.
        await page.Form("same").Choose("Input.Choices[City]", $"{newer.Id}").Choose("Input.Choices[GivenName]", $"{older.Id}").SubmitAsync();
        Assert.Equal([(nameof(Contact.GivenName), older.Id)], (await app.Database(db => db.FieldChoices.ToListAsync())).Select(choice => (choice.Field, choice.ContactId)));
    }

    [Fact]
    public async Task Same_links_with_the_chosen_values_shows_the_next_and_is_undone()
    {
        var (older, newer) = (await app.ContactAsync("Jon", "Smith", daysOld: 30), await app.ContactAsync("John", "Smith"));
        var pair = await app.PairAsync(older, newer, 0.95);
        var next = await app.PairAsync(0.8);

        var page = await (await OpenAsync()).Form("same").Choose("Input.Choices[GivenName]", $"{older.Id}").SubmitAsync();

        Assert.Equal("Linked.", page.MustBeOk().One("[data-toast] > span").Words());
        Assert.Equal("1 of 2, 0 later", page.One("[data-progress]").Words());
        Assert.NotNull(page.One($"#group-{next.Id}"));
        Assert.Equal(older.Id, await app.Database(db => db.Contacts.Where(c => c.Id == newer.Id).Select(c => c.LinkedId).SingleAsync()));
        Assert.Equal(older.Id, await app.Database(db => db.FieldChoices.Select(c => c.ContactId).SingleAsync()));

        var undone = await page.Form(Undo(page)).SubmitAsync();
        Assert.Equal("Taken back.", undone.MustBeOk().One("[data-toast] > span").Words());
        Assert.NotNull(undone.One($"#group-{pair.Id}"));
        Assert.Null(await app.Database(db => db.Contacts.Where(c => c.Id == newer.Id).Select(c => c.LinkedId).SingleAsync()));
    }

    [Fact]
    public async Task Later_moves_to_the_list_of_those_and_different_separates()
    {
        var pair = await app.PairAsync();
        var empty = await (await OpenAsync()).Form("later").SubmitAsync();
        Assert.Equal("0 of 0, 1 later", empty.One("[data-progress]").Words());
        Assert.Contains("Nothing to review", empty.Text, StringComparison.Ordinal);
        var later = await OpenAsync($"{Url}?show=later");
        Assert.NotNull(later.One($"#group-{pair.Id}"));
        await later.Form("different").SubmitAsync();
        Assert.Equal(pair.FirstId, await app.Database(db => db.Separations.Select(s => s.FirstId).SingleAsync()));
    }

    [Fact]
    public async Task A_pair_that_changed_meanwhile_says_so_and_is_not_decided()
    {
        var pair = await app.PairAsync();
        var page = await OpenAsync();
        await app.Database(async db =>
        {
            (await db.Contacts.SingleAsync(c => c.Id == pair.SecondId)).City = "Pune";
            await db.SaveChangesAsync();
        });

        var refused = (await page.Form("same").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("This changed while you looked at it", refused.One("[role=alert].alert").Words(), StringComparison.Ordinal);
        Assert.Contains("Pune", refused.Text, StringComparison.Ordinal);
        Assert.False(await app.Database(db => db.Links.AnyAsync()));
        // What it shows now can be decided.
        (await refused.Form("same").SubmitAsync()).MustBeOk();
        Assert.True(await app.Database(db => db.Links.AnyAsync()));
    }

    [Fact]
    public async Task A_group_that_was_decided_elsewhere_is_told_so_above_the_next_one()
    {
        var (first, second) = (await app.PairAsync(0.95), await app.PairAsync(0.9));
        using var client = await app.SignedInAs(Cast.Steward);
        var (one, other) = ((await client.PageAsync(Url)).MustBeOk(), (await client.PageAsync(Url)).MustBeOk());
        (await one.Form("same").SubmitAsync()).MustBeOk();

        var refused = (await other.Form("same").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("That was decided meanwhile. This is the next one.", refused.One("[role=alert].alert").Words());
        Assert.NotNull(refused.One($"#group-{second.Id}"));

        (await refused.Form("different").SubmitAsync()).MustBeOk();
        refused = (await other.Form("same").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("That was decided meanwhile.", refused.One("[role=alert].alert").Words());
        Assert.Empty(refused.All("[id^=group-]"));
        Assert.Equal(PairState.Same, (await app.Database(db => db.DuplicatePairs.SingleAsync(pair => pair.Id == first.Id))).State);
    }

    [Fact]
    public async Task A_separation_disables_same_with_the_reason()
    {
        var pair = await app.PairAsync();
        await app.Do<SeparateContacts, SeparateContacts.Outcome>(verb => verb.RunAsync(pair.FirstId, pair.SecondId, "Otto Other"));

        var page = await OpenAsync();

        Assert.True(page.One("button[value=same]").HasAttribute("disabled"));
        Assert.Contains("Otto Other said on", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_is_none_is_refused()
    {
        await app.PairAsync();
        var page = await OpenAsync();
        page.One("button[value=same]").SetAttribute("value", "perhaps");
        var refused = (await page.Form("perhaps").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Choose same, not the same, or later.", refused.Text, StringComparison.Ordinal);
        Assert.True(await app.Database(db => db.DuplicatePairs.AllAsync(p => p.State == PairState.Open)));
    }

    [Fact]
    public async Task Of_a_group_of_more_only_the_ticked_are_linked()
    {
        var (a, b, c) = (await app.ContactAsync("Ann", daysOld: 3), await app.ContactAsync("Anne", daysOld: 2), await app.ContactAsync("Hanna", daysOld: 1));
        await app.PairAsync(a, b, 0.9);
        await app.PairAsync(b, c, 0.8);
        var page = await OpenAsync();
        Assert.Equal(3, page.All("input[type=checkbox][name='Input.People']").Count);
        Untick(page, c);
        // Without script the newest name is still marked, and shows nowhere then: first what would show is shown.
        page = (await page.Form("same").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        (await page.Form("same").SubmitAsync()).MustBeOk();
        Assert.Equal([a.Id], await app.Database(db => db.Contacts.Where(x => x.LinkedId != null).Select(x => x.LinkedId!.Value).ToListAsync()));
        Assert.Equal(1, await app.Database(db => db.DuplicatePairs.CountAsync(p => p.State == PairState.Open)));
    }

    [Fact]
    public async Task Of_a_group_of_more_what_was_unticked_and_chosen_stays_after_a_refusal()
    {
        var (a, b, c) = (await app.ContactAsync("Ann", city: "Goa", daysOld: 3), await app.ContactAsync("Anne", city: "Pune", daysOld: 2), await app.ContactAsync("Hanna", city: "Delhi", daysOld: 1));
        await app.PairAsync(a, b, 0.9);
        await app.PairAsync(b, c, 0.8);
        var page = await OpenAsync();
        // How likely it is, of which two.
        Assert.Equal("1 and 2: 90% likely", page.One("#group-title .badge").Words());
        Untick(page, b);
        Untick(page, c);

        var refused = (await page.Form("same").Choose("Input.Choices[City]", $"{a.Id}").Choose("Input.Choices[GivenName]", $"{a.Id}").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Tick at least two people that belong together.", refused.One("[role=alert].alert").Words(), StringComparison.Ordinal);
        Assert.Equal([$"{a.Id}"], refused.All("input[name='Input.People'][checked]").Select(box => box.GetAttribute("value")));
        Assert.Equal([$"{a.Id}", $"{a.Id}"], refused.All("input[type=radio][checked]").Select(radio => radio.GetAttribute("value")));
        (await refused.Form("same").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.False(await app.Database(db => db.Links.AnyAsync()));
    }

    [Fact]
    public async Task Of_a_group_of_more_the_value_is_marked_that_shows_of_those_who_are_ticked_and_the_oldest_of_them_would_be_primary()
    {
        var (a, b, c) = (await app.ContactAsync("Ann", city: "Goa", daysOld: 3), await app.ContactAsync("Anne", city: "Pune", daysOld: 2), await app.ContactAsync("Hanna", city: "Delhi", daysOld: 1));
        await app.PairAsync(b, c, 0.9);
        await app.PairAsync(a, b, 0.8);
        await app.Do<SeparateContacts, SeparateContacts.Outcome>(verb => verb.RunAsync(a.Id, c.Id, Cast.Steward.Name));

        // The oldest is separated from one of the likelier two, and not ticked.
        var page = await OpenAsync();
        Assert.Equal([$"{b.Id}", $"{c.Id}"], page.All("input[name='Input.People'][checked]").Select(box => box.GetAttribute("value")));
        Assert.Equal(["Anne Lovelace"], page.All("[data-primary]:not([hidden])").Select(sentence => sentence.Words().Split(" would")[0]));

        Untick(page, c);
        Tick(page, a);
        // As without script: the newest value, of who is not ticked any more, is still taken.
        var refused = (await page.Form("same").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("A value was taken from somebody who isn't ticked", refused.One("[role=alert].alert").Words(), StringComparison.Ordinal);
        Assert.False(await app.Database(db => db.Links.AnyAsync()));
        Assert.Equal([$"{a.Id}", $"{b.Id}"], refused.All("input[name='Input.People'][checked]").Select(box => box.GetAttribute("value")));
        Assert.Equal([$"{b.Id}", $"{b.Id}"], refused.All("input[type=radio][checked]").Select(radio => radio.GetAttribute("value")));
        Assert.Equal(["Ann Lovelace"], refused.All("[data-primary]:not([hidden])").Select(sentence => sentence.Words().Split(" would")[0]));

        (await refused.Form("same").Choose("Input.Choices[City]", $"{a.Id}").SubmitAsync()).MustBeOk();
        Assert.Equal([(nameof(Contact.City), a.Id)], (await app.Database(db => db.FieldChoices.ToListAsync())).Select(choice => (choice.Field, choice.ContactId)));
        Assert.Equal(a.Id, await app.Database(db => db.Contacts.Where(x => x.Id == b.Id).Select(x => x.LinkedId).SingleAsync()));
    }

    [Fact]
    public async Task A_group_that_was_told_apart_without_a_pair_between_the_two_is_undone_to_where_it_waits()
    {
        var (a, b, c) = (await app.ContactAsync("Ann", daysOld: 3), await app.ContactAsync("Anne", daysOld: 2), await app.ContactAsync("Hanna", daysOld: 1));
        var ab = await app.PairAsync(a, b, 0.9);
        await app.PairAsync(b, c, 0.8);
        var page = await OpenAsync();
        Untick(page, b);
        page = (await page.Form("different").SubmitAsync()).MustBeOk();
        Assert.Equal("Not the same.", page.One("[data-toast] > span").Words());
        Assert.Equal([(a.Id, c.Id)], (await app.Database(db => db.Separations.ToListAsync())).Select(s => (s.FirstId, s.SecondId)));

        page = (await page.Form(Undo(page)).SubmitAsync()).MustBeOk();
        Assert.Equal("Taken back.", page.One("[data-toast] > span").Words());
        Assert.Empty(page.All("[role=alert].alert"));
        Assert.NotNull(page.One($"#group-{ab.Id}"));
        Assert.False(await app.Database(db => db.Separations.AnyAsync()));
    }

    [Fact]
    public async Task Two_stewards_see_different_groups()
    {
        var (likely, unlikely) = (await app.PairAsync(0.9), await app.PairAsync(0.6));
        Assert.NotNull((await OpenAsync()).One($"#group-{likely.Id}"));
        using var other = await app.SignedInAs(Cast.Administrator);
        Assert.NotNull((await other.PageAsync(Url)).MustBeOk().One($"#group-{unlikely.Id}"));
        using var third = await app.SignedInAs(await app.Given.User(role: Data.Accounts.Role.Steward));
        Assert.Contains("Others are at it", (await third.PageAsync(Url)).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_that_does_not_wait_opens_from_the_page_of_its_contact_and_can_be_decided()
    {
        var likely = await app.PairAsync(0.9);
        var (below, later) = (await app.PairAsync(0.2), await app.PairAsync(0.8));
        await app.Database(async db =>
        {
            (await db.DuplicatePairs.SingleAsync(p => p.Id == later.Id)).Decide(PairState.Later, app.Clock.UtcNow, Cast.Steward.Name);
            await db.SaveChangesAsync();
        });

        foreach (var pair in new[] { below, later })
        {
            var contact = await OpenAsync($"/contacts/{pair.FirstId}");
            var page = (await contact.Client.PageAsync(contact.One("a[href*='duplicates?pair=']").GetAttribute("href")!)).MustBeOk();
            Assert.NotNull(page.One($"#group-{pair.Id}"));
            var next = (await page.Form("same").SubmitAsync()).MustBeOk();
            Assert.NotNull(next.One($"#group-{likely.Id}"));
            Assert.Equal(PairState.Same, await app.Database(db => db.DuplicatePairs.Where(p => p.Id == pair.Id).Select(p => p.State).SingleAsync()));
        }

        // One that is decided says so, and shows what waits.
        var gone = await OpenAsync($"{Url}?pair={below.Id}");
        Assert.Contains("The pair that was asked for doesn't wait any more", gone.One("[role=alert].alert").Words(), StringComparison.Ordinal);
        Assert.NotNull(gone.One($"#group-{likely.Id}"));
    }

    [Fact]
    public async Task Two_people_of_many_rows_are_decided_however_many_pairs_these_have()
    {
        var people = new List<List<Contact>>();
        foreach (var given in new[] { "Ann", "Anna" })
        {
            var rows = new List<Contact>();
            for (var i = 0; i < 21; i++)
                rows.Add(await app.ContactAsync(given, "Weber", daysOld: 50 - i));
            people.Add(rows);
        }

        await app.Database(async db =>
        {
            foreach (var rows in people)
            {
                db.AddRange(rows.Skip(1).Select(row => Link.Between(rows[0].Id, row.Id, LinkReason.Steward, null, app.Clock.UtcNow, "x")));
                var (primary, others) = (rows[0].Id, rows.Skip(1).Select(row => row.Id).ToList());
                await db.Contacts.Where(c => others.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, primary));
            }

            db.AddRange(people[0].SelectMany(one => people[1].Select(other => DuplicatePair.Of(one.Id, other.Id, PairCause.Likeness, 0.9, ReviewApp.Evidence, app.Clock.UtcNow))));
            await db.SaveChangesAsync();
        });

        var page = (await (await OpenAsync()).Form("same").SubmitAsync()).MustBeOk();

        Assert.Equal("Linked.", page.One("[data-toast] > span").Words());
        Assert.Equal(441, await app.Database(db => db.DuplicatePairs.CountAsync(p => p.State == PairState.Same)));
    }

    [Fact]
    public async Task A_pair_that_is_settled_while_the_page_is_made_is_not_shown()
    {
        var (linked, decided, gone) = (await app.PairAsync(0.9), await app.PairAsync(0.8), await app.PairAsync(0.7));
        await app.Do<LinkContacts, LinkContacts.Result>(link => link.RunAsync(linked.FirstId, linked.SecondId, LinkReason.Steward, null, "x"));
        await app.Do<SeparateContacts, SeparateContacts.Outcome>(separate => separate.RunAsync(decided.FirstId, decided.SecondId, "x", closesPair: true));
        await app.Database(db => db.DuplicatePairs.Where(p => p.Id == gone.Id).ExecuteDeleteAsync());

        await app.Database(async db =>
        {
            foreach (var pair in new[] { linked, decided, gone })
                Assert.Null(await new Web.Pages.Contacts.Duplicates.ReadReview(db).RunAsync([pair.Id], null, TestContext.Current.CancellationToken));
        });
        (await OpenAsync()).MustBeOk();
    }

    [Fact]
    public async Task A_shared_value_whose_pair_a_scan_compared_and_found_unlikely_says_how_likely_it_is()
    {
        var pair = await app.PairAsync(0.5, PairCause.GenericValue);
        await app.Database(db => db.DuplicatePairs.Where(p => p.Id == pair.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Evidence, (string?)null)));
        Assert.Contains("No scan has compared them yet.", (await OpenAsync()).Text, StringComparison.Ordinal);
        await app.Database(async db =>
        {
            (await db.DuplicatePairs.SingleAsync(p => p.Id == pair.Id)).Found(0, null, 1);
            await db.SaveChangesAsync();
        });

        var page = await OpenAsync();

        Assert.DoesNotContain("No scan has compared them yet.", page.Text, StringComparison.Ordinal);
        Assert.Contains("under 1% likely", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_stewards_review()
    {
        var pair = await app.PairAsync();
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(Url, follow: false)).RedirectsTo, StringComparison.OrdinalIgnoreCase);
        using var employee = await app.SignedInAs(Cast.Employee);
        (await employee.PageAsync(Url)).MustBe(HttpStatusCode.Forbidden);
        using var content = new FormUrlEncodedContent([new("Input.Pairs", $"{pair.Id}"), new("Input.Decision", "later")]);
        using var answer = await employee.PostAsync(new Uri($"{Url}?handler=Decide", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(PairState.Open, await app.Database(db => db.DuplicatePairs.Select(p => p.State).SingleAsync()));
    }

    private static void Untick(Page page, Contact person)
    {
        page.One($"input[type=checkbox][value='{person.Id}']").RemoveAttribute("checked");
        ((AngleSharp.Html.Dom.IHtmlInputElement)page.One($"input[type=checkbox][value='{person.Id}']")).IsChecked = false;
    }

    private static void Tick(Page page, Contact person)
    {
        page.One($"input[type=checkbox][value='{person.Id}']").SetAttribute("checked", "");
        ((AngleSharp.Html.Dom.IHtmlInputElement)page.One($"input[type=checkbox][value='{person.Id}']")).IsChecked = true;
    }

    // Two forms say Undo: the one in the toast is meant.
    private static string Undo(Page page)
    {
        var button = page.One("[data-toast] form button");
        button.Id = "undo-toast";
        return "undo-toast";
    }
}
