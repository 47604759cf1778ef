using Intranet.Data.Imports.Kinds;

namespace Intranet.Data.Imports;

/// <summary>
/// One kind of file: its fields, and how its rows meet what is known. All that is particular to a kind is in its one
/// class under Kinds; reading, showing, applying and reporting are the same for all.
/// </summary>
public abstract class ImportKind
{
    /// <summary>As stored and in URLs.</summary>
    public abstract string Name { get; }

    /// <summary>As shown.</summary>
    public abstract string Label { get; }

    /// <summary>In one sentence: what the rows are, and how one finds its record.</summary>
    public abstract string About { get; }

    public abstract IReadOnlyList<ImportField> Fields { get; }

    /// <summary>What a row is about, in words a reader recognises.</summary>
    public abstract string Describe(ImportValues row);

    /// <summary>Loads what the rows are compared with. Nothing is written until <see cref="ImportTarget.WriteAsync"/>.</summary>
    public abstract Task<ImportTarget> OpenAsync(IntranetDbContext db, DateOnly today, CancellationToken cancellation);

    public static readonly IReadOnlyList<ImportKind> All =
        [new EmployeesKind(), new AssignmentsKind(), new ProductsKind(), new RepositoriesKind(), new LocationsKind(), new TitleRulesKind(), new ContactsKind(), new LeadsKind(), new PocsKind(), new InteractionsKind()];

    public static ImportKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);
}

/// <summary>What is known of the records of one kind, as of when it was opened; for one pass over one file.</summary>
public abstract class ImportTarget
{
    /// <summary>Set before anything is written.</summary>
    public int ImportId { get; internal set; }

    /// <summary>
    /// Before <see cref="Compare"/> is called for these rows: loads what they meet, for kinds with more records than fit into
    /// memory.
    /// </summary>
    public virtual Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>What the row means. Called once for each row, in the order of the file; writes nothing.</summary>
    public abstract RowMeaning Compare(ImportValues row);

    /// <summary>Writes rows that <see cref="Compare"/> just found new or changed, inside the caller's transaction.</summary>
    public abstract Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation);

    /// <summary>After the last row: what can only be written when all rows are.</summary>
    public virtual Task FinishAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>After the last row: what the user should look at although nothing is wrong, in sentences.</summary>
    public virtual IEnumerable<string> Warnings() => [];
}

/// <summary>Lines on which something was said before, to find what is said twice.</summary>
public sealed class SeenLines<TKey> where TKey : notnull
{
    private readonly Dictionary<TKey, int> lines = [];

    /// <summary>The earlier line with this key, or null when this is the first.</summary>
    public int? Earlier(TKey key, int line) => lines.TryAdd(key, line) ? null : lines[key];
}
