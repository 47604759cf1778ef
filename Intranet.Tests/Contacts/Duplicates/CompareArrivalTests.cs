using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Contacts.Duplicates;

public sealed class CompareArrivalTests
{
    private static readonly ContactRow Typed = new() { Id = 0, GivenName = "Jonathon", FamilyName = "Fetherstonehaugh", BirthDate = "1971-03-14", City = "Plymouth", Email = "jonathan.fetherstonehaugh@mail.example" };

    [Fact]
    public async Task A_new_contact_is_compared_with_all_others_and_again_without_a_second_pair()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var old = DuplicatesApp.Featherstone(app);
        await DuplicatesApp.AddAsync(app, old);
        await app.ScanAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var arrival = await SavedAsync(app, DuplicatesApp.Misspelt(app));

        Assert.Equal(1, await CompareAsync(app, arrival.Id));
        var pair = await app.Database(db => db.DuplicatePairs.SingleAsync());
        Assert.Equal((old.Id, arrival.Id, PairState.Open), (pair.FirstId, pair.SecondId, pair.State));
        Assert.Equal(0, await CompareAsync(app, arrival.Id));

        // Also with another that came after the index was made.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await SavedAsync(app, DuplicatesApp.Misspelt(app, "crm-3"));
        Assert.Equal(2, await CompareAsync(app, next.Id));
    }

    [Fact]
    public async Task Separated_contacts_are_not_proposed_and_nothing_is_before_the_first_scan()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var (one, other) = (DuplicatesApp.Featherstone(app), DuplicatesApp.Misspelt(app));
        await DuplicatesApp.AddAsync(app, one, other);
        Assert.Equal(0, await CompareAsync(app, other.Id));

        await app.With<SeparateContacts, SeparateContacts.Outcome>(separate => separate.RunAsync(one.Id, other.Id, Cast.Steward.Name));
        await app.ScanAsync();
        Assert.Equal(0, await CompareAsync(app, other.Id));
        Assert.False(await app.Database(db => db.DuplicatePairs.AnyAsync()));
    }

    [Fact]
    public async Task The_index_is_given_back_when_nobody_asks_and_made_again_when_somebody_does()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var old = DuplicatesApp.Featherstone(app);
        await DuplicatesApp.AddAsync(app, old);
        await app.ScanAsync();
        var index = app.Services.GetRequiredService<ArrivalIndex>();
        await index.CatchUpAsync(TestContext.Current.CancellationToken);
        app.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Single(index.FindLikely(Typed));
        app.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.False(index.ReleaseAfter(TimeSpan.FromMinutes(15)));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(index.ReleaseAfter(TimeSpan.FromMinutes(15)));
        Assert.False(index.IsReady);

        var arrival = await SavedAsync(app, DuplicatesApp.Misspelt(app));
        Assert.Equal(1, await CompareAsync(app, arrival.Id));
    }

    [Fact]
    public async Task Before_a_scan_the_index_is_given_back_unless_somebody_has_just_asked_it()
    {
        await using var app = await DuplicatesApp.StartAsync();
        await DuplicatesApp.AddAsync(app, DuplicatesApp.Featherstone(app));
        await app.ScanAsync();
        var index = app.Services.GetRequiredService<ArrivalIndex>();

        await index.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.True(index.ReleaseUnasked(TimeSpan.FromMinutes(1)));
        Assert.False(index.ReleaseUnasked(TimeSpan.FromMinutes(1)));

        await index.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.Single(index.FindLikely(Typed));
        Assert.False(index.ReleaseUnasked(TimeSpan.FromMinutes(1)));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(index.ReleaseUnasked(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task While_somebody_types_likely_contacts_appear_as_soon_as_the_index_is_there()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var old = DuplicatesApp.Featherstone(app);
        await DuplicatesApp.AddAsync(app, old);
        var index = app.Services.GetRequiredService<ArrivalIndex>();
        Assert.Empty(index.FindLikely(Typed));

        await app.ScanAsync();
        var likely = await Eventually.Is(() => Task.FromResult(index.FindLikely(Typed)), found => found.Count > 0, "a likely contact");

        Assert.Equal(old.Id, Assert.Single(likely).Id);
        Assert.Empty(index.FindLikely(new ContactRow { Id = 0, GivenName = "Nobody", FamilyName = "Whatsoever" }));
    }

    [Fact]
    public async Task A_contact_that_was_restored_is_met_though_it_did_not_change()
    {
        await using var app = await DuplicatesApp.StartAsync();
        var old = DuplicatesApp.Featherstone(app);
        await DuplicatesApp.AddAsync(app, old);
        await app.With<DeleteContact, bool>(delete => delete.RunAsync(old.Id));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.ScanAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var arrival = await SavedAsync(app, DuplicatesApp.Misspelt(app));
        Assert.Equal(0, await CompareAsync(app, arrival.Id));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await app.With<DeleteContact, LinkContacts.Refusal?>(delete => delete.RestoreAsync(old.Id, "somebody")));

        Assert.Equal(1, await CompareAsync(app, arrival.Id));
        Assert.Equal(old.UpdatedAt, await app.Database(db => db.Contacts.Where(c => c.Id == old.Id).Select(c => c.UpdatedAt).SingleAsync()));
    }

    [Fact]
    public async Task The_timetable_compares_what_came()
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = "true");
        var old = DuplicatesApp.Featherstone(app);
        await DuplicatesApp.AddAsync(app, old);
        await app.ScanAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await SavedAsync(app, DuplicatesApp.Misspelt(app));
        await app.Services.GetRequiredService<Web.Infrastructure.JobSignal>().WakeAsync<Web.Pages.Contacts.Duplicates.CompareArrivalsJob>(TestContext.Current.CancellationToken);

        await Eventually.Is(() => app.Database(db => db.DuplicatePairs.AnyAsync(p => p.FirstId == old.Id)), "the pair to be found");
    }

    [Fact]
    public async Task The_first_contacts_are_scanned_without_being_asked_for()
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = "true");
        var old = DuplicatesApp.Featherstone(app);
        await DuplicatesApp.AddAsync(app, old);
        var misspelt = await SavedAsync(app, DuplicatesApp.Misspelt(app));
        await app.Services.GetRequiredService<Web.Infrastructure.JobSignal>().WakeAsync<Web.Pages.Contacts.Duplicates.CompareArrivalsJob>(TestContext.Current.CancellationToken);

        await Eventually.Is(() => app.Database(db => db.DuplicatePairs.AnyAsync(p => p.FirstId == old.Id && p.SecondId == misspelt.Id)), "the pair to be found");
        Assert.Equal("schedule", await app.Database(db => db.JobRuns.Where(run => run.Job == "scan-duplicates").Select(run => run.StartedBy).SingleAsync()));
    }

    private static async Task<Contact> SavedAsync(RunningApp app, Contact contact)
    {
        await app.Database(async db =>
        {
            db.Add(contact);
            await db.SaveChangesAsync();
        });
        return contact;
    }

    private static Task<int> CompareAsync(RunningApp app, int id) => app.With<CompareArrival, int>(compare => compare.RunAsync(id, TestContext.Current.CancellationToken));
}
