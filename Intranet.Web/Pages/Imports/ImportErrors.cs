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
        // A file that was corrected once brings the reasons of then, and cells that still wait to be put where they belong.
        var surplus = Import.SurplusOf(import.Headers, import.Fields);
        Column<Row>[] reasons = [new(Import.Surplus, row => string.Join(" | ", row.Cells.Where((cell, i) => cell.Length > 0 && (i == surplus || i >= import.Headers.Count)))), new(Import.Reasons[0], row => row.Line), new(Import.Reasons[1], row => row.Column), new(Import.Reasons[2], row => row.Problem)];
        var cells = import.Headers.Select((header, i) => (Header: header, Index: i))
            .Where(cell => import.Fields[cell.Index].Length > 0 || (cell.Index != surplus && !Import.Reasons.Contains(cell.Header)))
            .Select(cell => new Column<Row>(cell.Header, row => row.Cells.ElementAtOrDefault(cell.Index)));
        return [.. cells, .. reasons];
    }
}
