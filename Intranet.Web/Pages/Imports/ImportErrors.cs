using System.Text.Json;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// The rows in error as a file that can be corrected and uploaded again: the cells as they stood, then those that were
/// too many, line, column and what to do. The importer doesn't know the last three names, so it passes over them.
/// </summary>
public static class ImportErrors
{
    public sealed record Row(IReadOnlyList<string> Cells, int Line, string? Column, string? Problem)
    {
        public static Row Of(int line, string? changes, string? column, string? problem)
            => new(changes is null ? [] : JsonSerializer.Deserialize<List<string>>(changes)!, line, column, problem);
    }

    public static IReadOnlyList<Column<Row>> Columns(Import import)
    {
        Column<Row>[] reasons = [new(Import.Surplus, row => string.Join(" | ", row.Cells.Skip(import.Headers.Count))), new("Line", row => row.Line), new("Column", row => row.Column), new("Problem", row => row.Problem)];
        // A file that was corrected once brings the reasons of then.
        var cells = import.Headers.Select((header, i) => (Header: header, Index: i))
            .Where(cell => import.Fields[cell.Index].Length > 0 || !reasons.Any(reason => reason.Header == cell.Header))
            .Select(cell => new Column<Row>(cell.Header, row => row.Cells.ElementAtOrDefault(cell.Index)));
        return [.. cells, .. reasons];
    }
}
