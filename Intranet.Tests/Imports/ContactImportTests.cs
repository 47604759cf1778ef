using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Intranet.Data.Contacts;
using Intranet.Data.Imports;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Imports;

public sealed class ContactImportTests(ImportsApp app) : IClassFixture<ImportsApp>
{
    private const string Header = "id,given_name,surname,full_name,email,phone,date_of_birth,street,city,postcode,state,country,company,job_title";

    private static string Csv(params string[] rows) => string.Join("\r\n", [Header, .. rows]) + "\r\n";

    private Task<Contact> Row(string externalId) => app.Database(db => db.Contacts.AsNoTracking().SingleAsync(c => c.ExternalId == externalId));

    [Fact]
    public async Task A_row_becomes_a_contact_with_all_it_says_and_the_same_file_again_changes_nothing()
    {
        var id = Given.Unique("c");
        var file = Csv($"{id},Ada,Lovelace,,{id}@shop.example,+91 98200 55501,1815-12-10,12 St James Sq,London,SW1Y,England,United Kingdom,Analytical Engines,Countess");
        var preview = await app.PreviewAsync(file, kind: "contacts");
        Assert.Equal(0, await app.Database(db => db.Contacts.CountAsync(c => c.ExternalId == id)));
        await app.ApplyAsync(preview);

        var row = await Row(id);
        Assert.Equal(("import", "Ada", "Lovelace", $"{id}@shop.example", "9820055501"), (row.Source, row.GivenName, row.FamilyName, row.Email, row.PhoneKey));
        Assert.Equal((new DateOnly(1815, 12, 10), "12 St James Sq", "London", "SW1Y", "England", "United Kingdom", "Analytical Engines", "Countess"),
            (row.BirthDate, row.Street, row.City, row.Postcode, row.State, row.Country, row.Company, row.JobTitle));
        Assert.Equal(["ada", "analytical", "engines", "lovelace"], await app.Database(db => db.ContactWords.Where(w => w.ContactId == row.Id).Select(w => w.Word).OrderBy(w => w).ToListAsync()));

        var again = await app.PreviewAsync(file, kind: "contacts");
        Assert.Equal((0, 0, 1), Counts(await app.StateAsync(again)));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task A_quote_that_is_never_closed_is_named_with_its_line_however_little_it_swallows(string end)
    {
        var (one, two) = (Given.Unique("c"), Given.Unique("c"));
        var page = await app.PreviewAsync(string.Join(end, "id,company,city", $"{one},\"Stays\"\" Ltd{end}of two lines\",Pune", $"{two},\"Broken Ltd,Goa", $"{Given.Unique("c")},Next,Delhi", ""), kind: "contacts");

        Assert.Equal("2 Rows, 1 New, 0 Updated, 0 Same, 1 Errors", page.Counts());
        Assert.Contains("The quote opened in line 4 is never closed; everything after it was read as one cell. Column company, in the file: Broken Ltd,Goa", page.Line(4), StringComparison.Ordinal);
        Assert.Contains("The quote opened in line 4 is never closed; everything after it was read as one cell. Close it, and upload the file again.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_day_is_told_in_one_or_several()
    {
        Assert.Contains("1 birth date is no day of the calendar. It is kept as it is written.", (await app.PreviewAsync(Csv($"{Given.Unique("c")},Ada,Byron,,,,1815-02-31,,,,,,,"), kind: "contacts")).Text, StringComparison.Ordinal);
        Assert.Contains("2 birth dates are no days of the calendar. They are kept", (await app.PreviewAsync(Csv($"{Given.Unique("c")},Ada,Byron,,,,1815-02-31,,,,,,,", $"{Given.Unique("c")},Ida,Byron,,,,1815-02-31,,,,,,,"), kind: "contacts")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_are_called_in_words_where_columns_are_chosen_and_rows_are_shown()
    {
        var page = await app.PreviewAsync($"Id,GivenName,StreetLine2,IntranetId\n{Given.Unique("c")},Ada,Back house,\n,Ida,,999999999\n", kind: "contacts");
        Assert.Equal(["Id", "Intranet id", "Given name"], page.Texts(".columns-grid label").Take(3));
        Assert.Contains("Given name Ada", page.Line(2), StringComparison.Ordinal);
        Assert.Contains("Leave this empty for somebody new.", page.Line(3), StringComparison.Ordinal);
        Assert.Contains("Street Back house", page.Line(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_id_is_updated_and_says_from_what_to_what()
    {
        var id = Given.Unique("c");
        await app.ImportAsync(Csv($"{id},Ada,Byron,,{id}@shop.example,,,,,,,,,"), kind: "contacts");
        var before = await Row(id);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await app.ImportAsync(Csv($"{id},Ada,Lovelace,,,,,,London,,,,,"), kind: "contacts");

        Assert.Equal((0, 1, 0), Counts(await app.StateAsync(page)));
        var row = await Row(id);
        Assert.Equal((before.Id, "Lovelace", $"{id}@shop.example", "London"), (row.Id, row.FamilyName, row.Email, row.City));
        Assert.NotEqual(before.Version, row.Version);
        // As old as it was is what the file says again, or nothing of.
        var times = new ValueTimes(row.UpdatedAt, row.OlderValues);
        Assert.Equal((null, before.UpdatedAt, row.UpdatedAt, row.UpdatedAt), (before.OlderValues, times.Of("GivenName"), times.Of("FamilyName"), times.Of("City")));
        Assert.Contains("Byron", await app.Database(db => db.AuditEntries.Where(a => a.Subject == "Contact" && a.SubjectId == row.Id).Select(a => a.Details).SingleAsync()), StringComparison.Ordinal);
        Assert.Equal(["ada", "lovelace"], await app.Database(db => db.ContactWords.Where(w => w.ContactId == row.Id).Select(w => w.Word).OrderBy(w => w).ToListAsync()));
    }

    [Fact]
    public async Task Rows_that_share_an_address_are_linked_and_a_family_on_one_phone_waits_for_review()
    {
        var (a, b, c, d) = (Given.Unique("c"), Given.Unique("c"), Given.Unique("c"), Given.Unique("c"));
        var phone = $"98{Random.Shared.Next(10_000_000, 99_999_999)}";
        await app.ImportAsync(Csv($"{a},Robert,Smith,,{a}@shop.example,,,,,,,,,"), kind: "contacts");
        await app.ImportAsync(Csv($"{b},Bob,Smith,,{a.ToUpperInvariant()}@shop.example,{phone},,,,,,,,", $"{c},Mary,Smith,,{c}@shop.example,+91{phone},,,,,,,,", $"{d},B.,Smith,,,{phone},,,,,,,,"), kind: "contacts");

        var (first, second, wife, third) = (await Row(a), await Row(b), await Row(c), await Row(d));
        Assert.Equal((null, first.Id, null, first.Id), (first.LinkedId, second.LinkedId, wife.LinkedId, third.LinkedId));
        var links = await app.Database(db => db.Links.Where(l => l.SecondId == second.Id || l.SecondId == third.Id).OrderBy(l => l.SecondId).ToListAsync());
        Assert.Equal([(first.Id, LinkReason.Email, Cast.Steward.Email), (second.Id, LinkReason.Phone, Cast.Steward.Email)], links.Select(l => (l.FirstId, l.Reason, l.CreatedBy)));
        var pair = await app.Database(db => db.DuplicatePairs.SingleAsync(p => p.SecondId == wife.Id || p.FirstId == wife.Id));
        Assert.Equal((PairCause.DifferentNames, PairState.Open, second.Id), (pair.Cause, pair.State, pair.FirstId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_without_a_name_brings_nobody_together_who_shares_its_line(bool inOneFile)
    {
        var phone = ContactsGiven.Phone();
        var reception = await app.Contact(phone: phone, email: ContactsGiven.NewEmail("reception"));
        string[] rows = [$"{Given.Unique("d")},Dieter,Klein,{phone}", $"{Given.Unique("e")},Emma,Vogel,{phone}", $"{Given.Unique("f")},Farid,Noor,{phone}"];
        const string header = "id,given_name,surname,phone";
        foreach (var file in inOneFile ? [string.Join('\n', rows)] : rows)
            await app.ImportAsync($"{header}\n{file}", "line.csv", "contacts");

        var stored = await app.Database(db => db.Contacts.Where(c => c.PhoneKey == reception.PhoneKey).OrderBy(c => c.Id).Select(c => new { c.Id, c.GivenName, Person = c.LinkedId ?? c.Id }).ToListAsync());
        // Who came first alone took the line over; of three at once nobody can say whose it is.
        Assert.Equal(inOneFile ? 4 : 3, stored.Select(c => c.Person).Distinct().Count());
        Assert.Equal(3, stored.Where(c => c.GivenName is not null).Select(c => c.Person).Distinct().Count());
        var ids = stored.ConvertAll(c => c.Id);
        Assert.True(await app.Database(db => db.DuplicatePairs.CountAsync(pair => ids.Contains(pair.FirstId) && ids.Contains(pair.SecondId) && pair.Cause == PairCause.DifferentNames && pair.State == PairState.Open)) >= 2);
    }

    [Fact]
    public async Task A_row_without_a_name_is_what_its_person_is_called_whichever_value_comes_first()
    {
        var phones = new[] { ContactsGiven.Phone(), ContactsGiven.Phone() }.Order(StringComparer.Ordinal).ToArray();
        var (ann, unnamed) = (await app.Contact("Ann", "Weber", phone: phones[1]), await app.Contact(phone: phones[0]));
        await app.Linked(ann, unnamed);
        var (dieter, again) = (Given.Unique("d"), Given.Unique("a"));

        await app.ImportAsync($"id,given_name,surname,phone\n{dieter},Dieter,Klein,{phones[0]}\n{again},Ann,Weber,{phones[1]}", "order.csv", "contacts");

        Assert.Equal((null, ann.Id), ((await Row(dieter)).LinkedId, (await Row(again)).LinkedId));
    }

    [Fact]
    public async Task What_a_steward_separated_is_not_linked_by_a_file()
    {
        var (a, b) = (Given.Unique("c"), Given.Unique("c"));
        await app.ImportAsync(Csv($"{a},Ada,King,,{a}@shop.example,,,,,,,,,", $"{b},Ada,King,,{b}@shop.example,,,,,,,,,"), kind: "contacts");
        var (one, other) = (await Row(a), await Row(b));
        await app.Database(db => { db.Separations.Add(Separation.Between(one.Id, other.Id, one.CreatedAt, "steward")); return db.SaveChangesAsync(); });

        await app.ImportAsync(Csv($"{b},Ada,King,,{a}@shop.example,,,,,,,,,"), kind: "contacts");

        Assert.Null((await Row(b)).LinkedId);
        Assert.Equal(PairCause.Separated, (await app.Database(db => db.DuplicatePairs.SingleAsync(p => p.FirstId == one.Id && p.SecondId == other.Id))).Cause);
    }

    [Fact]
    public async Task A_file_that_names_a_contact_twice_by_whichever_id_says_so_at_the_line()
    {
        var (a, b) = (await app.Contact("Ada", "King"), await app.Contact("Eve", "King"));
        var page = await app.PreviewAsync($"IntranetId,id,city\n{a.Id},,Pune\n{a.Id},,Goa\n,{b.ExternalId},Pune\n{b.Id},,Goa\n", "twice.csv", "contacts");

        Assert.Contains("Line 2 is about the same contact. Keep one of the two rows.", page.Line(3), StringComparison.Ordinal);
        Assert.Contains("Line 4 is about the same contact. Keep one of the two rows.", page.Line(5), StringComparison.Ordinal);
        await app.ApplyAsync(page);
        Assert.Equal((ImportState.Applied, "Pune", "Pune"), ((await app.StateAsync(page)).State, (await app.Stored(a.Id)).City, (await app.Stored(b.Id)).City));
    }

    [Fact]
    public async Task A_row_with_an_address_that_can_be_none_is_found_by_its_number_or_asked_for_an_id()
    {
        var phone = ContactsGiven.Phone();
        var file = $"given_name,email,phone\nAda,none,{phone}\nEve,unknown,n/a\n";
        var first = await app.ImportAsync(file, "odd.csv", "contacts");

        Assert.Equal((1, 0, 0), Counts(await app.StateAsync(first)));
        var again = await app.PreviewAsync(file, "odd.csv", "contacts");
        Assert.Equal((0, 0, 1), Counts(await app.StateAsync(again)));
        Assert.Contains("Give the row an id, an e-mail address or a phone number", again.Line(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_may_be_read_in_two_ways_is_kept_as_written_and_changes_no_day_that_is_known()
    {
        var (a, b, c) = (Given.Unique("c"), Given.Unique("c"), Given.Unique("c"));
        await app.ImportAsync($"id,born\n{c},1980-02-01\n", "days.csv", "contacts");
        var file = $"id,born\n{a},01/02/1980\n{b},13/02/1980\n{c},02/01/1980\n";
        var page = await app.PreviewAsync(file, "days.csv", "contacts");

        Assert.Contains("2 birth dates may be read in two ways, day or month first.", page.Text, StringComparison.Ordinal);
        await app.ApplyAsync(page);
        Assert.Equal((null, "01/02/1980"), ((await Row(a)).BirthDate, (await Row(a)).BirthDateAsTyped));
        Assert.Equal((new DateOnly(1980, 2, 13), new DateOnly(1980, 2, 1)), ((await Row(b)).BirthDate, (await Row(c)).BirthDate));
        Assert.Equal((0, 0, 3), Counts(await app.StateAsync(await app.PreviewAsync(file, "days.csv", "contacts"))));
    }

    [Fact]
    public async Task A_generic_mailbox_links_nobody()
    {
        var (a, b) = (Given.Unique("c"), Given.Unique("c"));
        var domain = Given.Unique("d");
        await app.ImportAsync(Csv($"{a},Ada,King,,info@{domain}.example,,,,,,,,,", $"{b},Ada,King,,info@{domain}.example,,,,,,,,,"), kind: "contacts");
        var (one, other) = (await Row(a), await Row(b));
        Assert.Null(other.LinkedId);
        Assert.Equal(PairCause.GenericValue, (await app.Database(db => db.DuplicatePairs.SingleAsync(p => p.FirstId == one.Id && p.SecondId == other.Id))).Cause);
    }

    [Fact]
    public async Task Odd_days_and_addresses_are_kept_as_written_and_named_in_a_warning()
    {
        var (a, b) = (Given.Unique("c"), Given.Unique("c"));
        var page = await app.ImportAsync(Csv($"{a},Ada,King,,not an address,,1850,,,,,,,", $"{b},Eve,King,,,,1931-02-31,,,,,,,"), kind: "contacts");
        var (one, other) = (await Row(a), await Row(b));
        Assert.Equal((null, "1850", "not an address", null), (one.BirthDate, one.BirthDateAsTyped, one.Email, one.EmailKey));
        Assert.Equal("1931-02-31", other.BirthDateAsTyped);
        Assert.Equal(2, (await app.StateAsync(page)).Warnings.Count);
    }

    [Fact]
    public async Task Rows_that_nothing_finds_again_and_ids_that_stand_twice_are_errors()
    {
        var a = Given.Unique("c");
        var page = await app.ImportAsync(Csv(",Ada,King,,,,,,,,,,,", $"{a},Ada,King,,,,,,,,,,,", $"{a},Eve,King,,,,,,,,,,,"), kind: "contacts");
        Assert.Contains("Give the row an id", page.Line(2), StringComparison.Ordinal);
        Assert.Contains("also on line 3", page.Line(4), StringComparison.Ordinal);
        Assert.Equal("Ada", (await Row(a)).GivenName);
    }

    [Fact]
    public async Task A_row_without_id_is_found_again_by_its_address()
    {
        var mail = $"{Given.Unique("m")}@shop.example";
        var file = Csv($",Ada,King,,{mail},,,,,,,,,");
        await app.ImportAsync(file, kind: "contacts");
        var again = await app.PreviewAsync(file, kind: "contacts");
        Assert.Equal((0, 0, 1), Counts(await app.StateAsync(again)));
        Assert.Equal(1, await app.Database(db => db.Contacts.CountAsync(c => c.EmailKey == mail)));
    }

    [Fact]
    public async Task A_file_that_went_out_comes_back_to_the_same_contacts()
    {
        var word = Given.Unique("Back");
        await app.ImportAsync(Csv($",{word},King,,{word}@shop.example,+91 98200 11224,,,Pune,,,,,"), kind: "contacts");
        using var client = await app.SignedInAs(Cast.Steward);
        var file = await client.GetByteArrayAsync(new Uri($"/contacts?q={word}&handler=Csv&all=true", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((0, 0, 1), Counts(await app.StateAsync(await app.PreviewAsync(file, "contacts.csv", "contacts"))));

        var text = System.Text.Encoding.UTF8.GetString(file).Replace("Pune", "Mumbai", StringComparison.Ordinal);
        Assert.Equal((0, 1, 0), Counts(await app.StateAsync(await app.ImportAsync(text, kind: "contacts"))));
        Assert.Equal(["Mumbai"], await app.Database(db => db.Contacts.Where(c => c.GivenName == word).Select(c => c.City).ToListAsync()));
        var page = await app.PreviewAsync("IntranetId,GivenName\r\n2000000000,Nobody\r\n", kind: "contacts");
        Assert.Contains("There is no contact 2000000000", page.Line(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_name_beside_given_and_family_name_comes_back_as_it_was()
    {
        var (word, id) = (Given.Unique("Ada"), Given.Unique("c"));
        await app.ImportAsync(Csv($"{id},{word},Lovelace,\"Lovelace, Countess {word}\",,,,,Pune,,,,,"), kind: "contacts");
        using var client = await app.SignedInAs(Cast.Steward);
        var file = await client.GetByteArrayAsync(new Uri($"/contacts?q={word}&handler=Csv", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = System.Text.Encoding.UTF8.GetString(file);
        Assert.Contains($"{word} Lovelace", text, StringComparison.Ordinal);

        Assert.Equal((0, 0, 1), Counts(await app.StateAsync(await app.PreviewAsync(text, "contacts.csv", "contacts"))));
        await app.ImportAsync(text.Replace("Pune", "Mumbai", StringComparison.Ordinal), "contacts.csv", "contacts");

        Assert.Equal(($"Lovelace, Countess {word}", "Mumbai"), await Row(id) is var row ? (row.FullName, row.City) : default);
    }

    [Fact]
    public async Task A_deleted_contact_is_not_made_a_second_time_until_somebody_restores_it()
    {
        var id = Given.Unique("c");
        var file = Csv($"{id},Ada,King,,,,,,Pune,,,,,");
        await app.ImportAsync(file, kind: "contacts");
        var contact = await Row(id);
        await app.Operation<DeleteContact, bool>(verb => verb.RunAsync(contact.Id));

        var page = await app.ImportAsync(Csv($"{id},Ada,King,,,,,,Goa,,,,,", $"{id}-2,Bea,King,,,,,,Goa,,,,,"), kind: "contacts");

        Assert.Equal((1, 0, 0, 1), await app.StateAsync(page) is var state ? (state.NewRows, state.UpdatedRows, state.SameRows, state.ErrorRows) : default);
        Assert.Contains($"Contact {contact.Id} is deleted here. Restore it first.", page.Line(2), StringComparison.Ordinal);
        Assert.Contains($"Contact {contact.Id} is deleted here. Restore it first.", (await app.PreviewAsync($"IntranetId,City\r\n{contact.Id},Goa\r\n", kind: "contacts")).Line(2), StringComparison.Ordinal);
        Assert.Equal("Pune", (await Row(id)).City);

        Assert.Null(await app.Operation<DeleteContact, LinkContacts.Refusal?>(verb => verb.RestoreAsync(contact.Id, "somebody")));
        Assert.Equal((0, 0, 1), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "contacts"))));
        // Erased, it is nobody.
        Assert.Equal(1, await app.Operation<EraseContact, int?>(verb => verb.RunAsync(contact.Id, "Request")));
        Assert.Contains($"There is no contact {contact.Id} here.", (await app.PreviewAsync($"IntranetId,City\r\n{contact.Id},Goa\r\n", kind: "contacts")).Line(2), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Csv", "list.csv")]
    [InlineData("Xlsx", "list.xlsx")]
    public async Task The_list_as_it_was_shown_comes_back_to_the_same_contacts(string handler, string name)
    {
        var word = Given.Unique("Listed");
        await app.ImportAsync(Csv($",{word},King,,{word}@shop.example,+91 98200 11225,,,Pune,,,,=Works,", $"{word}-2,,,\"{word}, Berg\",,,,,,,,,"), kind: "contacts");
        using var client = await app.SignedInAs(Cast.Steward);
        var file = await client.GetByteArrayAsync(new Uri($"/contacts?q={word}&handler={handler}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((0, 0, 2), Counts(await app.StateAsync(await app.PreviewAsync(file, name, "contacts"))));

        if (handler == "Csv")
        {
            var text = System.Text.Encoding.UTF8.GetString(file).Replace("Pune", "Mumbai", StringComparison.Ordinal);
            Assert.Equal((0, 1, 1), Counts(await app.StateAsync(await app.ImportAsync(text, kind: "contacts"))));
            var row = await app.Database(db => db.Contacts.AsNoTracking().SingleAsync(c => c.GivenName == word));
            Assert.Equal(("Mumbai", null, "=Works"), (row.City, row.FullName, row.Company));
        }
    }

    [Fact]
    public async Task Parts_of_a_street_are_joined_and_what_was_typed_in_lines_is_one_value()
    {
        var (a, b, c) = (Given.Unique("c"), Given.Unique("c"), Given.Unique("c"));
        await app.ImportAsync($"rec_id, given_name, surname, street_number, address_1, address_2, suburb, soc_sec_id\r\n{a}, ada, lovelace, 8, stanley street, miami, winston hills, 5304218\r\n"
            + $"{b}, bea, lovelace, , , bega flats, , \r\n{c}, cia, lovelace, 5,\"Main St\nBack yard\",, Pune, \r\n", kind: "contacts");

        Assert.Equal(("8 stanley street, miami", "winston hills"), ((await Row(a)).Street, (await Row(a)).City));
        Assert.Equal("bega flats", (await Row(b)).Street);
        Assert.Equal("5 Main St Back yard", (await Row(c)).Street);
    }

    [Fact]
    public async Task A_program_sends_a_file_and_applies_it_in_one_call()
    {
        var id = Given.Unique("c");
        using var client = await Api(Cast.Steward);
        using var answer = await client.PostAsync("/api/imports", Form(Csv($"{id},Ada,King,,,,,,,,,,,"), ("kind", "contacts"), ("apply", "true")), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var import = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal($"/api/imports/{import.GetProperty("id").GetInt32()}", answer.Headers.Location!.ToString());
        await app.WorkAsync();

        var state = await client.GetFromJsonAsync<JsonElement>(answer.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal(("applied", 1, 0), (state.GetProperty("state").GetString(), state.GetProperty("newRows").GetInt32(), state.GetProperty("errorRows").GetInt32()));
        Assert.Equal("Ada", (await Row(id)).GivenName);
    }

    [Fact]
    public async Task Without_apply_nothing_is_written()
    {
        var id = Given.Unique("c");
        using var client = await Api(Cast.Steward);
        using var answer = await client.PostAsync("/api/imports", Form(Csv($"{id},Ada,King,,,,,,,,,,,"), ("kind", "contacts")), TestContext.Current.CancellationToken);
        await app.WorkAsync();
        Assert.Equal("previewed", (await client.GetFromJsonAsync<JsonElement>(answer.Headers.Location, TestContext.Current.CancellationToken)).GetProperty("state").GetString());
        Assert.Equal(0, await app.Database(db => db.Contacts.CountAsync(c => c.ExternalId == id)));
    }

    [Fact]
    public async Task Bad_calls_are_told_what_is_wrong_and_leave_nothing()
    {
        using var client = await Api(Cast.Steward);
        var before = await app.Database(db => db.Imports.CountAsync());
        Assert.Contains("contacts", await Refused(Form(Csv(), ("kind", "people")), "kind"), StringComparison.Ordinal);
        Assert.Contains("true or false", await Refused(Form(Csv("1,a,b,,,,,,,,,,,"), ("kind", "contacts"), ("apply", "yes")), "apply"), StringComparison.Ordinal);
        Assert.Contains("No column", await Refused(Form("x,y\r\n1,2\r\n", ("kind", "contacts")), "file"), StringComparison.Ordinal);
        using var noFile = new MultipartFormDataContent { { new StringContent("contacts"), "kind" } };
        await Refused(noFile, "file");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsJsonAsync("/api/imports", new { kind = "contacts" }, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(before, await app.Database(db => db.Imports.CountAsync()));

        async Task<string> Refused(HttpContent form, string field)
        {
            using var answer = await client.PostAsync("/api/imports", form, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("errors").GetProperty(field)[0].GetString()!;
        }
    }

    [Fact]
    public async Task Only_stewards_import()
    {
        using var anonymous = app.Anonymous();
        using var form = Form(Csv("1,a,b,,,,,,,,,,,"), ("kind", "contacts"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync("/api/imports", form, TestContext.Current.CancellationToken)).StatusCode);
        using var employee = await Api(Cast.Employee);
        using var again = Form(Csv("1,a,b,,,,,,,,,,,"), ("kind", "contacts"));
        Assert.Equal(HttpStatusCode.Forbidden, (await employee.PostAsync("/api/imports", again, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await employee.GetAsync("/api/imports/1", TestContext.Current.CancellationToken)).StatusCode);
        using var steward = await Api(Cast.Steward);
        Assert.Equal(HttpStatusCode.NotFound, (await steward.GetAsync("/api/imports/2000000000", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static (int New, int Updated, int Same) Counts(Import import) => (import.NewRows, import.UpdatedRows, import.SameRows);

    private static MultipartFormDataContent Form(string csv, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(csv)), "file", "contacts.csv" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }

    private async Task<HttpClient> Api(Person who)
    {
        var client = app.Anonymous();
        var login = await (await client.PostAsJsonAsync("/api/auth/login", new { username = who.Email, password = Cast.Password }, TestContext.Current.CancellationToken)).Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login.GetProperty("access_token").GetString());
        return client;
    }
}
