using Intranet.Data.Contacts;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;
using static Intranet.Data.Contacts.DecidePairs;

namespace Intranet.Tests.Contacts.Duplicates;

/// <summary>What deciding and claiming do to the database; each test has an app, so that the queue is its own.</summary>
public sealed class ReviewDecisionTests : IAsyncLifetime
{
    private static readonly Reviewer Stella = new("1", "Stella Steward"), Otto = new("2", "Otto Other");
    private readonly ReviewApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Same_links_and_keeps_the_chosen_value_and_undo_returns_exactly_what_was()
    {
        var (older, newer) = (await app.ContactAsync(city: "Pune", daysOld: 9), await app.ContactAsync("Aida", city: "Puna"));
        var pair = await app.PairAsync(older, newer);

        var (outcome, id) = await DecideAsync(PairState.Same, [pair], choices: new() { ["City"] = older.Id, ["GivenName"] = newer.Id, ["Nonsense"] = older.Id });

        Assert.Equal(Outcome.Done, outcome);
        Assert.Equal(older.Id, (await RowAsync(newer)).LinkedId);
        var link = await app.Database(db => db.Links.SingleAsync());
        Assert.Equal((LinkReason.Steward, Stella.Name, false), (link.Reason, link.CreatedBy, link.IsCut));
        // The given name of the newer shows anyway.
        var choice = await app.Database(db => db.FieldChoices.SingleAsync());
        Assert.Equal(("City", older.Id, id), (choice.Field, choice.ContactId, choice.DecisionId));
        var decided = await PairAsync(pair);
        Assert.Equal((PairState.Same, Stella.Name, id, link.Id), (decided.State, decided.DecidedBy, decided.DecisionId, decided.LinkId));

        Assert.Equal([pair.Id], await UndoAsync());
        Assert.Null((await RowAsync(newer)).LinkedId);
        Assert.True((await app.Database(db => db.Links.SingleAsync())).IsCut);
        Assert.False(await app.Database(db => db.FieldChoices.AnyAsync()));
        var open = await PairAsync(pair);
        Assert.Equal((PairState.Open, null, null, null), (open.State, open.DecidedBy, open.DecisionId, open.LinkId));
    }

    [Fact]
    public async Task What_was_same_by_mistake_and_undone_is_no_cut_and_what_a_steward_cut_before_stays_one()
    {
        var (name, mail, other) = (Given.Unique("Lovelace"), "a@shop.example", "b@shop.example");
        var (one, two) = (await app.ContactAsync("Ada", name, daysOld: 9), await app.ContactAsync("Ada", name));
        var (three, four) = (await app.ContactAsync("Ida", name, daysOld: 9), await app.ContactAsync("Ida", name));
        var before = (await app.Do<LinkContacts, LinkContacts.Result>(verb => verb.RunAsync(three.Id, four.Id, LinkReason.Steward, null, Stella.Name))).Link!;
        await app.Do<CutLink, IReadOnlyList<int>?>(verb => verb.RunAsync(before.Id, Stella.Name));
        foreach (var pair in new[] { await app.PairAsync(one, two), await app.PairAsync(three, four) })
        {
            Assert.Equal(Outcome.Done, (await DecideAsync(PairState.Same, [pair])).Outcome);
            Assert.Equal([pair.Id], await UndoAsync());
        }

        // Each two have one address now.
        await app.Database(async db =>
        {
            foreach (var contact in await db.Contacts.ToListAsync())
                contact.SetEmail(contact.GivenName == "Ada" ? mail : other);
            await db.SaveChangesAsync();
        });
        await app.Do<ConnectContacts, ConnectContacts.Result>(verb => verb.RunAsync([two.Id, four.Id], "import"));

        Assert.Equal((one.Id, null), ((await RowAsync(two)).LinkedId, (await RowAsync(four)).LinkedId));
        Assert.Equal([PairCause.Cut], await app.Database(db => db.DuplicatePairs.Where(p => p.Cause == PairCause.Cut || p.FirstId == three.Id).Select(p => p.Cause).ToListAsync()));
        // Who decided and undid it stays to be read.
        var link = await app.Database(db => db.Links.SingleAsync(l => l.FirstId == one.Id && l.Reason == LinkReason.Steward));
        Assert.Equal((true, true, Stella.Name), (link.IsCut, link.IsUndone, link.CutBy));
        using var client = await app.SignedInAs(Cast.Steward);
        Assert.Equal("undone", (await client.PageAsync($"/contacts/{one.Id}")).MustBeOk().All(".badge-warn").Single().Words());
    }

    [Fact]
    public async Task Undo_after_undo_walks_back_and_leaves_what_others_decided()
    {
        var (one, two, three, others) = (await app.PairAsync(), await app.PairAsync(), await app.PairAsync(), await app.PairAsync());
        await DecideAsync(PairState.Different, [others], by: Otto);
        foreach (var (pair, state) in new[] { (one, PairState.Same), (two, PairState.Different), (three, PairState.Later) })
        {
            app.Clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(Outcome.Done, (await DecideAsync(state, [pair])).Outcome);
        }

        Assert.Equal(2, await app.Database(db => db.Separations.CountAsync()));
        Assert.Equal([three.Id], await UndoAsync());
        Assert.Equal([two.Id], await UndoAsync());
        Assert.Equal(Otto.Name, (await app.Database(db => db.Separations.SingleAsync())).CreatedBy);
        Assert.Equal([one.Id], await UndoAsync());
        Assert.Empty(await UndoAsync());
        Assert.Equal(PairState.Different, (await PairAsync(others)).State);
        Assert.False(await app.Database(db => db.Contacts.AnyAsync(c => c.LinkedId != null)));
    }

    [Fact]
    public async Task What_was_put_off_is_put_off_again_when_a_later_decision_is_taken_back_and_then_open()
    {
        foreach (var state in new[] { PairState.Same, PairState.Different, PairState.Later })
        {
            var pair = await app.PairAsync();
            app.Clock.Advance(TimeSpan.FromSeconds(5));
            var (_, later) = await DecideAsync(PairState.Later, [pair]);
            var putOff = await PairAsync(pair);
            app.Clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(Outcome.Done, (await DecideAsync(state, [pair])).Outcome);

            Assert.Equal([pair.Id], await UndoAsync());
            var again = await PairAsync(pair);
            Assert.Equal((PairState.Later, putOff.DecidedAt, Stella.Name, later, null), (again.State, again.DecidedAt, again.DecidedBy, again.DecisionId, again.LinkId));
            Assert.Equal([pair.Id], await ClaimAsync(Stella, new(PairState.Later)));

            Assert.Equal([pair.Id], await UndoAsync());
            var open = await PairAsync(pair);
            Assert.Equal((PairState.Open, null, null, null, null, null), (open.State, open.DecidedAt, open.DecidedBy, open.DecisionId, open.PutOffAt, open.PutOffDecisionId));
            Assert.Empty(await UndoAsync());
        }

        Assert.False(await app.Database(db => db.Separations.AnyAsync()) || await app.Database(db => db.Links.AnyAsync(link => link.CutAt == null)));
    }

    [Fact]
    public async Task Undoing_on_the_page_returns_to_where_the_pair_waits_now()
    {
        var pair = await app.PairAsync();
        using var client = await app.SignedInAs(Cast.Steward);
        (await (await client.PageAsync("/contacts/duplicates")).MustBeOk().Form("later").SubmitAsync()).MustBeOk();

        var page = (await (await client.PageAsync("/contacts/duplicates?show=later")).MustBeOk().Form("same").SubmitAsync()).MustBeOk();
        page = (await UndoAsync(page)).MustBeOk();
        Assert.Equal(("later", 1), (System.Web.HttpUtility.ParseQueryString(page.Url.Query)["Show"], page.All($"#group-{pair.Id}").Count));
        page = (await UndoAsync(page)).MustBeOk();
        Assert.Equal((null, 1), (System.Web.HttpUtility.ParseQueryString(page.Url.Query)["Show"], page.All($"#group-{pair.Id}").Count));
        Assert.Equal(PairState.Open, (await PairAsync(pair)).State);

        static Task<Page> UndoAsync(Page page)
        {
            page.One("[data-key=u]").Id = "undo-last";
            return page.Form("undo-last").SubmitAsync();
        }
    }

    [Fact]
    public async Task A_separation_that_was_there_before_stays_when_the_decision_is_taken_back()
    {
        var pair = await app.PairAsync(cause: PairCause.Separated);
        await app.Do<SeparateContacts, SeparateContacts.Outcome>(verb => verb.RunAsync(pair.FirstId, pair.SecondId, Stella.Name));
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        await DecideAsync(PairState.Different, [pair]);
        await UndoAsync();
        Assert.True(await app.Database(db => db.Separations.AnyAsync()));
    }

    [Fact]
    public async Task A_separation_stands_in_the_way_of_same()
    {
        var pair = await app.PairAsync(cause: PairCause.Separated);
        await app.Do<SeparateContacts, SeparateContacts.Outcome>(verb => verb.RunAsync(pair.FirstId, pair.SecondId, Otto.Name));

        Assert.Equal(Outcome.Separated, (await DecideAsync(PairState.Same, [pair])).Outcome);
        Assert.False(await app.Database(db => db.Links.AnyAsync()));
        Assert.Equal(PairState.Open, (await PairAsync(pair)).State);
    }

    [Fact]
    public async Task What_changed_since_it_was_seen_is_not_decided()
    {
        var (edited, decided, linked, deleted, taken, chosen) = (await app.PairAsync(), await app.PairAsync(), await app.PairAsync(), await app.PairAsync(), await app.PairAsync(), await app.PairAsync());
        var seen = new Dictionary<DuplicatePair, string>();
        foreach (var pair in new[] { edited, decided, linked, deleted, taken, chosen })
            seen[pair] = (await app.GroupAsync(pair)).Seen;
        await app.Database(async db =>
        {
            (await db.Contacts.SingleAsync(c => c.Id == edited.SecondId)).City = "Pune";
            db.FieldChoices.Add(new FieldChoice { ContactId = chosen.FirstId, Field = nameof(Contact.GivenName), ChosenAt = app.Clock.UtcNow, ChosenBy = Otto.Name });
            await db.SaveChangesAsync();
        });
        await DecideAsync(PairState.Different, [decided], by: Otto);
        await app.Do<LinkContacts, LinkContacts.Result>(verb => verb.RunAsync(linked.FirstId, linked.SecondId, LinkReason.Automatic, null, "scan"));
        await app.Do<DeleteContact, bool>(verb => verb.RunAsync(deleted.FirstId));
        Assert.Equal([taken.Id], await ClaimAsync(Otto, new(Pair: taken.Id)));

        foreach (var (pair, was) in seen)
        {
            var (outcome, _) = await app.Do<DecidePairs, (Outcome, Guid?)>(verb => verb.RunAsync(PairState.Same, new DecidePairs.Decision([pair.Id], was, [pair.FirstId, pair.SecondId], new Dictionary<string, int>()), Stella));
            Assert.Equal(Outcome.Changed, outcome);
        }

        Assert.False(await app.Database(db => db.DuplicatePairs.AnyAsync(p => p.State == PairState.Same)));
        Assert.False(await app.Database(db => db.DuplicatePairs.AnyAsync(p => p.DecidedBy == Stella.Name)));
    }

    [Fact]
    public async Task Of_a_group_only_the_ticked_are_linked_and_the_rest_stays_open()
    {
        var (a, b, c, d) = (await app.ContactAsync(daysOld: 4), await app.ContactAsync(daysOld: 3), await app.ContactAsync(daysOld: 2), await app.ContactAsync(daysOld: 1));
        var (ab, bc, cd) = (await app.PairAsync(a, b, 0.9), await app.PairAsync(b, c, 0.8), await app.PairAsync(c, d, 0.7));
        Assert.Equal([ab.Id, bc.Id, cd.Id], await ClaimAsync(Stella));

        Assert.Equal(Outcome.TooFew, (await DecideAsync(PairState.Different, [ab, bc, cd], [a])).Outcome);
        Assert.Equal(Outcome.TooFew, (await DecideAsync(PairState.Same, [ab, bc, cd], [a])).Outcome);
        // No pair leads from a to c.
        Assert.Equal(Outcome.Done, (await DecideAsync(PairState.Same, [ab, bc, cd], [a, c])).Outcome);
        Assert.Equal((null, a.Id, null), ((await RowAsync(b)).LinkedId, (await RowAsync(c)).LinkedId, (await RowAsync(d)).LinkedId));
        Assert.Equal([ab.Id, bc.Id, cd.Id], await ClaimAsync(Stella));

        await UndoAsync();
        Assert.Equal(3, await app.Database(db => db.DuplicatePairs.CountAsync()));
        Assert.Null((await RowAsync(c)).LinkedId);

        await DecideAsync(PairState.Same, [ab, bc, cd], [a, b, c]);
        Assert.Equal([PairState.Same, PairState.Same, PairState.Open], [(await PairAsync(ab)).State, (await PairAsync(bc)).State, (await PairAsync(cd)).State]);
        Assert.Equal([cd.Id], await ClaimAsync(Stella));
    }

    [Fact]
    public async Task Not_the_same_separates_every_two_who_are_ticked_also_where_no_pair_leads_from_one_to_the_other()
    {
        var (a, b, c) = (await app.ContactAsync(email: "a@x.example", daysOld: 3), await app.ContactAsync(daysOld: 2), await app.ContactAsync(phone: "98203 11111", daysOld: 1));
        var (ab, bc) = (await app.PairAsync(a, b, 0.9), await app.PairAsync(b, c, 0.8));
        var before = await EverythingAsync();

        Assert.Equal(Outcome.Done, (await DecideAsync(PairState.Different, [ab, bc])).Outcome);
        Assert.Equal([(a.Id, b.Id), (a.Id, c.Id), (b.Id, c.Id)], (await app.Database(db => db.Separations.ToListAsync())).Select(s => (s.FirstId, s.SecondId)).Order());

        Assert.Equal([ab.Id, bc.Id], (await UndoAsync()).Take(2));
        Assert.Equal(before, await EverythingAsync());

        // Of some, without any pair between them, too; said twice it is said once.
        Assert.Equal(Outcome.Done, (await DecideAsync(PairState.Different, [ab, bc], [a, c])).Outcome);
        Assert.Equal([(a.Id, c.Id)], (await app.Database(db => db.Separations.ToListAsync())).Select(s => (s.FirstId, s.SecondId)));
        Assert.Equal(Outcome.Done, (await DecideAsync(PairState.Different, [ab, bc])).Outcome);
        Assert.Equal(3, await app.Database(db => db.Separations.CountAsync()));
        Assert.Equal(0, await app.Database(db => db.DuplicatePairs.CountAsync(p => p.State != PairState.Different)));
        // No request fuses two of them.
        await app.Do<Identify, Identify.Person>(verb => verb.RunAsync("a@x.example", "9820311111", "program"));
        Assert.NotEqual((await RowAsync(a)).PrimaryId, (await RowAsync(c)).PrimaryId);

        async Task<string> EverythingAsync() => await app.Database(async db => string.Join(' ', await db.DuplicatePairs.OrderBy(p => p.Id).Select(p => $"{p.Id} {p.State} {p.DecidedBy}").ToListAsync()) + await db.Separations.CountAsync());
    }

    [Fact]
    public async Task Two_stewards_get_different_groups_and_a_claim_ends_by_itself()
    {
        var (likely, unlikely) = (await app.PairAsync(0.9), await app.PairAsync(0.6));

        Assert.Equal([likely.Id], await ClaimAsync(Stella));
        Assert.Equal([unlikely.Id], await ClaimAsync(Otto));
        // Reading again is no next.
        Assert.Equal([likely.Id], await ClaimAsync(Stella));
        // Nothing else is free: next stays.
        Assert.Equal([likely.Id], await ClaimAsync(Stella, new(After: likely.Id)));
        app.Clock.Advance(ClaimGroup.Held - TimeSpan.FromMinutes(1));
        await app.Do<ClaimGroup, int>(verb => verb.RenewAsync(Stella.Key));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([likely.Id], await ClaimAsync(Stella));
        Assert.Equal([unlikely.Id], await ClaimAsync(Stella, new(After: likely.Id)));
        Assert.Equal([likely.Id], await ClaimAsync(Otto));
        Assert.Empty(await ClaimAsync(new Reviewer("3", "Third")));
    }

    [Fact]
    public async Task Stewards_who_ask_at_once_never_get_the_same()
    {
        for (var i = 0; i < 8; i++)
            await app.PairAsync();
        var groups = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => ClaimAsync(new Reviewer($"{i}", "Steward"))));
        Assert.Equal(8, groups.Select(group => Assert.Single(group)).Distinct().Count());
    }

    [Fact]
    public async Task The_queue_takes_what_is_likely_enough_and_what_others_put_up_and_walks_both_ways()
    {
        var (first, second, below, named) = (await app.PairAsync(0.9), await app.PairAsync(0.7), await app.PairAsync(0.4), await app.PairAsync(0.1, PairCause.DifferentNames));
        Assert.Equal([first.Id], await ClaimAsync(Stella));
        Assert.Equal([second.Id], await ClaimAsync(Stella, new(After: first.Id)));
        Assert.Equal([named.Id], await ClaimAsync(Stella, new(After: second.Id)));
        Assert.Equal([first.Id], await ClaimAsync(Stella, new(After: named.Id)));
        Assert.Equal([second.Id], await ClaimAsync(Stella, new(Before: named.Id)));
        Assert.Equal([first.Id], await ClaimAsync(Stella, new(Before: second.Id)));
        Assert.Equal([first.Id], await ClaimAsync(Stella, new(Before: first.Id)));
        // Asked for by itself it is had, and leads on from there.
        Assert.Equal([below.Id], await ClaimAsync(Stella, new(Pair: below.Id)));
        Assert.Equal([named.Id], await ClaimAsync(Stella, new(After: below.Id)));

        await app.Database(async db =>
        {
            db.Settings.Add(new Setting { Name = ReviewQueries.ThresholdSetting, Value = "0.3" });
            await db.SaveChangesAsync();
        });
        Assert.Equal([below.Id], await ClaimAsync(Stella, new(After: second.Id)));
        await DecideAsync(PairState.Later, [below]);
        Assert.Equal([named.Id], await ClaimAsync(Stella, new(After: second.Id)));
        Assert.Equal([below.Id], await ClaimAsync(Stella, new(PairState.Later)));
    }

    [Fact]
    public async Task A_tangle_comes_in_groups_of_twenty_rows()
    {
        var hub = await app.ContactAsync(daysOld: 9);
        for (var i = 0; i < 30; i++)
            await app.PairAsync(hub, await app.ContactAsync(), 0.9 - (i / 100.0));
        var group = await ClaimAsync(Stella);
        Assert.Equal(ClaimGroup.MostRows - 1, group.Count);
        var second = await ClaimAsync(Stella, new(After: group[^1]));
        Assert.NotEmpty(second);
    }

    private Task<IReadOnlyList<int>> ClaimAsync(Reviewer by, ClaimGroup.Place? place = null) => app.Do<ClaimGroup, IReadOnlyList<int>>(verb => verb.RunAsync(by.Key, place ?? new ClaimGroup.Place()));

    private async Task<(Outcome Outcome, Guid? Id)> DecideAsync(PairState state, DuplicatePair[] pairs, Contact[]? people = null, Reviewer? by = null, Dictionary<string, int>? choices = null)
    {
        var group = await app.GroupAsync(pairs);
        IReadOnlyCollection<int> who = people is null ? [.. group.People.Select(person => person[0].PrimaryId)] : [.. people.Select(person => person.Id)];
        return await app.Do<DecidePairs, (Outcome, Guid?)>(verb => verb.RunAsync(state, new DecidePairs.Decision([.. pairs.Select(pair => pair.Id)], group.Seen, who, choices ?? []), by ?? Stella));
    }

    private Task<IReadOnlyList<int>> UndoAsync() => app.Do<UndoDecision, IReadOnlyList<int>>(verb => verb.RunAsync(null, Stella.Name));

    private Task<Contact> RowAsync(Contact contact) => app.Database(db => db.Contacts.AsNoTracking().SingleAsync(c => c.Id == contact.Id));

    private Task<DuplicatePair> PairAsync(DuplicatePair pair) => app.Database(db => db.DuplicatePairs.AsNoTracking().SingleAsync(p => p.Id == pair.Id));
}
