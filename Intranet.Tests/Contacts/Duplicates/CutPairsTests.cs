using Intranet.Data.Contacts;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Contacts.Duplicates;

/// <summary>What scans, arrivals and automatic linking make of two whom somebody took apart, or who came apart.</summary>
public sealed class CutPairsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scan_that_links_by_itself_asks_about_two_whose_link_was_cut(bool wasProposed)
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        await DuplicatesApp.AddAsync(app, one, other);
        if (wasProposed)
            await ScanAsync(app);
        Assert.Equal(wasProposed, await app.Database(db => db.DuplicatePairs.AnyAsync(Cancellation)));
        var link = await LinkAsync(app, one, other);
        await app.With<CutLink, IReadOnlyList<int>?>(verb => verb.RunAsync(link.Id, Cast.Steward.Name, Cancellation));
        await LinkAutomaticallyAsync(app);

        Assert.Equal(0, (await ScanAsync(app)).Linked);

        var pair = await PairAsync(app, one, other);
        Assert.Equal((PairCause.Cut, PairState.Open), (pair.Cause, pair.State));
        Assert.True(pair.Probability > 0.9);
        Assert.Equal(0, (await ScanAsync(app)).Linked);
        Assert.False(await app.Database(db => db.Contacts.AnyAsync(c => c.LinkedId != null, Cancellation)));
    }

    [Fact]
    public async Task A_cut_between_any_rows_of_two_people_holds_for_automatic_linking_and_arrivals()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other, another) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app), DuplicatesApp.Person(app, "Whoever", "Else"));
        await DuplicatesApp.AddAsync(app, one, other, another);
        await ScanAsync(app);
        await LinkAsync(app, one, another);
        var link = await LinkAsync(app, other, another);
        await app.With<CutLink, IReadOnlyList<int>?>(verb => verb.RunAsync(link.Id, Cast.Steward.Name, Cancellation));

        Assert.Equal((PairCause.Likeness, PairState.Open), await PairAsync(app, one, other) is var open ? (open.Cause, open.State) : default);
        Assert.Equal(0, await LikelyAsync(app));
        await app.Database(db => db.DuplicatePairs.ExecuteDeleteAsync(Cancellation));
        Assert.Equal(1, await app.With<CompareArrival, int>(compare => compare.RunAsync(other.Id, Cancellation)));
        Assert.Equal((PairCause.Cut, PairState.Open), await PairAsync(app, one, other) is var asked ? (asked.Cause, asked.State) : default);

        // Taken back, it says nothing.
        Assert.Null(await app.With<CutLink, LinkContacts.Refusal?>(verb => verb.UndoAsync(link.Id, Cancellation)));
        Assert.Equal(one.Id, await app.Database(db => db.Contacts.Where(c => c.Id == other.Id).Select(c => c.LinkedId).SingleAsync(Cancellation)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Same_of_two_whom_only_others_held_together_is_asked_again_when_they_come_apart(bool deletes)
    {
        await using var app = await DuplicatesApp.StartAsync();
        Contact[] people = [DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app), DuplicatesApp.Misspelt(app, "crm-3")];
        await DuplicatesApp.AddAsync(app, people);
        await ScanAsync(app);
        var (a, b, c) = (people[0], people[1], people[2]);
        // From A to each of the others: the pair of those two has no link of its own.
        await app.Database(db => db.DuplicatePairs.Where(p => p.FirstId == b.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Probability, 0.5), Cancellation));
        var group = await app.Database(db => ReviewGroup.OfAsync(db, [1, 2, 3], Cancellation));
        Assert.Equal(DecidePairs.Outcome.Done, (await app.With<DecidePairs, (DecidePairs.Outcome Outcome, Guid?)>(verb => verb.RunAsync(
            PairState.Same, new([.. group.Pairs.Select(pair => pair.Id)], group.Seen, [a.Id, b.Id, c.Id], new Dictionary<string, int>()), new("1", Cast.Steward.Name), Cancellation))).Outcome);
        Assert.Null((await PairAsync(app, b, c)).LinkId);
        using var steward = await app.ApiAsync(Cast.Steward);
        Assert.Equal(3, (await ListedAsync()).Count(line => line.EndsWith(",1,linked", StringComparison.Ordinal)));

        if (deletes)
            await app.With<DeleteContact, bool>(verb => verb.RunAsync(a.Id, Cancellation));
        else
            await app.With<CutLink, IReadOnlyList<int>?>(async verb => await verb.RunAsync((await PairAsync(app, a, b)).LinkId!.Value, Cast.Steward.Name, Cancellation));

        Assert.DoesNotContain(await ListedAsync(), line => line.StartsWith("crm-2,crm-3", StringComparison.Ordinal));
        await ScanAsync(app);
        var again = await PairAsync(app, b, c);
        Assert.Equal((deletes ? PairCause.Likeness : PairCause.Cut, PairState.Open, null), (again.Cause, again.State, again.DecisionId));
        Assert.Contains(await ListedAsync(), line => line.StartsWith("crm-2,crm-3", StringComparison.Ordinal) && line.EndsWith(",open", StringComparison.Ordinal));

        async Task<string[]> ListedAsync() => await steward.CsvAsync("/api/duplicates?status=all");
    }

    [Fact]
    public async Task A_pair_of_two_who_were_not_compared_keeps_its_probability_until_they_are()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        await DuplicatesApp.AddAsync(app, one, other);
        await app.With<SeparateContacts, SeparateContacts.Outcome>(verb => verb.RunAsync(one.Id, other.Id, Cast.Steward.Name, cancellation: Cancellation));
        await app.Database(async db =>
        {
            db.Add(DuplicatePair.Of(one.Id, other.Id, PairCause.Separated, 0.5, null, app.Clock.UtcNow));
            await db.SaveChangesAsync(Cancellation);
        });

        await ScanAsync(app);
        Assert.Equal((0.5, null), await PairAsync(app, one, other) is var separated ? (separated.Probability, separated.ModelId) : default);

        // As an earlier version left it: nothing, by a scan that had not compared them.
        var model = await app.Database(db => db.EstimatedModels.MaxAsync(m => m.Id, Cancellation));
        await app.Database(db => db.DuplicatePairs.ExecuteUpdateAsync(set => set.SetProperty(p => p.Probability, 0).SetProperty(p => p.ModelId, model), Cancellation));
        var separation = await app.Database(db => db.Separations.Select(s => s.Id).SingleAsync(Cancellation));
        await app.With<TakeBackSeparation, (int, int)?>(verb => verb.RunAsync(separation, Cancellation));
        await ScanAsync(app);
        var compared = await PairAsync(app, one, other);
        Assert.True(compared.Probability > 0.9, $"{compared.Probability}");
        Assert.NotNull(compared.Evidence);
    }

    private static async Task<ScanDuplicates.Result> ScanAsync(RunningApp app)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var result = await app.ScanAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        return result;
    }

    private static async Task<Link> LinkAsync(RunningApp app, Contact one, Contact other)
        => (await app.With<LinkContacts, LinkContacts.Result>(verb => verb.RunAsync(one.Id, other.Id, LinkReason.Email, null, "import", Cancellation))).Link!;

    private static Task LinkAutomaticallyAsync(RunningApp app) => app.Database(async db =>
    {
        db.AddRange(new Setting { Name = Setting.AutomaticLinks, Value = "true" }, new Setting { Name = Setting.AutomaticThreshold, Value = "0.9" });
        await db.SaveChangesAsync(Cancellation);
    });

    private static Task<int> LikelyAsync(RunningApp app)
        => app.Database(db => new LinkLikelyPairs(db, new LinkContacts(db, app.Clock), app.Clock).RunAsync(0.5, Cancellation));

    private static Task<DuplicatePair> PairAsync(RunningApp app, Contact one, Contact other)
        => app.Database(db => db.DuplicatePairs.AsNoTracking().SingleAsync(p => p.FirstId == one.Id && p.SecondId == other.Id, Cancellation));
}
