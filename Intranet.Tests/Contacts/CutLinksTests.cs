using System.Collections;
using Intranet.Data.Contacts;
using Intranet.Tests.Contacts.Duplicates;
using Intranet.Tests.Imports;
using Microsoft.EntityFrameworkCore;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Contacts;

/// <summary>What a steward cut stays cut, whatever links by itself afterwards.</summary>
public sealed class CutLinksTests(ImportsApp app) : IClassFixture<ImportsApp>
{
    [Fact]
    public async Task Saving_a_contact_does_not_link_again_what_was_cut_and_asks()
    {
        var (one, other) = await CutAsync();
        using var client = await app.SignedInAs(Cast.Steward);

        (await (await client.PageAsync($"/contacts/edit/{other.Id}")).MustBeOk().Form("Save").Fill("City", "Pune").SubmitAsync()).MustBeOk();

        await AssertAskedAsync(one, other);
        var page = (await client.PageAsync($"/contacts/duplicates?pair={await PairAsync(one, other)}")).MustBeOk();
        Assert.Contains("Somebody cut the link between them.", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_holds_for_every_row_of_the_two_people_and_for_files_also_when_the_row_it_was_said_of_is_deleted(bool deletes)
    {
        var (one, other) = await CutAsync();
        var another = await app.Contact("Ann", "Weber", phone: Phone());
        await app.Linked(one, another);
        if (deletes)
            Assert.True(await app.Operation<DeleteContact, bool>(delete => delete.RunAsync(one.Id)));

        await app.ImportAsync($"id,given_name,surname,phone\n{other.ExternalId},Ann,Weber,{another.Phone}\n", "cut.csv", "contacts");

        Assert.Null((await app.Stored(other.Id)).LinkedId);
        Assert.True(await app.Database(db => db.DuplicatePairs.AnyAsync(p => (p.FirstId == other.Id || p.SecondId == other.Id) && p.Cause == PairCause.Cut && p.State == PairState.Open)));
    }

    [Fact]
    public async Task A_cut_says_nothing_of_third_people_and_taken_back_nothing_at_all()
    {
        var (one, other) = await CutAsync();
        var link = await app.Database(db => db.Links.SingleAsync(l => l.FirstId == one.Id && l.SecondId == other.Id));
        using var client = await app.SignedInAs(Cast.Steward);
        (await (await client.PageAsync("/contacts/edit")).MustBeOk().Form("Add").Fill("Given name", "Ann").Fill("Family name", "Weber").Fill("E-mail", one.Email!).SubmitAsync()).MustBeOk();
        var third = await app.Database(db => db.Contacts.AsNoTracking().OrderByDescending(c => c.Id).FirstAsync());
        Assert.Equal(one.Id, third.LinkedId);

        Assert.Null(await app.Operation<CutLink, LinkContacts.Refusal?>(cut => cut.UndoAsync(link.Id)));
        Assert.Equal(one.Id, (await app.Stored(other.Id)).LinkedId);
    }

    [Fact]
    public async Task A_pair_that_likeness_alone_would_not_have_shown_is_shown_for_a_shared_value()
    {
        var mail = NewEmail();
        var (one, other) = (await app.Contact("Ann", "Weber", mail), await app.Contact("Dieter", "Klein"));
        await app.Database(async db =>
        {
            db.Add(DuplicatePair.Of(one.Id, other.Id, PairCause.Likeness, 0.11, null, app.Clock.UtcNow));
            await db.SaveChangesAsync();
        });
        using var client = await app.SignedInAs(Cast.Steward);

        (await (await client.PageAsync($"/contacts/edit/{other.Id}")).MustBeOk().Form("Save").Fill("E-mail", mail).SubmitAsync()).MustBeOk();

        var pair = await app.Database(db => db.DuplicatePairs.AsNoTracking().SingleAsync(p => p.FirstId == one.Id && p.SecondId == other.Id));
        Assert.Equal((PairCause.DifferentNames, PairState.Open, 0.11), (pair.Cause, pair.State, pair.Probability));
    }

    [Fact]
    public void Of_a_placeholder_number_that_thousands_have_each_is_compared_with_a_few()
    {
        var rows = new Counted([.. Enumerable.Range(1, 3_000).Select(id => new JoinContacts.Row(id, app.Clock.UtcNow, null, "0000000000", "0000000000", Word(id), Word(id * 7919), null, null, null))]);

        new JoinContacts(null!, [], "x", app.Clock.UtcNow).Group(rows, _ => true, LinkReason.Phone, isGeneric: true, mostPeople: 100);

        Assert.InRange(rows.Looks, 1, 3_000 * (JoinContacts.MostCompared + 10));

        // Names that have nothing in common.
        static string Word(int number) => string.Concat(Enumerable.Range(0, 6).Select(place => (char)('a' + (int)(((uint)number * 2654435761u) >> (place * 5)) % 26)));
    }

    [Fact]
    public async Task Saving_one_with_a_placeholder_number_reads_a_few_of_those_who_have_it()
    {
        var counter = new QueryCounter();
        await using var own = await RunningApp.StartAsync(options => options.Services = counter.Listen);
        var people = Enumerable.Range(0, 300).Select(i => new Contact { Source = "import", GivenName = Given.Unique("g"), FamilyName = Given.Unique("f"), CreatedAt = app.Clock.UtcNow, UpdatedAt = app.Clock.UtcNow }).ToList();
        people.ForEach(contact => contact.SetPhone("00000000", new PhoneRules("IN")));
        var last = people[^1];
        last.GivenName = people[0].GivenName;
        last.FamilyName = people[0].FamilyName;
        await own.Database(async db =>
        {
            db.AddRange(people);
            await db.SaveChangesAsync();
        });

        var before = counter.Rows;
        var done = await own.Operation<ConnectContacts, ConnectContacts.Result>(connect => connect.RunAsync([last.Id], "x"));

        Assert.Equal((0, 1), (done.Links, done.Pairs));
        // Their ids, their rows, and what else is asked.
        Assert.InRange(counter.Rows - before, JoinContacts.MostCompared, (2 * JoinContacts.MostCompared) + 50);
        Assert.True(await own.Database(db => db.DuplicatePairs.AnyAsync(p => p.FirstId == people[0].Id && p.SecondId == last.Id && p.Cause == PairCause.GenericValue)));
    }

    private async Task<(Contact One, Contact Other)> CutAsync()
    {
        var mail = NewEmail();
        var (one, other) = (await app.Contact("Ann", "Weber", mail), await app.Contact("Ann", "Weber", mail));
        var link = await app.Linked(one, other);
        await app.Operation<CutLink, IReadOnlyList<int>?>(cut => cut.RunAsync(link.Id, Cast.Steward.Name));
        return (one, other);
    }

    private async Task AssertAskedAsync(Contact one, Contact other)
    {
        Assert.Equal((null, null), ((await app.Stored(one.Id)).LinkedId, (await app.Stored(other.Id)).LinkedId));
        Assert.Equal((PairCause.Cut, PairState.Open), await app.Database(async db => await db.DuplicatePairs.Where(p => p.FirstId == one.Id && p.SecondId == other.Id).Select(p => new ValueTuple<PairCause, PairState>(p.Cause, p.State)).SingleAsync()));
    }

    private Task<int> PairAsync(Contact one, Contact other) => app.Database(db => db.DuplicatePairs.Where(p => p.FirstId == one.Id && p.SecondId == other.Id).Select(p => p.Id).SingleAsync());

    private sealed class Counted(IReadOnlyList<JoinContacts.Row> rows) : IReadOnlyList<JoinContacts.Row>
    {
        internal int Looks { get; private set; }

        public JoinContacts.Row this[int index]
        {
            get
            {
                Looks++;
                return rows[index];
            }
        }

        public int Count => rows.Count;

        public IEnumerator<JoinContacts.Row> GetEnumerator() => rows.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
