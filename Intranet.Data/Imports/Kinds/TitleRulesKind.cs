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

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new Target(db);

    private sealed class Target(IntranetDbContext db) : ImportTarget
    {
        private readonly SeenLines<string> seen = new();
        private TitleRules before = new([], []);
        private Dictionary<string, TitleMapping> known = [];
        private Names titleNames = new("standard title", []);
        private Dictionary<int, string> nameOf = [];
        private int position;

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            before = await db.TitleRulesAsync(cancellation);
            known = await db.TitleMappings.ToDictionaryAsync(m => m.OriginalKey, StringComparer.Ordinal, cancellation);
            var titles = await db.Titles.AsNoTracking().Select(t => new Named(t.Id, t.Name, t.NameKey)).ToListAsync(cancellation);
            (titleNames, nameOf) = (new Names("standard title", titles), titles.ToDictionary(title => title.Id, title => title.Name));
            position = known.Values.Select(mapping => mapping.Position).DefaultIfEmpty().Max();
        }

        protected override int? Earlier(ImportValues row) => seen.Earlier(TextKey.Fold(row[Pattern]), row.Line);

        public override RowMeaning Compare(ImportValues row)
        {
            var key = TextKey.Fold(row[Pattern]);
            var mapping = known.GetValueOrDefault(key);
            var meaning = new RowMeaning { IsNew = mapping is null };
            if (key.Length > 220)
                meaning.Refuse(Pattern, "The pattern is too long. Shorten it.");
            if (Earlier(row) is { } earlier)
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
            await new StandardiseTitles(db).RunAsync(before, cancellation);
        }
    }
}
