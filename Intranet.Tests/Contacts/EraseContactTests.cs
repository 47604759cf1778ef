using System.Globalization;
using System.Net;
using Intranet.Data.Contacts;
using Intranet.Data.Imports;
using Intranet.Data.Leads;
using Intranet.Tests.Imports;
using Intranet.Tests.Leads;
using Microsoft.EntityFrameworkCore;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Contacts;

public sealed class EraseContactTests(ImportsApp app) : IClassFixture<ImportsApp>
{
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

        var form = (await client.PageAsync($"/contacts/erase/{two.Id}")).MustBeOk();
        Assert.Equal(3, form.All("tbody tr").Count);
        (await form.Form("Erase for good").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.NotEmpty(await Places(secret, phone));
        var page = (await form.Form("Erase for good").Fill("Reason", "Request 42").SubmitAsync()).MustBeOk();

        Assert.Contains("Erased, 3 contacts.", page.One("#toasts").Words(), StringComparison.Ordinal);
        Assert.Empty(await Places(secret, phone));
        Assert.Equal([one.Id, two.Id, gone.Id], await app.Database(db => db.AuditEntries.Where(entry => entry.Action == "erased" && entry.Details == "Request 42").Select(entry => entry.SubjectId!.Value).Order().ToListAsync()));
        Assert.Equal("Neighbour", (await app.Stored(neighbour.Id)).GivenName);
        // For good.
        Assert.Equal(LinkContacts.Refusal.Missing, await app.Operation<DeleteContact, LinkContacts.Refusal?>(operation => operation.RestoreAsync(one.Id)));
        (await client.PageAsync($"/contacts/erase/{one.Id}")).MustBe(HttpStatusCode.NotFound);
        (await client.PageAsync($"/contacts/edit/{one.Id}")).MustBe(HttpStatusCode.NotFound);
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
        Assert.Equal((0, 0, 1, 4), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "contacts"))));
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
        using var client = await app.SignedInAs(Cast.Steward);

        var page = (await client.PageAsync($"/contacts/erase/{poc.ContactId}")).MustBeOk();
        Assert.Contains("Also wipe the text of 2 interactions", page.Text, StringComparison.Ordinal);
        var form = page.Form("Erase for good").Fill("Reason", "Request");
        (await (wipes ? form : form.Tick("WipesNotes", false)).SubmitAsync()).MustBeOk();

        Assert.Equal("The oven is broken", (await app.Now(kept)).Details);
        Assert.Equal((InteractionKind.Order, 500L, poc.Id), ((await app.Now(order)).Kind, (await app.Now(order)).OrderValue, (await app.Now(order)).PocId));
        string[] texts = wipes ? [ImportRow.Erased, ImportRow.Erased] : [ill, $"The cook says, ask {secret} berg"];
        Assert.Equal(texts, new List<string> { (await app.Now(order)).Details, (await app.Now(named)).Details });
        Assert.Equal(!wipes, (await Places(ill, secret)).Count > 0);
        if (wipes)
        {
            var told = await app.Database(db => db.AuditEntries.Where(entry => entry.Subject == nameof(Lead) && entry.SubjectId == lead.Id && entry.Action == "interaction added").Select(entry => entry.Details!).ToListAsync());
            Assert.Equal(2, told.Count(details => details.Contains(ImportRow.Erased, StringComparison.Ordinal) && details.Contains("\"Kind\"", StringComparison.Ordinal)));
        }
    }

    private static (int New, int Updated, int Same, int Errors) Counts(Import import) => (import.NewRows, import.UpdatedRows, import.SameRows, import.ErrorRows);

    /// <summary>Where any of the texts stands: every text column of every table.</summary>
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
