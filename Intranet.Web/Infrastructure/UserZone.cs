using System.Text.RegularExpressions;

namespace Intranet.Web.Infrastructure;

/// <summary>The time zone of the person looking at the page. The browser tells it in the cookie <c>tz</c>.</summary>
public static partial class UserZone
{
    // Browsers still report these by their old names, which newer zone data keeps in a package of its own.
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["Asia/Calcutta"] = "Asia/Kolkata",
        ["Asia/Katmandu"] = "Asia/Kathmandu",
        ["Asia/Rangoon"] = "Asia/Yangon",
        ["Asia/Saigon"] = "Asia/Ho_Chi_Minh",
        ["Africa/Asmera"] = "Africa/Asmara",
        ["America/Buenos_Aires"] = "America/Argentina/Buenos_Aires",
        ["America/Cordoba"] = "America/Argentina/Cordoba",
        ["America/Godthab"] = "America/Nuuk",
        ["America/Indianapolis"] = "America/Indiana/Indianapolis",
        ["America/Louisville"] = "America/Kentucky/Louisville",
        ["Atlantic/Faeroe"] = "Atlantic/Faroe",
        ["Europe/Kiev"] = "Europe/Kyiv",
        ["Pacific/Truk"] = "Pacific/Chuuk",
        ["Pacific/Ponape"] = "Pacific/Pohnpei",
        ["Pacific/Enderbury"] = "Pacific/Kanton",
    };

    /// <summary>The user's zone; UTC when the browser said nothing or something that isn't a zone.</summary>
    public static TimeZoneInfo Zone(this HttpContext context)
    {
        if (context.Items[typeof(UserZone)] is TimeZoneInfo known) return known;

        var name = context.Request.Cookies["tz"] ?? "";
        // The name reaches the file system where zones are files, so it must look like a zone before it is looked up.
        var zone = name.Length <= 64 && ZoneName().IsMatch(name)
            && TimeZoneInfo.TryFindSystemTimeZoneById(Renamed.GetValueOrDefault(name, name), out var found) ? found : TimeZoneInfo.Utc;
        context.Items[typeof(UserZone)] = zone;
        return zone;
    }

    /// <summary>A UTC time as the user's clock shows it.</summary>
    public static DateTime ToUserTime(this HttpContext context, DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), context.Zone());

    /// <summary>The day it is for the user.</summary>
    public static DateOnly Today(this HttpContext context) =>
        DateOnly.FromDateTime(context.ToUserTime(
            context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime));

    /// <summary>A UTC time in full, in the user's zone and culture, with the zone: "31 July 2026 14:05 Europe/Berlin".</summary>
    public static string Exact(this HttpContext context, DateTime utc)
    {
        var zone = context.Zone();
        return $"{context.ToUserTime(utc):f} {(zone == TimeZoneInfo.Utc ? "UTC" : zone.Id)}";
    }

    [GeneratedRegex("^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$")]
    private static partial Regex ZoneName();
}
