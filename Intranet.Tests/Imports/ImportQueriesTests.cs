namespace Intranet.Tests.Imports;

/// <summary>Lists ask the database as often for many rows as for one.</summary>
public sealed class ImportQueriesTests
{
    [Fact]
    public async Task The_lists_of_files_and_of_rows_take_a_constant_number_of_queries()
    {
        var queries = new QueryCounter();
        await using var app = new CountedApp(queries);
        await app.InitializeAsync();
        var place = await app.PlaceAsync();
        var small = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row("1", place)));
        using var client = await app.SignedInAs(Cast.Steward);
        var (list, rows) = (await queries.OfPageAsync(client, "/imports"), await queries.OfPageAsync(client, small.Path));

        var large = await app.PreviewAsync(ImportsApp.Csv([.. Enumerable.Range(1, 200).Select(i => ImportsApp.Row($"{i}", i % 2 == 0 ? place : "X"))]));
        for (var i = 0; i < 10; i++)
            await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row("1", place)));

        Assert.Equal((list, rows), (await queries.OfPageAsync(client, "/imports"), await queries.OfPageAsync(client, large.Path)));
        Assert.Equal(rows, await queries.OfPageAsync(client, large.Path + "?rows=error&pageNumber=2"));
        Assert.InRange(list, 2, 5);
        Assert.InRange(rows, 2, 5);
    }

    private sealed class CountedApp(QueryCounter queries) : ImportsApp(options => options.Services = queries.Listen);
}
