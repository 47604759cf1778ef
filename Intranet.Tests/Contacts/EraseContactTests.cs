using System.Globalization;
using System.Net;
using Intranet.Data.Contacts;
using Intranet.Data.Imports;
using Intranet.Tests.Imports;
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
