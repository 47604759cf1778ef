using CsvHelper;

namespace Intranet.Seed;

/// <summary>A line of locations.csv. Workdays are the English three-letter names, separated by commas.</summary>
[CsvRecord]
public sealed partial record LocationRow(
    string LocationCode, string City, string Region, string Country,
    string TimeZone, string WorkdayStart, string WorkdayEnd, string Workdays)
{
    /// <summary>The location as the raw employee file writes it.</summary>
    [CsvIgnore]
    public string Text => $"{City}, {Country}";

    /// <summary>Where most of the names heard in this office come from: Bogus locales.</summary>
    [CsvIgnore]
    internal string[] Locales { get; init; } = [];
}

/// <summary>The ten locations of the company.</summary>
public static class Locations
{
    private const string MondayToFriday = "Mon,Tue,Wed,Thu,Fri";
    private const string SundayToThursday = "Sun,Mon,Tue,Wed,Thu";

    /// <summary>In the order of locations.csv. The order is part of the seed: append, never insert.</summary>
    public static IReadOnlyList<LocationRow> All { get; } =
    [
        new("SFO", "San Francisco", "AMER", "United States", "America/Los_Angeles", "09:00", "17:00", MondayToFriday)
            { Locales = ["en_US", "en_US", "es_MX", "vi"] },
        new("NYC", "New York", "AMER", "United States", "America/New_York", "09:00", "17:00", MondayToFriday)
            { Locales = ["en_US", "en_US", "en_CA", "it"] },
        new("SAO", "São Paulo", "AMER", "Brazil", "America/Sao_Paulo", "09:00", "18:00", MondayToFriday)
            { Locales = ["pt_BR"] },
        new("LON", "London", "EMEA", "United Kingdom", "Europe/London", "09:00", "17:30", MondayToFriday)
            { Locales = ["en_GB", "en_GB", "en_IE", "pl"] },
        new("BER", "Berlin", "EMEA", "Germany", "Europe/Berlin", "09:00", "17:30", MondayToFriday)
            { Locales = ["de", "de", "tr", "pl"] },
        new("CAI", "Cairo", "EMEA", "Egypt", "Africa/Cairo", "09:00", "17:00", SundayToThursday)
            { Locales = ["fr", "en_GB", "en_NG"] },
        new("DXB", "Dubai", "EMEA", "United Arab Emirates", "Asia/Dubai", "09:00", "18:00", MondayToFriday)
            { Locales = ["en_IND", "en_GB", "tr"] },
        new("BLR", "Bengaluru", "APAC", "India", "Asia/Kolkata", "09:00", "18:00", MondayToFriday)
            { Locales = ["en_IND"] },
        new("TYO", "Tokyo", "APAC", "Japan", "Asia/Tokyo", "09:00", "18:00", MondayToFriday)
            { Locales = ["en_AU", "vi", "en_US"] },
        new("SYD", "Sydney", "APAC", "Australia", "Australia/Sydney", "09:00", "17:00", MondayToFriday)
            { Locales = ["en_AU", "en_AU", "en_GB", "vi"] },
    ];
}
