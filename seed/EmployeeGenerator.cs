using System.Globalization;
using Bogus.DataSets;
using CsvHelper;

namespace Intranet.Seed;

/// <summary>A line of employees.csv: the raw Mockaroo shape, before the import standardises anything.</summary>
[CsvRecord]
public sealed partial record EmployeeRow(
    [CsvColumn("EmpID")] int EmpId,
    string FirstName, string LastName,
    [CsvColumn("ADEmail")] string AdEmail,
    string LocationCode, string Location, string Title, string ChatUserName);

/// <summary>Employees of any number. The first five own the sample accounts.</summary>
public static class EmployeeGenerator
{
    /// <summary>The seed of the checked-in sample.</summary>
    public const int DefaultSeed = 1701;

    /// <summary>The largest number of employees.</summary>
    public const int MaxCount = 1_000_000;

    /// <summary>The domain of every address.</summary>
    public const string MailDomain = "sc1701d.example";

    private static readonly (string Account, string FirstName, string LastName, string Title)[] Accounts =
    [
        ("admin", "Alice", "Bergström", "IT Support Specialist"),
        ("steward", "Veena", "Rao", "Database Administrator"),
        ("lead", "Marta", "Kowalska", "IT Project Manager"),
        ("kam", "Jonas", "Müller", "Product Manager"),
        ("employee", "Élodie", "Martin", "Software Engineer"),
    ];

    // Latin script only: addresses are made from the names.
    private static readonly string[] Locales =
    [
        "en_US", "en_GB", "en_IND", "en_AU", "en_NG", "de", "fr", "es", "es_MX", "it", "pt_BR", "pt_PT", "nl", "pl", "cz", "sk",
        "hr", "ro", "lv", "fi", "sv", "nb_NO", "tr", "vi", "id_ID",
    ];

    /// <summary>
    /// Employees 1 to <paramref name="count"/>, made while they are enumerated: a smaller count gives the same first rows.
    /// Keeps one number per different name in memory, to make addresses and chat names unique.
    /// Refuses counts below 1 and above <see cref="MaxCount"/>.
    /// </summary>
    public static IEnumerable<EmployeeRow> Rows(int count, int seed = DefaultSeed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        return Generate(count, seed);
    }

    /// <summary>Where an employee works, without making the employees before.</summary>
    public static LocationRow LocationOf(int empId, int seed = DefaultSeed) => DrawLocation(DrawsFor(empId, seed));

    private static IEnumerable<EmployeeRow> Generate(int count, int seed)
    {
        var names = new Dictionary<string, Name>();
        var addresses = new Repeats();
        var chatNames = new Repeats();

        for (var empId = 1; empId <= count; empId++)
        {
            var draws = DrawsFor(empId, seed);
            var location = DrawLocation(draws);
            var locale = draws.ArrayElement(draws.Bool(0.7f) ? location.Locales : Locales);
            if (!names.TryGetValue(locale, out var name))
                names[locale] = name = new Name(locale);
            name.Random = draws;

            var account = empId <= Accounts.Length ? Accounts[empId - 1] : default;
            var firstName = account.FirstName ?? name.FirstName().Trim();
            var lastName = account.LastName ?? name.LastName().Trim();
            var (first, last) = (Ascii.Fold(firstName), Ascii.Fold(lastName));

            yield return new EmployeeRow(
                empId, firstName, lastName,
                $"{account.Account ?? addresses.Number($"{first}.{last}")}@{MailDomain}",
                location.LocationCode, location.Text,
                account.Title ?? Titles.Draw(draws).Text,
                chatNames.Number(first + last[0]));
        }
    }

    private static Bogus.Randomizer DrawsFor(int empId, int seed) => Draws.For(seed, "employee", empId);

    // Always the first draw of a row, or LocationOf would name another place.
    private static LocationRow DrawLocation(Bogus.Randomizer draws) => Locations.All[draws.Number(Locations.All.Count - 1)];

    /// <summary>
    /// Counts texts by their hash, a third of the memory of the texts themselves. Two texts with one hash share a counter:
    /// one of them gets a number too many, still no text is given out twice.
    /// </summary>
    private sealed class Repeats
    {
        private readonly Dictionary<ulong, int> _seen = [];

        public string Number(string letters)
        {
            var hash = Draws.Hash(letters);
            var times = _seen[hash] = _seen.GetValueOrDefault(hash) + 1;
            return times == 1 ? letters : letters + times.ToString(CultureInfo.InvariantCulture);
        }
    }
}
