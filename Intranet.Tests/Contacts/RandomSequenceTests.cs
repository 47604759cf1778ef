using Intranet.Data;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Contacts;

/// <summary>
/// Long sequences of everything that can happen to contacts, the same ones each time, against the database and a plain
/// model beside it: after every step the two must say the same.
/// </summary>
public sealed class RandomSequenceTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string By = "somebody";

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 100)]
    [InlineData(3, 300)]
    [InlineData(4, 300)]
    [InlineData(5, 600)]
    [InlineData(6, 600)]
    public async Task The_database_and_the_plain_model_agree_after_every_step(int seed, int steps)
    {
        var dice = new Random(seed);
        var model = new ContactsModel();
        // Few values, so that they meet; more the longer it goes on, so that not everything becomes one.
        var (emails, phones) = (Values(4 + (steps / 25), "mail", "@random.example"), Values(4 + (steps / 25), "8", ""));
        List<int> ids = [], links = [];
        for (var step = 0; step < steps; step++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            var what = await StepAsync(dice, model, emails, phones, ids, links);
            await LearnAsync(model, ids, links);
            await CompareAsync(model, ids, links, $"Seed {seed}, step {step}: {what}");
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Linking_and_cutting_again_returns_exactly_what_was(int seed)
    {
        var dice = new Random(seed);
        var (emails, phones) = (Values(12, "mail", "@undo.example"), Values(12, "8", ""));
        var ids = new List<int>();
        for (var i = 0; i < 30; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Add((await RunAsync<Identify, Identify.Person>(identify => identify.RunAsync(emails[dice.Next(12)], phones[dice.Next(12)], By))).PrimaryId);
        }

        for (var i = 0; i < 20; i++)
        {
            var (one, other) = (ids[dice.Next(ids.Count)], ids[dice.Next(ids.Count)]);
            var before = await ClustersAsync();
            var linked = await RunAsync<LinkContacts, LinkContacts.Result>(operation => operation.RunAsync(one, other, LinkReason.Steward, null, By));
            // Where they were linked directly already, cutting would take apart what was there before.
            if (linked.Link is not { Reason: LinkReason.Steward } link)
                continue;
            await RunAsync<CutLink, IReadOnlyList<int>?>(operation => operation.RunAsync(link.Id, By));
            Assert.Equal(before, await ClustersAsync());
        }

        Task<List<(int, int?)>> ClustersAsync() => app.Database(async db
            => (await db.Contacts.AsNoTracking().OrderBy(c => c.Id).Select(c => new { c.Id, c.LinkedId }).ToListAsync()).ConvertAll(row => (row.Id, row.LinkedId)));
    }

    private static string[] Values(int count, string before, string after)
        => [.. Enumerable.Range(0, count).Select(_ => $"{before}{Given.Unique("5").PadLeft(9, '4')}{after}")];

    private async Task<string> StepAsync(Random dice, ContactsModel model, string[] emails, string[] phones, List<int> ids, List<int> links)
    {
        var (one, other) = (dice.Next(Math.Max(1, ids.Count)), dice.Next(Math.Max(1, ids.Count)));
        var link = dice.Next(Math.Max(1, links.Count));
        switch (ids.Count < 2 ? 0 : dice.Next(100))
        {
            case < 50:
                var kind = dice.Next(10);
                var (email, phone) = (kind == 0 ? null : emails[dice.Next(emails.Length)], kind == 1 ? null : phones[dice.Next(phones.Length)]);
                var expected = model.Identify(email, phone);
                var person = await RunAsync<Identify, Identify.Person>(identify => identify.RunAsync(email, phone, By));
                await LearnAsync(model, ids, links);
                Assert.Equal(
                    (ids[expected.Primary], string.Join(' ', expected.Emails), string.Join(' ', expected.Phones), string.Join(' ', expected.Secondaries.Select(number => ids[number]).Order())),
                    (person.PrimaryId, string.Join(' ', person.Emails), string.Join(' ', person.Phones), string.Join(' ', person.SecondaryIds)));
                Assert.True((email is null || person.Emails.Contains(email)) && (phone is null || person.Phones.Contains(phone)));
                return $"identify {email} {phone}";
            case < 60:
                var linked = await RunAsync<LinkContacts, LinkContacts.Result>(operation => operation.RunAsync(ids[one], ids[other], LinkReason.Steward, null, By));
                if (one == other || model.Rows[one].IsDeleted || model.Rows[other].IsDeleted)
                    Assert.Equal(LinkContacts.Refusal.Missing, linked.Refused);
                else if (model.PrimaryOf(one) != model.PrimaryOf(other) && model.AreSeparated(model.PrimaryOf(one), model.PrimaryOf(other)))
                    Assert.Equal(LinkContacts.Refusal.Separated, linked.Refused);
                else if (!model.Links.Exists(l => !l.IsCut && l.One == Math.Min(one, other) && l.Other == Math.Max(one, other)))
                    model.Connect(one, other);
                return $"link {one} {other}";
            case < 72 when links.Count > 0:
                await RunAsync<CutLink, IReadOnlyList<int>?>(operation => operation.RunAsync(links[link], By));
                model.Links[link].IsCut = true;
                return $"cut {link}";
            case < 80 when links.Count > 0:
                var mayHold = model.MayHoldAgain(model.Links[link]);
                Assert.Equal(mayHold ? null : LinkContacts.Refusal.Separated, await RunAsync<CutLink, LinkContacts.Refusal?>(operation => operation.UndoAsync(links[link])));
                model.Links[link].IsCut &= !mayHold;
                return $"take back the cut of {link}";
            case < 86:
                await RunAsync<DeleteContact, bool>(operation => operation.RunAsync(ids[one]));
                model.Rows[one].IsDeleted = true;
                return $"delete {one}";
            case < 93:
                var mayReturn = model.MayReturn(one);
                Assert.Equal(mayReturn ? null : LinkContacts.Refusal.Separated, await RunAsync<DeleteContact, LinkContacts.Refusal?>(operation => operation.RestoreAsync(ids[one], "somebody")));
                if (mayReturn && model.Rows[one].IsDeleted)
                    model.Return(one);
                return $"restore {one}";
            default:
                var outcome = await RunAsync<SeparateContacts, SeparateContacts.Outcome>(operation => operation.RunAsync(ids[one], ids[other], By));
                var isPossible = !model.Rows[one].IsDeleted && !model.Rows[other].IsDeleted && model.PrimaryOf(one) != model.PrimaryOf(other);
                Assert.Equal(isPossible, outcome == SeparateContacts.Outcome.Separated);
                if (isPossible)
                    model.Separations.Add((one, other));
                return $"separate {one} {other}";
        }
    }

    // The model counts rows and links from 0; the database gave them ids.
    private Task LearnAsync(ContactsModel model, List<int> ids, List<int> links) => app.Database(async db =>
    {
        var (lastRow, lastLink) = (ids.Count == 0 ? await OthersAsync(db, model) : ids[^1], links.Count == 0 ? 0 : links[^1]);
        ids.AddRange(await db.Contacts.Where(c => c.Id > lastRow).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        links.AddRange(await db.Links.Where(l => l.Id > lastLink && l.FirstId >= ids[0]).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync());
    });

    // Rows of earlier sequences.
    private static async Task<int> OthersAsync(IntranetDbContext db, ContactsModel model)
        => (await db.Contacts.MaxAsync(c => (int?)c.Id) ?? 0) - model.Rows.Count;

    private Task CompareAsync(ContactsModel model, List<int> ids, List<int> links, string when) => app.Database(async db =>
    {
        var first = ids[0];
        var rows = await db.Contacts.AsNoTracking().Where(c => c.Id >= first).OrderBy(c => c.Id).ToListAsync();
        Assert.True(model.Rows.Count == rows.Count, $"{when}: {rows.Count} rows, not {model.Rows.Count}");
        foreach (var (expected, row) in model.Rows.Zip(rows))
        {
            Assert.True((expected.Email, expected.Phone, expected.IsDeleted) == (row.Email, row.Phone, row.DeletedAt is not null), $"{when}: row {expected.Number} is another");
            Assert.True(ids[model.PrimaryOf(expected.Number)] == row.PrimaryId, $"{when}: the primary of row {expected.Number} is {ids.IndexOf(row.PrimaryId)}, not {model.PrimaryOf(expected.Number)}");
            // Flat, and under the oldest.
            foreach (var (a, b) in model.Separations)
                Assert.True(model.Rows[a].IsDeleted || model.Rows[b].IsDeleted || model.PrimaryOf(a) != model.PrimaryOf(b), $"{when}: {a} and {b} were separated, and are one");
            if (row.LinkedId is { } primary)
                Assert.True(primary < row.Id && rows.Single(other => other.Id == primary) is { LinkedId: null, DeletedAt: null }, $"{when}: row {expected.Number} hangs on what is no primary");
        }

        var stored = await db.Links.AsNoTracking().Where(l => l.FirstId >= first).OrderBy(l => l.Id).ToListAsync();
        Assert.True(
            model.Links.Select(l => (ids[l.One], ids[l.Other], l.IsCut)).SequenceEqual(stored.Select(l => (l.FirstId, l.SecondId, l.IsCut))) && links.Count == stored.Count,
            $"{when}: other links");
    });

    private async Task<TResult> RunAsync<T, TResult>(Func<T, Task<TResult>> act) where T : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }
}
