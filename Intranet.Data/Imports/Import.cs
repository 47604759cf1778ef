using Intranet.Data.Auditing;

namespace Intranet.Data.Imports;

/// <summary>A file on its way into the app: uploaded, read and shown, then applied or discarded.</summary>
public sealed class Import : IVersioned
{
    /// <summary>The column in a file of rows in error that holds the cells which were too many: filled, the row is refused again.</summary>
    public const string Surplus = "Surplus";

    /// <summary>What stands behind it in such a file; somebody may have taken some of it out.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["Line", "Column", "Problem"];

    /// <summary>Where that column is; -1 where there is none, or only one of the user's own that is called so.</summary>
    public static int SurplusOf(IReadOnlyList<string> headers, IReadOnlyList<string> fields)
        => Enumerable.Range(0, headers.Count).FirstOrDefault(i => headers[i] == Surplus && fields[i].Length == 0 && i < headers.Count - 1 && headers.Skip(i + 1).All(Reasons.Contains), -1);

    public int Id { get; private set; }

    /// <summary>What the rows are: the name of an <see cref="ImportKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>As the user's machine called it; for display only, never a path.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Name of the stored copy in the uploads folder; empty when it was deleted.</summary>
    public string StoredName { get; set; } = "";

    public string CreatedBy { get; init; } = "";
    public DateTime CreatedAt { get; init; }

    public ImportState State { get; set; }

    /// <summary>Header of the file → field, in the file's order; an empty field is ignored.</summary>
    public List<string> Headers { get; set; } = [];
    public List<string> Fields { get; set; } = [];

    /// <summary>Somebody said what the columns mean, now or for an earlier file of this shape: what is ignored is so by their choice.</summary>
    public bool AreColumnsChosen { get; set; }

    public int NewRows { get; set; }
    public int UpdatedRows { get; set; }
    public int SameRows { get; set; }
    public int ErrorRows { get; set; }

    /// <summary>What the user should look at although nothing is wrong, in sentences.</summary>
    public List<string> Warnings { get; set; } = [];

    /// <summary>Rows handled so far in the current state, and how many there are, once known.</summary>
    public int Progress { get; set; }
    public int? Total { get; set; }

    /// <summary>
    /// The line up to which the file is applied, committed together with what its rows brought; whoever goes on begins after it.
    /// 0 before the first batch, <see cref="WholeFile"/> after the last.
    /// </summary>
    public int Position { get; set; }

    /// <summary>How many rows brought something (new or changed) up to <see cref="Position"/>.</summary>
    public int Written { get; set; }

    /// <summary>When the first batch was applied: days that the file counts from today are counted from then, also after a restart.</summary>
    public DateTime? BeganAt { get; set; }

    /// <summary>What its kind must remember beside the position to go on after it: JSON of the kind's own.</summary>
    public string? Carried { get; set; }

    /// <summary>Who asked to stop it while it is applied, or did; whoever applies it looks at this between batches.</summary>
    public string? StoppedBy { get; set; }

    /// <summary>
    /// Last sign of life of whoever works on it; work without one for two minutes is taken over. The version is the claim: each batch
    /// commits only under the version that its worker claimed.
    /// </summary>
    public DateTime? AliveAt { get; set; }

    public DateTime? AppliedAt { get; set; }
    public string? AppliedBy { get; set; }

    /// <summary>Why the file as a whole was refused, or why applying it stopped.</summary>
    public string? Error { get; set; }

    public Guid Version { get; set; } = Guid.NewGuid();

    public bool IsAtWork => State is ImportState.Uploaded or ImportState.Reading or ImportState.Confirmed or ImportState.Applying;

    public int Rows => NewRows + UpdatedRows + SameRows + ErrorRows;

    /// <summary><see cref="Position"/> once all rows are written: what is left is what can only be done then.</summary>
    internal const int WholeFile = int.MaxValue;

    /// <summary>Somebody begins to read or to apply it; until they finish, nobody else does.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to do for it.</exception>
    public void Claim(DateTime at)
    {
        State = State switch
        {
            ImportState.Uploaded or ImportState.Reading => ImportState.Reading,
            ImportState.Confirmed or ImportState.Applying => ImportState.Applying,
            _ => throw new InvalidOperationException($"An import that is {State} has nothing to do."),
        };
        AliveAt = at;
        if (Position == 0)
            Progress = 0;
    }

    /// <summary>Says that the previewed rows shall be written, or the rest of one that was stopped.</summary>
    /// <returns>False, and nothing happens, when it isn't waiting for that decision.</returns>
    public bool Confirm(string by)
    {
        if (State is not (ImportState.Previewed or ImportState.Stopped))
            return false;
        if (State == ImportState.Previewed)
            Progress = 0;
        (State, AppliedBy, StoppedBy, Error) = (ImportState.Confirmed, by, null, null);
        return true;
    }

    /// <summary>Says, before anything was read, that its rows shall be written without waiting for a look at the preview.</summary>
    /// <returns>False, and nothing happens, when its columns aren't understood or it is further on.</returns>
    public bool ConfirmUnseen(string by)
    {
        if (State != ImportState.Uploaded)
            return false;
        (State, AppliedBy) = (ImportState.Confirmed, by);
        return true;
    }

    /// <summary>
    /// Takes "apply" back: what was previewed waits for a decision again. Of what was applied in part the rest does; what is written
    /// stays.
    /// </summary>
    /// <param name="by">Who says so.</param>
    /// <returns>False, and nothing happens, when nobody said apply, or it is done.</returns>
    public bool Withdraw(string by)
    {
        if (State is not (ImportState.Confirmed or ImportState.Applying))
            return false;
        (AliveAt, StoppedBy) = (null, null);
        if (Position > 0)
            (State, StoppedBy) = (ImportState.Stopped, by);
        else
            // What was confirmed unseen has no preview to go back to: it is read first.
            (State, AppliedBy, Progress) = (Rows > 0 ? ImportState.Previewed : ImportState.Uploaded, null, Rows);
        return true;
    }

    /// <summary>Gives the columns other meanings; the file is read again.</summary>
    /// <returns>False, and nothing happens, when it isn't waiting for a decision.</returns>
    public bool Remap(List<string> fields)
    {
        if (State is not (ImportState.Previewed or ImportState.Unmapped))
            return false;
        (State, Fields, AreColumnsChosen, Progress) = (ImportState.Uploaded, fields, true, 0);
        return true;
    }

    /// <summary>Nothing more of it will be written. The stored copy is the caller's to delete.</summary>
    /// <returns>False, and nothing happens, when it is being applied or is over.</returns>
    public bool Discard()
    {
        if (State is not (ImportState.Uploaded or ImportState.Unmapped or ImportState.Reading or ImportState.Previewed or ImportState.Stopped))
            return false;
        (State, AliveAt) = (ImportState.Discarded, null);
        return true;
    }

    /// <summary>
    /// It could not be read or written. Where some of it was written, it is left for whoever applies imports to complete that part
    /// and stop; else nothing was changed, and it is over.
    /// </summary>
    public void Fail(string why)
    {
        (Error, AliveAt) = (why.Length <= 2000 ? why : why[..2000], null);
        if (Position == 0 || State != ImportState.Applying)
            State = ImportState.Failed;
        else if (StoppedBy is null)
            StoppedBy = "";
        else
            State = ImportState.Stopped;
    }

    internal void Previewed(ImportCounts counts, IEnumerable<string> warnings)
    {
        Count(counts, warnings);
        (State, Progress, Total) = (ImportState.Previewed, counts.All, counts.All);
    }

    internal void Applied(ImportCounts counts, IEnumerable<string> warnings, DateTime at)
    {
        Count(counts, warnings);
        (State, AppliedAt, Progress, Total, Carried, Error) = (ImportState.Applied, at, counts.All, counts.All, null, null);
    }

    /// <summary>Some rows are written, the others wait for a decision.</summary>
    internal void Stopped(ImportCounts counts, IEnumerable<string> warnings)
    {
        Count(counts, warnings);
        State = ImportState.Stopped;
    }

    private void Count(ImportCounts counts, IEnumerable<string> warnings)
    {
        (Warnings, AliveAt) = ([.. warnings], null);
        (NewRows, UpdatedRows, SameRows, ErrorRows) = (counts[ImportRowKind.New], counts[ImportRowKind.Update], counts[ImportRowKind.Same], counts[ImportRowKind.Error]);
    }
}

/// <summary>How many rows of each kind.</summary>
internal sealed class ImportCounts
{
    private readonly int[] counts = new int[Enum.GetValues<ImportRowKind>().Length];

    internal int this[ImportRowKind kind] => counts[(int)kind];
    internal int All => counts.Sum();
    internal void Add(ImportRowKind kind, int rows = 1) => counts[(int)kind] += rows;
}

public enum ImportState
{
    /// <summary>Waits to be read.</summary>
    Uploaded = 0,
    Reading = 1,

    /// <summary>Read and compared; nothing written. Waits for a decision.</summary>
    Previewed = 2,

    /// <summary>Somebody said apply; waits for the job.</summary>
    Confirmed = 3,
    Applying = 4,
    Applied = 5,
    Failed = 6,
    Discarded = 7,

    /// <summary>Not read: a column that is needed isn't recognised. Waits for somebody to say what the columns mean.</summary>
    Unmapped = 8,

    /// <summary>Applied up to a row, and wholly up to there. The rest waits for somebody to go on.</summary>
    Stopped = 9,
}

/// <summary>What one row of the file means, or would mean.</summary>
public sealed class ImportRow
{
    /// <summary>Stands for what a row said about somebody who was erased.</summary>
    public const string Erased = "Erased for privacy.";

    public int ImportId { get; init; }

    /// <summary>Line in the file, the header being line 1.</summary>
    public int Line { get; init; }
    public ImportRowKind Kind { get; init; }

    /// <summary>What the row is about, in words a reader recognises.</summary>
    public string Label { get; init; } = "";

    /// <summary>The known record that the row is about, where its kind tells; a new record knows its row instead.</summary>
    public int? SubjectId { get; init; }

    /// <summary>JSON: field → [old, new], for new and updated rows; for errors, the row's cells as they stood in the file.</summary>
    public string? Changes { get; init; }

    /// <summary>For errors: the column's header, the raw text and what to do.</summary>
    public string? Column { get; init; }
    public string? Raw { get; init; }
    public string? Problem { get; init; }
}

public enum ImportRowKind
{
    New = 0,
    Update = 1,
    Same = 2,
    Error = 3,
}
