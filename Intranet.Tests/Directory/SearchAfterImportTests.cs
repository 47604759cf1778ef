using Intranet.Tests.Imports;

namespace Intranet.Tests.Directory;

/// <summary>What an import brings, changes or takes away is found as if somebody had typed it.</summary>
public sealed class SearchAfterImportTests(ImportsApp app) : IClassFixture<ImportsApp>
{
    [Fact]
    public async Task People_are_found_by_what_a_file_says_of_them_now()
    {
        var place = await app.PlaceAsync();
        await app.ImportAsync(ImportsApp.Csv(ImportsApp.Row("880001", place, "Wilhelmina", "Öztürk", "w.oz@sc1701d.example", chat: "minna")));
        Assert.Equal(["Wilhelmina"], await Found("ozturk"));
        Assert.Equal(["Wilhelmina"], await Found("minna"));
        // A typing error finds imported people, too.
        Assert.Equal(["Wilhelmina"], await Found("wilhelmnia"));

        await app.ImportAsync(ImportsApp.Csv(ImportsApp.Row("880001", place, "Wilhelmina", "Quist", "w.quist@sc1701d.example", chat: "minna")));

        Assert.Equal([], await Found("ozturk"));
        Assert.Equal(["Wilhelmina"], await Found("quist"));
        Assert.Equal(["Wilhelmina"], await Found("880001"));
    }

    [Fact]
    public async Task Products_and_repositories_of_a_file_are_found_and_answered()
    {
        await app.ImportAsync("Product,Description\r\nHolographyEngine,Makes pictures\r\n", "products.csv", "products");
        await app.ImportAsync("Repository,Product\r\nHolographyRepo,HolographyEngine\r\n", "repositories.csv", "repositories");

        using var client = await app.SignedInAs(Cast.Employee);
        Assert.Equal(["HolographyEngine", "HolographyRepo"], (await client.PageAsync("/search/suggestions?q=holografy")).MustBeOk().Texts(".search-text"));
        Assert.Equal("HolographyEngine", (await client.PageAsync("/directory?q=holographyengine")).One("#results h2").Words());
    }

    private async Task<IReadOnlyList<string>> Found(string query)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        return (await client.PageAsync($"/directory?q={query}")).MustBeOk().Texts("#results tbody td:first-child");
    }
}
