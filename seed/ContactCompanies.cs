using Bogus;

namespace Intranet.Seed;

/// <summary>A firm with one office: its people share the domain and, if they have no phone of their own, the office line.</summary>
internal sealed record ContactCompany(string Name, string Domain, ContactCountry Country, Town Town, string Street, string Postcode, string Phone);

/// <summary>Firms of any number, each made from its number alone.</summary>
internal static class ContactCompanies
{
    private static readonly string[] First =
        "Ash,Bar,Black,Brad,Bright,Cal,Cas,Cor,Dun,East,El,Fair,Gil,Green,Hart,Hol,Iron,Kel,Kings,Lang,Lin,Mar,Mel,Nor,North,Oak,Pem,Ran,Red,Sel,Silver,Stan,Sun,Thorn,Tor,Wal,West,White,Win,Yar".Split(',');

    private static readonly string[] Last =
        "bridge,brook,bury,by,combe,dale,field,ford,gate,ham,hurst,land,ley,mere,mond,more,stead,ton,well,worth".Split(',');

    private static readonly string[] Trades =
        "Logistics,Software,Foods,Media,Insurance,Retail,Packaging,Robotics,Textiles,Partners,Furniture,Finance,Electronics,Chemicals,Builders,Energy".Split(',');

    private static readonly string[] Domains = ["example.com", "example.net", "example.org", "sc1701d.example"];

    /// <summary>The firm of this number; different numbers have different domains.</summary>
    public static ContactCompany Of(int number, int seed)
    {
        var draws = Draws.For(seed, "company", number);
        var country = draws.Frequent(ContactCountry.All, 2);
        var town = country.Town(draws);
        // 7919 is prime to the number of combinations, so that each comes once before the first comes again.
        var pick = (int)(number * 7919L % (First.Length * Last.Length * Trades.Length));
        var round = number / (First.Length * Last.Length * Trades.Length);
        var word = First[pick % First.Length] + Last[pick / First.Length % Last.Length];
        var name = $"{word}{(round == 0 ? "" : $" {First[round % First.Length]}{Last[round / First.Length % Last.Length]}")} {Trades[pick / First.Length / Last.Length]}";
        return new($"{name} {draws.ArrayElement(country.Legal)}".Trim(), $"{name.ToLowerInvariant().Replace(' ', '-')}.{Domains[number % Domains.Length]}",
            country, town, country.Street(draws), country.Postcode(draws, town), country.Phone(draws, office: true));
    }
}
