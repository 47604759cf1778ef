using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Reflection;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Directory;
using Intranet.Web.Pages.Directory.Locations;
using Intranet.Web.Pages.Directory.People;
using Intranet.Web.Pages.Directory.Products;
using Intranet.Web.Pages.Directory.Repositories;

namespace Intranet.Tests.Directory;

/// <summary>Whatever a form is sent, the answer is a page that says what is wrong, never an error of ours.</summary>
public sealed class NastyInputTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly string[] UniqueFields = ["Input.Name", "Input.EmpId", "Input.LocationCode", "Input.Id"];

    private static readonly string?[] Values =
    [
        null, "", " ", "\0", "\u0001\u001b", "\ud800", "'", "\"", "' OR 1=1; DROP TABLE Employees; --", "<script>alert(1)</script>", "%00", "../../etc/passwd", "-1", "0", "99999999999999999999", "1e308", "NaN",
        "2030-02-30", "0001-01-01", "9999-12-31", "24:00", "true", "😀👨‍👩‍👧", "\u202E\u200B\uFEFF", "a,b;c|d\te", "İıßẞﷺ", "{\"a\":1}", "00000000-0000-0000-0000-000000000000", new string('x', 10_000), new string('é', 70_000),
    ];

    [Theory]
    [InlineData("/directory/products/edit", "Name", "Description", "ChatChannel", "Stakeholders", "Version")]
    [InlineData("/directory/products/edit/{product}", "Name", "Description", "ChatChannel", "Stakeholders", "Version")]
    [InlineData("/directory/repositories/edit", "Name", "Product", "Description", "ChatChannel", "Stakeholders", "Version")]
    [InlineData("/directory/repositories/edit/{repository}", "Name", "Product", "Description", "ChatChannel", "Stakeholders", "Version")]
    [InlineData("/directory/people/edit", "EmpId", "FirstName", "LastName", "EmailId", "ChatUserName", "TitleId", "LocationId", "Manager", "LeftOn", "AwayFrom", "AwayUntil", "Substitute", "Version")]
    [InlineData("/directory/people/edit/{person}", "EmpId", "FirstName", "LastName", "EmailId", "ChatUserName", "TitleId", "LocationId", "Manager", "LeftOn", "AwayFrom", "AwayUntil", "Substitute", "Version")]
    [InlineData("/directory/locations/edit", "LocationCode", "City", "Region", "Country", "TimeZone", "WorkdayStart", "WorkdayEnd", "Days", "Version")]
    [InlineData("/directory/locations/edit/{location}", "LocationCode", "City", "Region", "Country", "TimeZone", "WorkdayStart", "WorkdayEnd", "Days", "Version")]
    [InlineData("/directory/assignments/edit", "Person", "Product", "Repository", "Role", "Version")]
    [InlineData("/directory/assignments/edit/{assignment}", "Person", "Product", "Repository", "Role", "Version")]
    [InlineData("/directory/report", "Id", "Product", "Repository", "To", "Cc", "Message")]
    public async Task No_value_of_a_field_is_an_error_of_ours(string address, params string[] fields)
    {
        var good = await GoodAsync();
        using var client = await app.SignedInAs(Cast.Steward);
        foreach (var (name, value) in good)
            address = address.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        var token = (await client.PageAsync(address)).MustBeOk().All("main [name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        var wrong = new List<string>();
        foreach (var field in fields)
        {
            foreach (var value in Values)
            {
                var sent = fields.ToDictionary(name => $"Input.{name}", name => name == field ? value : good.GetValueOrDefault(name));
                sent["__RequestVerificationToken"] = token;
                // Names and numbers are unique: what was saved a moment ago would refuse the next.
                foreach (var unique in UniqueFields.Where(name => name != $"Input.{field}" && sent.ContainsKey(name)))
                    sent[unique] = unique == "Input.Id" ? $"{Guid.NewGuid()}" : Given.Unique("n");
                using var content = new FormUrlEncodedContent(sent.Where(pair => pair.Value is not null)!);
                using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
                // The framework takes no form with a null character.
                if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.UnprocessableEntity) && (value != "\0" || answer.StatusCode != HttpStatusCode.BadRequest))
                    wrong.Add($"{field} = {(value is { Length: > 40 } ? value[..40] + "…" : value ?? "nothing")}: {(int)answer.StatusCode}");
            }
        }

        Check.None(wrong);
    }

    [Theory]
    [InlineData("/directory/products/{product}")]
    [InlineData("/directory")]
    [InlineData("/search")]
    public async Task No_query_is_an_error_of_ours(string address)
    {
        foreach (var (name, value) in await GoodAsync())
            address = address.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        using var client = await app.SignedInAs(Cast.Employee);
        foreach (var name in new[] { "q", "product", "repository", "region", "city", "title", "pageNumber", "handler", "returnUrl", "Query.Q", "Query", "id", "page" })
        {
            foreach (var value in Values.Where(value => value is { Length: < 10_000 }))
            {
                using var answer = await client.GetAsync(new Uri($"{address}?{name}={Uri.EscapeDataString(value!)}&{name}=again", UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.True((int)answer.StatusCode < 500, $"{name}={value} answered {answer.StatusCode}. {app.Log.Errors}");
            }
        }
    }

    // SQLite takes any length; SQL Server refuses what doesn't fit its column, which would be an error of ours.
    [Theory]
    [InlineData(typeof(ProductInput), typeof(Product))]
    [InlineData(typeof(RepositoryInput), typeof(Repository))]
    [InlineData(typeof(PersonInput), typeof(Employee))]
    [InlineData(typeof(LocationInput), typeof(Location))]
    [InlineData(typeof(ReportInput), typeof(PocReport))]
    public async Task No_field_takes_more_than_its_column_holds(Type input, Type entity)
    {
        var columns = await app.Database(db => Task.FromResult(db.Model.FindEntityType(entity)!.GetProperties().ToDictionary(property => property.Name, property => property.GetMaxLength())));

        Check.None(input.GetProperties().Where(property => property.PropertyType == typeof(string) && columns.GetValueOrDefault(property.Name) is not null)
            .Where(property => !(property.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength <= columns[property.Name])
                // These are as long as an address, or the name of a zone.
                && !(property.IsDefined(typeof(AddressAttribute)) && columns[property.Name] == EmailAddress.MaxLength)
                && !(property.Name == nameof(Location.TimeZone) && columns[property.Name] == 64))
            .Select(property => $"{input.Name}.{property.Name} may be longer than {columns[property.Name]} characters"));
    }

    private async Task<Dictionary<string, string>> GoodAsync()
    {
        var place = await app.Given.Location(city: Given.Unique("City"));
        var person = await app.Given.Employee(location: place);
        var substitute = await app.Given.Employee(location: place);
        var product = await app.Given.Product();
        var repository = await app.Given.Repository();
        var assignment = await app.Given.Assignment(person, product, repository, AssignmentRole.Member);
        return new()
        {
            ["product"] = $"{product.Id}",
            ["repository"] = $"{repository.Id}",
            ["person"] = $"{person.Id}",
            ["location"] = $"{place.Id}",
            ["assignment"] = $"{assignment.Id}",
            ["Name"] = "Good",
            ["Description"] = "Good",
            ["ChatChannel"] = "#good",
            ["Stakeholders"] = "good@sc1701d.example",
            ["EmpId"] = "1",
            ["FirstName"] = "Good",
            ["LastName"] = "Person",
            ["EmailId"] = "good@sc1701d.example",
            ["ChatUserName"] = "good",
            ["LocationId"] = $"{place.Id}",
            ["Manager"] = substitute.EmpId,
            ["AwayFrom"] = "2030-05-20",
            ["AwayUntil"] = "2030-05-21",
            ["Substitute"] = substitute.EmpId,
            ["LocationCode"] = "GOOD",
            ["City"] = "Good",
            ["Region"] = "Good",
            ["Country"] = "Good",
            ["TimeZone"] = "Europe/Berlin",
            ["WorkdayStart"] = "09:00",
            ["WorkdayEnd"] = "17:00",
            ["Days"] = "Monday",
            ["Person"] = person.EmpId,
            ["Product"] = product.Name,
            ["Repository"] = repository.Name,
            ["Role"] = "Owner",
            ["Id"] = "",
            ["To"] = "good@sc1701d.example",
            ["Cc"] = "",
            ["Message"] = "Good",
        };
    }
}
