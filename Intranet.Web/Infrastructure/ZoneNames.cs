namespace Intranet.Web.Infrastructure;

/// <summary>The time zones that are proposed where one is asked for.</summary>
internal static class ZoneNames
{
    // Regions with a city; the machine's list also has old names and abbreviations.
    private static readonly string[] Regions = ["Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];

    public static readonly IReadOnlyList<string> All =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => Array.Exists(Regions, region => id.StartsWith(region, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
}
