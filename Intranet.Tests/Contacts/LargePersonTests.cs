using System.Globalization;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Contacts;

/// <summary>A person of more rows than a statement takes parameters: 32,766 on SQLite, 2,100 on SQL Server.</summary>
public sealed class LargePersonTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const int Rows = 33_000;

    [Fact]
    public async Task Joins_parts_shrinks_and_comes_back_as_any_other()
    {
        var (primary, ids) = await PersonAsync();
        var (other, last) = (await app.Contact("Other"), ids[^1]);

        var link = await app.Linked(other, await app.Stored(last));
        Assert.Equal(Rows + 1, await CountAsync(primary));
        Assert.Equal(primary, (await app.Stored(other.Id)).LinkedId);

        Assert.Equal([other.Id], await app.Operation<CutLink, IReadOnlyList<int>?>(cut => cut.RunAsync(link.Id, Cast.Steward.Name)));
        Assert.Equal(Rows, await CountAsync(primary));

        // Everything hangs on the primary: without it each row is somebody by itself.
        Assert.True(await app.Operation<DeleteContact, bool>(delete => delete.RunAsync(primary)));
        Assert.Equal(0, await CountAsync(primary));
        Assert.Null(await app.Operation<DeleteContact, LinkContacts.Refusal?>(delete => delete.RestoreAsync(primary, "somebody")));
        Assert.Equal(Rows, await CountAsync(primary));
        using var client = await app.SignedInAs(Cast.Steward);
        (await client.PageAsync($"/contacts/{last}")).MustBeOk();

        var stranger = await app.Contact("Manny", "Rows", "stranger@large.example");
        await app.Database(db =>
        {
            db.Add(DuplicatePair.Of(last, stranger.Id, PairCause.Likeness, 0.9, null, app.Clock.UtcNow));
            return db.SaveChangesAsync();
        });
        var review = (await client.PageAsync("/contacts/duplicates")).MustBeOk();
        Assert.Contains("32,899 that are not shown", review.Text, StringComparison.Ordinal);
        (await review.Form("same").SubmitAsync()).MustBeOk();
        Assert.Equal(primary, (await app.Stored(stranger.Id)).LinkedId);
        var joined = await app.Database(db => db.Links.Where(l => l.SecondId == stranger.Id).Select(l => l.Id).SingleAsync());
        (await client.PageAsync($"/contacts/cut/{joined}")).MustBeOk();
        Assert.Single(await app.Operation<UndoDecision, IReadOnlyList<int>>(undo => undo.RunAsync(null, Cast.Steward.Name)));
        Assert.Null((await app.Stored(stranger.Id)).LinkedId);

        (await client.PageAsync($"/contacts/erase/{last}")).MustBeOk();
        Assert.Equal(Rows, await app.Operation<EraseContact, int?>(erase => erase.RunAsync(last, "Request")));
    }

    private Task<int> CountAsync(int primary) => app.Database(db => db.Contacts.OfCluster(primary).CountAsync());

    private async Task<(int Primary, IReadOnlyList<int> Ids)> PersonAsync()
    {
        var first = await app.Contact("Many", "Rows");
        var begin = app.Clock.UtcNow;
        await app.Database(async db =>
        {
            await db.InsertManyAsync(Enumerable.Range(1, Rows - 1).Select(i =>
            {
                var contact = new Contact { Source = "large", CreatedAt = begin.AddSeconds(i), UpdatedAt = begin, GivenName = "Many", FamilyName = "Rows" };
                contact.SetEmail($"many{i.ToString(CultureInfo.InvariantCulture)}@large.example");
                return contact;
            }));
            await db.Contacts.Where(c => c.Source == "large").ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, first.Id));
        });
        var ids = await app.Database(db => db.Contacts.Where(c => c.Source == "large").OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        await app.Database(db => db.InsertManyAsync(ids.Select(id => Link.Between(first.Id, id, LinkReason.Steward, null, begin, Cast.Steward.Name))));
        return (first.Id, ids);
    }
}
