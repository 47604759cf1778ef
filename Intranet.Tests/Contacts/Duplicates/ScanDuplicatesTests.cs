using Intranet.Data.Contacts;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Contacts.Duplicates;

public sealed class ScanDuplicatesTests
{
    [Fact]
    public async Task Typing_errors_are_found_once_with_their_evidence()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        await DuplicatesApp.AddAsync(app, one, other);

        var first = await app.ScanAsync();

        Assert.Equal((5, 1, 0), (first.Contacts, first.New, first.Removed));
        var pair = await app.Database(db => db.DuplicatePairs.SingleAsync());
        Assert.Equal((one.Id, other.Id, PairCause.Likeness, PairState.Open), (pair.FirstId, pair.SecondId, pair.Cause, pair.State));
        Assert.InRange(pair.Probability, 0.9, 1);
        Assert.NotNull(Data.Contacts.Matching.PairLevels.Parse(pair.Evidence));

        var second = await app.ScanAsync();
        Assert.Equal((0, 0, 0), (second.New, second.Changed, second.Removed));
        var same = await app.Database(db => db.DuplicatePairs.SingleAsync());
        Assert.Equal((pair.Id, pair.Version), (same.Id, same.Version));
    }

    [Fact]
    public async Task A_decided_pair_stays_decided()
    {
        await using var app = await DuplicatesApp.StartAsync();
        await DuplicatesApp.AddAsync(app, DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        await app.ScanAsync();
        await app.Database(async db =>
        {
            (await db.DuplicatePairs.SingleAsync()).Decide(PairState.Different, app.Clock.UtcNow, Cast.Steward.Name);
            await db.SaveChangesAsync();
        });
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.ScanAsync();

        var pair = await app.Database(db => db.DuplicatePairs.SingleAsync());
        Assert.Equal((PairState.Different, Cast.Steward.Name), (pair.State, pair.DecidedBy));
    }

    [Fact]
    public async Task Separated_and_linked_contacts_are_not_proposed_nor_are_deleted_ones()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        await DuplicatesApp.AddAsync(app, one, other);
        await app.With<SeparateContacts, SeparateContacts.Outcome>(separate => separate.RunAsync(one.Id, other.Id, Cast.Steward.Name));
        Assert.Equal(0, (await app.ScanAsync()).Pairs);

        await app.Database(db => db.Separations.ExecuteDeleteAsync());
        await app.With<LinkContacts, LinkContacts.Result>(link => link.RunAsync(one.Id, other.Id, LinkReason.Steward, null, Cast.Steward.Name));
        Assert.Equal(0, (await app.ScanAsync()).Pairs);

        await app.Database(db => db.Links.ExecuteDeleteAsync());
        await app.Database(db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, (int?)null)));
        Assert.Equal(1, (await app.ScanAsync()).New);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.With<DeleteContact, bool>(delete => delete.RunAsync(other.Id));
        Assert.Equal(1, (await app.ScanAsync()).Removed);
        Assert.False(await app.Database(db => db.DuplicatePairs.AnyAsync()));
    }

    [Fact]
    public async Task What_somebody_looks_at_or_put_up_for_another_reason_is_left_there()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Person(app, "Somebody", "Else"));
        await DuplicatesApp.AddAsync(app, one, other);
        await app.Database(async db =>
        {
            db.Add(DuplicatePair.Of(one.Id, other.Id, PairCause.GenericValue, 0.5, null, app.Clock.UtcNow));
            await db.SaveChangesAsync();
        });
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((0, 0), ((await app.ScanAsync()).New, (await app.ScanAsync()).Removed));
        Assert.Equal(PairCause.GenericValue, (await app.Database(db => db.DuplicatePairs.SingleAsync())).Cause);
    }

    [Fact]
    public async Task With_automatic_linking_on_likely_pairs_are_linked_and_say_so()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        await DuplicatesApp.AddAsync(app, one, other);
        await app.Database(async db =>
        {
            db.AddRange(new Setting { Name = Setting.AutomaticLinks, Value = "true" }, new Setting { Name = Setting.AutomaticThreshold, Value = "0.9" });
            await db.SaveChangesAsync();
        });

        Assert.Equal(1, (await app.ScanAsync()).Linked);

        var pair = await app.Database(db => db.DuplicatePairs.SingleAsync());
        var link = await app.Database(db => db.Links.SingleAsync());
        Assert.Equal((PairState.Same, "scan", link.Id), (pair.State, pair.DecidedBy, pair.LinkId));
        Assert.Equal((LinkReason.Automatic, one.Id), (link.Reason, await app.Database(db => db.Contacts.Where(c => c.Id == other.Id).Select(c => c.LinkedId).SingleAsync())));
    }

    [Fact]
    public async Task The_last_five_estimates_are_kept()
    {
        await using var app = await DuplicatesApp.StartAsync();
        for (var i = 0; i < 7; i++)
            await app.ScanAsync();

        Assert.Equal(5, await app.Database(db => db.EstimatedModels.CountAsync()));
        Assert.Equal(7, await app.Database(db => db.EstimatedModels.MaxAsync(m => m.Id)));
    }

    [Fact]
    public async Task Stopped_before_it_stores_it_changes_nothing()
    {
        await using var app = await DuplicatesApp.StartAsync();
        await DuplicatesApp.AddAsync(app, DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.With<ScanDuplicates, ScanDuplicates.Result>(scan => scan.RunAsync(
            (stage, _) =>
            {
                if (stage == "Comparing")
                    stop.Cancel();
            },
            stop.Token)));

        Assert.False(await app.Database(db => db.DuplicatePairs.AnyAsync()));
        Assert.False(await app.Database(db => db.EstimatedModels.AnyAsync()));
    }

    [Fact]
    public async Task Stopped_while_it_stores_it_leaves_what_came_since_the_last_one_to_be_compared()
    {
        await using var app = await DuplicatesApp.StartAsync();
        await app.ScanAsync();
        var before = await app.Database(db => ArrivalMark.ReadAsync(db));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await DuplicatesApp.AddAsync(app, DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.With<ScanDuplicates, ScanDuplicates.Result>(scan => scan.RunAsync(
            (stage, _) =>
            {
                if (stage == "Storing pairs")
                    stop.Cancel();
            },
            stop.Token)));

        Assert.NotNull(before);
        Assert.Equal(before, await app.Database(db => ArrivalMark.ReadAsync(db)));
        await app.ScanAsync();
        Assert.NotEqual(before, await app.Database(db => ArrivalMark.ReadAsync(db)));
    }

    [Fact]
    public async Task Who_was_linked_by_a_steward_and_cut_again_is_asked_about_and_not_linked_by_itself()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        await DuplicatesApp.AddAsync(app, one, other);
        await app.ScanAsync();
        var link = (await app.With<LinkContacts, LinkContacts.Result>(link => link.RunAsync(one.Id, other.Id, LinkReason.Steward, null, Cast.Steward.Name))).Link!;
        await app.Database(async db =>
        {
            (await db.DuplicatePairs.SingleAsync()).Decide(PairState.Same, app.Clock.UtcNow, Cast.Steward.Name, link: link.Id);
            await db.SaveChangesAsync();
        });
        await app.With<CutLink, IReadOnlyList<int>?>(cut => cut.RunAsync(link.Id, Cast.Steward.Name));
        await app.Database(async db =>
        {
            Assert.False(await db.DuplicatePairs.StillSaid().AnyAsync());
            Assert.Empty(await db.ListedWithLinksAsync(0).ToListAsync());
            db.Settings.AddRange(new MatchSettings(0.5, 0.9, true).ToSettings().Select(setting => new Setting { Name = setting.Key, Value = setting.Value }));
            await db.SaveChangesAsync();
        });
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.ScanAsync();

        var pair = await app.Database(db => db.DuplicatePairs.AsNoTracking().SingleAsync());
        Assert.Equal((PairState.Open, PairCause.Cut, null), (pair.State, pair.Cause, pair.LinkId));
        Assert.Equal("cut", (await app.Database(db => db.ListedWithLinksAsync(0).ToListAsync().AsTask())).Single().Cause);
        Assert.Null((await app.Stored(other.Id)).LinkedId);
    }
}
