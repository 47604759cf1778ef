using System.Globalization;
using Intranet.Data.Contacts.Matching;

namespace Intranet.Tests.Contacts.Matching.Samples;

/// <summary>
/// Business contacts as a sales department collects them: people change firm, house, mail and phone, write through office
/// lines and shared mailboxes. With <c>lookAlikes</c> of the people there is another one who shares much: a spouse, a
/// twin, a parent of the same name, a namesake, a sibling at the same firm.
/// </summary>
public static class BusinessContacts
{
    private sealed record Person(string Given, string Family, string Born, string Street, string City, string Postcode, string State, string Firm, string Mail, string Phone);

    public static LabelledRows Rows(int seed, int people, double lookAlikes, bool commonNames = false, double copies = 0.4, long firstId = 1)
    {
        var random = new Random(seed);
        var rows = new List<(int, ContactRow)>();
        var families = commonNames ? Words.Common[..12] : Words.Families;
        var women = commonNames ? Words.Women[..8] : Words.Women;
        var men = commonNames ? Words.Men[..8] : Words.Men;
        var number = 0;
        while (number < people)
        {
            var person = Somebody(random, random.Chance(0.5) ? women : men, families);
            Write(random, rows, number++, person, copies);
            if (random.Chance(lookAlikes) && number < people)
                Write(random, rows, number++, LookAlike(random, person, women, men, families), copies);
        }

        return LabelledRows.Shuffled(random, rows, firstId);
    }

    private static Person Somebody(Random random, string[] given, string[] families)
    {
        var (first, last) = (random.PickSkewed(given), random.PickSkewed(families));
        var firm = random.PickSkewed(Words.Firms);
        return new(
            first, last, random.Day(1945, 2006), $"{random.Next(1, 250)} {random.Pick(Words.Streets)} {random.PickSkewed(Words.Kinds)}", random.PickSkewed(Words.Cities), random.Digits(5),
            random.Pick(Words.States), firm, Mail(random, first, last, random.Chance(0.6) ? firm : null), "0" + random.Digits(10));
    }

    private static Person LookAlike(Random random, Person of, string[] women, string[] men, string[] families)
    {
        var other = Somebody(random, random.Chance(0.5) ? women : men, families);
        switch (random.Next(5))
        {
            case 0: // a spouse
                return other with { Family = of.Family, Street = of.Street, City = of.City, Postcode = of.Postcode, State = of.State, Phone = random.Chance(0.5) ? of.Phone : other.Phone, Mail = Mail(random, other.Given, of.Family, null) };
            case 1: // a twin
                return other with { Given = other.Given == of.Given ? "quentin" : other.Given, Family = of.Family, Born = of.Born, Street = of.Street, City = of.City, Postcode = of.Postcode, State = of.State, Mail = Mail(random, other.Given, of.Family, null) };
            case 2: // a parent or a child of the same name
                var year = int.Parse(of.Born.AsSpan(0, 4), CultureInfo.InvariantCulture) - random.Next(22, 38);
                return other with { Given = of.Given, Family = of.Family, Born = $"{year}{random.Day(1950, 1990)[4..]}", Street = of.Street, City = of.City, Postcode = of.Postcode, State = of.State, Phone = random.Chance(0.4) ? of.Phone : other.Phone, Mail = Mail(random, of.Given, of.Family, null) };
            case 3: // a namesake
                return other with { Given = of.Given, Family = of.Family, City = random.Chance(0.4) ? of.City : other.City, Mail = Mail(random, of.Given, of.Family, random.Chance(0.5) ? other.Firm : null) };
            default: // a colleague
                return other with { Firm = of.Firm, City = of.City, Mail = Mail(random, other.Given, other.Family, of.Firm) };
        }
    }

    private static string Mail(Random random, string given, string family, string? firm)
    {
        var local = random.Next(5) switch
        {
            0 => $"{given}.{family}",
            1 => $"{given[0]}{family}",
            2 => $"{given}{random.Next(40, 99)}",
            3 => $"{family}.{given}",
            _ => $"{given}_{family}",
        };
        return $"{local}@{firm?.Replace(" ", "-") ?? random.Pick(["gmail", "yahoo", "outlook", "aol", "gmx"])}.com";
    }

    private static void Write(Random random, List<(int, ContactRow)> rows, int number, Person person, double copies)
    {
        rows.Add((number, Row(random, person, false)));
        while (random.Chance(copies))
            rows.Add((number, Row(random, person, true)));
    }

    private static ContactRow Row(Random random, Person person, bool copy)
    {
        var (given, family, born, street, phone, mail) = (person.Given, person.Family, person.Born, person.Street, person.Phone, person.Mail);
        var (firm, city, postcode, state) = (person.Firm, person.City, person.Postcode, person.State);
        if (copy)
        {
            if (random.Chance(0.15))
                given = HistoricalPeople.Short(random, given);
            if (random.Chance(0.12))
                given = random.Typo(given);
            if (random.Chance(0.12))
                family = random.Typo(family);
            if (random.Chance(0.03))
                family = random.Chance(0.5) ? $"{family}-{random.Pick(Words.Families)}" : random.Pick(Words.Families);
            if (random.Chance(0.08))
                born = random.WrongDay(born);
            if (random.Chance(0.2))
                mail = Mail(random, given, family, null);
            if (random.Chance(0.05))
                mail = random.Typo(mail);
            if (random.Chance(0.2))
                phone = random.Chance(0.2) ? random.Typo(phone) : "0" + random.Digits(10);
            if (random.Chance(0.1))
                (firm, mail) = (random.PickSkewed(Words.Firms), Mail(random, given, family, null));
            if (random.Chance(0.12))
                (street, city, postcode, state) = ($"{random.Next(1, 250)} {random.Pick(Words.Streets)} road", random.PickSkewed(Words.Cities), random.Digits(5), random.Pick(Words.States));
            if (random.Chance(0.06))
                street = random.Typo(street);
        }

        if (random.Chance(0.06))
            mail = $"{random.Pick(["info", "sales", "office"])}@{firm.Replace(" ", "-")}.com";
        if (random.Chance(0.1))
            phone = $"020{Math.Abs(firm.Sum(letter => letter * 7919)) % 9_000_000 + 1_000_000}";
        if (random.Chance(0.05))
            (given, family) = (family, given);
        var full = random.Chance(0.15);
        return new ContactRow
        {
            Id = 0,
            GivenName = full ? null : random.Chance(0.3) ? given.ToUpperInvariant() : given,
            FamilyName = full ? null : family,
            FullName = full ? (random.Chance(0.3) ? $"{family}, {given}" : $"{given} {family}") : null,
            Email = random.Chance(0.15) ? null : mail,
            Phone = random.Chance(0.25) ? null : phone,
            BirthDate = random.Chance(0.45) ? null : born,
            Street = random.Chance(0.35) ? null : street,
            City = random.Chance(0.2) ? null : city,
            Postcode = random.Chance(0.35) ? null : postcode,
            State = random.Chance(0.4) ? null : state,
            Company = random.Chance(0.25) ? null : firm + random.Pick(["", " Ltd", " Inc.", " GmbH"]),
        };
    }
}
