using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports.Kinds;

/// <summary>Rules that make standard titles of imported ones, found by the pattern. New patterns come after those that exist.</summary>
public sealed class TitleRulesKind : ImportKind
{
    private const string Pattern = "Pattern", Title = "Title";

    public override string Name => "title-rules";
    public override string Label => "Title rules";
    public override string About => "Which imported title becomes which standard title; * in a pattern stands for any text. Employees are standardised again at once.";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(Pattern, 200, "Original", "OriginalTitle", "From") { Required = true },
        new(Title, 100, "StandardTitle", "To") { Required = true },
    ];

    public override string Describe(ImportValues row) => row[Pattern];

    public override async Task<ImportTarget> OpenAsync(IntranetDbContext db, DateOnly today, CancellationToken cancellation)
        => new Target(
            db,
            await db.TitleRulesAsync(cancellation),
            await db.TitleMappings.ToDictionaryAsync(m => m.OriginalKey, StringComparer.Ordinal, cancellation),
            await db.Titles.AsNoTracking().Select(t => new Named(t.Id, t.Name, t.NameKey)).ToListAsync(cancellation));

    private sealed class Target(IntranetDbContext db, TitleRules before, Dictionary<string, TitleMapping> known, List<Named> titles) : ImportTarget
    {
        private readonly SeenLines<string> seen = new();
        private readonly Names titleNames = new("standard title", titles);
        private readonly Dictionary<int, string> nameOf = titles.ToDictionary(title => title.Id, title => title.Name);
        private int position = known.Values.Select(mapping => mapping.Position).DefaultIfEmpty().Max();

        public override RowMeaning Compare(ImportValues row)
        {
            var key = TextKey.Fold(row[Pattern]);
            var mapping = known.GetValueOrDefault(key);
            var meaning = new RowMeaning { IsNew = mapping is null };
            if (key.Length > 220)
                meaning.Refuse(Pattern, "The pattern is too long. Shorten it.");
            if (seen.Earlier(key, row.Line) is { } earlier)
                meaning.Refuse(Pattern, $"{row[Pattern]} is also on line {earlier}. Keep one of the two rows.");
            var title = titleNames.Find(Title, row[Title], meaning);
            if (mapping is null)
                meaning.Compare(Pattern, null, row[Pattern]);
            meaning.Compare(Title, mapping is null ? null : nameOf[mapping.TitleId], title?.Name ?? "");
            return meaning;
        }

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            foreach (var (row, meaning) in rows)
            {
                var mapping = meaning.IsNew ? db.TitleMappings.Add(new TitleMapping { Original = row[Pattern], Position = ++position }).Entity : known[TextKey.Fold(row[Pattern])];
                mapping.TitleId = titleNames.Find(row[Title])!.Id;
            }

            await db.SaveChangesAsync(cancellation);
        }

        public override Task FinishAsync(CancellationToken cancellation) => new StandardiseTitles(db).RunAsync(before, cancellation);
    }
}
