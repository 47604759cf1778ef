using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Providers.Sqlite;
using Intranet.Tests.Contacts;
using Intranet.Tests.Imports;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Providers.Sqlite;

/// <summary>What is kept of the words' index says the same as reading it, whatever happened in between.</summary>
public sealed class KeptBeginningsTests(ImportsApp app) : IClassFixture<ImportsApp>
{
    private static readonly string[] Names = ["Bob", "Berta", "Søren", "Sara", "B\U00010437", "Ann"];
    private static readonly string[][] Questions = [["b"], ["s"], ["be"], ["b", "s"], ["a"], ["bob"], ["z"]];

    [Theory]
    // Everything is worth it; reading anew after three changes already; and nothing is kept.
    [InlineData(1, 1, 20_000)]
    [InlineData(2, 1, 3)]
    [InlineData(3, int.MaxValue, 20_000)]
    public async Task After_every_change_the_same_is_found_as_by_reading(int seed, int worth, int mostChanges)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "This is of SQLite.");
        var (dice, kept) = (new Random(seed), new KeptBeginnings(worth, mostChanges));
        var ids = new List<int>();
        for (var step = 0; step < 60; step++)
        {
            var what = await StepAsync(dice, ids);
            // Not each time: several changes are caught up with at once.
            if (dice.Next(3) > 0)
                await SameAsync(kept, $"Seed {seed}, step {step}: {what}");
        }

        await SameAsync(kept, $"Seed {seed}, at the end");
    }

    [Fact]
    public async Task Who_asks_in_an_older_transaction_keeps_nothing_that_others_know_better()
    {
        Assert.SkipUnless(TestDatabase.Server is null, "This is of SQLite.");
        var (kept, name) = (new KeptBeginnings(1), $"{Given.Unique("quen")}x");
        await app.Contact(name, "Bob");
        await SameAsync(kept, "Kept");
        var address = await app.Database(db => Task.FromResult(db.Database.GetConnectionString()));
        await using var old = new SqliteConnection(address);
        await old.OpenAsync(TestContext.Current.CancellationToken);
        SqliteStatement.Of(old, "BEGIN").Run();
        Find(old, ["bob"], null);

        await app.Contact(name, "Bob");
        await SameAsync(kept, "Newer");
        // Sees one of the two; to keep that would hide the other for good.
        Assert.Equal(1, Find(old, [name], kept).Count);
        Assert.Equal(1, Find(old, [name, "bob"], kept).Count);
        SqliteStatement.Of(old, "COMMIT").Run();

        Assert.Equal(2, Find(old, [name], kept).Count);
        await SameAsync(kept, "After the older one");
    }

    private async Task<string> StepAsync(Random dice, List<int> ids)
    {
        string Name() => Names[dice.Next(Names.Length)];
        var one = ids.Count == 0 ? 0 : ids[dice.Next(ids.Count)];
        switch (ids.Count < 3 ? 0 : dice.Next(7))
        {
            case 0:
                ids.Add((await app.Contact(Name(), Name(), company: Name())).Id);
                return "added";
            case 1:
                await ChangeAsync(one, contact => (contact.GivenName, contact.FamilyName) = (Name(), null));
                return $"{one} renamed";
            case 2:
                await ChangeAsync(one, contact => (contact.GivenName, contact.FamilyName, contact.Company) = (null, null, null));
                return $"{one} without a name";
            case 3:
                await app.Operation<DeleteContact, bool>(delete => delete.RunAsync(one));
                return $"{one} deleted";
            case 4:
                await app.Operation<DeleteContact, LinkContacts.Refusal?>(delete => delete.RestoreAsync(one, "somebody"));
                return $"{one} restored";
            case 5:
                await app.Operation<EraseContact, int?>(erase => erase.RunAsync(one, "Request"));
                ids.Remove(one);
                return $"{one} erased";
            default:
                // One that is known, and one that isn't.
                var known = (await app.Stored(one)).ExternalId;
                await app.ImportAsync($"id,given_name,surname\r\n{known},{Name()},{Name()}\r\n{Given.Unique("new")},{Name()},{Name()}\r\n", kind: "contacts");
                return $"a file with {one}";
        }

        Task ChangeAsync(int id, Action<Contact> change) => app.Database(async db =>
        {
            change(await db.Contacts.SingleAsync(c => c.Id == id));
            await db.SaveChangesAsync();
        });
    }

    private async Task SameAsync(KeptBeginnings kept, string when)
    {
        var address = await app.Database(db => Task.FromResult(db.Database.GetConnectionString()));
        await using var connection = new SqliteConnection(address);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var question in Questions)
        {
            var (read, found) = (Find(connection, question, null), Find(connection, question, kept));
            Assert.Equal((when, string.Join(' ', question), read.Count, string.Join(',', read.Ids)), (when, string.Join(' ', question), found.Count, string.Join(',', found.Ids)));
        }
    }

    private static ContactSearch.Newest Find(SqliteConnection connection, string[] beginnings, KeptBeginnings? kept)
        => SqliteContactWords.Find(connection, beginnings, new ContactSearch.Part(0, 500), kept);
}
