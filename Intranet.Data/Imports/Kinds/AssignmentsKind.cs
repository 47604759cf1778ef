using Intranet.Data.Auditing;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports.Kinds;

/// <summary>Who is what to which product and repository. The three together are the record; only the role can change.</summary>
public sealed class AssignmentsKind : ImportKind
{
    private const string EmpId = "EmpId", ProductName = "ProductName", RepositoryName = "RepositoryName", Role = "Role";

    public override string Name => "assignments";
    public override string Label => "Assignments";
    public override string About => "Who is owner, backup or member of a product, a repository, or both. Employees, products and repositories come first.";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(EmpId, 32, "EmployeeId", "EmployeeNumber", "EmployeeNo") { Required = true },
        new(ProductName, 100, "Product"),
        new(RepositoryName, 100, "Repository", "RepoName", "Repo"),
        new(Role, 20, "AssignmentRole"),
    ];

    public override string Describe(ImportValues row)
        => $"{row[EmpId]}: {string.Join(" / ", new[] { row[ProductName], row[RepositoryName] }.Where(name => name.Length > 0))}";

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new Target(db, DateOnly.FromDateTime(pass.Now));

    private sealed class Target(IntranetDbContext db, DateOnly today) : ImportTarget
    {
        private readonly SeenLines<(string, string, string)> seen = new();
        private readonly Dictionary<string, (int Id, bool HasLeft)> people = new(StringComparer.Ordinal);
        private readonly Dictionary<(int Employee, int? Product, int? Repository), (int Id, AssignmentRole Role)> known = [];
        private Names products = new("product", []), repositories = new("repository", []);

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            people.Clear();
            known.Clear();
            foreach (var keys in rows.Select(row => TextKey.EmpId(row[EmpId])).Distinct().Chunk(500))
            {
                foreach (var person in await db.Employees.AsNoTracking().Where(e => keys.Contains(e.EmpIdKey)).Select(e => new { e.EmpIdKey, e.Id, HasLeft = e.LeftOn <= today }).ToListAsync(cancellation))
                    people.Add(person.EmpIdKey, (person.Id, person.HasLeft));
                foreach (var assignment in await db.Assignments.AsNoTracking().Where(a => keys.Contains(a.Employee!.EmpIdKey)).Select(a => new { a.EmployeeId, a.ProductId, a.RepositoryId, a.Id, a.Role }).ToListAsync(cancellation))
                    known.Add((assignment.EmployeeId, assignment.ProductId, assignment.RepositoryId), (assignment.Id, assignment.Role));
            }

            products = new Names("product", await db.Products.AsNoTracking().Select(p => new Named(p.Id, p.Name, p.NameKey)).ToListAsync(cancellation));
            repositories = new Names("repository", await db.Repositories.AsNoTracking().Select(r => new Named(r.Id, r.Name, r.NameKey)).ToListAsync(cancellation));
        }

        protected override int? Earlier(ImportValues row)
            => seen.Earlier((TextKey.EmpId(row[EmpId]), TextKey.Name(row[ProductName]), TextKey.Name(row[RepositoryName])), row.Line);

        public override RowMeaning Compare(ImportValues row)
        {
            var problems = new RowMeaning();
            if (Earlier(row) is { } earlier)
                problems.Refuse(EmpId, $"Line {earlier} says the same about this employee. Keep one of the two rows.");
            if (!people.TryGetValue(TextKey.EmpId(row[EmpId]), out var person))
                problems.Refuse(EmpId, $"Nobody has the EmpId {row[EmpId]}. Import the employee first, or correct it.");
            else if (person.HasLeft)
                problems.Refuse(EmpId, "This employee has left. Assign it to somebody else.");
            var role = AssignmentRole.Member;
            if (row.Has(Role) && (!Enum.TryParse(row[Role], ignoreCase: true, out role) || !Enum.IsDefined(role) || char.IsAsciiDigit(row[Role][0])))
                problems.Refuse(Role, "The role is owner, backup or member.");
            if (!row.Has(ProductName) && !row.Has(RepositoryName))
                problems.Refuse(ProductName, "Name a product, a repository, or both.");
            var product = products.Find(ProductName, row[ProductName], problems);
            var repository = repositories.Find(RepositoryName, row[RepositoryName], problems);
            if (problems.Problems.Count > 0)
                return problems;

            var key = (person.Id, product?.Id, repository?.Id);
            var isKnown = known.TryGetValue(key, out var assignment);
            var meaning = new RowMeaning { IsNew = !isKnown };
            if (isKnown)
            {
                meaning.Compare(Role, InWords(assignment.Role), row.Has(Role) ? InWords(role) : "");
                return meaning;
            }

            meaning.Compare(EmpId, null, row[EmpId]);
            meaning.Compare(ProductName, null, product?.Name ?? "");
            meaning.Compare(RepositoryName, null, repository?.Name ?? "");
            meaning.Compare(Role, null, InWords(role));
            return meaning;
        }

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            var added = rows.Where(row => row.Meaning.IsNew).Select(row =>
            {
                var (employee, product, repository) = KeyOf(row.Row);
                return new Assignment { EmployeeId = employee, ProductId = product, RepositoryId = repository, Role = RoleOf(row.Row) };
            }).ToList();
            await db.InsertManyAsync(added, cancellation);
            await db.InsertManyAsync(added.SelectMany(db.ToldAsAdded), cancellation);

            var changes = rows.Where(row => !row.Meaning.IsNew).ToDictionary(row => known[KeyOf(row.Row)].Id, row => RoleOf(row.Row));
            foreach (var ids in changes.Keys.Chunk(500))
            {
                foreach (var assignment in await db.Assignments.Where(a => ids.Contains(a.Id)).ToListAsync(cancellation))
                    assignment.Role = changes[assignment.Id];
                await db.SaveChangesAsync(cancellation);
                db.ChangeTracker.Clear();
            }
        }

        private (int Employee, int? Product, int? Repository) KeyOf(ImportValues row)
            => (people[TextKey.EmpId(row[EmpId])].Id, products.Find(row[ProductName])?.Id, repositories.Find(row[RepositoryName])?.Id);

        private static AssignmentRole RoleOf(ImportValues row) => row.Has(Role) ? Enum.Parse<AssignmentRole>(row[Role], ignoreCase: true) : AssignmentRole.Member;

        private static string InWords(AssignmentRole role) => role.ToString().ToLowerInvariant();
    }
}
