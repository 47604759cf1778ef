using Bogus;
using CsvHelper;

namespace Intranet.Seed;

/// <summary>A line of assignments.csv. One of the two names may be empty; the role is owner, backup or member.</summary>
[CsvRecord]
public sealed partial record AssignmentRow(
    [CsvColumn("EmpID")] int EmpId, string ProductName, string RepositoryName, string Role);

/// <summary>
/// Assignments at random, for the sample only. Every product and repository gets one owner and one or two backups, except
/// the three named here, which show what the lists of missing owners are for.
/// </summary>
public static class AssignmentGenerator
{
    /// <summary>Has backups and members but no owner.</summary>
    public const string ProductWithoutOwner = "MarketingAutomation";

    /// <summary>Has an owner and members but no backup.</summary>
    public const string ProductWithoutBackup = "DocumentGenerator";

    /// <summary>Nobody is assigned to it.</summary>
    public const string RepositoryWithNobody = "DeliveryRepo";

    // The sample accounts that own leads and reviews own something here too, and the plain employee stands in for somebody.
    private static readonly Dictionary<string, (int EmpId, string Role)> Fixed = new()
    {
        ["UserManagement"] = (2, "owner"),
        ["ECommerceAPI"] = (3, "owner"),
        ["CustomerSupportChat"] = (4, "owner"),
        ["SearchEngine"] = (5, "backup"),
    };

    private static readonly string[] Staffed =
        [.. Repositories.All.Select(repository => repository.Name).Where(name => name != RepositoryWithNobody)];

    private static readonly ILookup<string, string> RepositoriesOf =
        Repositories.All.ToLookup(repository => repository.ProductName, repository => repository.Name);

    /// <summary>
    /// Assignments of employees 1 to <paramref name="count"/> in their order, made while they are enumerated. The same seed
    /// as the employees' puts backups in other time zones than owners. With fewer than a hundred employees some own several
    /// products; a single one has no backups.
    /// </summary>
    public static IEnumerable<AssignmentRow> Rows(int count, int seed = EmployeeGenerator.DefaultSeed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, EmployeeGenerator.MaxCount);
        return Generate(count, seed);
    }

    private static IEnumerable<AssignmentRow> Generate(int count, int seed)
    {
        var responsible = new Responsibilities(count, seed).Rows();
        for (var empId = 1; empId <= count; empId++)
        {
            var rows = responsible.Contains(empId)
                ? responsible[empId]
                : Memberships(empId, Draws.For(seed, "assignment", empId));
            foreach (var row in rows)
                yield return row;
        }
    }

    private static List<AssignmentRow> Memberships(int empId, Randomizer draws)
    {
        // A little more than 15 %, because nobody who owns or backs up is left out.
        if (draws.Bool(0.16f))
            return [];

        var rows = draws.Double() switch { < 0.8 => 1, < 0.94 => 2, _ => 3 };
        return Enumerable.Range(0, rows).Select(_ => Membership(empId, draws)).DistinctBy(row => row.ProductName).ToList();
    }

    private static AssignmentRow Membership(int empId, Randomizer draws)
    {
        var product = Products.All[draws.Number(Products.All.Count - 1)].Name;
        var own = RepositoriesOf[product].FirstOrDefault();
        var repository = own is not null && draws.Bool(0.7f) ? own : draws.ArrayElement(Staffed);
        return draws.Double() switch
        {
            < 0.06 => new(empId, product, "", "member"),
            < 0.12 => new(empId, "", repository, "member"),
            _ => new(empId, product, repository, "member"),
        };
    }

    /// <summary>Owners and backups, drawn before the members are.</summary>
    private sealed class Responsibilities(int count, int seed)
    {
        private readonly Randomizer _draws = Draws.For(seed, "responsible", count);
        private readonly HashSet<int> _taken = [.. Fixed.Values.Select(person => person.EmpId)];
        private readonly List<AssignmentRow> _rows = [];

        public ILookup<int, AssignmentRow> Rows()
        {
            foreach (var product in Products.All.Select(product => product.Name))
            {
                var repository = RepositoriesOf[product].FirstOrDefault() ?? "";
                Staff(product, repository);
            }
            foreach (var repository in RepositoriesOf[""].Where(name => name != RepositoryWithNobody))
                Staff("", repository);
            return _rows.ToLookup(row => row.EmpId);
        }

        private void Staff(string product, string repository)
        {
            var person = Fixed.GetValueOrDefault(product);
            if (person.EmpId > count)
                person = default;

            var owner = person.Role == "owner" ? person.EmpId : Draw([]);
            // The repository of the product without an owner does have one, and likewise with the backup.
            _rows.Add(new(owner, product == ProductWithoutOwner ? "" : product, repository, "owner"));

            List<int> people = [owner];
            var backups = _draws.Number(1, 2);
            for (var i = 0; i < backups && people.Count < count; i++)
            {
                var backup = i == 0 && person.Role == "backup" && person.EmpId != owner ? person.EmpId : Draw(people);
                people.Add(backup);
                _rows.Add(new(backup, product == ProductWithoutBackup ? "" : product, repository, "backup"));
            }
        }

        // Prefers who has nothing yet and lives in another time zone than the first of the others; never one of the others.
        private int Draw(List<int> others)
        {
            var best = 0;
            for (var attempt = 0; attempt < 50 || best == 0; attempt++)
            {
                var empId = _draws.Number(1, count);
                if (others.Contains(empId))
                    continue;
                if (best == 0)
                    best = empId;
                if (_taken.Contains(empId) || others.Count > 0 && TimeZone(empId) == TimeZone(others[0]))
                    continue;
                best = empId;
                break;
            }
            _taken.Add(best);
            return best;
        }

        private string TimeZone(int empId) => EmployeeGenerator.LocationOf(empId, seed).TimeZone;
    }
}
