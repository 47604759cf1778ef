using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports.Kinds;

/// <summary>Repositories, found by name; the product they belong to may be empty.</summary>
public sealed class RepositoriesKind : ImportKind
{
    private const string NameField = "Name", ProductName = "ProductName", Description = "Description", ChatChannel = "ChatChannel", StakeholdersField = "Stakeholders";

    public override string Name => "repositories";
    public override string Label => "Repositories";
    public override string About => "Repositories, found by name. The product comes first; stakeholders are addresses separated by semicolons.";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(NameField, 100, "RepositoryName", "Repository", "RepoName", "Repo") { Required = true },
        new(ProductName, 100, "Product"),
        new(Description, 1000, "About") { ManyLines = true },
        new(ChatChannel, 100, "Channel", "Chat"),
        new(StakeholdersField, 4000, "StakeholderEmails", "Addresses") { ManyLines = true },
    ];

    public override string Describe(ImportValues row) => row[NameField];

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new Target(db);

    private sealed class Target(IntranetDbContext db) : ImportTarget
    {
        private readonly SeenLines<string> seen = new();
        private Dictionary<string, Repository> known = [];
        private Names productNames = new("product", []);
        private Dictionary<int, string> nameOf = [];

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            known = await db.Repositories.ToDictionaryAsync(r => r.NameKey, StringComparer.Ordinal, cancellation);
            var products = await db.Products.AsNoTracking().Select(p => new Named(p.Id, p.Name, p.NameKey)).ToListAsync(cancellation);
            (productNames, nameOf) = (new Names("product", products), products.ToDictionary(product => product.Id, product => product.Name));
        }

        protected override int? Earlier(ImportValues row) => seen.Earlier(TextKey.Name(row[NameField]), row.Line);

        public override RowMeaning Compare(ImportValues row)
        {
            var repository = known.GetValueOrDefault(TextKey.Name(row[NameField]));
            var meaning = new RowMeaning { IsNew = repository is null };
            if (Earlier(row) is { } earlier)
                meaning.Refuse(NameField, $"{row[NameField]} is also on line {earlier}. Keep one of the two rows.");
            var product = productNames.Find(ProductName, row[ProductName], meaning);
            meaning.Compare(NameField, repository?.Name, row[NameField]);
            meaning.Compare(ProductName, repository?.ProductId is { } id ? nameOf[id] : null, product?.Name ?? "");
            meaning.Compare(Description, repository?.Description, row[Description]);
            meaning.Compare(ChatChannel, repository?.ChatChannel, row[ChatChannel]);
            Stakeholders.Compare(meaning, StakeholdersField, repository?.Stakeholders, row[StakeholdersField]);
            return meaning;
        }

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            foreach (var (row, meaning) in rows)
            {
                var repository = meaning.IsNew ? db.Repositories.Add(new Repository()).Entity : known[TextKey.Name(row[NameField])];
                repository.Name = row[NameField];
                if (row.Has(ProductName))
                    repository.ProductId = productNames.Find(row[ProductName])!.Id;
                if (row.Has(Description))
                    repository.Description = row[Description];
                if (row.Has(ChatChannel))
                    repository.ChatChannel = row[ChatChannel];
                if (row.Has(StakeholdersField))
                    repository.Stakeholders = Stakeholders.Parse(row[StakeholdersField]);
            }

            await db.SaveChangesAsync(cancellation);
        }
    }
}
