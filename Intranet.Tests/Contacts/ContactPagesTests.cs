using System.Net;
using System.Text;
using Intranet.Data.Contacts;
using Intranet.Web.Pages.Contacts;
using Microsoft.EntityFrameworkCore;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Contacts;

public sealed class ContactPagesTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task A_person_of_very_many_contacts_shows_the_first_of_them_and_all_on_request()
    {
        var rows = new List<Contact>();
        for (var i = 0; i < 52; i++)
            rows.Add(await app.Contact("Maxi", "Many", phone: ContactsGiven.Phone()));
        foreach (var row in rows.Skip(1))
            await app.Linked(rows[0], row);
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await client.PageAsync($"/contacts/{rows[51].Id}")).MustBeOk();

        // The one that was asked for and the primary first.
        Assert.Equal([$"{rows[51].Id}", $"{rows[0].Id}"], page.All("[id^=source-]").Take(2).OrderByDescending(row => row.Id == $"source-{rows[51].Id}").Select(row => row.Id!["source-".Length..]));
        Assert.Equal((50, 50), (page.All("[id^=source-]").Count, page.All("[id^=link-]").Count));
        Assert.Equal("47 more", page.One("[aria-labelledby=person-title] summary").Words());
        var all = (await client.PageAsync(page.All("a").Single(link => link.Words() == "All 52 contacts and their links").GetAttribute("href")!)).MustBeOk();
        Assert.Equal((52, 51), (all.All("[id^=source-]").Count, all.All("[id^=link-]").Count));
        Assert.Contains("One person in 52 contacts", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_box_finds_by_words_of_name_and_company_by_address_and_by_number_in_any_formatting()
    {
        var (family, company, mail) = (Given.Unique("Søndergård"), Given.Unique("Maple"), NewEmail("Find.Me"));
        var contact = await app.Contact("Zoë", family, mail, "+91 98765 00123", $"{company} Works");
        await app.Contact("Zoë", Given.Unique("Other"), company: company + "x");
        using var client = await app.SignedInAs(Cast.Employee);

        foreach (var q in new[] { $"zoe {family}", family[..^1].ToUpperInvariant() + family[^1], $"{company} work", mail, mail.ToUpperInvariant(), mail[..^4], "9876500123", "+91 (98765) 00-123", "09876500123", "9876500" })
        {
            var page = (await client.PageAsync($"/contacts?q={Uri.EscapeDataString(q)}")).MustBeOk();
            Assert.True(page.All($"#contact-{contact.Id}").Count == 1, $"'{q}' finds nothing. {page.Text}");
            Assert.Equal($"/contacts/{contact.Id}", page.One($"#contact-{contact.Id} a").GetAttribute("href"));
            Assert.Equal("1 contact", page.One(".results-count").Words());
        }

        // As it is written at home, without a calling code.
        var digits = int.Parse(Given.Unique(""), System.Globalization.CultureInfo.InvariantCulture);
        var abroad = await app.Contact("Bruce", phone: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+61 4{digits:00000000}"));
        Assert.Single((await client.PageAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/contacts?q=04{digits:00000000}"))).MustBeOk().All($"#contact-{abroad.Id}"));

        foreach (var q in new[] { $"zoe {family} nobody", "nobody@nowhere.example", "98765001239", "%", "' OR 1=1 --" })
            Assert.Contains("Nothing found", (await client.PageAsync($"/contacts?q={Uri.EscapeDataString(q)}")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_and_pages_show_each_contact_once()
    {
        var word = Given.Unique("Paged");
        var all = new List<int>();
        for (var i = 0; i < 53; i++)
            all.Add((await app.Contact(word, source: i == 0 ? "import" : "entry")).Id);
        await app.Linked(await app.Contact(word), await app.Contact(word));
        await app.Operation<DeleteContact, bool>(delete => delete.RunAsync(all[1]));
        using var client = await app.SignedInAs(Cast.Employee);

        var first = (await client.PageAsync($"/contacts?q={word}")).MustBeOk();
        var next = (await client.PageAsync(first.All("nav[aria-label=Pages] a").Single(link => link.Words() == "More").GetAttribute("href")!)).MustBeOk();

        Assert.Equal("54 contacts", first.One(".results-count").Words());
        Assert.Equal(50, first.All("tbody tr").Count);
        Assert.Equal(54, first.All("tbody tr").Concat(next.All("tbody tr")).Select(row => row.Id).Distinct().Count());
        Assert.DoesNotContain("More", next.Texts("nav[aria-label=Pages] a"));
        // The number of all, on whichever page.
        Assert.Equal("54 contacts", next.One(".results-count").Words());
        Assert.Equal("53 contacts", (await client.PageAsync($"/contacts?q={word}&source=entry&before={all[40]}")).MustBeOk().One(".results-count").Words());
        Assert.Equal([$"contact-{all[0]}"], (await client.PageAsync($"/contacts?q={word}&source=import")).MustBeOk().All("tbody tr").Select(row => row.Id));
        Assert.Equal(2, (await client.PageAsync($"/contacts?q={word}&linked=yes")).MustBeOk().All("tbody tr").Count);
        Assert.Equal([$"contact-{all[1]}"], (await client.PageAsync($"/contacts?q={word}&deleted=true")).MustBeOk().All("tbody tr").Select(row => row.Id));
        Assert.Contains("Linked is yes or no.", (await client.PageAsync("/contacts?linked=maybe")).MustBe(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
        (await client.PageAsync($"/contacts?q={new string('x', 201)}")).MustBe(HttpStatusCode.UnprocessableEntity);
        (await client.PageAsync("/contacts?q=&source=&linked=&deleted=")).MustBeOk();
    }

    [Fact]
    public async Task The_export_holds_exactly_the_filter_and_the_audit_no_names()
    {
        var word = Given.Unique("Exported");
        var contact = await app.Contact(word, "Berg", NewEmail(), "022-1234", city: "Pune");
        using var client = await app.SignedInAs(Cast.Employee);

        // The columns of the list, in its order; every field where that is asked for.
        var shown = (await client.PageAsync($"/contacts?q={word}")).MustBeOk();
        var listed = Encoding.UTF8.GetString((await client.GetByteArrayAsync(new Uri($"/contacts?q={word}&handler=Csv", UriKind.Relative), TestContext.Current.CancellationToken))[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Name", "No.", "E-mail", "Phone", "Company", "City", "Source", "Since"], shown.Texts("#results th"));
        Assert.Equal("Name,IntranetId,Email,Phone,Company,City,Source,Since", listed[0]);
        Assert.StartsWith($"{word} Berg,{contact.Id},{contact.Email},022-1234,,Pune,entry,", Assert.Single(listed[1..]), StringComparison.Ordinal);

        using var answer = await client.GetAsync(new Uri($"/contacts?q={word}&handler=Csv&all=true", UriKind.Relative), TestContext.Current.CancellationToken);
        var lines = Encoding.UTF8.GetString((await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("Id,IntranetId,GivenName,FamilyName,FullName,Email,Phone,BirthDate,Street,City,Postcode,State,Country,Company,JobTitle", lines[0]);
        Assert.Equal($"{contact.ExternalId},{contact.Id},{word},Berg,,{contact.Email},022-1234,,,Pune,,,,,", Assert.Single(lines[1..]));
        using var book = await client.GetAsync(new Uri($"/contacts?q={word}&handler=Xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("contacts.xlsx", book.EnsureSuccessStatusCode().Content.Headers.ContentDisposition!.FileName);
        var audit = await app.Database(db => db.AuditEntries.Where(entry => entry.Action == "exported" && entry.Subject == "Contact").Select(entry => entry.Details).ToListAsync());
        Assert.Contains("Contacts (by name or company) as csv", audit);
        Assert.DoesNotContain(audit, details => details!.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Somebody_entered_with_a_known_address_is_linked_and_with_another_name_waits_for_review()
    {
        var mail = NewEmail("known");
        var known = await app.Contact("Robert", "Lind", mail);
        using var client = await app.SignedInAs(Cast.Steward);

        await EnterAsync("Bob", "Lind");
        await EnterAsync("Petra", "Lind");

        var entered = await app.Database(db => db.Contacts.AsNoTracking().Where(c => c.EmailKey == known.EmailKey && c.Id != known.Id).OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([("Bob", known.Id), ("Petra", null)], entered.Select(c => (c.GivenName, c.LinkedId)));
        var pair = await app.Database(db => db.DuplicatePairs.SingleAsync(p => p.SecondId == entered[1].Id));
        Assert.Equal((known.Id, PairCause.DifferentNames), (pair.FirstId, pair.Cause));

        async Task EnterAsync(string given, string family)
            => (await (await client.PageAsync("/contacts/edit")).MustBeOk().Form("Add").Fill("Given name", given).Fill("Family name", family).Fill("E-mail", mail).SubmitAsync()).MustBeOk();
    }

    [Fact]
    public async Task A_steward_adds_a_contact_and_changes_it()
    {
        var mail = NewEmail("added");
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await (await client.PageAsync("/contacts/edit")).MustBeOk().Form("Add").Fill("Given name", " Ann ").Fill("E-mail", mail).Fill("Birth date", "1990-02-03").SubmitAsync()).MustBeOk();
        var id = int.Parse(page.Path.Split('/')[^1], null);

        var stored = await app.Stored(id);
        Assert.Equal(("Ann", mail, new DateOnly(1990, 2, 3), "entry", null), (stored.GivenName, stored.Email, stored.BirthDate, stored.Source, stored.Phone));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await (await client.PageAsync($"/contacts/edit/{id}")).MustBeOk().Form("Save").Fill("Given name", "").Fill("Family name", "Lee").SubmitAsync()).MustBeOk();
        stored = await app.Stored(id);
        Assert.Equal((null, "Lee", mail, app.Clock.UtcNow), (stored.GivenName, stored.FamilyName, stored.Email, stored.UpdatedAt));
    }

    [Theory]
    [InlineData("E-mail", "not an address", "This is not an e-mail address.")]
    [InlineData("Phone", "call me", "This is not a phone number.")]
    [InlineData("Phone", "123456789012345678901234567890123", "At most 32 characters.")]
    [InlineData("Given name", "x*101", "At most 100 characters.")]
    [InlineData("Full name", "x*201", "At most 200 characters.")]
    [InlineData("Postcode", "x*21", "At most 20 characters.")]
    [InlineData("City", "a\u0007b", "Use one line without control characters.")]
    [InlineData("Birth date", "2999-01-01", "Nobody is born in the future.")]
    public async Task Bad_input_is_told_at_its_field_and_changes_nothing(string field, string value, string message)
    {
        var contact = await app.Contact("Kept");
        using var client = await app.SignedInAs(Cast.Steward);
        var typed = value.StartsWith("x*", StringComparison.Ordinal) ? new string('x', int.Parse(value[2..], null)) : value;

        var page = (await (await client.PageAsync($"/contacts/edit/{contact.Id}")).Form("Save").Fill("Company", "Typed").Fill(field, typed).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, page.FieldError(field));
        Assert.Equal("Typed", page.Form("Save").Value("Company"));
        Assert.Equal(contact.Version, (await app.Stored(contact.Id)).Version);
    }

    [Fact]
    public async Task What_an_import_took_is_saved_beside_other_changes_and_a_day_that_is_none_can_be_emptied()
    {
        var contact = await app.Contact(company: "Works", email: "as written", phone: "ask him");
        await app.Database(db => db.Contacts.Where(c => c.Id == contact.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.BirthDateAsTyped, "01/02/1980")));
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await client.PageAsync($"/contacts/edit/{contact.Id}")).MustBeOk();
        Assert.Equal("01/02/1980", page.Form("Save").Value("Birth date as it came"));
        (await page.Form("Save").Fill("City", "Pune").SubmitAsync()).MustBeOk();
        var stored = await app.Stored(contact.Id);
        Assert.Equal(("Pune", "as written", "ask him", "01/02/1980"), (stored.City, stored.Email, stored.Phone, stored.BirthDateAsTyped));

        page = (await (await client.PageAsync($"/contacts/edit/{contact.Id}")).Form("Save").Fill("E-mail", "as typed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("This is not an e-mail address.", page.FieldError("E-mail"));
        page = (await page.Form("Save").Fill("E-mail", "").Fill("Phone", "").Fill("Company", "").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Give a name, a company, an e-mail address or a phone number.", page.FieldError("Given name"));
        (await (await client.PageAsync($"/contacts/edit/{contact.Id}")).Form("Save").Fill("Birth date as it came", "").SubmitAsync()).MustBeOk();
        Assert.Null((await app.Stored(contact.Id)).BirthDateAsTyped);
        Assert.DoesNotContain("as it came", (await client.PageAsync($"/contacts/edit/{contact.Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_shares_a_line_with_many_is_found_by_name_while_typing_and_a_listed_value_finds_nobody()
    {
        var counter = new QueryCounter();
        await using var own = await RunningApp.StartAsync(options => options.Services = counter.Listen);
        var (line, listed) = (Phone(), NewEmail("listed"));
        Task<Contact> Colleague(int i) => own.Contact($"Colleague{i}", $"Name{i}", listed, line);
        for (var i = 0; i < 6; i++)
            await Colleague(i);
        using var client = await own.SignedInAs(Cast.Steward);
        var typed = $"/contacts/edit?handler=Likely&Input.GivenName=Ada&Input.FamilyName=Berg&Input.Phone={line}&Input.Email={listed}";
        var few = await counter.OfPageAsync(client, typed);
        for (var i = 6; i < 60; i++)
            await Colleague(i);
        for (var i = 0; i < 4; i++)
            await own.Contact("Ada", "Berg", NewEmail());
        var both = await own.Contact("Ada", "Berg", phone: line);
        await own.Database(async db =>
        {
            db.Add(new GenericValue { Kind = GenericValueKind.Email, ValueKey = listed, AddedAt = own.Clock.UtcNow, AddedBy = "x" });
            await db.SaveChangesAsync();
        });

        var links = (await client.PageAsync(typed)).MustBeOk().All("a");
        Assert.Equal($"/contacts/{both.Id}", links[0].GetAttribute("href"));
        Assert.Equal(["Ada Berg", "Ada Berg", "Ada Berg", "Colleague0 Name0", "Colleague1 Name1"], links.Select(link => link.Words()));
        Assert.Equal(3, (await client.PageAsync($"/contacts/edit?handler=Likely&Input.Phone={line}")).MustBeOk().All("a").Count);
        foreach (var nothing in new[] { listed, "info@shop.example" })
            Assert.Empty((await client.PageAsync($"/contacts/edit?handler=Likely&Input.Email={nothing}")).MustBeOk().All("a"));
        // Whether somebody is likely is asked beside it, as long as no scan ran.
        Assert.InRange(await counter.OfPageAsync(client, typed), 1, few + 2);
    }

    [Fact]
    public async Task Of_two_stewards_who_change_one_contact_the_second_is_told()
    {
        var contact = await app.Contact("Both");
        using var client = await app.SignedInAs(Cast.Steward);
        var first = (await client.PageAsync($"/contacts/edit/{contact.Id}")).Form("Save");
        var second = (await client.PageAsync($"/contacts/edit/{contact.Id}")).Form("Save");
        (await first.Fill("City", "Bonn").SubmitAsync()).MustBeOk();

        var page = (await second.Fill("City", "Goa").Fill("Company", "Typed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed this contact in the meantime.", page.Text, StringComparison.Ordinal);
        Assert.Equal("Bonn", (await app.Stored(contact.Id)).City);
        Assert.Equal(["now: empty", "now: Bonn"], page.Texts("[id$='-now']"));
        Assert.Equal(("Goa", "Typed"), (page.Form("Save").Value("City"), page.Form("Save").Value("Company")));
        (await page.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal(("Goa", "Typed"), await app.Stored(contact.Id) is var now ? (now.City, now.Company) : default);
    }

    [Fact]
    public async Task While_typing_who_may_be_the_same_appears()
    {
        var (given, family, mail, phone) = (Given.Unique("Given"), Given.Unique("Family"), NewEmail(), Phone());
        var contact = await app.Contact(given, family, mail, phone);
        using var client = await app.SignedInAs(Cast.Steward);

        foreach (var typed in new[] { $"Input.Email={mail.ToUpperInvariant()}", $"Input.Phone=%2B91{phone}", $"Input.GivenName={given}&Input.FamilyName={family}" })
            Assert.Contains($"href=\"/contacts/{contact.Id}\"", (await client.PageAsync($"/contacts/edit?handler=Likely&{typed}")).MustBeOk().Html, StringComparison.Ordinal);
        foreach (var typed in new[] { "", $"Input.GivenName={given}", $"Input.FamilyName={family}", "Input.Email=half@", "Input.Phone=x" })
            Assert.DoesNotContain("/contacts/", (await client.PageAsync($"/contacts/edit?handler=Likely&{typed}")).MustBeOk().Html, StringComparison.Ordinal);
        // Not itself.
        Assert.DoesNotContain("/contacts/", (await client.PageAsync($"/contacts/edit/{contact.Id}?handler=Likely&Input.Email={mail}")).MustBeOk().Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_the_person_with_its_sources_links_and_history()
    {
        var one = await app.Contact("Ann", "Lee", NewEmail("a"), Phone(), city: "Goa");
        var two = await app.Contact("Anna", email: NewEmail("b"), city: "Pune");
        await app.Linked(one, two, "met both");
        using var client = await app.SignedInAs(Cast.Employee);

        var page = (await client.PageAsync($"/contacts/{two.Id}")).MustBeOk();

        Assert.Equal("Anna Lee", page.One("h1").Words());
        Assert.Contains($"{one.Email} {two.Email}", page.One("aside .facts").Words(), StringComparison.Ordinal);
        Assert.Contains("City Pune", page.One("aside .facts").Words(), StringComparison.Ordinal);
        Assert.Contains("primary", page.One($"#source-{one.Id}").Words(), StringComparison.Ordinal);
        Assert.Contains("a steward said so: met both", page.Text, StringComparison.Ordinal);
        Assert.Contains($"Contact {two.Id} added", page.One(".history").Words(), StringComparison.Ordinal);
        // Nothing to change for who may not.
        Assert.Empty(page.All("main form[method=post]"));
        Assert.Empty(page.All("main a[href*='/edit'], main a[href*='/cut/'], main a[href*='/erase/']"));
        (await client.PageAsync("/contacts/2147483647")).MustBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Why_two_rows_are_one_person_is_the_shortest_chain()
    {
        var (a, b, c) = (await app.Contact("Ada"), await app.Contact("Bea"), await app.Contact("Cia"));
        await app.Linked(a, b, "first step");
        await app.Linked(b, c, "second step");
        using var client = await app.SignedInAs(Cast.Employee);

        var page = (await (await client.PageAsync($"/contacts/{a.Id}")).MustBeOk().Form("Show why").Fill("Contact", $"{a.Id}").Fill("And contact", $"{c.Id}").SubmitAsync()).MustBeOk();

        Assert.Equal(2, page.All("#why ol li").Count);
        Assert.Contains("first step", page.Texts("#why ol li")[0], StringComparison.Ordinal);
        Assert.Contains("second step", page.Texts("#why ol li")[1], StringComparison.Ordinal);
        Assert.Contains("one and the same", (await client.PageAsync($"/contacts/{a.Id}?one={a.Id}&other={a.Id}")).MustBeOk().One("#why").Words(), StringComparison.Ordinal);
        Assert.Contains("No links lead", (await client.PageAsync($"/contacts/{a.Id}?one={a.Id}&other=2147483647")).MustBeOk().One("#why").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_rows_the_two_are_found_by_a_value_and_the_page_stays_small()
    {
        var (name, number) = (Given.Unique("Manyfold"), Phone());
        var first = await app.Contact(name, "First", $"{name}@shop.example", number, company: "Oven Works");
        var rows = new List<Contact> { first };
        for (var i = 0; i < WhyTogether.MostOffered; i++)
            rows.Add(await app.Contact(name, $"Row{i}x"));
        await app.Database(async db =>
        {
            var links = rows.Skip(1).Select(row => Link.Between(first.Id, row.Id, LinkReason.Steward, $"as {row.FamilyName}", app.Clock.UtcNow, Cast.Steward.Name)).ToList();
            db.AddRange(links);
            var ids = rows.Skip(1).Select(row => row.Id).ToList();
            await db.SaveChangesAsync();
            await db.Contacts.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, first.Id));
        });
        using var client = await app.SignedInAs(Cast.Employee);
        var page = (await client.PageAsync($"/contacts/{rows[7].Id}")).MustBeOk();
        Assert.Empty(page.All("#why option"));

        // By number, beginning of a name, address, phone in any formatting, and company.
        page = (await page.Form("Show why").Fill("Contact", $"{rows[3].Id}").Fill("And contact", "row7").SubmitAsync()).MustBeOk();
        Assert.Equal(["as Row2x", "as Row7x"], page.Texts("#why ol li").Select(text => text[text.IndexOf("as Row", StringComparison.Ordinal)..].Split(',')[0].Trim('”', ' ')));
        foreach (var asked in new[] { $"{name}@sh".ToUpperInvariant(), $"+91 {number[..4]}-{number[4..]}", "oven wor" })
            Assert.Single((await page.Form("Show why").Fill("Contact", asked).Fill("And contact", "row7").SubmitAsync()).MustBeOk().All("#why ol li"));

        // The number of a row is that row, whoever's phone begins with it.
        var phoned = await app.Contact(name, "Phoned", phone: $"{rows[3].Id}9876543210"[..10]);
        await app.Database(db => db.Contacts.Where(c => c.Id == phoned.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, first.Id)));
        Assert.Equal(2, (await page.Form("Show why").Fill("Contact", $"{rows[3].Id}").Fill("And contact", "row7").SubmitAsync()).MustBeOk().All("#why ol li").Count);
        await app.Database(db => db.Contacts.Where(c => c.Id == phoned.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, (int?)null)));

        // As many addresses as one looks through, and all with all contacts.
        await app.Database(async db =>
        {
            var kept = rows.Skip(1).Select(row => row.Id).ToList();
            foreach (var row in await db.Contacts.Where(c => kept.Contains(c.Id)).ToListAsync())
                row.SetEmail($"{row.FamilyName}.{name}@shop.example");
            for (var i = 0; i < 60; i++)
            {
                var more = new Contact { Source = "entry", CreatedAt = app.Clock.UtcNow, UpdatedAt = app.Clock.UtcNow };
                more.SetEmail($"more{i}.{name}@shop.example");
                db.Add(more);
            }

            await db.SaveChangesAsync();
            await db.Contacts.Where(c => c.Email!.StartsWith("more") && c.Email.Contains(name)).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, first.Id));
        });
        Assert.Equal(100, (await client.PageAsync($"/contacts/{first.Id}")).MustBeOk().All("aside a[href^='mailto:']").Count);
        Assert.Equal(111, (await client.PageAsync($"/contacts/{first.Id}?all=true")).MustBeOk().All("aside a[href^='mailto:']").Count);

        using var steward = await app.SignedInAs(Cast.Steward);
        var erase = (await steward.PageAsync($"/contacts/erase/{first.Id}")).MustBeOk();
        Assert.Equal((EraseModel.Most, "And 61 more: all contacts of this person."), (erase.All("tbody tr").Count, erase.One("#more-rows").Words()));

        // Several, nobody, and somebody else's.
        page = (await page.Form("Show why").Fill("Contact", "row1").Fill("And contact", "row7x").SubmitAsync()).MustBeOk();
        Assert.Contains("11 contacts begin with “row1”. Which one?", page.One("#why").Words(), StringComparison.Ordinal);
        var chosen = (await client.PageAsync(page.All("#why ul a")[0].GetAttribute("href")!)).MustBeOk();
        Assert.Equal(2, chosen.All("#why ol li").Count);
        page = (await page.Form("Show why").Fill("Contact", $"{(await app.Contact("Stranger")).Id}").Fill("And contact", "nobody").SubmitAsync()).MustBeOk();
        Assert.Equal(2, page.Texts("#why p[role=status]").Count(text => text.Contains("No contact of this person begins with", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_steward_chooses_a_value_and_takes_the_choice_back()
    {
        var (one, two) = (await app.Contact("Ann", city: "Goa"), await app.Contact("Ann", city: "Pune"));
        await app.Linked(one, two);
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await (await client.PageAsync($"/contacts/{one.Id}")).MustBeOk().Form($"Use this city of {one.Id}").SubmitAsync()).MustBeOk();
        Assert.Contains("City Goa chosen", page.One("aside .facts").Words(), StringComparison.Ordinal);
        Assert.Contains("Chosen.", page.One("#toasts").Words(), StringComparison.Ordinal);
        page = (await page.Form("Take back the choice of city").SubmitAsync()).MustBeOk();
        Assert.Contains("City Pune", page.One("aside .facts").Words(), StringComparison.Ordinal);
        Assert.Equal(("Goa", "Pune"), ((await app.Stored(one.Id)).City, (await app.Stored(two.Id)).City));
    }

    [Fact]
    public async Task A_cut_is_shown_before_and_can_be_undone()
    {
        var (a, b, c) = (await app.Contact("Ada"), await app.Contact("Bea"), await app.Contact("Cia"));
        await app.Linked(a, b);
        var link = await app.Linked(b, c);
        // As pages write it down: by account.
        await app.Database(db => db.Links.Where(one => one.Id == link.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.CreatedBy, Cast.Steward.Email), TestContext.Current.CancellationToken));
        using var client = await app.SignedInAs(Cast.Steward);

        var preview = (await client.PageAsync($"/contacts/cut/{link.Id}")).MustBeOk();
        Assert.Contains($"by {Cast.Steward.Name},", preview.Text, StringComparison.Ordinal);
        Assert.Equal("Without the link there will be 2 people:", preview.One("p[role=status]").Words());
        Assert.Equal([$"Ada {a.Id} {a.Id}: Ada {b.Id}: Bea", $"Cia {c.Id} (new) {c.Id}: Cia"], preview.Texts("tbody tr"));
        Assert.Equal(a.Id, (await app.Stored(c.Id)).LinkedId);

        var page = (await preview.Form("Cut the link").SubmitAsync()).MustBeOk();
        Assert.Null((await app.Stored(c.Id)).LinkedId);
        // Whoever goes back in the browser.
        var again = (await client.PageAsync($"/contacts/cut/{link.Id}")).MustBeOk();
        Assert.Equal(($"/contacts/{b.Id}", "Already cut."), (again.Path, again.One("[data-toast]").Words()));
        (await client.PageAsync("/contacts/cut/2147483647")).MustBe(HttpStatusCode.NotFound);
        (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Equal(a.Id, (await app.Stored(c.Id)).LinkedId);
    }

    [Fact]
    public async Task A_link_is_not_cut_when_others_than_those_that_were_shown_would_come_apart()
    {
        var (a, b, c) = (await app.Contact("Ada"), await app.Contact("Bea"), await app.Contact("Cia"));
        var link = await app.Linked(a, b);
        using var client = await app.SignedInAs(Cast.Steward);
        var preview = (await client.PageAsync($"/contacts/cut/{link.Id}")).MustBeOk();
        await app.Linked(b, c);

        var refused = (await preview.Form("Cut the link").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed what would come apart. Look at it again before you cut.", refused.Text, StringComparison.Ordinal);
        Assert.Equal([$"Ada {a.Id} {a.Id}: Ada", $"Bea {b.Id} (new) {b.Id}: Bea {c.Id}: Cia"], refused.Texts("tbody tr"));
        Assert.Equal(a.Id, (await app.Stored(b.Id)).LinkedId);
        (await refused.Form("Cut the link").SubmitAsync()).MustBeOk();
        Assert.Null((await app.Stored(b.Id)).LinkedId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_link_to_a_deleted_contact_it_is_told_that_nothing_comes_apart_now(bool first)
    {
        var (a, b) = (await app.Contact("Ada"), await app.Contact("Bea"));
        var link = await app.Linked(a, b);
        await app.Operation<DeleteContact, bool>(verb => verb.RunAsync(first ? a.Id : b.Id));
        using var client = await app.SignedInAs(Cast.Steward);

        var preview = (await client.PageAsync($"/contacts/cut/{link.Id}")).MustBeOk();

        Assert.StartsWith($"Contact {(first ? a.Id : b.Id)} is deleted: nothing comes apart now.", preview.One("p[role=status]").Words(), StringComparison.Ordinal);
        (await preview.Form("Cut the link").SubmitAsync()).MustBeOk();
        Assert.True((await app.Database(db => db.Links.AsNoTracking().SingleAsync(l => l.Id == link.Id))).IsCut);
    }

    [Fact]
    public async Task Who_comes_second_is_told_so_and_has_nothing_to_undo()
    {
        var (a, b) = (await app.Contact("Ada"), await app.Contact("Bea"));
        var link = await app.Linked(a, b);
        using var client = await app.SignedInAs(Cast.Steward);
        var (cut, delete) = ((await client.PageAsync($"/contacts/cut/{link.Id}")).MustBeOk(), (await client.PageAsync($"/contacts/{b.Id}")).MustBeOk());
        await app.Operation<CutLink, IReadOnlyList<int>?>(verb => verb.RunAsync(link.Id, "Otto Other"));
        await app.Operation<DeleteContact, bool>(verb => verb.RunAsync(b.Id));

        foreach (var (page, said) in new[] { (await cut.Form("Cut the link").SubmitAsync(), "Somebody cut it already."), (await delete.Form("Delete").SubmitAsync(), "Somebody deleted it already.") })
        {
            Assert.Contains(said, page.MustBeOk().One("#toasts").Words(), StringComparison.Ordinal);
            Assert.Empty(page.All("#toasts form"));
        }

        Assert.Equal("Otto Other", await app.Database(db => db.Links.Where(one => one.Id == link.Id).Select(one => one.CutBy).SingleAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_deleted_contact_is_restored_before_it_is_edited()
    {
        var contact = await app.Contact("Gone", "Berg", NewEmail());
        using var client = await app.SignedInAs(Cast.Steward);
        var open = (await client.PageAsync($"/contacts/edit/{contact.Id}")).MustBeOk();
        await app.Operation<DeleteContact, bool>(delete => delete.RunAsync(contact.Id));
        var deleted = await app.Stored(contact.Id);

        // Open since before: nothing is saved, and nothing typed is lost.
        var refused = (await open.Form("Save").Fill("City", "Goa").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Nothing was saved: this contact is deleted.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Goa", refused.Form("Save").Value("City"));
        Assert.Equal((deleted.Version, null), ((await app.Stored(contact.Id)).Version, (await app.Stored(contact.Id)).City));
        // Restored from there, what was typed goes on, and is saved.
        var back = (await refused.Form("Restore").SubmitAsync()).MustBeOk();
        Assert.Equal((null, "Goa"), ((await app.Stored(contact.Id)).DeletedAt, back.Form("Save").Value("City")));
        // Nobody changed more than that.
        Assert.Equal("Restored. Save to keep what you typed.", back.One("[data-toast]").Words());
        Assert.DoesNotContain("in the meantime", back.Text, StringComparison.Ordinal);
        Assert.Empty(back.All("[id$='-now']"));
        (await back.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal("Goa", (await app.Stored(contact.Id)).City);
        await app.Operation<DeleteContact, bool>(delete => delete.RunAsync(contact.Id));
        // Its page offers no edit; who comes by the address reads why, and restores.
        Assert.Empty((await client.PageAsync($"/contacts/{contact.Id}")).MustBeOk().All($"a[href$='/contacts/edit/{contact.Id}']"));
        var page = (await client.PageAsync($"/contacts/edit/{contact.Id}")).MustBeOk();
        Assert.Contains("can't be edited, until it is restored", page.One(".alert").Words(), StringComparison.Ordinal);
        Assert.Empty(page.All("input[name='Input.City']"));
        Assert.Contains("Restored.", (await page.Form("Restore").SubmitAsync()).MustBeOk().One("#toasts").Words(), StringComparison.Ordinal);
        (await (await client.PageAsync($"/contacts/edit/{contact.Id}")).MustBeOk().Form("Save").Fill("City", "Goa").SubmitAsync()).MustBeOk();
        Assert.Equal("Goa", (await app.Stored(contact.Id)).City);
    }

    [Fact]
    public async Task Restored_from_the_form_it_tells_what_somebody_changed_before_it_was_deleted()
    {
        var contact = await app.Contact("Gone", "Berg", NewEmail());
        using var client = await app.SignedInAs(Cast.Steward);
        var open = (await client.PageAsync($"/contacts/edit/{contact.Id}")).MustBeOk();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await (await client.PageAsync($"/contacts/edit/{contact.Id}")).Form("Save").Fill("City", "Bonn").SubmitAsync()).MustBeOk();
        await app.Operation<DeleteContact, bool>(delete => delete.RunAsync(contact.Id));

        var refused = (await open.Form("Save").Fill("City", "Goa").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        var back = (await refused.Form("Restore").SubmitAsync()).MustBeOk();

        Assert.Contains("Somebody changed this contact in the meantime.", back.Text, StringComparison.Ordinal);
        Assert.Equal(["now: Bonn"], back.Texts("[id$='-now']"));
        (await back.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal("Goa", (await app.Stored(contact.Id)).City);
    }

    [Fact]
    public async Task The_address_of_an_erased_contact_leads_to_what_is_left()
    {
        var contact = await app.Contact("Gone", "Berg", NewEmail());
        using var client = await app.SignedInAs(Cast.Steward);
        var open = (await client.PageAsync($"/contacts/edit/{contact.Id}")).MustBeOk();
        (await (await client.PageAsync($"/contacts/erase/{contact.Id}")).MustBeOk().Form("Erase for good").Fill("Reason", "They asked").SubmitAsync()).MustBeOk();

        foreach (var address in new[] { "erase", "edit" })
        {
            var page = (await client.PageAsync($"/contacts/{address}/{contact.Id}")).MustBeOk();
            Assert.Equal(($"/contacts/{contact.Id}", "Already erased."), (page.Path, page.One("[data-toast]").Words()));
            (await client.PageAsync($"/contacts/{address}/2147483647")).MustBe(HttpStatusCode.NotFound);
        }

        Assert.Equal("Nothing was saved: this contact was erased meanwhile.", (await open.Form("Save").Fill("City", "Goa").SubmitAsync()).MustBeOk().One("[data-toast]").Words());
        Assert.Null((await app.Stored(contact.Id)).City);
    }

    [Fact]
    public async Task Without_script_a_button_looks_for_duplicates_and_a_refused_form_has_them()
    {
        var (mail, family) = (NewEmail(), Given.Unique("Look"));
        var known = await app.Contact("Ada", family, mail);
        using var client = await app.SignedInAs(Cast.Steward);
        async Task<Form> TypeAsync(string button, string email) => (await client.PageAsync("/contacts/edit")).MustBeOk().Form(button).Fill("Given name", "Ada").Fill("E-mail", email).Fill("City", "Goa");

        var page = (await (await TypeAsync("Look for duplicates", mail)).SubmitAsync()).MustBeOk();
        Assert.Equal($"/contacts/{known.Id}", page.One("#likely a").GetAttribute("href"));
        Assert.Equal(("Ada", mail, "Goa"), (page.Form("Add").Value("Given name"), page.Form("Add").Value("E-mail"), page.Form("Add").Value("City")));
        // Half an address is no error yet, and nobody's.
        page = (await (await TypeAsync("Look for duplicates", "half@")).SubmitAsync()).MustBeOk();
        Assert.Equal("Nobody who is here looks like this.", page.One("#likely").Words());
        Assert.Empty(page.Errors);
        Assert.Equal("half@", page.Form("Add").Value("E-mail"));

        page = (await (await TypeAsync("Add", mail)).Fill("Phone", "none").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal($"/contacts/{known.Id}", page.One("#likely a").GetAttribute("href"));
        // The contact itself is none of them.
        page = (await (await client.PageAsync($"/contacts/edit/{known.Id}")).MustBeOk().Form("Look for duplicates").SubmitAsync()).MustBeOk();
        Assert.Equal("Nobody who is here looks like this.", page.One("#likely").Words());
    }

    [Fact]
    public async Task Choices_and_separations_stand_in_the_history()
    {
        var (one, two, other) = (await app.Contact("Ann", "Lee", city: "Goa"), await app.Contact("Ann", "Lee", city: "Pune"), await app.Contact("Ann", "Lee"));
        await app.Linked(one, two);
        using var client = await app.SignedInAs(Cast.Steward);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await (await client.PageAsync($"/contacts/{one.Id}")).MustBeOk().Form($"Use this city of {one.Id}").SubmitAsync()).MustBeOk();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.Operation<SeparateContacts, SeparateContacts.Outcome>(separate => separate.RunAsync(two.Id, other.Id, Cast.Steward.Email));

        var heads = (await client.PageAsync($"/contacts/{one.Id}")).MustBeOk().Texts(".history-head");

        Assert.StartsWith($"{two.Id} and {other.Id} said not to be the same by {Cast.Steward.Name}", heads[0], StringComparison.Ordinal);
        Assert.StartsWith($"City of {one.Id} chosen for the person by {Cast.Steward.Name}", heads[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_can_be_undone_from_the_toast_and_from_the_page()
    {
        var contact = await app.Contact("Gone", email: NewEmail());
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await (await client.PageAsync($"/contacts/{contact.Id}")).MustBeOk().Form("Delete").SubmitAsync()).MustBeOk();
        Assert.NotNull((await app.Stored(contact.Id)).DeletedAt);
        (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Null((await app.Stored(contact.Id)).DeletedAt);
        page = (await (await client.PageAsync($"/contacts/{contact.Id}")).MustBeOk().Form("Delete").SubmitAsync()).MustBeOk();
        (await page.Form("Restore").SubmitAsync()).MustBeOk();
        Assert.Equal(("Gone", contact.Email, null), ((await app.Stored(contact.Id)).GivenName, (await app.Stored(contact.Id)).Email, (await app.Stored(contact.Id)).DeletedAt));
    }

    [Fact]
    public async Task Generic_values_are_listed_by_key_and_removing_can_be_undone()
    {
        var number = Phone();
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await (await client.PageAsync("/contacts/generic-values")).MustBeOk().Form("Add").Fill("E-mail address or phone number", $"+91 {number}").SubmitAsync()).MustBeOk();
        Assert.Contains(number, page.One("#results table").Words(), StringComparison.Ordinal);
        page = (await page.Form("Add").Fill("E-mail address or phone number", $"0{number}").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("This is on the list already.", page.FieldError("E-mail address or phone number"));
        Assert.DoesNotContain(number, app.Log.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("IX_GenericValues", app.Log.Errors, StringComparison.Ordinal);
        page = (await page.Form($"Remove {number}").SubmitAsync()).MustBeOk();
        Assert.False(await app.Database(db => db.GenericValues.AnyAsync(value => value.ValueKey == number)));
        (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.True(await app.Database(db => db.GenericValues.AnyAsync(value => value.ValueKey == number && value.Kind == GenericValueKind.Phone)));
        foreach (var (typed, message) in new[] { ("", "Give an e-mail address or a phone number."), ("x@", "This is not an e-mail address."), ("reception", "This is neither an e-mail address nor a phone number.") })
            Assert.Equal(message, (await (await client.PageAsync("/contacts/generic-values")).Form("Add").Fill("E-mail address or phone number", typed).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).FieldError("E-mail address or phone number"));
    }

    [Fact]
    public async Task A_separation_is_taken_back_and_that_undone()
    {
        var (one, two) = (await app.Contact(Given.Unique("Sep")), await app.Contact(Given.Unique("Sep")));
        // A program with a token is known by its account; the pages tell whose that is.
        await app.Operation<SeparateContacts, SeparateContacts.Outcome>(separate => separate.RunAsync(one.Id, two.Id, Cast.Steward.Email));
        using var client = await app.SignedInAs(Cast.Steward);
        Assert.Contains($"by {Cast.Steward.Name}", (await client.PageAsync($"/contacts/{two.Id}")).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal(Cast.Steward.Name, (await client.PageAsync("/contacts/separations")).MustBeOk().All("td[data-label=By]")[0].Words());
        // Who is not the same has often the same name.
        Assert.Equal($"{two.GivenName} ({two.Id})", (await client.PageAsync("/contacts/separations")).MustBeOk().All("td[data-label='Is not']")[0].Words());
        Assert.Contains($"{one.GivenName} ({one.Id}), by", (await client.PageAsync($"/contacts/{two.Id}")).MustBeOk().One("[aria-labelledby=separations-title]").Words(), StringComparison.Ordinal);

        var page = (await (await client.PageAsync("/contacts/separations")).MustBeOk().Form($"Take back that {one.GivenName} ({one.Id}) is not {two.GivenName} ({two.Id})").SubmitAsync()).MustBeOk();
        Assert.False(await app.Database(db => db.Separations.AnyAsync(s => s.FirstId == one.Id)));
        (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.True(await app.Database(db => db.Separations.AnyAsync(s => s.FirstId == one.Id && s.SecondId == two.Id)));
        // The contact's own page knows it, too.
        page = (await (await client.PageAsync($"/contacts/{two.Id}")).MustBeOk().Form($"Take back that {one.GivenName} ({one.Id}) is not the same").SubmitAsync()).MustBeOk();
        Assert.Equal($"/contacts/{two.Id}", page.Path);
        Assert.False(await app.Database(db => db.Separations.AnyAsync(s => s.FirstId == one.Id)));
    }

    [Fact]
    public async Task Only_stewards_change_and_only_what_exists()
    {
        var (contact, other) = (await app.Contact("Safe"), await app.Contact("Safe"));
        var link = await app.Linked(contact, other);
        using var emma = await app.SignedInAs(Cast.Employee);
        using var stella = await app.SignedInAs(Cast.Steward);
        using var stranger = app.Anonymous();
        foreach (var address in new[] { "/contacts/edit", $"/contacts/edit/{contact.Id}", $"/contacts/edit/{contact.Id}?handler=Delete", $"/contacts/cut/{link.Id}", $"/contacts/erase/{contact.Id}", "/contacts/generic-values", "/contacts/separations" })
        {
            (await emma.PageAsync(address)).MustBe(HttpStatusCode.Forbidden);
            using var content = new FormUrlEncodedContent([]);
            using var post = await emma.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
        }

        foreach (var address in new[] { "/contacts", $"/contacts/{contact.Id}", "/contacts?handler=Csv" })
            Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(address, follow: false)).RedirectsTo, StringComparison.Ordinal);
        foreach (var address in new[] { "/contacts/edit/2147483647", "/contacts/cut/2147483647", "/contacts/erase/2147483647" })
            (await stella.PageAsync(address)).MustBe(HttpStatusCode.NotFound);
        Assert.Equal((contact.Version, null), ((await app.Stored(contact.Id)).Version, (await app.Stored(contact.Id)).DeletedAt));
    }
}
