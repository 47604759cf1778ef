namespace Intranet.Data.Imports;

/// <summary>A row as it stands in a file, with the number of the line it begins on (the first line is 1).</summary>
public sealed record RawRow(int Line, IReadOnlyList<string> Cells)
{
    /// <summary>The line in which a quote was opened that is closed nowhere: its last cell holds all that follows in the file.</summary>
    public int? OpenQuote { get; init; }

    public bool IsEmpty => Cells.All(string.IsNullOrWhiteSpace);
}
