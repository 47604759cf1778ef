using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Contacts;

/// <summary>
/// "Not the same" is said of two contacts and holds for the people they belong to: whichever row carries it, and while a
/// row that carries it is deleted.
/// </summary>
public sealed class SeparationTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task It_holds_for_every_row_of_the_two_people()
    {
        var (a, b) = await PeopleAsync();
        await SeparateAsync(a.Other, b.Other);

        await AssertApartAsync(a.Known, b.Known);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task It_holds_while_a_row_that_carries_it_is_deleted_and_after_it_is_restored(bool first, bool second)
    {
        var (a, b) = await PeopleAsync();
        await SeparateAsync(a.Other, b.Other);
        if (first)
            await DeleteAsync(a.Other);
        if (second)
            await DeleteAsync(b.Other);

        await AssertApartAsync(a.Known, b.Known);

        foreach (var gone in new[] { a.Other, b.Other })
            Assert.Null(await RestoreAsync(gone));
        Assert.NotEqual(await PrimaryAsync(a.Other), await PrimaryAsync(b.Other));
        await AssertApartAsync(a.Known, b.Known);
    }

    [Fact]
    public async Task It_holds_through_several_deleted_rows()
    {
        var (a, b) = await PeopleAsync();
        var beyond = await app.Contact("Beyond");
        await app.Linked(a.Other, beyond);
        await SeparateAsync(beyond, b.Known);
        await DeleteAsync(beyond);
        await DeleteAsync(a.Other);

        await AssertApartAsync(a.Known, b.Known);
    }

    [Fact]
    public async Task Cut_off_before_or_deleted_for_good_links_it_says_nothing_of_the_rest()
    {
        var (a, b) = await PeopleAsync();
        await SeparateAsync(a.Other, b.Other);
        var link = await app.Database(db => db.Links.SingleAsync(l => l.FirstId == a.Known.Id && l.SecondId == a.Other.Id));
        await app.Operation<CutLink, IReadOnlyList<int>?>(cut => cut.RunAsync(link.Id, Cast.Steward.Name));

        Assert.Null((await LinkAsync(a.Known, b.Known)).Refused);
        // The cut can't be taken back now: it would bring the two together.
        Assert.Equal(LinkContacts.Refusal.Separated, await app.Operation<CutLink, LinkContacts.Refusal?>(cut => cut.UndoAsync(link.Id)));
        Assert.NotEqual(await PrimaryAsync(a.Other), await PrimaryAsync(b.Other));
    }

    [Fact]
    public async Task Two_who_were_separated_while_a_row_between_them_was_deleted_stay_apart_and_the_page_says_why()
    {
        var (one, between, other) = (await app.Contact("One"), await app.Contact("Between"), await app.Contact("Other"));
        await app.Linked(one, between);
        await app.Linked(between, other);
        using var client = await app.SignedInAs(Cast.Steward);
        var page = (await (await client.PageAsync($"/contacts/{between.Id}")).MustBeOk().Form("Delete").SubmitAsync()).MustBeOk();
        await SeparateAsync(one, other);

        page = (await page.Form("Restore").SubmitAsync()).MustBeOk();

        Assert.Contains("Not restored: its links would bring together who was said not to be the same.", page.One("#toasts").Words(), StringComparison.Ordinal);
        Assert.NotNull((await app.Stored(between.Id)).DeletedAt);
        Assert.Equal((null, null), ((await app.Stored(one.Id)).LinkedId, (await app.Stored(other.Id)).LinkedId));
        // With one of the links cut it comes back.
        page = (await (await client.PageAsync(page.All("a[href^='/contacts/cut/']")[0].GetAttribute("href")!)).MustBeOk().Form("Cut the link").SubmitAsync()).MustBeOk();
        Assert.Null(await RestoreAsync(between));
        Assert.NotEqual(await PrimaryAsync(one), await PrimaryAsync(other));
        // And the cut stays.
        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Contains("Not taken back: somebody said meanwhile that these are not the same.", page.One("#toasts").Words(), StringComparison.Ordinal);
        Assert.NotEqual(await PrimaryAsync(one), await PrimaryAsync(other));
    }

    [Fact]
    public async Task A_request_that_names_both_joins_the_one_of_the_address_and_is_put_up_for_review()
    {
        var (a, b) = await PeopleAsync();
        await SeparateAsync(a.Other, b.Other);
        await DeleteAsync(b.Other);

        var person = await IdentifyAsync(a.Known.Email, b.Known.Phone);
        var again = await IdentifyAsync(a.Known.Email, b.Known.Phone);

        Assert.Equal(a.Known.Id, person.PrimaryId);
        Assert.Equal(person.SecondaryIds, again.SecondaryIds);
        var joined = Assert.Single(person.SecondaryIds, id => id != a.Other.Id);
        var pair = await app.Database(db => db.DuplicatePairs.SingleAsync(p => p.SecondId == joined));
        Assert.Equal((b.Known.Id, PairCause.Separated, PairState.Open), (pair.FirstId, pair.Cause, pair.State));
        // The reviewer sees what stands in the way, though the row that carries it is deleted.
        using var client = await app.SignedInAs(Cast.Steward);
        var page = (await client.PageAsync($"/contacts/duplicates?pair={pair.Id}")).MustBeOk();
        // By name, though the account is what is kept.
        Assert.Contains($"{Cast.Steward.Name} said on", page.One(".review-why").Words(), StringComparison.Ordinal);
        Assert.True(page.One("button[value=same]").HasAttribute("disabled"));
        (await client.PageAsync($"/contacts/{b.Known.Id}")).MustBeOk().Form($"Take back that {a.Other.GivenName} King ({a.Other.Id}) is not the same");
    }

    [Fact]
    public async Task What_is_typed_in_connects_nobody_across_it()
    {
        var (a, b) = await PeopleAsync();
        await SeparateAsync(a.Other, b.Other);
        await DeleteAsync(a.Other);
        using var client = await app.SignedInAs(Cast.Steward);

        (await (await client.PageAsync($"/contacts/edit/{b.Known.Id}")).MustBeOk().Form("Save").Fill("E-mail", a.Known.Email!).SubmitAsync()).MustBeOk();

        Assert.NotEqual(await PrimaryAsync(a.Known), await PrimaryAsync(b.Known));
        Assert.True(await app.Database(db => db.DuplicatePairs.AnyAsync(p => p.FirstId == a.Known.Id && p.SecondId == b.Known.Id && p.Cause == PairCause.Separated)));
    }

    [Fact]
    public async Task The_questions_do_not_grow_with_the_rows()
    {
        var counter = new QueryCounter();
        await using var own = await RunningApp.StartAsync(options => options.Services = counter.Listen);
        var (one, other) = (await own.Contact("One"), await own.Contact("Other"));
        await GrowAsync(1);
        var few = await CountAsync();
        await GrowAsync(20);

        Assert.Equal(few, await CountAsync());
        Assert.InRange(few, 1, 14);

        async Task GrowAsync(int by)
        {
            for (var i = 0; i < by; i++)
            {
                var (row, gone) = (await own.Contact("One"), await own.Contact("Gone"));
                await own.Linked(one, row);
                await own.Linked(row, gone);
                await own.Operation<SeparateContacts, SeparateContacts.Outcome>(separate => separate.RunAsync(gone.Id, other.Id, "steward"));
                await own.Operation<DeleteContact, bool>(delete => delete.RunAsync(gone.Id));
            }
        }

        async Task<int> CountAsync()
        {
            var before = counter.Count;
            await own.Operation<LinkContacts, LinkContacts.Result>(link => link.RunAsync(one.Id, other.Id, LinkReason.Steward, null, "steward"));
            return counter.Count - before;
        }
    }

    [Fact]
    public async Task A_request_that_fuses_two_reads_none_of_what_was_said_of_others()
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        var statements = new Statements();
        await using var own = await RunningApp.StartAsync(options => options.Services = statements.Watch);
        var (one, other) = (await own.Contact("One", email: NewEmail()), await own.Contact("Other", phone: Phone()));
        await own.Linked(one, await own.Contact("One", "Again"));
        await own.Linked(other, await own.Contact("Other", "Again"));
        var (stranger, another) = (await own.Contact("Stranger"), await own.Contact("Another"));
        await own.Operation<SeparateContacts, SeparateContacts.Outcome>(separate => separate.RunAsync(stranger.Id, another.Id, "steward"));

        var asked = await statements.DuringAsync(() => own.Operation<Identify, Identify.Person>(identify => identify.RunAsync(one.Email, other.Phone, "program")));

        Assert.Contains(asked, statement => statement.Plan.Any(step => step.Contains("IX_Separations_FirstId", StringComparison.Ordinal)));
        // Whether anything was said at all is one row of an index.
        Check.None(asked.Where(statement => !statement.Sql.Contains("EXISTS", StringComparison.Ordinal))
            .SelectMany(statement => statement.Plan.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("CONSTANT ROW", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal))
                .Select(step => $"{step}\n{statement.Sql}\n  {string.Join("\n  ", statement.Plan)}")));
    }

    private sealed record Pair(Contact Known, Contact Other);

    /// <summary>Two people of two rows each; the older row of each has an address and a number.</summary>
    private async Task<(Pair One, Pair Other)> PeopleAsync()
    {
        var name = Given.Unique("Ada");
        var one = new Pair(await app.Contact(name, "King", NewEmail(), Phone()), await app.Contact(Given.Unique("Ada"), "King"));
        var other = new Pair(await app.Contact(name, "King", NewEmail(), Phone()), await app.Contact(Given.Unique("Ada"), "King"));
        await app.Linked(one.Known, one.Other);
        await app.Linked(other.Known, other.Other);
        return (one, other);
    }

    /// <summary>Neither a steward, nor a comparison, nor a request brings the two together.</summary>
    private async Task AssertApartAsync(Contact one, Contact other)
    {
        Assert.Equal(LinkContacts.Refusal.Separated, (await LinkAsync(one, other)).Refused);
        await IdentifyAsync(one.Email, other.Phone);
        await IdentifyAsync(other.Email, one.Phone);
        Assert.NotEqual(await PrimaryAsync(one), await PrimaryAsync(other));
    }

    private async Task SeparateAsync(Contact one, Contact other)
        => Assert.Equal(SeparateContacts.Outcome.Separated, await app.Operation<SeparateContacts, SeparateContacts.Outcome>(separate => separate.RunAsync(one.Id, other.Id, Cast.Steward.Email)));

    private Task<LinkContacts.Result> LinkAsync(Contact one, Contact other)
        => app.Operation<LinkContacts, LinkContacts.Result>(link => link.RunAsync(one.Id, other.Id, LinkReason.Steward, null, Cast.Steward.Name));

    private Task<bool> DeleteAsync(Contact contact) => app.Operation<DeleteContact, bool>(delete => delete.RunAsync(contact.Id));

    private Task<LinkContacts.Refusal?> RestoreAsync(Contact contact) => app.Operation<DeleteContact, LinkContacts.Refusal?>(delete => delete.RestoreAsync(contact.Id, "somebody"));

    private Task<Identify.Person> IdentifyAsync(string? email, string? phone) => app.Operation<Identify, Identify.Person>(identify => identify.RunAsync(email, phone, "program"));

    private async Task<int> PrimaryAsync(Contact contact) => (await app.Stored(contact.Id)).PrimaryId;
}
