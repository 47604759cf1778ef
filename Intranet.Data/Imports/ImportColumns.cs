namespace Intranet.Data.Imports;

/// <summary>Which column of a file means which field. Pure.</summary>
public static class ImportColumns
{
    // A title, a date and a blank line may stand above the header, as in the workbooks this app writes.
    private const int HeaderWithin = 10;

    /// <summary>
    /// The header among the first rows of a file: the first that names every required field, else the one that names
    /// most; null when no field is named anywhere.
    /// </summary>
    public static RawRow? FindHeader(ImportKind kind, IEnumerable<RawRow> firstRows)
    {
        var rows = firstRows.Take(HeaderWithin)
            .Select(row => (Row: row, Fields: Recognise(kind, row.Cells)))
            .Select(row => (row.Row, row.Fields, Named: row.Fields.Count(field => field.Length > 0)))
            .Where(row => row.Named > 0)
            .ToList();
        // A kind that needs no column in particular takes the row that names most.
        if (!kind.Fields.Any(field => field.Required))
            return rows.OrderByDescending(row => row.Named).FirstOrDefault().Row;
        return rows.FirstOrDefault(row => Missing(kind, row.Fields).Count == 0).Row
            ?? rows.OrderByDescending(row => row.Named).FirstOrDefault().Row;
    }

    /// <summary>
    /// The field each header means, in the same order; empty for those that mean none. Of several headers that mean one field
    /// the field's own name counts before its other names, and those in their order; of equal ones the first.
    /// </summary>
    /// <param name="below">Some rows below the header: where names leave it open, the look of the values decides.</param>
    public static List<string> Recognise(ImportKind kind, IReadOnlyList<string> headers, IReadOnlyList<RawRow>? below = null)
    {
        var keys = headers.Select(ImportField.Key).ToList();
        var fields = keys.ConvertAll(_ => "");
        foreach (var field in kind.Fields)
        {
            var column = field.Keys.Select(key => keys.FindIndex(known => known == key)).FirstOrDefault(found => found >= 0 && fields[found].Length == 0, -1);
            if (column >= 0)
                fields[column] = field.Name;
        }

        kind.RecogniseMore(headers, fields, below ?? []);
        return fields;
    }

    /// <summary>Required fields that no column means, nor what would do instead.</summary>
    public static List<string> Missing(ImportKind kind, IReadOnlyList<string> fields)
        => [.. kind.Fields.Where(field => field.Required && !fields.Contains(field.Name) && !(field.OrElse is { } other && fields.Contains(other)))
            .Select(field => field.OrElse is { } other ? $"{field.Label} (or {kind.LabelOf(other)})" : field.Label)];

    /// <summary>What is wrong with this assignment of columns, as a sentence that says what to do; null when nothing is.</summary>
    public static string? Problem(ImportKind kind, IReadOnlyList<string> headers, IReadOnlyList<string> fields)
    {
        var twice = fields.Select((field, i) => (Field: field, Header: headers[i])).Where(column => column.Field.Length > 0)
            .GroupBy(column => column.Field).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            return $"The columns {string.Join(" and ", twice.Select(column => $"“{Short(column.Header)}”"))} both mean {kind.LabelOf(twice.Key)}. Keep one of them.";
        return Missing(kind, fields) switch
        {
            [] => null,
            [var one] => $"The column {one} is missing. The file has: {Found(headers)}.",
            var several => $"The columns {string.Join(", ", several)} are missing. The file has: {Found(headers)}.",
        };
    }

    private static string Found(IReadOnlyList<string> headers)
    {
        var named = headers.Where(header => !string.IsNullOrWhiteSpace(header)).ToList();
        return string.Join(", ", named.Take(20).Select(Short)) + (named.Count > 20 ? $" and {named.Count - 20} more" : "");
    }

    private static string Short(string header) => header.Trim() is { Length: > 60 } text ? text[..59] + "…" : header.Trim();
}
