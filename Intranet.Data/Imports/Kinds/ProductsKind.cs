using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports.Kinds;

/// <summary>Products, found by name.</summary>
public sealed class ProductsKind : ImportKind
{
    private const string NameField = "Name", Description = "Description", ChatChannel = "ChatChannel", StakeholdersField = "Stakeholders";

    public override string Name => "products";
    public override string Label => "Products";
    public override string About => "Products, found by name. Stakeholders are addresses separated by semicolons.";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(NameField, 100, "ProductName", "Product") { Required = true },
        new(Description, 1000, "About") { ManyLines = true },
        new(ChatChannel, 100, "Channel", "Chat"),
        new(StakeholdersField, 4000, "StakeholderEmails", "Addresses") { ManyLines = true },
    ];

    public override string Describe(ImportValues row) => row[NameField];

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new Target(db);

    private sealed class Target(IntranetDbContext db) : ImportTarget
    {
        private readonly SeenLines<string> seen = new();
        private Dictionary<string, Product> known = [];

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
            => known = await db.Products.ToDictionaryAsync(p => p.NameKey, StringComparer.Ordinal, cancellation);

        protected override int? Earlier(ImportValues row) => seen.Earlier(TextKey.Name(row[NameField]), row.Line);

        public override RowMeaning Compare(ImportValues row)
        {
            var product = known.GetValueOrDefault(TextKey.Name(row[NameField]));
            var meaning = new RowMeaning { IsNew = product is null };
            if (Earlier(row) is { } earlier)
                meaning.Refuse(NameField, $"{row[NameField]} is also on line {earlier}. Keep one of the two rows.");
            meaning.Compare(NameField, product?.Name, row[NameField]);
            meaning.Compare(Description, product?.Description, row[Description]);
            meaning.Compare(ChatChannel, product?.ChatChannel, row[ChatChannel]);
            Stakeholders.Compare(meaning, StakeholdersField, product?.Stakeholders, row[StakeholdersField]);
            return meaning;
        }

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            foreach (var (row, meaning) in rows)
            {
                var product = meaning.IsNew ? db.Products.Add(new Product()).Entity : known[TextKey.Name(row[NameField])];
                product.Name = row[NameField];
                if (row.Has(Description))
                    product.Description = row[Description];
                if (row.Has(ChatChannel))
                    product.ChatChannel = row[ChatChannel];
                if (row.Has(StakeholdersField))
                    product.Stakeholders = Stakeholders.Parse(row[StakeholdersField]);
            }

            await db.SaveChangesAsync(cancellation);
        }
    }
}
