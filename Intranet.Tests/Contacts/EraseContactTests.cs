using System.Globalization;
using System.Net;
using Intranet.Data.Auditing;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Contacts;

public sealed class EraseContactTests(RunningApp app) : IClassFixture<RunningApp>
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
        (await (await client.PageAsync($"/contacts/{one.Id}")).Form($"Use city of {one.Id}").SubmitAsync()).MustBeOk();
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

    /// <summary>Where any of the texts stands: every text column of what knows contacts, and the audit.</summary>
    private Task<List<string>> Places(params string[] texts) => app.Database(async db =>
    {
        var places = new List<string>();
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.ClrType.Namespace == typeof(Contact).Namespace || entity.ClrType == typeof(AuditEntry)))
        {
            var set = (IEnumerable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(entity.ClrType).Invoke(db, [])!;
            foreach (var row in set.ToList())
            {
                places.AddRange(entity.GetProperties().Where(property => property.ClrType == typeof(string))
                    .Where(property => property.PropertyInfo!.GetValue(row) is string value && texts.Any(text => value.Contains(text, StringComparison.OrdinalIgnoreCase)))
                    .Select(property => string.Create(CultureInfo.InvariantCulture, $"{entity.ClrType.Name}.{property.Name}")));
            }
        }

        return await Task.FromResult(places);
    });
}
