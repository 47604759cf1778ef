using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Intranet.Tests.Contacts.Matching.Samples;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Contacts.Duplicates;

/// <summary>What a scan said of two contacts stands as long as both are as it saw them.</summary>
public sealed class StandingJudgementsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_contacts_change_no_decision_about_those_that_were_there()
    {
        await using var app = await DuplicatesApp.StartAsync();
        await AddAsync(app, BusinessContacts.Rows(31, 400, 0.2).Rows);
        await app.ScanAsync();
        var last = await app.Database(db => db.Contacts.MaxAsync(c => c.Id, Cancellation));
        var before = await AmongAsync(app, last);
        Assert.True(before.Count > 200);

        await AddAsync(app, BusinessContacts.Rows(34, 600, 0.25).Rows);
        await AddAsync(app, CleanPeople.Rows(32, 300, 0.5, 1, 2).Rows);
        // What is taken back among others lets none of these be asked about again.
        var others = await app.Database(db => db.Contacts.Where(c => c.Id > last && c.LinkedId == null).OrderBy(c => c.Id).Select(c => c.Id).Take(2).ToListAsync(Cancellation));
        var link = (await app.With<LinkContacts, LinkContacts.Result>(verb => verb.RunAsync(others[0], others[1], LinkReason.Steward, null, Cast.Steward.Name))).Link!;
        await app.With<CutLink, IReadOnlyList<int>?>(verb => verb.RunAsync(link.Id, Cast.Steward.Name));
        var second = await app.ScanAsync();

        Assert.Equal(before, await AmongAsync(app, last));
        Assert.True(second.New > 200);
        Assert.Equal((0, 0), (second.Changed, second.Removed));
        // Each is still explained by what found it.
        var models = await app.Database(db => db.EstimatedModels.ToDictionaryAsync(m => m.Id, m => MatchModel.FromJson(m.Json)!, Cancellation));
        Assert.Equal(2, models.Count);
        foreach (var pair in (await app.Database(db => db.DuplicatePairs.ToListAsync(Cancellation))).Where(pair => pair.Probability is > 0.15 and < 0.99))
        {
            var evidence = ExplainPair.Run(models[pair.ModelId!.Value], PairLevels.Parse(pair.Evidence)!.Value, pair.Probability);
            Assert.Equal(Math.Log2(pair.Probability / (1 - pair.Probability)), evidence.Sum(entry => entry.Bits), 0.6);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        // Asked for, all is judged by the weights of now; the same again changes nothing.
        await app.Database(db => db.JudgeAnewAsync(app.Clock, Cancellation));
        Assert.True((await app.ScanAsync()).Changed > 100);
        Assert.NotEqual(before, await AmongAsync(app, last));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await app.ScanAsync();
        Assert.Equal((0, 0, 0), (again.New, again.Changed, again.Removed));
    }

    [Fact]
    public async Task A_contact_that_changed_is_judged_again_and_so_is_what_was_linked_or_separated_or_away()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        await DuplicatesApp.AddAsync(app, one, other);
        Assert.Equal(1, await NewAsync());
        var first = await PairAsync();

        await ChangeAsync("Jonathon");
        Assert.Equal(0, await NewAsync());
        var second = await PairAsync();
        Assert.NotEqual((first!.ModelId, first.Version), (second!.ModelId, second.Version));
        await ChangeAsync("Wilhelmina", "Ottokar", "w@else.example", new DateOnly(2001, 1, 1));
        await NewAsync();
        Assert.Null(await PairAsync());
        await ChangeAsync("Jonathon", "Fetherstonehaugh", "jonathan.fetherstonehaugh@mail.example", new DateOnly(1971, 3, 14));
        Assert.Equal(1, await NewAsync());

        // Linked when the next scan comes, then not any more.
        var link = (await app.With<LinkContacts, LinkContacts.Result>(verb => verb.RunAsync(one.Id, other.Id, LinkReason.Steward, null, Cast.Steward.Name))).Link!;
        await NewAsync();
        Assert.Null(await PairAsync());
        await app.With<CutLink, IReadOnlyList<int>?>(verb => verb.RunAsync(link.Id, Cast.Steward.Name));
        await app.With<SeparateContacts, SeparateContacts.Outcome>(verb => verb.RunAsync(one.Id, other.Id, Cast.Steward.Name));
        await NewAsync();
        Assert.Null(await PairAsync());
        var separation = await app.Database(db => db.Separations.Select(s => s.Id).SingleAsync(Cancellation));
        await app.With<TakeBackSeparation, (int, int)?>(verb => verb.RunAsync(separation));
        Assert.Equal(1, await NewAsync());

        // What was decided with it waits again when it is taken back.
        await app.With<SeparateContacts, SeparateContacts.Outcome>(verb => verb.RunAsync(one.Id, other.Id, Cast.Steward.Name, closesPair: true));
        await NewAsync();
        Assert.Equal((PairState.Different, Cast.Steward.Name), await PairAsync() is { } decided ? (decided.State, decided.DecidedBy) : default);
        separation = await app.Database(db => db.Separations.Select(s => s.Id).SingleAsync(Cancellation));
        await app.With<TakeBackSeparation, (int, int)?>(verb => verb.RunAsync(separation));
        Assert.Equal((PairState.Open, null), await PairAsync() is { } open ? (open.State, open.DecidedBy) : default);
        Assert.Equal(0, await NewAsync());

        // As if nobody had ever cut anything between them: such a pair would stay.
        await app.Database(async db =>
        {
            await db.Links.ExecuteDeleteAsync(Cancellation);
            await db.DuplicatePairs.ExecuteUpdateAsync(set => set.SetProperty(p => p.Cause, PairCause.Likeness), Cancellation);
        });
        await app.With<DeleteContact, bool>(verb => verb.RunAsync(other.Id));
        await NewAsync();
        Assert.Null(await PairAsync());
        await app.With<DeleteContact, LinkContacts.Refusal?>(verb => verb.RestoreAsync(other.Id, "somebody"));
        Assert.Equal(1, await NewAsync());
        Assert.Equal(0, await NewAsync());

        async Task<int> NewAsync()
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            var found = await app.ScanAsync();
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            return found.New;
        }

        Task<DuplicatePair?> PairAsync() => app.Database(db => db.DuplicatePairs.AsNoTracking().SingleOrDefaultAsync(Cancellation));

        Task ChangeAsync(string given, string? family = null, string? email = null, DateOnly? birth = null) => app.Database(async db =>
        {
            var contact = await db.Contacts.SingleAsync(c => c.Id == other.Id, Cancellation);
            (contact.GivenName, contact.FamilyName, contact.BirthDate, contact.UpdatedAt) = (given, family ?? contact.FamilyName, birth ?? contact.BirthDate, app.Clock.UtcNow);
            if (email is not null)
                contact.SetEmail(email);
            await db.SaveChangesAsync(Cancellation);
        });
    }

    [Fact]
    public async Task What_runs_when_all_is_to_be_judged_anew_does_not_count()
    {
        await using var app = await DuplicatesApp.StartAsync();
        await DuplicatesApp.AddAsync(app, DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.ScanAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var asked = false;
        await app.With<ScanDuplicates, ScanDuplicates.Result>(scan => scan.RunAsync(
            (stage, _) =>
            {
                if (stage != "Estimating weights" || asked)
                    return;
                asked = true;
                app.Clock.Advance(TimeSpan.FromSeconds(1));
                app.Database(db => db.JudgeAnewAsync(app.Clock, Cancellation)).GetAwaiter().GetResult();
            },
            Cancellation));
        Assert.True(asked);
        Assert.Equal(1, await ModelAsync());

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.ScanAsync();
        Assert.Equal(3, await ModelAsync());

        Task<int?> ModelAsync() => app.Database(db => db.DuplicatePairs.Select(p => p.ModelId).SingleAsync(Cancellation));
    }

    [Fact]
    public async Task A_scan_that_stopped_before_all_was_stored_settles_nothing()
    {
        await using var app = await DuplicatesApp.StartAsync();
        await DuplicatesApp.AddAsync(app, DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.With<ScanDuplicates, ScanDuplicates.Result>(scan => scan.RunAsync(
            (stage, percent) =>
            {
                // The model is kept by then, and no pair is.
                if (stage == "Storing pairs" && percent == 80)
                    stop.Cancel();
            },
            stop.Token)));
        Assert.Null((await app.Database(db => db.EstimatedModels.SingleAsync(Cancellation))).StoredAt);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await app.ScanAsync()).New);
    }

    [Fact]
    public async Task A_model_is_kept_as_long_as_a_pair_that_waits_is_explained_by_it()
    {
        await using var app = await DuplicatesApp.StartAsync();
        await DuplicatesApp.AddAsync(app, DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        for (var i = 0; i < 8; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.ScanAsync();
        }

        var pair = await app.Database(db => db.DuplicatePairs.SingleAsync(Cancellation));
        Assert.Equal([1, 4, 5, 6, 7, 8], await app.Database(db => db.EstimatedModels.OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(Cancellation)));
        Assert.Equal(1, pair.ModelId);
    }

    private static async Task<List<(int, int, double, string?, PairState, Guid, int?)>> AmongAsync(RunningApp app, int last)
        => (await app.Database(db => db.DuplicatePairs.Where(p => p.FirstId <= last && p.SecondId <= last).OrderBy(p => p.FirstId).ThenBy(p => p.SecondId).ToListAsync(Cancellation)))
            .ConvertAll(p => (p.FirstId, p.SecondId, p.Probability, p.Evidence, p.State, p.Version, p.ModelId));

    // Some time passes before and after.
    private static async Task AddAsync(RunningApp app, List<ContactRow> rows)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Database(async db =>
        {
            db.AddRange(rows.Select(row =>
            {
                var contact = new Contact
                {
                    Source = "import",
                    GivenName = row.GivenName,
                    FamilyName = row.FamilyName,
                    FullName = row.FullName,
                    BirthDate = DateOnly.TryParse(row.BirthDate, System.Globalization.CultureInfo.InvariantCulture, out var birth) ? birth : null,
                    Street = row.Street,
                    City = row.City,
                    Postcode = row.Postcode,
                    State = row.State,
                    Country = row.Country,
                    Company = row.Company,
                    JobTitle = row.JobTitle,
                    CreatedAt = app.Clock.UtcNow,
                    UpdatedAt = app.Clock.UtcNow,
                };
                contact.SetEmail(row.Email);
                contact.SetPhone(row.Phone, new PhoneRules("IN"));
                return contact;
            }));
            await db.SaveChangesAsync(Cancellation);
        });
        app.Clock.Advance(TimeSpan.FromMinutes(1));
    }
}
