using System.Globalization;
using Bogus;
using CsvHelper;

namespace Intranet.Seed;

/// <summary>A line of contacts.csv. What is not known is empty.</summary>
[CsvRecord]
public sealed partial record ContactRow(
    [CsvColumn("id")] string Id,
    [CsvColumn("given_name")] string GivenName, [CsvColumn("surname")] string Surname,
    [CsvColumn("email")] string Email, [CsvColumn("phone")] string Phone, [CsvColumn("date_of_birth")] string DateOfBirth,
    [CsvColumn("street")] string Street, [CsvColumn("city")] string City, [CsvColumn("postcode")] string Postcode,
    [CsvColumn("state")] string State, [CsvColumn("country")] string Country,
    [CsvColumn("company")] string Company, [CsvColumn("job_title")] string JobTitle);

/// <summary>The same line with the truth last: rows of one cluster are one person.</summary>
[CsvRecord]
public sealed partial record LabelledContactRow(
    [CsvColumn("id")] string Id,
    [CsvColumn("given_name")] string GivenName, [CsvColumn("surname")] string Surname,
    [CsvColumn("email")] string Email, [CsvColumn("phone")] string Phone, [CsvColumn("date_of_birth")] string DateOfBirth,
    [CsvColumn("street")] string Street, [CsvColumn("city")] string City, [CsvColumn("postcode")] string Postcode,
    [CsvColumn("state")] string State, [CsvColumn("country")] string Country,
    [CsvColumn("company")] string Company, [CsvColumn("job_title")] string JobTitle, [CsvColumn("cluster_id")] int ClusterId);

/// <summary>Contacts of any number, some of them several times, and people who are easily taken for one another.</summary>
public static class ContactGenerator
{
    /// <summary>The largest number of rows.</summary>
    public const int MaxCount = 10_000_000;

    /// <summary>The part of the rows that repeat somebody, unless said otherwise.</summary>
    public const double DefaultDuplicates = 0.3;

    // Rows waiting to be written, about 40 MB: repeats come this many rows apart on average.
    private const int Waiting = 65_536;

    /// <summary>
    /// <paramref name="count"/> rows, made while they are enumerated, in bounded memory; ids are C000001 and on in the order of
    /// the rows, so that no other list has them. <paramref name="duplicates"/> is the part of the rows that repeat somebody, from 0 to 0.7. Repeats of one
    /// person never stand next to each other, except where nobody else is left.
    /// </summary>
    public static IEnumerable<ContactRow> Rows(int count, int seed = EmployeeGenerator.DefaultSeed, double duplicates = DefaultDuplicates)
        => Labelled(count, seed, duplicates).Select(row => new ContactRow(row.Id, row.GivenName, row.Surname, row.Email, row.Phone, row.DateOfBirth,
            row.Street, row.City, row.Postcode, row.State, row.Country, row.Company, row.JobTitle));

    /// <summary>The same rows with their clusters.</summary>
    public static IEnumerable<LabelledContactRow> Labelled(int count, int seed = EmployeeGenerator.DefaultSeed, double duplicates = DefaultDuplicates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        if (duplicates is not (>= 0 and <= 0.7))
            throw new ArgumentOutOfRangeException(nameof(duplicates));
        return Spread(Clusters(count, seed, duplicates).Take(count), Draws.For(seed, "spread", count));
    }

    private static IEnumerable<LabelledContactRow> Clusters(int count, int seed, double duplicates)
    {
        // 1.8 further rows per repeated person, see Repeats: share r of the people makes 1.8 r of 1 + 1.8 r rows.
        var repeated = duplicates / (1 - duplicates) / MeanRepeats;
        var companies = Math.Max(5, count / 14);
        var cluster = 0;
        for (var household = 1; ; household++)
        {
            var draws = Draws.For(seed, "contact", household);
            var person = ContactPerson.Somebody(draws, seed, companies);
            ContactPerson[] people = draws.Bool(0.12f) ? [person, person.LookAlike(draws, seed, companies)] : [person];
            foreach (var one in people)
            {
                cluster++;
                yield return one.Row(draws, cluster);
                // Above 1 everybody is repeated, and some get more rows.
                var rows = 0;
                for (var share = repeated; share > 0; share--)
                    if (draws.Double() < share)
                        rows += Repeats(draws);
                while (rows-- > 0)
                    yield return one.Changed(draws, seed, companies).Row(draws, cluster);
            }
        }
    }

    private const double MeanRepeats = 1 * 0.5 + 2 * 0.27 + 3 * 0.16 + 4 * 0.07;

    private static int Repeats(Randomizer draws) => draws.Double() switch { < 0.5 => 1, < 0.77 => 2, < 0.93 => 3, _ => 4 };

    // Each row waits in a random place until another row is put there.
    private static IEnumerable<LabelledContactRow> Spread(IEnumerable<LabelledContactRow> rows, Randomizer draws)
    {
        var waiting = new List<LabelledContactRow>();
        var (id, last) = (0, 0);
        foreach (var row in rows)
        {
            if (waiting.Count < Waiting)
            {
                waiting.Add(row);
                continue;
            }
            var at = Other();
            yield return Next(waiting[at]);
            waiting[at] = row;
        }
        while (waiting.Count > 0)
        {
            var at = Other();
            yield return Next(waiting[at]);
            waiting[at] = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
        }

        int Other()
        {
            var at = draws.Number(waiting.Count - 1);
            for (var tried = 0; tried < waiting.Count && waiting[at].ClusterId == last; tried++)
                at = (at + 1) % waiting.Count;
            return at;
        }

        LabelledContactRow Next(LabelledContactRow row)
        {
            last = row.ClusterId;
            return row with { Id = string.Create(CultureInfo.InvariantCulture, $"C{++id:000000}") };
        }
    }
}
