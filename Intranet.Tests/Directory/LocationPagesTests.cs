using System.Net;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Directory;

public sealed class LocationPagesTests(RunningApp app) : IClassFixture<RunningApp>
{
    private Given Given => app.Given;

    [Fact]
    public async Task A_steward_adds_a_location_with_its_own_week()
    {
        var (code, city) = (Given.Unique("CAI"), Given.Unique("Cairo"));
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await Filled((await client.PageAsync("/directory/locations/edit")).MustBeOk().Form("Add"), code, city, "Africa/Cairo", "08:30", "16:30")
            .Choose("Input.Days", "Sunday").SubmitAsync();

        Assert.Equal("/directory/locations", page.MustBeOk().Path);
        Assert.Contains("Added.", page.One("#toasts").Words(), StringComparison.Ordinal);
        var row = Row(page, city);
        Assert.Contains(code, row, StringComparison.Ordinal);
        Assert.Contains("08:30–16:30, Sun–Fri", row, StringComparison.Ordinal);
        Assert.Contains("Wed 13:00 at work Africa/Cairo 0", row, StringComparison.Ordinal);
        var stored = await Stored(code);
        Assert.Equal((new TimeOnly(8, 30), new TimeOnly(16, 30), Workdays.MondayToFriday | Workdays.Sunday), (stored!.WorkdayStart, stored.WorkdayEnd, stored.Workdays));
    }

    [Fact]
    public async Task A_change_of_hours_counts_for_everybody_there_at_once()
    {
        var place = await Given.Location(city: Given.Unique("City"));
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee("Olga", location: place), product);
        using var client = await app.SignedInAs(Cast.Steward);
        var form = (await client.PageAsync($"/directory/locations/edit/{place.Id}")).MustBeOk().Form("Save");
        Assert.Equal((place.City, place.LocationCode, "EMEA", "Germany", "Europe/Berlin"), (form.Value("City"), form.Value("Code"), form.Value("Region"), form.Value("Country"), form.Value("Time zone")));
        Assert.Equal(("09:00", "17:00"), (form.Value("Day begins")[..5], form.Value("Day ends")[..5]));

        (await form.Fill("Time zone", "America/New_York").Fill("Day begins", "08:00").SubmitAsync()).MustBeOk();

        Assert.EndsWith($"starts next, today at 08:00 in {place.City}.", (await client.PageAsync($"/directory?product={product.Name}")).One(".answer-why").Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("City", "", "A city is needed.")]
    [InlineData("City", "x*101", "At most 100 characters.")]
    [InlineData("Code", "", "A location needs a code.")]
    [InlineData("Code", "x*21", "At most 20 characters.")]
    [InlineData("Region", "", "A region is needed.")]
    [InlineData("Region", "x*101", "At most 100 characters.")]
    [InlineData("Country", "", "A country is needed.")]
    [InlineData("Time zone", "", "A time zone is needed.")]
    [InlineData("Time zone", "Berlin", "That is not a time zone. Use an IANA name such as Europe/Berlin.")]
    [InlineData("Time zone", "W. Europe Standard Time", "That is not a time zone. Use an IANA name such as Europe/Berlin.")]
    [InlineData("Time zone", "Europe/Atlantis", "That is not a time zone. Use an IANA name such as Europe/Berlin.")]
    [InlineData("Time zone", "Europe/../Europe/Berlin", "That is not a time zone. Use an IANA name such as Europe/Berlin.")]
    [InlineData("Time zone", "../../../etc/passwd", "That is not a time zone. Use an IANA name such as Europe/Berlin.")]
    [InlineData("Time zone", "x*10000", "That is not a time zone. Use an IANA name such as Europe/Berlin.")]
    [InlineData("Day begins", "", "When does the day begin?")]
    [InlineData("Day ends", "", "When does the day end?")]
    [InlineData("Day ends", "09:00", "The day can't end when it begins.")]
    public async Task Bad_input_is_told_at_its_field_and_nothing_typed_is_lost(string field, string value, string message)
    {
        var place = await Given.Location(city: Given.Unique("Kept"));
        using var client = await app.SignedInAs(Cast.Steward);
        var typed = value.StartsWith("x*", StringComparison.Ordinal) ? new string('x', int.Parse(value[2..], null)) : value;
        var kept = field == "Country" ? "Region" : "Country";

        var page = (await (await client.PageAsync($"/directory/locations/edit/{place.Id}")).Form("Save").Fill(kept, "Typed").Fill(field, typed).SubmitAsync())
            .MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, page.FieldError(field));
        Assert.StartsWith(typed, page.Form("Save").Value(field), StringComparison.Ordinal);
        Assert.Equal("Typed", page.Form("Save").Value(kept));
        Assert.Equal(place.Version, (await Stored(place.LocationCode))!.Version);
    }

    [Theory]
    [InlineData("25:00")]
    [InlineData("nine")]
    public async Task A_time_that_is_none_is_told_in_words(string time)
    {
        var place = await Given.Location();
        using var client = await app.SignedInAs(Cast.Steward);

        // Browsers refuse to send it.
        var form = (await client.PageAsync($"/directory/locations/edit/{place.Id}")).Form("Save");
        var page = (await Days(client, place, form, time, "Monday")).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal($"'{time}' is not a valid value here.", page.FieldError("Day begins"));
    }

    [Fact]
    public async Task A_week_without_days_or_with_one_that_does_not_exist_is_refused()
    {
        var place = await Given.Location();
        using var client = await app.SignedInAs(Cast.Steward);
        var form = (await client.PageAsync($"/directory/locations/edit/{place.Id}")).Form("Save");
        var page = (await Days(client, place, form, "09:00")).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Choose at least one working day.", page.Errors);

        (await Days(client, place, form, "09:00", "99")).MustBe(HttpStatusCode.UnprocessableEntity);
        (await Days(client, place, form, "09:00", "Someday")).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(Workdays.MondayToFriday, (await Stored(place.LocationCode))!.Workdays);
    }

    [Fact]
    public async Task A_code_that_is_taken_is_told_at_its_field_whatever_its_case()
    {
        var taken = await Given.Location();
        using var client = await app.SignedInAs(Cast.Steward);

        var page = await Filled((await client.PageAsync("/directory/locations/edit")).Form("Add"), taken.LocationCode.ToLowerInvariant(), "Typed", "Europe/Berlin", "09:00", "17:00").SubmitAsync();

        Assert.Equal("There is a location with this code already.", page.MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Code"));
        Assert.Equal("Typed", page.Form("Add").Value("City"));
    }

    [Fact]
    public async Task Of_two_stewards_who_change_one_location_the_second_is_told_and_overwrites_nothing()
    {
        var place = await Given.Location();
        using var stella = await app.SignedInAs(Cast.Steward);
        using var ada = await app.SignedInAs(Cast.Administrator);
        var first = (await stella.PageAsync($"/directory/locations/edit/{place.Id}")).Form("Save");
        var second = (await ada.PageAsync($"/directory/locations/edit/{place.Id}")).Form("Save");
        (await first.Fill("City", "Bonn").SubmitAsync()).MustBeOk();

        var page = (await second.Fill("Region", "DACH").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed this location in the meantime. What is stored now stands beside each field that differs; saving again puts what stands in the fields in its place.", page.Text, StringComparison.Ordinal);
        Assert.Equal("DACH", page.Form("Save").Value("Region"));
        var stored = await Stored(place.LocationCode);
        Assert.Equal(("Bonn", "EMEA"), (stored!.City, stored.Region));
        Assert.Equal(["now: Bonn", "now: EMEA"], page.Texts("[id$='-now']"));
        (await page.Form("Save").Fill("City", "Bonn").SubmitAsync()).MustBeOk();
        stored = await Stored(place.LocationCode);
        Assert.Equal(("Bonn", "DACH"), (stored!.City, stored.Region));
    }

    [Fact]
    public async Task The_list_counts_who_is_still_there_and_leads_to_them()
    {
        var place = await Given.Location(city: Given.Unique("Counted"));
        await Given.Employee(location: place);
        await Given.Employee(location: place);
        await Given.Employee(location: place, leftOn: app.Clock.Today);
        using var client = await app.SignedInAs(Cast.Employee);

        var page = (await client.PageAsync("/directory/locations")).MustBeOk();

        Assert.EndsWith("Europe/Berlin 2", Row(page, place.City), StringComparison.Ordinal);
        Assert.Contains($"/directory?city={place.City}", page.All("tbody a").Select(link => link.GetAttribute("href")));
        Assert.Empty(page.All("main a[href*='/edit']"));
    }

    [Fact]
    public async Task Only_stewards_change_locations_and_only_ones_that_exist()
    {
        var place = await Given.Location();
        using var emma = await app.SignedInAs(Cast.Employee);
        using var stella = await app.SignedInAs(Cast.Steward);
        using var stranger = app.Anonymous();
        foreach (var address in new[] { "/directory/locations/edit", $"/directory/locations/edit/{place.Id}" })
        {
            (await emma.PageAsync(address)).MustBe(HttpStatusCode.Forbidden);
            using var content = new FormUrlEncodedContent([]);
            using var post = await emma.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
            Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(address, follow: false)).RedirectsTo, StringComparison.Ordinal);
        }

        (await stella.PageAsync("/directory/locations/edit/2147483647")).MustBe(HttpStatusCode.NotFound);
        (await stella.PageAsync("/directory/locations/edit/x")).MustBe(HttpStatusCode.NotFound);
    }

    private static Form Filled(Form form, string code, string city, string zone, string start, string end)
        => form.Fill("Code", code).Fill("City", city).Fill("Region", "EMEA").Fill("Country", "Somewhere").Fill("Time zone", zone).Fill("Day begins", start).Fill("Day ends", end);

    private static string Row(Page page, string city) => page.All("tbody tr").Select(row => row.Words()).Single(row => row.StartsWith(city + " ", StringComparison.Ordinal)).Replace(" Edit", "", StringComparison.Ordinal);

    private static async Task<Page> Days(HttpClient client, Location place, Form form, string start, params string[] days)
    {
        var token = (await client.PageAsync($"/directory/locations/edit/{place.Id}")).One("main [name=__RequestVerificationToken]").GetAttribute("value")!;
        var fields = new List<KeyValuePair<string, string>>
        {
            new("__RequestVerificationToken", token),
            new("Input.LocationCode", form.Value("Code")), new("Input.City", form.Value("City")), new("Input.Region", form.Value("Region")), new("Input.Country", form.Value("Country")),
            new("Input.TimeZone", form.Value("Time zone")), new("Input.WorkdayStart", start), new("Input.WorkdayEnd", "17:00"),
        };
        return await client.PageAsync(new HttpRequestMessage(HttpMethod.Post, $"/directory/locations/edit/{place.Id}")
        {
            Content = new FormUrlEncodedContent(fields.Concat(days.Select(day => KeyValuePair.Create("Input.Days", day)))),
        }, follow: false);
    }

    private Task<Location?> Stored(string code)
    {
        var key = TextKey.Name(code);
        return app.Database(db => db.Locations.AsNoTracking().SingleOrDefaultAsync(l => l.LocationCodeKey == key));
    }
}
