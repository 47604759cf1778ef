using Intranet.Data.Contacts.Matching;

namespace Intranet.Tests.Contacts.Matching.Samples;

/// <summary>People of four centuries, each in about ten lists: half of the values missing somewhere, names shortened, years rounded.</summary>
public static class HistoricalPeople
{
    public static LabelledRows Rows(int seed, int people, int most = 18)
    {
        var random = new Random(seed);
        var places = Enumerable.Range(0, 600).Select(i => i < Words.Cities.Length ? Words.Cities[i] : random.Pick(Words.Families) + (random.Chance(0.2) ? " upon " + random.Pick(Words.Families) : "")).ToArray();
        var areas = places.Select(place => $"{place[..2]}{random.Next(1, 30)}").ToArray();
        var rows = new List<(int, ContactRow)>();
        for (var person = 0; person < people; person++)
        {
            var given = random.PickSkewed(random.Chance(0.2) ? Words.Women : Words.Men);
            var family = random.PickSkewed(Words.Families);
            var born = random.Day(1600, 1950);
            var place = Math.Min(places.Length - 1, (int)Math.Pow(places.Length, random.NextDouble()));
            var postcode = $"{areas[place]} {random.Next(1, 9)}{(char)('a' + random.Next(26))}{(char)('a' + random.Next(26))}";
            var job = random.PickSkewed(Words.Jobs);
            for (var copies = random.Next(1, most + 1); copies > 0; copies--)
                rows.Add((person, Copy(random, given, family, born, places[place], postcode, areas[place], job)));
        }

        return LabelledRows.Shuffled(random, rows);
    }

    private static ContactRow Copy(Random random, string given, string family, string born, string place, string postcode, string area, string job)
    {
        if (random.Chance(0.12))
            given = Short(random, given);
        if (random.Chance(0.08))
            given = random.Typo(given);
        if (random.Chance(0.06))
            given = random.Pick(Words.Men);
        if (random.Chance(0.12))
            family = random.Chance(0.5) ? random.Misheard(family) : random.Typo(family);
        if (random.Chance(0.07))
            family = random.PickSkewed(Words.Families);
        if (random.Chance(0.12))
            born = random.Chance(0.4) ? born[..4] + "-01-01" : random.WrongDay(born);
        if (random.Chance(0.06))
            born = random.Day(1600, 1950);
        if (random.Chance(0.15))
            place = random.Chance(0.5) ? random.Typo(place) : random.PickSkewed(Words.Cities);
        if (random.Chance(0.35))
            postcode = random.Chance(0.6) ? $"{area} {random.Next(1, 9)}{(char)('a' + random.Next(26))}{(char)('a' + random.Next(26))}" : random.Typo(postcode);
        return new ContactRow
        {
            Id = 0,
            GivenName = random.Chance(0.12) ? null : given,
            FamilyName = random.Chance(0.12) ? null : family,
            BirthDate = random.Chance(0.30) ? null : born,
            City = random.Chance(0.25) ? null : place,
            Postcode = random.Chance(0.35) ? null : postcode,
            JobTitle = random.Chance(0.45) ? null : job.Replace('-', ' '),
        };
    }

    internal static string Short(Random random, string given)
    {
        (string Full, string[] Shorts)[] names =
        [
            ("william", ["bill", "will", "billy"]), ("robert", ["bob", "rob", "bobby"]), ("thomas", ["tom", "tommy"]), ("james", ["jim", "jimmy"]), ("john", ["jack", "johnny"]),
            ("elizabeth", ["liz", "beth", "betty"]), ("margaret", ["maggie", "peggy", "meg"]), ("katherine", ["kate", "kathy"]), ("charles", ["charlie", "chuck"]),
            ("edward", ["ted", "ed"]), ("michael", ["mike", "mick"]), ("joseph", ["joe"]), ("samuel", ["sam"]), ("benjamin", ["ben"]), ("alexander", ["alex", "sandy"]),
            ("matthew", ["matt"]), ("christopher", ["chris"]), ("daniel", ["dan"]), ("susan", ["sue"]), ("patricia", ["pat", "tricia"]), ("jennifer", ["jenny", "jen"]),
            ("rebecca", ["becky"]), ("victoria", ["vicky"]), ("stephanie", ["steph"]), ("nicholas", ["nick"]), ("anthony", ["tony"]), ("andrew", ["andy", "drew"]),
            ("deborah", ["debbie"]), ("samantha", ["sam"]), ("jonathan", ["jon"]), ("lawrence", ["larry"]), ("henry", ["harry"]), ("francesca", ["fran"]), ("george", ["georgie"]),
        ];
        foreach (var (full, shorts) in names)
            if (full == given)
                return random.Pick(shorts);
        return random.Chance(0.3) ? given[..1] : given;
    }
}
