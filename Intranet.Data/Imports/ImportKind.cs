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

    /// <summary>A field as shown; some changes are of what no column says.</summary>
    public string LabelOf(string name) => Fields.FirstOrDefault(known => known.Name == name)?.Label ?? ImportField.InWords(name);

    /// <summary>Gives meaning to columns that no field is called like, for kinds whose files come from everywhere.</summary>
    /// <param name="fields">The field of each header, empty for those without; changed in place, each field at most once.</param>
    /// <param name="below">Some rows below the header.</param>
    internal virtual void RecogniseMore(IReadOnlyList<string> headers, List<string> fields, IReadOnlyList<RawRow> below)
    {
    }

    /// <summary>Its rows are leads, or of leads: who may edit all leads brings them in, and nobody else, since a preview shows them.</summary>
    public virtual bool IsOfLeads => false;

    /// <summary>What a row is about, in words a reader recognises.</summary>
    public abstract string Describe(ImportValues row);

    /// <summary>Begins a pass over a file. Nothing is written until <see cref="ImportTarget.WriteAsync"/>.</summary>
    public abstract ImportTarget Open(IntranetDbContext db, ImportPass pass);

    public static readonly IReadOnlyList<ImportKind> All =
        [new EmployeesKind(), new AssignmentsKind(), new ProductsKind(), new RepositoriesKind(), new LocationsKind(), new TitleRulesKind(), new ContactsKind(), new LeadsKind(), new PocsKind(), new InteractionsKind()];

    public static ImportKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);
}

/// <summary>One pass over one file.</summary>
/// <param name="ImportId">Of the import; what it has written already is told apart from what others wrote.</param>
/// <param name="Now">UTC: "today" of the file, the same for all its rows.</param>
/// <param name="Carried">What <see cref="ImportTarget.Carry"/> said at the position where this pass begins; null at the first row.</param>
public sealed record ImportPass(int ImportId, DateTime Now, string? Carried);

/// <summary>
/// How the rows of one file meet the records of their kind; for one pass. A file is worked on in batches of rows that depend on
/// the clock of the machine, so what a row means must depend on the file and on what others wrote, never on where a batch ends: rows
/// of the same file are told apart from known records.
/// </summary>
public abstract class ImportTarget
{
    /// <summary>First in each transaction that applies something: holds what the kind's records are changed under.</summary>
    public virtual Task LockAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Before <see cref="Compare"/> is called for the rows of a batch: loads what they meet, as it is now.</summary>
    public virtual Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>
    /// The earlier line of the file that says the same as this row, so that one of the two must go; remembers this one. Part of
    /// <see cref="Compare"/>.
    /// </summary>
    protected abstract int? Earlier(ImportValues row);

    /// <summary>Rows that were applied before this pass began: remembers what <see cref="Compare"/> would have.</summary>
    public virtual Task RecallAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
            Earlier(row);
        return Task.CompletedTask;
    }

    /// <summary>What the row means. Called once for each row, in the order of the file; writes nothing.</summary>
    public abstract RowMeaning Compare(ImportValues row);

    /// <summary>
    /// What is wrong with the values of a row that isn't compared because of its form, so that whoever corrects it needs to do so
    /// once. Remembers nothing.
    /// </summary>
    public virtual IEnumerable<RowProblem> AlsoWrong(ImportValues row) => [];

    /// <summary>Writes rows that <see cref="Compare"/> just found new or changed, inside the caller's transaction.</summary>
    public abstract Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation);

    /// <summary>
    /// After the last row that is written for now: the next portion of what is better done for many rows at once, inside the
    /// caller's transaction.
    /// </summary>
    /// <param name="position">The line up to which rows are written.</param>
    /// <param name="cancellation">Leaves the portion undone.</param>
    /// <returns>False when nothing is left. Afterwards rows may follow, and this begins anew for them.</returns>
    public virtual Task<bool> CompleteAsync(int position, CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>What it must know to go on from here; committed with each batch and each portion.</summary>
    public virtual string? Carry() => null;

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
