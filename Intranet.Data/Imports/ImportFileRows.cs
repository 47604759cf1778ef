namespace Intranet.Data.Imports;

/// <summary>The rows of a stored file, read as they are asked for.</summary>
/// <param name="Rows">All rows, from the first line on.</param>
/// <param name="About">How many there are, estimated; for progress only.</param>
public sealed record ImportFileRows(IEnumerable<RawRow> Rows, int About)
{
    /// <summary>Rows below the header, without empty ones.</summary>
    internal IEnumerable<RawRow> Below(IReadOnlyList<string> headers)
        => Rows.SkipWhile(row => !row.Cells.SequenceEqual(headers)).Skip(1).Where(row => !row.IsEmpty);
}
