using Intranet.Data.Directory;
using Intranet.Data.Leads;

namespace Intranet.Tests.Leads;

public sealed class GuessTimeZoneTests
{
    [Theory]
    [InlineData("Berlin", "Europe/Berlin")]
    [InlineData("  münchen ", "Europe/Berlin")]
    [InlineData("Munchen", "Europe/Berlin")]
    [InlineData("São Paulo", "America/Sao_Paulo")]
    [InlineData("Mumbai", "Asia/Kolkata")]
    [InlineData("Mumbai, IN", "Asia/Kolkata")]
    [InlineData("Fort Wayne, IN", "America/Indiana/Indianapolis")]
    [InlineData("London", "Europe/London")]
    [InlineData("London, Ontario, Canada", "America/Toronto")]
    [InlineData("London, Ontario", "America/Toronto")]
    [InlineData("Birmingham, AL", "America/Chicago")]
    [InlineData("Birmingham, United States", "America/Chicago")]
    [InlineData("Springfield, IL, USA", "America/Chicago")]
    [InlineData("Springfield, Massachusetts", "America/New_York")]
    [InlineData("Portland", "America/Los_Angeles")]
    [InlineData("Toronto, CA", "America/Toronto")]
    [InlineData("Albany, New York", "America/New_York")]
    [InlineData("Perth", "Australia/Perth")]
    [InlineData("Perth, Scotland", "Europe/London")]
    [InlineData("Smalltown, France", "Europe/Paris")]
    [InlineData("Hamilton, New Zealand", "Pacific/Auckland")]
    [InlineData("Denpasar, Indonesia", "Asia/Makassar")]
    [InlineData("Germany", "Europe/Berlin")]
    public void A_city_has_a_zone(string city, string zone)
    {
        var answer = GuessTimeZone.Of(city);

        Assert.Equal((zone, true), (answer.Zone, answer.IsKnown));
        Assert.StartsWith("By the ", answer.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nowhereville", "Nowhereville is not among the cities known here; Europe/Berlin is assumed.")]
    [InlineData("Smalltown, Russia", "Smalltown, Russia is not among the cities known here; Europe/Berlin is assumed.")]
    [InlineData("", "No city is given; Europe/Berlin is assumed.")]
    [InlineData(null, "No city is given; Europe/Berlin is assumed.")]
    [InlineData(" , ,", "No city is given; Europe/Berlin is assumed.")]
    public void What_is_not_known_is_said(string? city, string why)
        => Assert.Equal(new GuessTimeZone.Answer("Europe/Berlin", false, why), GuessTimeZone.Of(city, "Europe/Berlin"));

    [Fact]
    public void Every_zone_of_the_tables_is_one()
        => Check.None(CityZones.Cities.Values.SelectMany(places => places).Select(place => place.Zone).Concat(CityZones.States.Values.Select(place => place.Zone)).Concat(CityZones.Countries.Values.Select(country => country.Zone).OfType<string>())
            .Distinct().Where(zone => !WorkingHours.IsZone(zone)));

    [Fact]
    public void Hundreds_of_cities_are_known() => Assert.True(CityZones.Cities.Count > 600);
}
