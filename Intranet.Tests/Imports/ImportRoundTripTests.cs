using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Imports;

/// <summary>A list that went out can come back in.</summary>
public sealed class ImportRoundTripTests(ImportsApp app) : IClassFixture<ImportsApp>
{
    private static string EmpId() => Given.Unique("R");

    private static async Task<byte[]> DownloadAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Csv", "directory.csv")]
    [InlineData("Xlsx", "directory.xlsx")]
    public async Task A_downloaded_directory_uploaded_again_changes_nothing(string handler, string name)
    {
        var city = Given.Unique("Ville");
        var title = Given.Unique("tester of ville ");
        var place = (await app.Given.Location(city: city)).LocationCode;
        await app.ImportAsync(ImportsApp.Csv(
            ImportsApp.Row(EmpId(), place, "=SUM(1)", "+Plus", title: title),
            ImportsApp.Row(EmpId(), place, "-Minus", "@At", title: "Beekeeper", chat: "@bee"),
            ImportsApp.Row(EmpId(), place, "\"Zoë, \"\"Z\"\"\"", "O'Brien", title: "QA Engineer")));
        await app.ImportAsync($"Pattern,Title\n{title},QA Engineer", "rules.csv", "title-rules");
        using var client = await app.SignedInAs(Cast.Steward);
        var before = await app.Database(db => db.Employees.Where(e => e.Location!.City == city).Select(e => e.Version).ToListAsync());

        var preview = await app.PreviewAsync(await DownloadAsync(client, $"/directory?city={city}&handler={handler}"), name);

        Assert.Equal("3 Rows, 0 New, 0 Updated, 3 Same, 0 Errors", preview.Counts());
        Assert.Equal(before.Order(), (await app.Database(db => db.Employees.Where(e => e.Location!.City == city).Select(e => e.Version).ToListAsync())).Order());
    }

    [Fact]
    public async Task An_edited_list_updates_what_was_edited()
    {
        var (city, other) = (Given.Unique("Ville"), Given.Unique("Ort"));
        var place = await app.Given.Location(city: city);
        await app.Given.Location(city: other);
        var id = EmpId();
        await app.ImportAsync(ImportsApp.Csv(ImportsApp.Row(id, place.LocationCode, "Ada", "Lovelace", title: "QA Engineer")));
        using var client = await app.SignedInAs(Cast.Steward);
        var csv = System.Text.Encoding.UTF8.GetString(await DownloadAsync(client, $"/directory?city={city}&handler=Csv"));

        await app.ImportAsync(csv.Replace("Lovelace", "King", StringComparison.Ordinal).Replace(city, other, StringComparison.Ordinal).Replace("QA Engineer", "Data Scientist", StringComparison.Ordinal));

        var employee = await app.EmployeeAsync(id);
        Assert.Equal(("King", other, "Data Scientist", "Data Scientist"), (employee.LastName, employee.Location!.City, employee.Title!.Name, employee.OriginalTitle));
    }

    [Fact]
    public async Task A_city_that_is_no_location_or_several_is_an_error_but_nobody_moves_within_their_city()
    {
        var city = Given.Unique("Ville");
        string[] codes = [(await app.Given.Location(city: city)).LocationCode, (await app.Given.Location(city: city)).LocationCode];
        var id = EmpId();
        await app.ImportAsync(ImportsApp.Csv(ImportsApp.Row(id, codes[1])));

        var preview = await app.PreviewAsync($"EmpId,First Name,Last Name,Email ID,City\n{id},Ada,King,e{id}@sc1701d.example,{city}\n{EmpId()},New,Comer,n@sc1701d.example,{city}\n{EmpId()},Lost,Soul,l@sc1701d.example,Qqqqq\n{EmpId()},No,Where,w@sc1701d.example,");

        Assert.Equal(["Last name Lovelace King"], preview.Texts("#line-2 .row-changes li"));
        Assert.Contains($"There are several locations in {city}: {string.Join(", ", codes.Order(StringComparer.Ordinal))}. Say which one in a column LocationCode.", preview.Line(3), StringComparison.Ordinal);
        Assert.Contains("There is no location in Qqqqq.", preview.Line(4), StringComparison.Ordinal);
        Assert.Contains("Location code is empty. Every row needs one.", preview.Line(5), StringComparison.Ordinal);
        await app.ApplyAsync(preview);
        Assert.Equal(codes[1], (await app.EmployeeAsync(id)).Location!.LocationCode);
    }

    [Fact]
    public async Task A_report_on_a_product_comes_back_as_employees_too()
    {
        var place = await app.Given.Location(city: Given.Unique("Ville"));
        var product = await app.Given.Product();
        var person = await app.Given.Employee("Rae", "Port", location: place);
        await app.Given.Assignment(person, product);
        using var client = await app.SignedInAs(Cast.Steward);

        var preview = await app.PreviewAsync(await DownloadAsync(client, $"/directory?product={product.Name}&handler=Xlsx"), "report.xlsx");

        Assert.Equal("1 Rows, 0 New, 0 Updated, 1 Same, 0 Errors", preview.Counts());
    }
}
