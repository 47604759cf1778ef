using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Directory;

/// <summary>Readers whose browsers count years, write digits and change case in other ways get the same pages, and save the same days.</summary>
public sealed class CultureTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("de-DE")]
    [InlineData("en-US")]
    [InlineData("tr-TR")]
    [InlineData("th-TH")] // the Buddhist year
    [InlineData("ar-SA")] // Umm al-Qura, which ends in 2077
    [InlineData("fa-IR")] // the solar Hijri year
    [InlineData("hi-IN")]
    [InlineData("ps-AF")]
    [InlineData("ja-JP-u-ca-japanese")]
    [InlineData("xx-XX, ;;q=9, *")]
    public async Task Days_are_shown_and_saved_right(string language)
    {
        var product = await app.Given.Product();
        var never = await app.Given.Employee(leftOn: new DateOnly(9999, 12, 31), awayFrom: new DateOnly(1, 1, 1), awayUntil: new DateOnly(9999, 12, 31));
        var person = await app.Given.Employee("Ida", leftOn: new DateOnly(2031, 2, 28), awayFrom: new DateOnly(2030, 12, 30), awayUntil: new DateOnly(2031, 1, 2));
        await app.Given.Assignment(person, product, confirmedOn: new DateOnly(2030, 5, 2));
        await app.Given.Assignment(never, product, confirmedOn: new DateOnly(9999, 12, 31));
        using var client = await app.SignedInAs(Cast.Steward);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", language);

        foreach (var address in new[]
        {
            "/directory", $"/directory?product={product.Name}", $"/directory/products/{product.Id}", $"/directory/people/{person.Id}", $"/directory/people/{never.Id}", "/directory/locations",
            "/directory/products", $"/directory/people/edit/{never.Id}", $"/api/poc?product_name={product.Name}", $"/directory?product={product.Name}&handler=Csv", $"/directory?product={product.Name}&handler=Xlsx",
        })
        {
            var page = (await client.PageAsync(address)).MustBeOk();
            if (address.StartsWith("/directory/people/", StringComparison.Ordinal) && !address.Contains("edit", StringComparison.Ordinal))
                Assert.Contains(address.EndsWith($"/{person.Id}", StringComparison.Ordinal) ? "2031" : "9999", page.One("main .alert").Words().Replace("٩", "9", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        var form = (await client.PageAsync($"/directory/people/edit/{person.Id}")).Form("Save");
        Assert.Equal(("2030-12-30", "2031-01-02", "2031-02-28"), (form.Value("First day"), form.Value("Last day"), form.Value("Last day at the company")));
        (await form.Fill("Last day", "2031-01-05").SubmitAsync()).MustBe(HttpStatusCode.OK);

        var stored = await app.Database(db => db.Employees.AsNoTracking().SingleAsync(e => e.Id == person.Id));
        Assert.Equal((new DateOnly(2030, 12, 30), new DateOnly(2031, 1, 5), new DateOnly(2031, 2, 28)), (stored.AwayFrom, stored.AwayUntil, stored.LeftOn));
        var csv = (await client.PageAsync($"/directory?product={product.Name}&handler=Csv")).Html;
        Assert.Contains("2030-05-02", csv, StringComparison.Ordinal);
        Assert.Contains("12:00", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    public async Task Hours_of_a_location_are_shown_and_saved_right(string language)
    {
        var place = await app.Given.Location(city: "İzmit", start: new TimeOnly(8, 30), end: new TimeOnly(23, 45));
        using var client = await app.SignedInAs(Cast.Steward);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", language);

        (await (await client.PageAsync($"/directory/locations/edit/{place.Id}")).Form("Save").SubmitAsync()).MustBe(HttpStatusCode.OK);

        var stored = await app.Database(db => db.Locations.AsNoTracking().SingleAsync(l => l.Id == place.Id));
        Assert.Equal((new TimeOnly(8, 30), new TimeOnly(23, 45), "İzmit"), (stored.WorkdayStart, stored.WorkdayEnd, stored.City));
    }

    [Fact]
    public async Task A_Turkish_reader_finds_what_everybody_finds()
    {
        var product = await app.Given.Product(Given.Unique("INVOICEx"));
        using var client = await app.SignedInAs(Cast.Employee);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", "tr-TR");

        Assert.Contains("Nobody is assigned", (await client.PageAsync($"/directory?product={product.Name.ToLowerInvariant()}")).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal([product.Name], (await client.PageAsync($"/search/suggestions?q={product.Name.ToLowerInvariant()}")).Texts(".search-text"));
        Assert.Equal([product.Name], (await client.PageAsync($"/directory/products?q={product.Name.ToLowerInvariant()}")).Texts("#results tbody td:first-child"));
    }
}
