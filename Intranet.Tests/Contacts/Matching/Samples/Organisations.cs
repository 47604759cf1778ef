using Intranet.Data.Contacts.Matching;

namespace Intranet.Tests.Contacts.Matching.Samples;

/// <summary>Restaurants from two guides that write each of them their own way; chains have several branches.</summary>
public static class Organisations
{
    private static readonly string[] Tastes = "italian french american chinese japanese thai indian mexican seafood steakhouses cafes delis bbq vegetarian continental californian".Split(' ');
    private static readonly string[] Things = "garden palace dragon lotus olive lemon rose lion swan harbor corner terrace fountain lantern orchid bamboo pepper saffron basil truffle oyster lobster anchor vine cellar table spoon fork hearth ember mill barn lodge".Split(' ');
    private static readonly string[] Kinds = ["restaurant", "cafe", "grill", "bistro", "bar & grill", "kitchen", "house", "deli", "trattoria", "brasserie", "steakhouse"];

    public static LabelledRows Rows(int seed, int places, double inBoth, bool asCompany)
    {
        var random = new Random(seed);
        var rows = new List<(int, ContactRow)>();
        var chains = Enumerable.Range(0, 12).Select(_ => Name(random)).ToArray();
        for (var place = 0; place < places; place++)
        {
            var name = random.Chance(0.06) ? random.Pick(chains) : Name(random);
            var city = random.PickSkewed(Words.Cities);
            var street = $"{random.Next(1, 9000)} {(random.Chance(0.3) ? random.Pick(["n", "s", "e", "w"]) + ". " : "")}{random.Pick(Words.Streets)} {random.PickSkewed(Words.Kinds)}";
            var phone = random.Digits(10);
            var taste = random.Pick(Tastes);
            rows.Add((place, Row(name, street, city, $"{phone[..3]}/{phone[3..6]}-{phone[6..]}", taste, asCompany)));
            if (!random.Chance(inBoth))
                continue;
            var (name2, street2, phone2) = (name, street, phone);
            if (random.Chance(0.4))
                name2 = Otherwise(random, name, city);
            if (random.Chance(0.1))
                name2 = random.Typo(name2);
            if (random.Chance(0.5))
                street2 = street.Replace("street", "st.").Replace("avenue", "ave.").Replace("road", "rd.").Replace("boulevard", "blvd.");
            if (random.Chance(0.3))
                street2 += " between 5th and 6th sts.";
            if (random.Chance(0.12))
                street2 = $"{random.Next(1, 9000)} {random.Pick(Words.Streets)} st.";
            if (random.Chance(0.1))
                phone2 = random.Chance(0.4) ? random.Typo(phone) : random.Digits(10);
            rows.Add((place, Row(name2, street2, random.Chance(0.1) ? random.Pick(Words.Cities) : city, phone2.Length < 10 ? phone2 : $"{phone2[..3]}-{phone2[3..6]}-{phone2[6..]}", random.Chance(0.5) ? random.Pick(Tastes) : taste, asCompany)));
        }

        return LabelledRows.Shuffled(random, rows);
    }

    private static ContactRow Row(string name, string street, string city, string phone, string taste, bool asCompany) => new()
    {
        Id = 0,
        FullName = asCompany ? null : name,
        Company = asCompany ? name : null,
        Street = street,
        City = city,
        Phone = phone,
        JobTitle = taste,
    };

    private static string Name(Random random) => random.Next(6) switch
    {
        0 => $"{random.Pick(Words.Families)}'s",
        1 => $"the {random.Pick(Things)} {random.Pick(Things)}",
        2 => $"{random.Pick(Words.Families)}'s {random.Pick(Kinds)}",
        3 => $"{random.Pick(Things)} {random.Pick(Kinds)}",
        4 => $"{random.Pick(["la", "le", "il", "chez", "cafe"])} {random.Pick(Things)}",
        _ => $"{random.Pick(Things)} on {random.Pick(Words.Streets)}",
    };

    private static string Otherwise(Random random, string name, string city) => random.Next(5) switch
    {
        0 => $"{name} restaurant",
        1 when name.Contains(' ') => name[..name.LastIndexOf(' ')],
        2 => $"{name} ({city})",
        3 when name.Contains(' ') => $"{name[(name.IndexOf(' ') + 1)..]} {name[..name.IndexOf(' ')]}",
        _ => name.Replace("restaurant", "rest.").Replace("deli", "delicatessen").Replace(" & ", " and ").Replace("the ", ""),
    };
}
