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
    [InlineData("Haarlem, Netherlands", "Europe/Amsterdam")]
    [InlineData("Naperville, Illinois", "America/Chicago")]
    [InlineData("Naperville, IL, USA", "America/Chicago")]
    [InlineData("Smalltown, FR", "Europe/Paris")]
    [InlineData("Smalltown, Ontario, CA", "America/Toronto")]
    [InlineData("Smalltown, IN, USA", "America/Indiana/Indianapolis")]
    [InlineData("Smalltown, OH", "America/New_York")]
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
    // California, or Canada.
    [InlineData("Smalltown, CA", "Smalltown, CA is not among the cities known here; Europe/Berlin is assumed.")]
    [InlineData("Haarlem, NL", "NL may be a state or a country; Europe/Berlin is assumed. Write it in full.")]
    [InlineData("Naperville, IL", "IL may be a state or a country; Europe/Berlin is assumed. Write it in full.")]
    [InlineData("Smalltown, Russia", "Smalltown, Russia is not among the cities known here; Europe/Berlin is assumed.")]
    [InlineData("", "No city is given; Europe/Berlin is assumed.")]
    [InlineData(null, "No city is given; Europe/Berlin is assumed.")]
    [InlineData(" , ,", "No city is given; Europe/Berlin is assumed.")]
    public void What_is_not_known_is_said(string? city, string why)
        => Assert.Equal(new GuessTimeZone.Answer("Europe/Berlin", false, why), GuessTimeZone.Of(city, "Europe/Berlin"));

    [Theory]
    [InlineData("12 Linking Road, Mumbai", "Asia/Kolkata")]
    [InlineData("12 Linking Road, Mumbai, India", "Asia/Kolkata")]
    [InlineData("5 Rue X, 75001 Paris", "Europe/Paris")]
    [InlineData("221B Baker Street, London NW1 6XE", "Europe/London")]
    [InlineData("Alexanderplatz 1, 10178 Berlin", "Europe/Berlin")]
    [InlineData("Alexanderplatz 1\n10178 Berlin", "Europe/Berlin")]
    [InlineData("10 Main St, Chicago, IL 60601", "America/Chicago")]
    [InlineData("10 Main St, Chicago IL 60601", "America/Chicago")]
    [InlineData("1 High St, Smalltown, OH 45000", "America/New_York")]
    [InlineData("1 High St, Smalltown, IN 46801", "America/Indiana/Indianapolis")]
    [InlineData("1 High St, Smalltown, CA 93000", "America/Los_Angeles")]
    [InlineData("1 High St, Smalltown, NL A1B 2C3", "America/St_Johns")]
    [InlineData("1 High St, Smalltown, Canada", null)]
    [InlineData("9 Queen St W, Toronto, ON M5H 2N2, Canada", "America/Toronto")]
    [InlineData("9 Queen St, London, ON N6A 3K7", "America/Toronto")]
    [InlineData("Damrak 1, 1012 LG Amsterdam", "Europe/Amsterdam")]
    [InlineData("Via Dante 4, 20121 Milano MI", "Europe/Rome")]
    [InlineData("Rua Augusta 100, São Paulo - SP, 01310-100, Brasil", "America/Sao_Paulo")]
    [InlineData("Paris Street 3, Leeds", "Europe/London")]
    [InlineData("Berliner Straße 7, Kleinstadt", null)]
    [InlineData("Paris Street 3", null)]
    [InlineData("", null)]
    public void An_address_has_the_zone_of_the_last_city_in_it(string address, string? zone)
    {
        var answer = GuessTimeZone.OfLead("", address, "Pacific/Fiji");

        Assert.Equal((zone ?? "Pacific/Fiji", zone is not null), (answer.Zone, answer.IsKnown));
        // Who types all of it into the field of the city means the same.
        Assert.Equal(answer.Zone, GuessTimeZone.OfLead(address, null, "Pacific/Fiji").Zone);
    }

    [Theory]
    [InlineData("12 Anna Salai, Chennai, TN 600002")]
    [InlineData("Plot 7, Bhubaneswar, OR 751001")]
    [InlineData("18 June Road, Panaji, GA 403001")]
    public void Two_letters_before_a_postcode_of_six_digits_are_no_state_of_america(string address)
        => Assert.Contains(GuessTimeZone.OfLead("", address).Zone, new[] { "Asia/Kolkata", GuessTimeZone.Fallback });

    [Theory]
    [InlineData("Birmingham", "1 20th St N, Birmingham, AL 35203", "America/Chicago")]
    [InlineData("Birmingham", "1 New St, Birmingham B2 4QA", "Europe/London")]
    [InlineData("Birmingham", "1 20th St N, USA", "America/Chicago")]
    [InlineData("Cambridge", "77 Massachusetts Ave, MA 02139, USA", "America/New_York")]
    [InlineData("Cambridge", "77 Massachusetts Ave, Cambridge, MA", "America/New_York")]
    [InlineData("Portland", "5 Congress St, ME 04101", "America/New_York")]
    [InlineData("Portland, USA", "5 Congress St, ME 04101", "America/New_York")]
    [InlineData("Portland, Oregon", "5 Congress St, ME 04101", "America/Los_Angeles")]
    [InlineData("Paris", "5 Main St, Paris, TX 75460", "America/Chicago")]
    [InlineData("Paris", "5 Rue X, 75001 Paris, France", "Europe/Paris")]
    [InlineData("Athens", "Athens, GA 30601", "America/New_York")]
    [InlineData("Athens", "Athens, Georgia 30601, USA", "America/New_York")]
    [InlineData("London", "9 Queen St, London, Ontario, Canada", "America/Toronto")]
    [InlineData("London", "9 Queen St, London, ON N6A 3K7, CA", "America/Toronto")]
    [InlineData("Sydney", "1 Charlotte St, NS, Canada", "America/Halifax")]
    [InlineData("Sydney", "1 Charlotte St, NS, CA", "America/Halifax")]
    [InlineData("Newcastle", "1 Hunter St, Newcastle NSW 2300, AU", "Australia/Sydney")]
    [InlineData("Naples", "5th Avenue, Naples, FL 34102", "America/New_York")]
    [InlineData("Perth", "1 Hay St, Perth, WA 6000", "Australia/Perth")]
    [InlineData("El Paso", "1 Mesa St, El Paso, TX 79901", "America/Denver")]
    [InlineData("El Paso", "", "America/Denver")]
    [InlineData("El Paso, TX", "", "America/Denver")]
    [InlineData("Milano", "Via Dante 4, 20121 Milano MI", "Europe/Rome")]
    [InlineData("Milan", "1 Main St, Milan, MI 48160, USA", "America/Detroit")]
    [InlineData("Bogotá, D.C.", "Calle 1", "America/Bogota")]
    [InlineData("Bern", "Gasse 1, 3011 Bern, BE", "Europe/Zurich")]
    [InlineData("Tbilisi", "Street 1, Tbilisi, Georgia", "Asia/Tbilisi")]
    [InlineData("Athens", "Street 1, Athens, Georgia", "America/New_York")]
    [InlineData("Indianapolis", "1 Main St, Indianapolis, IN 46204", "America/Indiana/Indianapolis")]
    [InlineData("Gary", "1 Main St, Gary, IN 46402", "America/Chicago")]
    [InlineData("New York", "1 Main St, Brooklyn, NY 11201", "America/New_York")]
    [InlineData("Tokyo", "12 Linking Road, Mumbai, India", "Asia/Tokyo")]
    // Known elsewhere only, or both.
    [InlineData("Sydney", "1 Charlotte St, Canada", null)]
    [InlineData("Cambridge", "77 Massachusetts Ave, USA", null)]
    [InlineData("Milan", "1 Main St, Milan, MI 48160", null)]
    [InlineData("Rustavi", "Street 1, Rustavi, Georgia", null)]
    public void The_end_of_the_address_says_which_city_of_a_name_it_is(string city, string address, string? zone)
    {
        var answer = GuessTimeZone.OfLead(city, address, "Pacific/Fiji");

        Assert.Equal((zone ?? "Pacific/Fiji", zone is not null), (answer.Zone, answer.IsKnown));
    }

    [Fact]
    public void The_city_says_more_than_the_address()
    {
        Assert.Equal("Asia/Tokyo", GuessTimeZone.OfLead("Tokyo", "12 Linking Road, Mumbai").Zone);
        Assert.Equal("Asia/Kolkata", GuessTimeZone.OfLead("Nowhereville", "12 Linking Road, Mumbai").Zone);
        Assert.Equal("The address names no city that is known here; Etc/UTC is assumed.", GuessTimeZone.OfLead(null, "1 Any Street").Why);
    }

    [Theory]
    // Guessed, or of nobody: it follows.
    [InlineData("Etc/UTC", "", "", "Tokyo", "", "Asia/Tokyo")]
    [InlineData("Etc/UTC", "Berlin", "", "Tokyo", "", "Asia/Tokyo")]
    [InlineData("Europe/Berlin", "Berlin", "", "Tokyo", "", "Asia/Tokyo")]
    [InlineData("Asia/Kolkata", "", "12 Linking Road, Mumbai", "", "5 Rue X, 75001 Paris", "Europe/Paris")]
    // Chosen: it stays.
    [InlineData("Europe/Rome", "Berlin", "", "Tokyo", "", "Europe/Rome")]
    // Guessed by the city alone, at one time.
    [InlineData("Europe/London", "Cambridge", "77 Massachusetts Ave, MA 02139", "Cambridge", "1 Broadway, MA 02142", "America/New_York")]
    // Nothing changed, or nothing better is known.
    [InlineData("Etc/UTC", "Berlin", "", "Berlin", "", "Etc/UTC")]
    [InlineData("Europe/Berlin", "Berlin", "", "Nowhereville", "", "Europe/Berlin")]
    [InlineData("Europe/Berlin", "Berlin", "", "", "", "Europe/Berlin")]
    public void A_zone_that_was_guessed_is_guessed_again(string zone, string city, string address, string newCity, string newAddress, string expected)
    {
        Assert.Equal(expected, GuessTimeZone.Again(zone, false, (city, address), (newCity, newAddress)));
        // Somebody said so: whatever is guessed, it stays.
        Assert.Equal(zone, GuessTimeZone.Again(zone, true, (city, address), (newCity, newAddress)));
    }

    [Fact]
    public void Every_zone_of_the_tables_is_one()
        => Check.None(CityZones.Cities.Values.SelectMany(places => places).Select(place => place.Zone).Concat(CityZones.States.Values.Select(place => place.Zone)).Concat(CityZones.Countries.Values.Select(country => country.Zone).OfType<string>()).Concat(CityZones.Apart.Values)
            .Distinct().Where(zone => !WorkingHours.IsZone(zone)));

    [Fact]
    public void Hundreds_of_cities_are_known() => Assert.True(CityZones.Cities.Count > 600);
}
