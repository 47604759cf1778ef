using Intranet.Data.Contacts.Matching;

namespace Intranet.Tests.Contacts.Matching.Samples;

/// <summary>
/// Invented Australians in the manner of Febrl's generator (Christen 2009): some values missing, each copy with a few errors. What
/// is wrong and where is drawn anew for each copy.
/// </summary>
public static class CleanPeople
{
    public static LabelledRows Rows(int seed, int people, double copies, int most, int errors, double missing = 0.03)
    {
        var random = new Random(seed);
        var rows = new List<(int, ContactRow)>();
        for (var person = 0; person < people; person++)
        {
            var original = Person(random, missing);
            rows.Add((person, original));
            if (random.NextDouble() >= copies)
                continue;
            var count = 1 + (int)(most * Math.Pow(random.NextDouble(), 2));
            for (var copy = 0; copy < Math.Min(most, count); copy++)
            {
                var row = original;
                for (var error = random.Next(1, errors + 1); error > 0; error--)
                    row = Damaged(random, row);
                rows.Add((person, row));
            }
        }

        return LabelledRows.Shuffled(random, rows);
    }

    private static ContactRow Person(Random random, double missing)
    {
        string? Maybe(string value) => random.Chance(missing) ? null : value;
        var street = $"{random.Pick(Words.Streets)} {random.PickSkewed(Words.Kinds)}";
        if (random.Chance(0.4))
            street += " " + random.Pick(Words.Families);
        return new ContactRow
        {
            Id = 0,
            GivenName = Maybe(random.PickSkewed(random.Chance(0.5) ? Words.Women : Words.Men)),
            FamilyName = Maybe(random.PickSkewed(Words.Families)),
            BirthDate = random.Chance(0.06) ? null : random.Day(1900, 2000),
            Street = Maybe($"{random.Next(1, 250)} {street}"),
            City = Maybe(random.PickSkewed(Words.Cities) + (random.Chance(0.3) ? " " + random.Pick(Words.Streets) : "")),
            Postcode = Maybe($"{random.Next(2000, 7000)}"),
            State = random.Chance(0.1) ? null : random.PickSkewed(Words.States),
        };
    }

    private static ContactRow Damaged(Random random, ContactRow row)
    {
        string? Typo(string? value) => value is null ? null : random.Next(8) switch
        {
            0 => null,
            1 => random.Misheard(value),
            2 when value.Length > 3 => value.Insert(random.Next(1, value.Length - 1), " "),
            _ => random.Typo(value),
        };
        return random.Next(13) switch
        {
            0 or 1 => row with { GivenName = Typo(row.GivenName) },
            2 => row with { GivenName = random.Pick(random.Chance(0.5) ? Words.Women : Words.Men) },
            3 or 4 => row with { FamilyName = Typo(row.FamilyName) },
            5 => row with { GivenName = row.FamilyName, FamilyName = row.GivenName },
            6 => row with { BirthDate = row.BirthDate is null || random.Chance(0.2) ? null : random.WrongDay(row.BirthDate) },
            7 or 8 => row with { Street = Typo(row.Street) },
            9 or 10 => row with { City = Typo(row.City) },
            11 => row with { Postcode = row.Postcode is null ? null : random.Typo(row.Postcode) },
            _ => row with { State = random.Pick(Words.States), City = random.Chance(0.3) ? random.Pick(Words.Cities) : row.City },
        };
    }
}
