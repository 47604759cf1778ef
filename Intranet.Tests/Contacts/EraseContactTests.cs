using System.Globalization;
using System.Net;
using Intranet.Data.Contacts;
using Intranet.Data.Imports;
using Intranet.Data.Leads;
using Intranet.Tests.Imports;
using Intranet.Tests.Leads;
using Intranet.Tests.Performance;
using Microsoft.EntityFrameworkCore;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Contacts;

public sealed class EraseContactTests(ImportsApp app) : IClassFixture<ImportsApp>
{
    // A column that is new is of the person, until somebody names it here: where the row came from, and when what was done to it.
    private static readonly string[] Kept = [nameof(Contact.Source), nameof(Contact.CreatedAt), nameof(Contact.UpdatedAt), nameof(Contact.LoosenedAt), nameof(Contact.DeletedAt), nameof(Contact.ErasedAt)];

    [Fact]
    public async Task Every_text_and_every_day_of_the_row_is_wiped_but_where_it_came_from_and_when()
    {
        var contact = await app.Contact("Everything");
        var own = typeof(Contact).GetProperties().Where(property => property.PropertyType == typeof(string) || (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var type && (type == typeof(DateOnly) || type == typeof(DateTime)))
            .Select(property => property.Name).Except(Kept).ToList();
        Assert.Contains(nameof(Contact.OlderValues), own);
        await app.Database(async db =>
        {
            var entry = db.Entry(await db.Contacts.SingleAsync(c => c.Id == contact.Id));
            foreach (var property in own.Select(name => entry.Property(name)))
                property.CurrentValue = property.Metadata.ClrType == typeof(string) ? Filled(property.Metadata.Name) : property.Metadata.ClrType == typeof(DateOnly?) ? new DateOnly(1980, 2, 1) : app.Clock.UtcNow;
            await db.SaveChangesAsync();
        });
        Assert.DoesNotContain(null, await ValuesAsync());

        await app.Operation<EraseContact, int?>(operation => operation.RunAsync(contact.Id, "Request 43"));

        Assert.Equal(own.Select(name => (name, (object?)null)), own.Zip(await ValuesAsync()));

        static string Filled(string name) => name switch
        {
            nameof(Contact.OlderValues) => "City 2026-01-01T00:00:00.000000Z",
            nameof(Contact.Email) or nameof(Contact.EmailKey) => "everything@erased.example",
            nameof(Contact.Phone) or nameof(Contact.PhoneKey) => "9733322211",
            _ => "Everything",
        };

        Task<List<object?>> ValuesAsync() => app.Database(async db =>
        {
            var entry = db.Entry(await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == contact.Id));
            return own.ConvertAll(name => entry.Property(name).CurrentValue);
        });
    }

    [Fact]
    public async Task Nothing_of_the_person_is_left_in_any_row_but_that_it_was_erased_and_why()
    {
        const string secret = "Zyxwv";
        var phone = Phone();
        var one = await app.Contact(secret, secret, $"{secret}.a@x.example", phone, secret, secret);
        var two = await app.Contact(secret, email: $"{secret}.b@x.example");
        var gone = await app.Contact(secret, phone: phone);
        var neighbour = await app.Contact("Neighbour", email: NewEmail());
        await app.Linked(one, two, $"{secret} said so");
        await app.Linked(two, gone, secret);
        var cut = await app.Linked(one, neighbour, secret);
        await app.Operation<CutLink, IReadOnlyList<int>?>(operation => operation.RunAsync(cut.Id, Cast.Steward.Name));
        await app.Operation<DeleteContact, bool>(operation => operation.RunAsync(gone.Id));
        using var client = await app.SignedInAs(Cast.Steward);
        (await (await client.PageAsync($"/contacts/edit/{one.Id}")).Form("Save").Fill("Street", secret).SubmitAsync()).MustBeOk();
        (await (await client.PageAsync($"/contacts/edit/{two.Id}")).Form("Save").Fill("City", "Elsewhere").SubmitAsync()).MustBeOk();
        (await (await client.PageAsync($"/contacts/{one.Id}")).Form($"Use this city of {one.Id}").SubmitAsync()).MustBeOk();
        Assert.NotEmpty(await Places(secret, phone));
        Assert.Contains(nameof(Contact.GivenName), (await app.Stored(one.Id)).OlderValues, StringComparison.Ordinal);

        var form = (await client.PageAsync($"/contacts/erase/{two.Id}")).MustBeOk();
        Assert.Equal(3, form.All("tbody tr").Count);
        (await form.Form("Erase for good").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.NotEmpty(await Places(secret, phone));
        // Somebody else became that person while the reason was typed.
        var link = await app.Linked(one, neighbour, secret);
        var changed = (await form.Form("Erase for good").Fill("Reason", "Request 42").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Look at them again", changed.Text, StringComparison.Ordinal);
        Assert.Equal((4, "Request 42"), (changed.All("tbody tr").Count, changed.One("#Reason").GetAttribute("value")));
        Assert.Equal("Neighbour", (await app.Stored(neighbour.Id)).GivenName);
        await app.Operation<CutLink, IReadOnlyList<int>?>(operation => operation.RunAsync(link.Id, Cast.Steward.Name));
        var page = (await form.Form("Erase for good").Fill("Reason", "Request 42").SubmitAsync()).MustBeOk();

        Assert.Contains("Erased, 3 contacts.", page.One("#toasts").Words(), StringComparison.Ordinal);
        Assert.Empty(await Places(secret, phone));
        // Nor which values there were.
        Assert.Null((await app.Stored(one.Id)).OlderValues);
        Assert.Equal([one.Id, two.Id, gone.Id], await app.Database(db => db.AuditEntries.Where(entry => entry.Action == "erased" && entry.Details == "Request 42").Select(entry => entry.SubjectId!.Value).Order().ToListAsync()));
        Assert.Equal("Neighbour", (await app.Stored(neighbour.Id)).GivenName);
        // For good.
        Assert.Equal(LinkContacts.Refusal.Missing, await app.Operation<DeleteContact, LinkContacts.Refusal?>(operation => operation.RestoreAsync(one.Id, "somebody")));
        foreach (var address in new[] { "erase", "edit" })
            Assert.Equal($"/contacts/{one.Id}", (await client.PageAsync($"/contacts/{address}/{one.Id}")).MustBeOk().Path);
        Assert.Contains("Erased for privacy", (await client.PageAsync($"/contacts/{one.Id}")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_shares_a_deleted_row_keeps_everything()
    {
        var (one, bridge, other) = (await app.Contact("One"), await app.Contact("Bridge"), await app.Contact("Other"));
        await app.Linked(one, bridge);
        await app.Linked(bridge, other);
        await app.Operation<DeleteContact, bool>(operation => operation.RunAsync(bridge.Id));

        Assert.Equal(2, await app.Operation<EraseContact, int?>(erase => erase.RunAsync(one.Id, "Request")));

        Assert.Equal(("Other", null), ((await app.Stored(other.Id)).GivenName, (await app.Stored(other.Id)).DeletedAt));
        Assert.Null(await app.Operation<EraseContact, int?>(erase => erase.RunAsync(one.Id, "Again")));
        Assert.Null(await app.Operation<EraseContact, int?>(erase => erase.RunAsync(int.MaxValue, "Nobody")));
    }

    [Fact]
    public async Task The_notes_of_imports_forget_the_person_and_keep_everybody_else()
    {
        const string header = "id,given_name,surname,full_name,email,phone,city";
        var (secret, other, number) = (Given.Unique("Qwyx") + "x", Given.Unique("Else") + "x", Phone());
        var (id, otherId) = (Given.Unique("ident"), Given.Unique("ident"));
        var made = await app.ImportAsync($"{header}\r\n{id},{secret},Ørsted,,{secret}@x.example,{number},\r\n{otherId},{other},Able,,{other}@x.example,,\r\n", kind: "contacts");
        // About the same again: what changed, what didn't, what was refused, and what nobody applied.
        var changed = await app.ImportAsync($"{header}\r\n{id},{secret},Ørsted,,{secret}.new@x.example,,Goa\r\n", kind: "contacts");
        var same = await app.PreviewAsync($"{header}\r\n{id},{secret},Ørsted,,,,\r\n", kind: "contacts");
        var refused = await app.PreviewAsync($"{header}\r\n,{secret},Ørsted,,,,\r\n,,,\"{secret}, see {number}\",,,\r\n,{other},Ørsted,,,,\r\n,Nobody,,,,,\r\n", kind: "contacts");
        var waiting = await app.PreviewAsync($"{header}\r\n{id}-2,{secret},Ørsted,,,,\r\n{otherId}-2,{other},Able,,,,\r\n", kind: "contacts");
        var contact = await app.Database(db => db.Contacts.AsNoTracking().SingleAsync(c => c.ExternalId == id));
        Assert.Equal(6, (await Places(secret)).Count(place => place == "ImportRow.Label"));

        Assert.Equal(1, await app.Operation<EraseContact, int?>(erase => erase.RunAsync(contact.Id, "Request")));

        Assert.Empty(await Places(secret, number, id));
        var kept = await app.Database(db => db.ImportRows.AsNoTracking().Where(row => row.Label.Contains(other)).OrderBy(row => row.ImportId).ThenBy(row => row.Line).Select(row => new { row.Kind, row.Label, row.Changes }).ToListAsync());
        Assert.Equal([$"{other} Able ({otherId})", $"{other} Ørsted", $"{other} Able ({otherId}-2)"], kept.Select(row => row.Label));
        Assert.All(kept, row => Assert.NotNull(row.Changes));
        // The pages of the imports still tell of the rest, and how many rows there were.
        foreach (var page in new[] { made, changed, same, refused, waiting })
            Assert.Contains(ImportRow.Erased, (await page.Client.PageAsync(page.Path)).MustBeOk().One("#rows").Words(), StringComparison.Ordinal);
        using var file = await refused.Client.GetAsync(new Uri($"{refused.Path}?handler=Errors", UriKind.Relative), TestContext.Current.CancellationToken);
        var lines = (await file.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.Contains(lines, line => line.Contains($",{other},Ørsted,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_waited_or_is_sent_again_does_not_bring_them_back_until_they_come_themselves()
    {
        const string header = "id,given_name,surname,full_name,email,phone,city,date_of_birth";
        var (secret, other, number, id) = (Given.Unique("Qwyz") + "x", Given.Unique("Kept") + "x", Phone(), Given.Unique("ident"));
        var contact = await app.Contact(secret, "Ørsted", $"{secret}@x.example", number);
        await app.Database(db => db.Contacts.Where(c => c.Id == contact.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.BirthDate, new DateOnly(1964, 5, 12))));
        await app.Linked(contact, await app.Contact("Byname", secret));
        // By address, by number and name in any order, by number alone, by name and birth date; and people of the same number who are somebody else.
        var file = $"{header}\r\n{id}-1,,,,{secret.ToUpperInvariant()}@x.example,,Goa\r\n{id}-2,,,\"ØRSTED, {secret}\",,+91 {number},\r\n{id}-3,,,,,{number},\r\n{id}-4,{other},Able,,,{number},Pune\r\n{id}-5,,,{secret} Ørsted,,,,12.05.1964\r\n";
        var waiting = await app.PreviewAsync(file, $"{other}.csv", "contacts");
        using var client = await app.SignedInAs(Cast.Steward);

        var form = (await client.PageAsync($"/contacts/erase/{contact.Id}")).MustBeOk();
        Assert.Contains($"{other}.csv: 5 rows name this person", form.One("#waiting-files").Words(), StringComparison.Ordinal);
        (await form.Form("Erase for good").Fill("Reason", "Request").SubmitAsync()).MustBeOk();
        var applied = await app.ApplyAsync(waiting);

        Assert.Equal((1, 0, 0, 4), Counts(await app.StateAsync(applied)));
        Assert.Contains("no file brings them back", applied.Line(2), StringComparison.Ordinal);
        Assert.Empty(await Places(secret, $"{id}-1", $"{id}-2", $"{id}-3", $"{id}-5"));
        Assert.Equal(("Pune", other), await app.Database(db => db.Contacts.Where(c => c.ExternalId == $"{id}-4").Select(c => new ValueTuple<string?, string?>(c.City, c.GivenName)).SingleAsync()));
        // The number alone is whose it is now.
        Assert.Equal((1, 0, 1, 3), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "contacts"))));
        // As a poc of a lead as little.
        var lead = await app.Lead();
        var pocs = await app.PreviewAsync($"IntranetLeadId,Name,Email\r\n{lead.Id},{secret} Ørsted,{secret}@x.example\r\n", kind: "pocs");
        Assert.Equal((0, 0, 0, 1), Counts(await app.StateAsync(pocs)));
        Assert.Empty(await Places(secret));

        // Somebody enters them: they are here by their own will, and files tell of them again.
        var back = await app.Contact(secret, "Ørsted", $"{secret}@x.example");
        await app.Database(db => db.Contacts.Where(c => c.Id == back.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.BirthDate, new DateOnly(1964, 5, 12))));
        var again = await app.StateAsync(await app.ImportAsync($"{header}\r\n{id}-9,,,,{secret}@x.example,,Goa\r\n{id}-10,,,{secret} Ørsted,,,,1964-05-12\r\n", kind: "contacts"));
        Assert.Equal((2, 0, 0, 0), Counts(again));
    }

    [Fact]
    public async Task An_address_that_others_have_too_keeps_nobody_else_out()
    {
        var (shared, id) = (NewEmail("family"), Given.Unique("ident"));
        var contact = await app.Contact("Ada", "Wayne", shared);
        await app.Contact("Bruce", "Wayne", shared);
        Assert.Equal(1, await app.Operation<EraseContact, int?>(erase => erase.RunAsync(contact.Id, "Request")));

        var state = await app.StateAsync(await app.ImportAsync($"id,given_name,surname,email\r\n{id}-1,Martha,Wayne,{shared}\r\n{id}-2,Thomas,Kane,{Given.Unique("info")}@x.example\r\n", kind: "contacts"));

        Assert.Equal((2, 0, 0, 0), Counts(state));
    }

    [Fact]
    public async Task An_address_that_others_have_too_brings_nobody_back_by_it()
    {
        var (shared, id) = (NewEmail("family"), Given.Unique("ident"));
        var contact = await app.Contact("Ada", "Wayne", shared);
        await app.Contact("Bruce", "Wayne", shared);
        var lead = await app.Lead();
        Assert.Equal(1, await app.Operation<EraseContact, int?>(erase => erase.RunAsync(contact.Id, "Request")));

        // The old row, with her id and without; of who has the address now, and nobody's name beside it.
        var file = $"id,given_name,surname,email\r\n{id}-1,Ada,Wayne,{shared}\r\n{contact.ExternalId},Ada,Wayne,{shared}\r\n{id}-2,Bruce,Wayne,{shared}\r\n{id}-3,,,{shared}\r\n";
        Assert.Equal((2, 0, 0, 2), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "contacts"))));
        Assert.Equal((1, 0, 0, 1), Counts(await app.StateAsync(await app.PreviewAsync($"IntranetLeadId,Name,Email\r\n{lead.Id},Ada Wayne,{shared}\r\n{lead.Id},Bruce Wayne,{shared}\r\n", kind: "pocs"))));

        // She comes back herself.
        await app.Contact("Ada", "Wayne", shared);
        Assert.Equal((4, 0, 0, 0), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "contacts"))));
    }

    [Fact]
    public async Task A_birth_date_that_was_kept_as_typed_is_known_either_way_round()
    {
        var (name, id) = (Given.Unique("Typedx") + "x", Given.Unique("ident"));
        const string header = "id,given_name,surname,date_of_birth";
        await app.ImportAsync($"{header}\r\n{id},{name},Berg,01/02/1980\r\n", kind: "contacts");
        var contact = await app.Database(db => db.Contacts.AsNoTracking().SingleAsync(c => c.ExternalId == id));
        Assert.Equal((null, "01/02/1980"), (contact.BirthDate, contact.BirthDateAsTyped));
        Assert.Equal(1, await app.Operation<EraseContact, int?>(erase => erase.RunAsync(contact.Id, "Request")));

        var file = $"{header}\r\n{id}-1,{name},Berg,01/02/1980\r\n{id}-2,{name},Berg,1980-02-01\r\n{id}-3,{name},Berg,1980-01-02\r\n{id}-4,{name},Berg,1980-01-03\r\n";
        Assert.Equal((1, 0, 0, 3), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "contacts"))));

        // Somebody of that name is here, born so: one row that can be read so is theirs.
        var back = await app.Contact(name, "Berg");
        await app.Database(db => db.Contacts.Where(c => c.Id == back.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.BirthDateAsTyped, "02/01/1980")));
        Assert.Equal((4, 0, 0, 0), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "contacts"))));
    }

    [Fact]
    public async Task Their_number_is_found_in_texts_in_any_formatting()
    {
        var lead = await app.Lead();
        var number = Phone();
        var (poc, colleague) = (await app.Poc(lead, $"{Given.Unique("Ringx")}x Berg", phone: $"+91 {number[..5]} {number[5..]}"), await app.Poc(lead, "Cook Whoever"));
        var texts = new[] { $"ring 0{number}", $"12.05. {number[..3]}-{number[3..6]}-{number[6..]} 2 times", $"(0091) {number}", $"order {number}1" };
        var notes = new List<Interaction>();
        foreach (var text in texts)
            notes.Add(await app.Logged(lead, details: text, pocId: colleague.Id));
        var waiting = await app.PreviewAsync($"id,given_name,company,email\r\n{Given.Unique("ident")},Somebody,\"Works, 0{number[..4]} {number[4..]}\",{NewEmail()}\r\n", "numbers.csv", "contacts");
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await client.PageAsync($"/contacts/erase/{poc.ContactId}")).MustBeOk();
        Assert.Contains("Also wipe the text of 3 interactions", page.Text, StringComparison.Ordinal);
        Assert.Contains("numbers.csv: 1 row names this person", page.One("#waiting-files").Words(), StringComparison.Ordinal);
        (await page.Form("Erase for good").Fill("Reason", "Request").SubmitAsync()).MustBeOk();

        var left = new List<string>();
        foreach (var note in notes)
            left.Add((await app.Now(note)).Details);
        Assert.Equal([ImportRow.Erased, ImportRow.Erased, ImportRow.Erased, texts[3]], left);
        Assert.Contains(ImportRow.Erased, (await client.PageAsync(waiting.Path)).MustBeOk().One("#rows").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_stopped_midway_waits_for_its_rest_until_that_is_discarded()
    {
        var (secret, name) = (Given.Unique("Stopx") + "x", Given.Unique("stopped"));
        var contact = await app.Contact(secret, "Berg", $"{secret}@x.example");
        var waiting = await app.PreviewAsync($"id,given_name,surname\r\n{name}-1,{secret},Berg\r\n{name}-2,{secret},Berg\r\n{name}-3,Somebody,Else\r\n", $"{name}.csv", "contacts");
        // Line 2 is written.
        await StoppedAsync(2);
        using var client = await app.SignedInAs(Cast.Steward);

        Assert.Contains($"{name}.csv: 1 row names this person", await FilesAsync(), StringComparison.Ordinal);
        await StoppedAsync(3);
        Assert.DoesNotContain(name, await FilesAsync(), StringComparison.Ordinal);
        await StoppedAsync(1);
        Assert.Contains($"{name}.csv: 2 rows name this person", await FilesAsync(), StringComparison.Ordinal);
        await app.Database(db => db.Imports.Where(import => import.FileName == $"{name}.csv").ExecuteUpdateAsync(set => set.SetProperty(import => import.StoredName, "")));
        Assert.DoesNotContain(name, await FilesAsync(), StringComparison.Ordinal);

        Task<int> StoppedAsync(int position) => app.Database(db => db.Imports.Where(import => import.FileName == $"{name}.csv").ExecuteUpdateAsync(set => set.SetProperty(import => import.State, ImportState.Stopped).SetProperty(import => import.Position, position)));

        async Task<string> FilesAsync() => string.Join(' ', (await client.PageAsync($"/contacts/erase/{contact.Id}")).MustBeOk().All("#waiting-files").Select(card => card.Words()));
    }

    [Fact]
    public async Task A_living_one_of_their_name_and_number_is_known_by_an_address_of_their_own()
    {
        var phone = Phone();
        var father = await app.Contact("John", "Smith", phone: phone);
        var son = await app.Contact("Johnny", "Smith", NewEmail("son"), phone);
        Assert.NotNull(await app.Operation<EraseContact, int?>(erase => erase.RunAsync(father.Id, "Request")));

        var state = await app.StateAsync(await app.ImportAsync($"id,given_name,surname,email,phone\r\n{son.ExternalId},John,Smith,{son.Email},{phone}\r\n{father.ExternalId},John,Smith,,{phone}\r\n", kind: "contacts"));

        Assert.Equal((0, 1, 0, 1), Counts(state));
        Assert.Equal("John", (await app.Stored(son.Id)).GivenName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_written_about_talks_with_them_is_wiped_unless_somebody_unticks_it(bool wipes)
    {
        var secret = Given.Unique("Notedx") + "x";
        var ill = $"Their daughter {Given.Unique("Illx")} is ill";
        var lead = await app.Lead();
        var (poc, colleague) = (await app.Poc(lead, $"{secret} Berg", email: $"{secret}@x.example"), await app.Poc(lead, "Cook Whoever"));
        var order = await app.Logged(lead, InteractionKind.Order, value: 500, details: ill, pocId: poc.Id);
        var named = await app.Logged(lead, details: $"The cook says, ask {secret} berg", pocId: colleague.Id);
        var kept = await app.Logged(lead, details: "The oven is broken", pocId: colleague.Id);
        await app.Database(async db =>
        {
            (await db.Leads.SingleAsync(one => one.Id == lead.Id)).NextStep = $"Ring {secret} Berg";
            (await db.Pocs.SingleAsync(one => one.Id == colleague.Id)).Role = $"Deputy of {secret} Berg";
            await db.SaveChangesAsync();
            // Once more, so that the audit holds them as they were.
            (await db.Leads.SingleAsync(one => one.Id == lead.Id)).NextStep = $"Mail {secret}@x.example";
            await db.SaveChangesAsync();
        });
        // An amount in minor units that looks like the number of somebody at their source.
        await app.Database(db => db.Contacts.Where(c => c.Id == poc.ContactId).ExecuteUpdateAsync(set => set.SetProperty(c => c.ExternalId, "2475300")));
        await app.Database(async db =>
        {
            (await db.Leads.SingleAsync(one => one.Id == lead.Id)).ExpectedValue = 2_475_300;
            await db.SaveChangesAsync();
        });
        await app.Moved(lead, Stage.Contacted);
        await app.Database(db => db.StageMoves.Where(move => move.LeadId == lead.Id && move.To == Stage.Contacted).ExecuteUpdateAsync(set => set.SetProperty(move => move.Reason, $"{secret} Berg has left")));
        var by = await app.ViewerAsync();
        Assert.True((await app.Operation<SetManualLabel, SetManualLabel.Result>(set => set.RunAsync(lead.Id, PerformanceLabel.Under, $"{secret} Berg has left", app.Clock.Today.AddDays(9), null, by))).IsDone);
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await client.PageAsync($"/contacts/erase/{poc.ContactId}")).MustBeOk();
        Assert.Contains("Also wipe the text of 2 interactions with them or naming them, and 4 other texts naming them at their leads", page.Text, StringComparison.Ordinal);
        var form = page.Form("Erase for good").Fill("Reason", "Request");
        (await (wipes ? form : form.Tick("WipesNotes", false)).SubmitAsync()).MustBeOk();

        Assert.Equal("The oven is broken", (await app.Now(kept)).Details);
        Assert.Equal((InteractionKind.Order, 500L, poc.Id), ((await app.Now(order)).Kind, (await app.Now(order)).OrderValue, (await app.Now(order)).PocId));
        string[] texts = wipes ? [ImportRow.Erased, ImportRow.Erased] : [ill, $"The cook says, ask {secret} berg"];
        Assert.Equal(texts, new List<string> { (await app.Now(order)).Details, (await app.Now(named)).Details });
        Assert.Equal(!wipes, (await Places(ill, secret)).Count > 0);
        Assert.Equal(lead.Name, (await app.Now(lead)).Name);
        if (wipes)
        {
            var told = await app.Database(db => db.AuditEntries.Where(entry => entry.Subject == nameof(Lead) && entry.SubjectId == lead.Id && entry.Action == "interaction added").Select(entry => entry.Details!).ToListAsync());
            Assert.True(await app.Database(db => db.AuditEntries.AnyAsync(entry => entry.Subject == nameof(Lead) && entry.SubjectId == lead.Id && entry.Details!.Contains("2475300"))));
            Assert.Equal(2, told.Count(details => details.Contains(ImportRow.Erased, StringComparison.Ordinal) && details.Contains("\"Kind\"", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_file_of_interactions_that_waits_or_comes_later_brings_no_text_about_them()
    {
        var (secret, given) = (Given.Unique("Talkedx") + "x", Given.Unique("Givenx") + "x");
        var lead = await app.Lead();
        var contact = await app.Contact(given, secret, $"{secret}@x.example", Phone());
        await app.Database(async db =>
        {
            db.Add(new Poc { LeadId = lead.Id, ContactId = contact.Id, Role = "Chef", CreatedAt = app.Clock.UtcNow });
            await db.SaveChangesAsync();
        });
        var other = await app.Lead();
        var at = app.Clock.UtcNow.AddDays(-3);
        string Row(int lead, int minute, string details, string kind = "Call") => $"{lead},{at.AddMinutes(minute):yyyy-MM-dd HH:mm},{kind},\"{details}\",{(kind == "Order" ? "120.50" : "")}\r\n";
        var file = "IntranetLeadId,InteractionDate,Kind,Details,OrderValue\r\n"
            + Row(lead.Id, 1, $"{secret.ToUpperInvariant()}, {given} has asked for a discount", "Order")
            + Row(lead.Id, 2, $"Somebody called {given}son rang about the oven")
            + Row(other.Id, 3, $"Write to {secret}@X.example.")
            + Row(other.Id, 4, $"Ring 0091 {contact.PhoneKey![..5]}-{contact.PhoneKey[5..]} tomorrow")
            + Row(other.Id, 5, "Order 20 boxes, 12345 of them later")
            + Row(lead.Id, 60 * 24 * 30, $"{given} {secret} will come");
        var waiting = await app.PreviewAsync(file, "talks.csv", "interactions");
        using var client = await app.SignedInAs(Cast.Steward);

        var form = (await client.PageAsync($"/contacts/erase/{contact.Id}")).MustBeOk();
        Assert.Contains("talks.csv: 4 rows name this person; talks about them are taken without their text", form.One("#waiting-files").Words(), StringComparison.Ordinal);
        (await form.Form("Erase for good").Fill("Reason", "Request").SubmitAsync()).MustBeOk();
        var applied = await app.ApplyAsync(waiting);

        Assert.Equal((5, 0, 0, 1), Counts(await app.StateAsync(applied)));
        Assert.Equal(["3 texts are about people who were erased for privacy. The rest of their rows is taken."], (await app.StateAsync(applied)).Warnings);
        Assert.Empty(await Places(secret, contact.PhoneKey, $"-{contact.PhoneKey[5..]}"));
        var written = await app.Database(db => db.Interactions.Where(one => one.LeadId == lead.Id || one.LeadId == other.Id).OrderBy(one => one.At).Select(one => new { one.Details, one.OrderValue }).ToListAsync());
        Assert.Equal([ImportRow.Erased, $"Somebody called {given}son rang about the oven", ImportRow.Erased, ImportRow.Erased, "Order 20 boxes, 12345 of them later"], written.Select(one => one.Details));
        Assert.Equal(12_050L, written[0].OrderValue);
        // As a poc without any value but the name, where they were one; elsewhere that is somebody else's name.
        var pocs = await app.PreviewAsync($"IntranetLeadId,Name\r\n{lead.Id},\"{secret}, {given}\"\r\n", kind: "pocs");
        Assert.Equal((0, 0, 0, 1), Counts(await app.StateAsync(pocs)));
        Assert.Equal((1, 0, 0, 0), Counts(await app.StateAsync(await app.PreviewAsync($"IntranetLeadId,Name\r\n{other.Id},{given} Other\r\n", kind: "pocs"))));

        // They come back as the lead's poc by somebody's hand: what is told of them is told again.
        await app.Poc(lead, $"{given} {secret}");
        var again = await app.ImportAsync("IntranetLeadId,InteractionDate,Kind,Details\r\n" + $"{lead.Id},{at.AddMinutes(9):yyyy-MM-dd HH:mm},Visit,{given} {secret} was there\r\n", kind: "interactions");
        Assert.Equal((1, 0, 0, 0), Counts(await app.StateAsync(again)));
        Assert.Contains("Interaction.Details", await Places(secret));

        // Somebody has the number now: it is theirs.
        await app.Contact("Bob", "Newcomer", phone: contact.Phone);
        await app.ImportAsync("IntranetLeadId,InteractionDate,Kind,Details\r\n" + $"{other.Id},{at.AddMinutes(19):yyyy-MM-dd HH:mm},Visit,Ring {contact.PhoneKey} again\r\n", kind: "interactions");
        Assert.Contains($"Ring {contact.PhoneKey} again", await app.Database(db => db.Interactions.Where(one => one.LeadId == other.Id).Select(one => one.Details).ToListAsync()));
    }

    [Fact]
    public async Task What_only_they_have_leaves_the_list_of_generic_values_and_its_history()
    {
        var (own, earlier, shared) = (Given.Unique("ownx") + "@x.example", Given.Unique("earlierx") + "+list@x.example", Given.Unique("sharedx") + "@x.example");
        var number = Phone();
        var contact = await app.Contact("Ada", "Listed", own, number);
        await app.Linked(contact, await app.Contact("Ada", "Listed", earlier));
        await app.Linked(contact, await app.Contact("Ada", "Listed", shared));
        await app.Contact("Bob", "Other", shared);
        using var client = await app.SignedInAs(Cast.Steward);
        foreach (var value in new[] { own, shared, earlier, number })
            (await (await client.PageAsync("/contacts/generic-values")).Form("Add").Fill("Input.Value", value).SubmitAsync()).MustBeOk();
        var removed = await app.Database(db => db.GenericValues.Where(value => value.ValueKey == earlier).Select(value => value.Id).SingleAsync());
        (await (await client.PageAsync("/contacts/generic-values")).Form($"Remove {earlier}").SubmitAsync()).MustBeOk();
        Assert.False(await app.Database(db => db.GenericValues.AnyAsync(value => value.Id == removed)));

        var form = (await client.PageAsync($"/contacts/erase/{contact.Id}")).MustBeOk();
        var told = form.One("#generic-values").Words();
        Assert.Contains(own, told, StringComparison.Ordinal);
        Assert.DoesNotContain(shared, told, StringComparison.Ordinal);
        (await form.Form("Erase for good").Fill("Reason", "Request").SubmitAsync()).MustBeOk();

        Assert.Empty(await Places(own, earlier, number));
        Assert.True(await app.Database(db => db.GenericValues.AnyAsync(value => value.ValueKey == shared)));
        Assert.Equal(2, await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Subject == nameof(GenericValue) && entry.Action == "erased" && entry.Details == "Request")));
        // It is nobody's now, and known as theirs: no file brings it back.
        Assert.Equal((0, 0, 0, 1), Counts(await app.StateAsync(await app.PreviewAsync($"id,email\r\n{Given.Unique("ident")},{own}\r\n", kind: "contacts"))));
    }

    private static (int New, int Updated, int Same, int Errors) Counts(Import import) => (import.NewRows, import.UpdatedRows, import.SameRows, import.ErrorRows);

    /// <summary>Where any of the texts stands: every text column of every table.</summary>
    [Fact]
    public async Task A_person_of_very_many_names_and_values_leaves_as_many_notes_and_is_known_by_any_of_both()
    {
        const int many = 120;
        const string header = "id,given_name,surname,email,phone,date_of_birth";
        var before = await app.Database(db => db.ErasedValues.CountAsync());
        var (one, other) = (await ManyAsync("Manyx"), await ManyAsync("Othern"));

        foreach (var rows in new[] { one, other })
            Assert.Equal(many, await app.Operation<EraseContact, int?>(erase => erase.RunAsync(rows[0].Id, "Request")));

        // Of each row its address, number, id, day and name, some of them twice; not 120 names beside each of 480 values.
        Assert.InRange(await app.Database(db => db.ErasedValues.CountAsync()) - before, many, 2 * many * 12);
        string Row(int line, string name, string? id = null, string? phone = null, string? email = null, string? born = null) => $"{id ?? $"{name}-{line}"},{name},Berg,{email},{phone},{born}\r\n";
        var file = $"{header}\r\n"
            + Row(1, one[7].GivenName!, phone: one[90].Phone)
            + Row(2, one[7].GivenName!, id: one[91].ExternalId)
            + Row(3, one[119].GivenName!, born: $"{one[0].BirthDate:yyyy-MM-dd}", email: "of.nobody@x.example")
            + Row(4, "Whoever", email: one[33].Email)
            + Row(5, other[1].GivenName!, phone: other[2].Phone)
            // Somebody else: the number of the one beside a name of the other, and names and numbers of nobody.
            + Row(6, other[7].GivenName!, phone: one[90].Phone)
            + Row(7, one[7].GivenName!, phone: Phone())
            + Row(8, "Whoever", phone: one[90].Phone)
            + Row(9, "Whoever", born: $"{one[0].BirthDate:yyyy-MM-dd}", email: "whoever@x.example");
        Assert.Equal((4, 0, 0, 5), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "contacts"))));

        async Task<List<Contact>> ManyAsync(string name)
        {
            var rows = new List<Contact>();
            for (var i = 0; i < many; i++)
            {
                var row = await app.Contact($"{Given.Unique(name)}x", "Berg", NewEmail(name), Phone());
                await app.Database(db => db.Contacts.Where(c => c.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.BirthDate, new DateOnly(1950, 1, 1).AddDays(row.Id))));
                rows.Add(await app.Stored(row.Id));
                if (i > 0)
                    await app.Linked(rows[0], rows[i]);
            }

            return rows;
        }
    }

    [Fact]
    public async Task A_poc_of_very_many_names_at_many_leads_leaves_as_many_notes_and_is_known_in_texts_about_each()
    {
        var before = await app.Database(db => db.ErasedValues.CountAsync());
        var (people, leads) = (new List<Contact>(), new List<Lead>());
        for (var i = 0; i < 40; i++)
        {
            people.Add(await app.Contact($"{Given.Unique("Pocx")}x", $"{Given.Unique("Berg")}x"));
            leads.Add(await app.Lead());
            if (i > 0)
                await app.Linked(people[0], people[i]);
        }

        await app.Database(async db =>
        {
            db.AddRange(leads.Select((lead, i) => new Poc { LeadId = lead.Id, ContactId = people[i].Id, Role = "Chef", CreatedAt = app.Clock.UtcNow }));
            await db.SaveChangesAsync();
        });
        var elsewhere = await app.Lead();
        Assert.Equal(40, await app.Operation<EraseContact, int?>(erase => erase.RunAsync(people[0].Id, "Request")));

        // 40 names and 80 words at 40 leads would be 4,800.
        Assert.InRange(await app.Database(db => db.ErasedValues.CountAsync()) - before, 40, 500);
        string Row(Lead lead, int minute, string details) => $"{lead.Id},{app.Clock.UtcNow.AddDays(-3).AddMinutes(minute):yyyy-MM-dd HH:mm},Call,\"{details}\"\r\n";
        string Named(int i) => $"{people[i].FamilyName}, {people[i].GivenName}";
        var file = "IntranetLeadId,InteractionDate,Kind,Details\r\n" + Row(leads[3], 1, $"{Named(31)} has called") + Row(leads[39], 2, $"Then {Named(0)}")
            // Half of two names is nobody's; and elsewhere the name is somebody else's.
            + Row(leads[3], 3, $"{people[1].GivenName} and {people[2].FamilyName} have called") + Row(elsewhere, 4, $"{Named(31)} has called");
        var state = await app.StateAsync(await app.PreviewAsync(file, kind: "interactions"));
        Assert.Equal(["2 texts are about people who were erased for privacy. The rest of their rows is taken."], state.Warnings);
        var pocs = await app.StateAsync(await app.PreviewAsync($"IntranetLeadId,Name\r\n{leads[3].Id},\"{Named(31)}\"\r\n{elsewhere.Id},\"{Named(31)}\"\r\n", kind: "pocs"));
        Assert.Equal((1, 0, 0, 1), Counts(pocs));
    }

    private Task<List<string>> Places(params string[] texts) => app.Database(async db =>
    {
        var places = new List<string>();
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => !entity.IsOwned() && !entity.HasSharedClrType))
        {
            var set = (IEnumerable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(entity.ClrType).Invoke(db, [])!;
            foreach (var row in set.ToList())
            {
                places.AddRange(entity.GetProperties()
                    .Where(property => property.PropertyInfo?.GetValue(row) is { } value && (value as string ?? (value is IEnumerable<string> many ? string.Join('\n', many) : "")) is var text
                        && texts.Any(sought => text.Contains(sought, StringComparison.OrdinalIgnoreCase)))
                    .Select(property => string.Create(CultureInfo.InvariantCulture, $"{entity.ClrType.Name}.{property.Name}")));
            }
        }

        return await Task.FromResult(places);
    });
}
