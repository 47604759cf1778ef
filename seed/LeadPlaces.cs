using Bogus;

namespace Intranet.Seed;

/// <summary>A city with restaurants: its clock, its money, and where its people's names and numbers come from.</summary>
internal sealed record LeadPlace(string City, string Zone, string Currency, ContactCountry Country);

/// <summary>What restaurants are called, where they are and when they open.</summary>
internal static class LeadPlaces
{
    /// <summary>The larger markets first and more often. The order is part of the seed: append, never insert.</summary>
    public static LeadPlace[] All { get; } =
    [
        Place("New York", "America/New_York", "USD", "United States"), Place("London", "Europe/London", "GBP", "United Kingdom"), Place("Berlin", "Europe/Berlin", "EUR", "Germany"),
        Place("Paris", "Europe/Paris", "EUR", "France"), Place("Mumbai", "Asia/Kolkata", "INR", "India"), Place("San Francisco", "America/Los_Angeles", "USD", "United States"),
        Place("Madrid", "Europe/Madrid", "EUR", "Spain"), Place("Sydney", "Australia/Sydney", "AUD", "Australia"), Place("Rome", "Europe/Rome", "EUR", "Italy"),
        Place("Chicago", "America/Chicago", "USD", "United States"), Place("Bengaluru", "Asia/Kolkata", "INR", "India"), Place("Amsterdam", "Europe/Amsterdam", "EUR", "Netherlands"),
        Place("Manchester", "Europe/London", "GBP", "United Kingdom"), Place("São Paulo", "America/Sao_Paulo", "USD", "Brazil"), Place("Dubai", "Asia/Dubai", "USD", "India"),
        Place("Warsaw", "Europe/Warsaw", "EUR", "Poland"), Place("Tokyo", "Asia/Tokyo", "JPY", "Australia"), Place("Denver", "America/Denver", "USD", "United States"),
        Place("Stockholm", "Europe/Stockholm", "EUR", "Sweden"), Place("Adelaide", "Australia/Adelaide", "AUD", "Australia"),
    ];

    public static readonly string[] Hours =
    [
        "Tu-Su 12:00-15:00,18:00-23:00", "Mo-Fr 11:30-14:30,17:30-22:00; Sa 17:00-23:00", "Mo-Su 08:00-18:00", "Mo-Sa 17:00-01:00", "We-Su 18:00-23:30", "Mo-Fr 07:00-16:00; Sa,Su 09:00-15:00",
        "Mo-Th 11:00-22:00; Fr,Sa 11:00-00:30", "Mo-Su 11:00-23:00",
    ];

    private static readonly string[] Kinds = "Trattoria,Bistro,Café,Brasserie,Osteria,Taverna,Casa,Grill,Cantina,Kitchen,Bakery,Noodle Bar,Spice House,Tea Room,Seafood Hall,Steak House,Diner,Pizzeria".Split(',');

    private static readonly string[] First =
        "Golden,Blue,Green,Red,Silver,Little,Grand,Old,Royal,Happy,Wild,Sunny,Quiet,Lucky,Copper,Ivory,Amber,Crimson,Salty,Sweet,Smoky,Hidden,Northern,Southern,Twin,Velvet".Split(',');

    private static readonly string[] Second =
        "Lemon,Olive,Fork,Lantern,Garden,Harbour,Anchor,Fig,Pepper,Saffron,Tamarind,Oven,Table,Bell,Fox,Heron,Lotus,Maple,Basil,Orchard,Plum,River,Rose,Stone,Swan,Thyme,Tiger,Vine,Walnut,Willow,Market,Mill".Split(',');

    public static string Name(Randomizer draws)
    {
        var (kind, words) = (draws.ArrayElement(Kinds), $"{draws.ArrayElement(First)} {draws.ArrayElement(Second)}");
        return draws.Number(2) switch { 0 => $"{kind} {words}", 1 => $"{words} {kind}", _ => $"The {words}" };
    }

    private static LeadPlace Place(string city, string zone, string currency, string country)
        => new(city, zone, currency, Array.Find(ContactCountry.All, one => one.Name == country) ?? throw new ArgumentException($"There is no country {country}.", nameof(country)));
}
