using Intranet.Data.Contacts;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Leads;

public sealed class PocTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_new_becomes_a_contact_with_a_name()
    {
        var lead = await app.Lead();
        var (email, phone) = (NewEmail(), Phone());

        var result = await AddAsync(new(lead.Id, " Decision maker ", "Ada", "Lovelace", Email: email, Phone: phone));

        Assert.False(result.IsKnown);
        var contact = await app.Stored(result.Poc!.ContactId);
        Assert.Equal(("Ada", "Lovelace", email, phone), (contact.GivenName, contact.FamilyName, contact.Email, contact.Phone));
        Assert.Equal(("Decision maker", true), (result.Poc.Role, result.Poc.IsMain));
        Assert.Contains(contact.Id, await app.Database(async db => await (await db.SearchContactsAsync("lovel", new PhoneRules("IN"), Cancellation)).Contacts.Select(one => one.Id).ToListAsync(Cancellation)));
    }

    [Fact]
    public async Task Somebody_known_is_found_and_not_doubled()
    {
        var (one, two) = (await app.Lead(), await app.Lead());
        var (email, phone) = (NewEmail(), Phone());
        var known = await app.Contact("Ada", "Lovelace", email, phone);
        var count = await CountAsync();

        var first = await AddAsync(new(one.Id, "kitchen", "Ada", "Lovelace", Email: email.ToUpperInvariant()));
        var second = await AddAsync(new(two.Id, "accounts", Name: "A. Lovelace", Phone: phone));

        Assert.Equal((known.Id, known.Id, true), (first.Poc!.ContactId, second.Poc!.ContactId, first.IsKnown && second.IsKnown));
        Assert.Equal(count, await CountAsync());
        // Another address of the same person: one more row of the same cluster, and still the same person.
        Assert.Equal("Name", (await AddAsync(new(one.Id, "purchasing", "Ada", "Lovelace", Email: NewEmail(), Phone: phone))).Refused!.Field);
    }

    [Fact]
    public async Task Who_shares_a_phone_and_is_called_otherwise_is_somebody_else_and_waits_for_a_steward()
    {
        var lead = await app.Lead();
        var phone = Phone();
        var ada = await app.Contact("Ada", "Lovelace", phone: phone);

        var result = await AddAsync(new(lead.Id, "kitchen", "Charles", "Babbage", Phone: phone));

        Assert.NotEqual(ada.Id, result.Poc!.ContactId);
        Assert.Null((await app.Stored(result.Poc.ContactId)).LinkedId);
        Assert.Equal(PairCause.DifferentNames, await app.Database(db => db.DuplicatePairs.Where(pair => pair.FirstId == ada.Id && pair.SecondId == result.Poc.ContactId).Select(pair => pair.Cause).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task A_name_alone_is_somebody_and_nothing_at_all_is_nobody()
    {
        var lead = await app.Lead();

        Assert.NotNull((await AddAsync(new(lead.Id, "kitchen", Name: "Chef"))).Poc);
        Assert.Equal("Name", (await AddAsync(new(lead.Id, "kitchen", Name: " ", Email: ""))).Refused!.Field);
        Assert.Equal("ContactId", (await AddAsync(new(lead.Id, "kitchen", ContactId: int.MaxValue))).Refused!.Field);
        Assert.Null((await AddAsync(new(int.MaxValue, "kitchen", Name: "Chef"))).Refused);
        Assert.Null((await AddAsync(new(lead.Id, "kitchen", Name: "Chef"), Cast.OtherKam)).Poc);
    }

    [Fact]
    public async Task One_chosen_from_the_contacts_is_meant_and_stands_for_the_person()
    {
        var lead = await app.Lead();
        var (primary, secondary) = (await app.Contact("Ada"), await app.Contact("Ada"));
        await app.Linked(primary, secondary);

        Assert.Equal(secondary.Id, (await AddAsync(new(lead.Id, "kitchen", ContactId: secondary.Id))).Poc!.ContactId);
        Assert.Equal("Name", (await AddAsync(new(lead.Id, "accounts", ContactId: primary.Id))).Refused!.Field);
    }

    [Fact]
    public async Task The_poc_is_the_row_that_was_meant_when_a_steward_parts_the_person_again()
    {
        var (one, two, three) = (await app.Lead(), await app.Lead(), await app.Lead());
        var (email, phone, other) = (NewEmail(), Phone(), Phone());

        var first = (await AddAsync(new(one.Id, "kitchen", Name: "Ina Vogt", Email: email, Phone: phone))).Poc!;
        var second = (await AddAsync(new(two.Id, "kitchen", Name: "Ina Vogt", Email: email, Phone: other))).Poc!;
        var third = (await AddAsync(new(three.Id, "kitchen", Phone: other))).Poc!;

        Assert.Equal(first.ContactId, (await app.Stored(second.ContactId)).LinkedId);
        Assert.Equal(second.ContactId, third.ContactId);
        var link = await app.Database(db => db.Links.Where(l => l.FirstId == first.ContactId && l.SecondId == second.ContactId).Select(l => l.Id).SingleAsync(Cancellation));
        await app.Operation<CutLink, IReadOnlyList<int>?>(cut => cut.RunAsync(link, Cast.Steward.Name));
        var person = Assert.Single(await app.Database(db => db.PocPeopleAsync(db.Pocs.Where(poc => poc.Id == second.Id), Cancellation)));
        Assert.Equal(("Ina Vogt", other), (person.Name, Assert.Single(person.Phones)));
    }

    [Fact]
    public async Task A_name_stands_on_a_row_of_its_own_and_tells_the_next_who_is_somebody_else()
    {
        var (one, two) = (await app.Lead(), await app.Lead());
        var (gina, hans, phone) = (NewEmail("gina"), NewEmail("hans"), Phone());
        await app.Operation<Identify, Identify.Person>(identify => identify.RunAsync(gina, phone, "program", Cancellation));
        var known = await app.Operation<Identify, Identify.Person>(identify => identify.RunAsync(hans, phone, "program", Cancellation));

        var first = (await AddAsync(new(one.Id, "kitchen", Name: "Gina Keller", Email: gina))).Poc!;
        var second = (await AddAsync(new(two.Id, "kitchen", Name: "Hans Bauer", Phone: phone))).Poc!;

        foreach (var row in known.SecondaryIds.Append(known.PrimaryId))
            Assert.Null((await app.Stored(row)).FullName);
        Assert.Equal(("Gina Keller", known.PrimaryId), ((await app.Stored(first.ContactId)).FullName, (await app.Stored(first.ContactId)).LinkedId));
        // The line alone doesn't make him her, though no row with the number has a name.
        Assert.Equal(("Hans Bauer", (int?)null), ((await app.Stored(second.ContactId)).FullName, (await app.Stored(second.ContactId)).LinkedId));
        Assert.True(await app.Database(db => db.DuplicatePairs.AnyAsync(pair => pair.SecondId == second.ContactId && pair.Cause == PairCause.DifferentNames && pair.State == PairState.Open, Cancellation)));
        // Once more is the same two people.
        Assert.Equal((first.ContactId, second.ContactId), ((await AddAsync(new(two.Id, "accounts", Name: "Gina Keller", Email: gina))).Poc!.ContactId, (await AddAsync(new(one.Id, "accounts", Name: "Hans Bauer", Phone: phone))).Poc!.ContactId));
    }

    [Fact]
    public async Task An_initial_is_nobody_who_is_called_otherwise_in_another_row()
    {
        var lead = await app.Lead();
        var phone = Phone();
        var (jane, initial) = (await app.Contact("Jane", "Smith", phone: phone), await app.Contact("J.", "Smith", phone: phone));
        await app.Linked(jane, initial);

        var john = (await AddAsync(new(lead.Id, "kitchen", Name: "John Smith", Phone: phone))).Poc!;

        Assert.Equal(("John Smith", (int?)null), ((await app.Stored(john.ContactId)).FullName, (await app.Stored(john.ContactId)).LinkedId));
        Assert.Equal(initial.Id, (await AddAsync(new(lead.Id, "accounts", "J.", "Smith", Phone: phone))).Poc!.ContactId);
    }

    [Fact]
    public async Task A_lead_has_one_main_poc()
    {
        var lead = await app.Lead();
        var (first, second) = (await app.Poc(lead), await app.Poc(lead));
        Assert.Equal((true, false), (first.IsMain, second.IsMain));

        var third = await app.Poc(lead, isMain: true);
        Assert.Equal([third.Id], await MainAsync(lead));
        await app.Operation<ChangePoc, Poc?>(async change => await change.RunAsync(second.Id, "accounts", true, second.Version, await app.Viewer(Cast.Kam), Cancellation));
        Assert.Equal([second.Id], await MainAsync(lead));
        Assert.Null(await app.Operation<ChangePoc, Poc?>(async change => await change.RunAsync(second.Id, "accounts", true, null, await app.Viewer(Cast.OtherKam), Cancellation)));
    }

    [Fact]
    public async Task A_removed_poc_comes_back_and_leaves_the_main_one_alone()
    {
        var lead = await app.Lead();
        var (main, other) = (await app.Poc(lead), await app.Poc(lead));
        var by = await app.Viewer(Cast.Kam);
        var stranger = await app.Viewer(Cast.OtherKam);
        Assert.Null(await app.Operation<RemovePoc, Poc?>(remove => remove.RunAsync(main.Id, stranger, Cancellation)));

        Assert.Equal(app.Clock.UtcNow, (await app.Operation<RemovePoc, Poc?>(remove => remove.RunAsync(main.Id, by, Cancellation)))!.RemovedAt);
        Assert.Empty(await MainAsync(lead));
        Assert.Equal([main.Id], [(await app.Operation<RemovePoc, RemovePoc.Restored>(remove => remove.RestoreAsync(main.Id, by, Cancellation))).Poc!.Id]);
        Assert.Equal([main.Id], await MainAsync(lead));
        await app.Operation<RemovePoc, Poc?>(remove => remove.RunAsync(main.Id, by, Cancellation));
        await app.Operation<ChangePoc, Poc?>(change => change.RunAsync(other.Id, "kitchen", true, null, by, Cancellation));
        await app.Operation<RemovePoc, RemovePoc.Restored>(remove => remove.RestoreAsync(main.Id, by, Cancellation));
        Assert.Equal([other.Id], await MainAsync(lead));
    }

    [Fact]
    public async Task A_removed_poc_who_was_added_again_is_not_put_back_beside_themselves()
    {
        var (lead, other) = (await app.Lead(), await app.Lead());
        var (ada, row) = (await app.Contact("Ada"), await app.Contact("Ada"));
        await app.Linked(ada, row);
        var by = await app.Viewer(Cast.Kam);
        var removed = (await AddAsync(new(lead.Id, "kitchen", ContactId: row.Id))).Poc!;
        await AddAsync(new(other.Id, "kitchen", ContactId: ada.Id));
        await app.Operation<RemovePoc, Poc?>(remove => remove.RunAsync(removed.Id, by, Cancellation));
        var again = (await AddAsync(new(lead.Id, "accounts", ContactId: ada.Id))).Poc!;

        var back = await app.Operation<RemovePoc, RemovePoc.Restored>(remove => remove.RestoreAsync(removed.Id, by, Cancellation));
        Assert.Equal("This person is a poc of the lead already.", back.Refused!.Message);
        // What is there already stays there.
        Assert.Equal(again.Id, (await app.Operation<RemovePoc, RemovePoc.Restored>(remove => remove.RestoreAsync(again.Id, by, Cancellation))).Poc!.Id);
        await app.Operation<RemovePoc, Poc?>(remove => remove.RunAsync(again.Id, by, Cancellation));
        Assert.Equal(removed.Id, (await app.Operation<RemovePoc, RemovePoc.Restored>(remove => remove.RestoreAsync(removed.Id, by, Cancellation))).Poc!.Id);
    }

    [Fact]
    public async Task Two_who_turn_out_to_be_one_person_stand_there_once_and_each_comes_back_as_it_was()
    {
        var lead = await app.Lead();
        var (ada, other) = (await app.Contact("Ada", "Lace"), await app.Contact("Ada", "Lace"));
        var (first, second) = ((await AddAsync(new(lead.Id, "kitchen", ContactId: ada.Id))).Poc!, (await AddAsync(new(lead.Id, "accounts", ContactId: other.Id))).Poc!);
        await app.Linked(ada, other);
        // After both were added, as it is where clocks go on.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var client = await app.SignedInAs(Cast.Kam);

        var page = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk();
        Assert.Equal("Ada Lace main kitchen, accounts Remove as kitchen Remove as accounts", Assert.Single(page.All("#pocs .poc-list > li")).Words());
        Assert.Equal(["–", "Ada Lace"], page.Texts("#log-poc option"));
        page = (await page.Form("Remove Ada Lace as accounts").SubmitAsync()).MustBeOk();
        Assert.Equal("Ada Lace main kitchen Remove", page.All("#pocs .poc-list > li")[0].Words());
        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Contains("Back again.", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, await app.Database(db => db.Pocs.CountAsync(poc => poc.LeadId == lead.Id && poc.RemovedAt == null, Cancellation)));

        // Programs see both rows, and that they are one.
        using var api = await ApiCaller.OfAsync(app, Cast.Kam);
        var rows = (await api.Get($"/api/pocs?lead_id={lead.Id}")).EnumerateArray().ToList();
        Assert.Equal([first.Id, second.Id], rows.ConvertAll(row => row.GetProperty("id").GetInt32()));
        Assert.Equal([ada.Id, ada.Id], rows.ConvertAll(row => row.GetProperty("person_id").GetInt32()));
    }

    private Task<int> CountAsync() => app.Database(db => db.Contacts.CountAsync(Cancellation));

    private Task<List<int>> MainAsync(Lead lead) => app.Database(db => db.Pocs.Where(poc => poc.LeadId == lead.Id && poc.IsMain && poc.RemovedAt == null).Select(poc => poc.Id).ToListAsync(Cancellation));

    private async Task<AddPoc.Result> AddAsync(AddPoc.Request request, Person? person = null)
    {
        var by = await app.Viewer(person ?? Cast.Kam);
        return await app.Operation<AddPoc, AddPoc.Result>(add => add.RunAsync(request, by, Cancellation));
    }
}
