using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Intranet.Data.Imports;

/// <summary>Turns the rows of a file into values and into what they mean. For one pass over one file.</summary>
internal sealed class RowCheck(ImportKind kind, ImportTarget target, IReadOnlyList<string> headers, IReadOnlyList<string> fields)
{
    private readonly int surplus = Import.SurplusOf(headers, fields);
    private readonly string[] names = [.. kind.Fields.Select(field => field.Name)];
    private int? openQuote;
    private readonly int[] columns = [.. kind.Fields.Select(field => fields.ToList().IndexOf(field.Name))];

    /// <summary>Values of rows, and their problems of form. Asks nobody: no transaction need be open meanwhile.</summary>
    internal List<ReadRow> Read(IReadOnlyList<RawRow> rows)
        => [.. rows.Select(raw =>
        {
            openQuote ??= raw.OpenQuote;
            var values = Read(raw);
            return new ReadRow(raw, values, CheckForm(raw, values));
        })];

    /// <summary>After the last row that is read: what the user should look at, in sentences.</summary>
    internal IEnumerable<string> Warnings()
        => openQuote is { } line ? target.Warnings().Prepend($"{Unclosed(line)} Close it, and upload the file again.") : target.Warnings();

    private static string Unclosed(int line) => $"The quote opened in line {line} is never closed; everything after it was read as one cell.";

    /// <summary>
    /// What rows mean, in the order of the file. A row that has a problem of form isn't compared; of its other fields it is told
    /// what is wrong with them all the same.
    /// </summary>
    internal async Task<List<CheckedRow>> CompareAsync(IReadOnlyList<ReadRow> rows, CancellationToken cancellation)
    {
        await target.PrepareAsync([.. rows.Where(row => row.Raw.OpenQuote is null).Select(row => row.Values)], cancellation);
        return [.. rows.Select(row => new CheckedRow(row.Raw, row.Values, row.IsWellFormed ? target.Compare(row.Values) : WithMore(row)))];
    }

    private RowMeaning WithMore(ReadRow row)
    {
        if (row.Raw.OpenQuote is not null)
            return row.Form;
        var told = row.Form.Problems.Select(problem => problem.Field).ToHashSet();
        row.Form.Problems.AddRange(target.AlsoWrong(row.Values).Where(problem => !told.Contains(problem.Field)));
        return row.Form;
    }

    /// <summary>Remembers rows that were compared in an earlier pass.</summary>
    internal Task RecallAsync(IReadOnlyList<ReadRow> rows, CancellationToken cancellation)
        => target.RecallAsync([.. rows.Where(row => row.IsWellFormed).Select(row => row.Values)], cancellation);

    private ImportValues Read(RawRow raw)
    {
        var values = new string[names.Length];
        for (var i = 0; i < names.Length; i++)
            values[i] = columns[i] >= 0 && columns[i] < raw.Cells.Count ? Clean(kind.Fields[i].JoinLines ? InOneLine(raw.Cells[columns[i]]) : raw.Cells[columns[i]]) : "";
        return new ImportValues(raw.Line, names, values);
    }

    private RowMeaning CheckForm(RawRow raw, ImportValues row)
    {
        var form = new RowMeaning();
        if (raw.OpenQuote is { } line)
        {
            // Whatever else is wrong with it comes of this.
            form.Refuse(fields.ElementAtOrDefault(raw.Cells.Count - 1) ?? "", Unclosed(line));
            return form;
        }

        foreach (var field in kind.Fields)
            CheckForm(form, field, row);
        if (raw.Cells.Skip(headers.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
            form.Refuse("", $"The row has {raw.Cells.Count} cells, the header {headers.Count}. Put quotes around text that holds the separator.");
        else if (surplus >= 0 && !string.IsNullOrWhiteSpace(raw.Cells.ElementAtOrDefault(surplus)))
            form.Refuse("", $"The row had more cells than the header. Put each where it belongs, and empty {Import.Surplus}.");
        return form;
    }

    internal ImportRow ToImportRow(int importId, CheckedRow row)
    {
        var problem = row.Meaning.Problems.FirstOrDefault();
        if (row.Meaning.IsOfErased)
            return new ImportRow { ImportId = importId, Line = row.Raw.Line, Kind = row.Meaning.Kind, Label = ImportRow.Erased, Problem = problem!.WhatToDo };
        var column = problem is null ? -1 : ColumnOf(problem.Field);
        return new ImportRow
        {
            ImportId = importId,
            Line = row.Raw.Line,
            Kind = row.Meaning.Kind,
            SubjectId = row.Meaning.SubjectId,
            Label = Cut(kind.Describe(row.Values), 300),
            Changes = row.Meaning.Kind switch
            {
                ImportRowKind.Same => null,
                // The cells as they stood in the file, so that the row can be given back for correction.
                ImportRowKind.Error => JsonSerializer.Serialize(row.Raw.Cells),
                _ => JsonSerializer.Serialize(row.Meaning.Changes.ToDictionary(change => change.Field, change => new[] { change.Old, change.New })),
            },
            Column = problem is null ? null : column >= 0 ? Cut(headers[column], 200) : kind.LabelOf(problem.Field),
            // What is wrong with the row as a whole shows in all its cells.
            Raw = problem is null ? null : problem.Field.Length == 0 ? Cut(string.Join(" | ", row.Raw.Cells), 500) : column < 0 || column >= row.Raw.Cells.Count ? null : Cut(row.Raw.Cells[column], 500),
            Problem = problem is null ? null : Cut(InWords(row.Meaning.Problems), 500),
        };
    }

    // The first problem stands beside its column; the others name theirs.
    private string InWords(List<RowProblem> problems)
        => string.Join(" ", problems.Select((problem, i) => i == 0 || problem.Field.Length == 0 ? problem.WhatToDo : $"{Header(problem.Field)}: {problem.WhatToDo}"));

    private string Header(string field) => ColumnOf(field) is >= 0 and var column ? headers[column].Trim() : kind.LabelOf(field);

    private int ColumnOf(string field) => Array.IndexOf(names, field) is >= 0 and var i ? columns[i] : -1;

    private static void CheckForm(RowMeaning form, ImportField field, ImportValues row)
    {
        var value = row[field.Name];
        if (value.Length == 0 && field.Required && !(field.OrElse is { } other && row.Has(other)))
            form.Refuse(field.Name, $"{field.Label} is empty. Every row needs one.");
        if (value.Length > field.MaxLength)
            form.Refuse(field.Name, $"{field.Label} has {value.Length:N0} characters. At most {field.MaxLength:N0} fit.");
        foreach (var letter in value)
        {
            if (!char.IsControl(letter) || (field.ManyLines && letter is '\n' or '\r' or '\t'))
                continue;
            form.Refuse(field.Name, letter is '\n' or '\r' ? $"{field.Label} holds a line break. Write it in one line."
                : string.Create(CultureInfo.InvariantCulture, $"{field.Label} holds a control character (U+{(int)letter:X4}). Type it anew."));
            break;
        }
    }

    // Blanks around, and the apostrophe that spreadsheets (and our own downloads) put before what looks like a
    // formula, are not part of the value. Composed letters, so that é compares equal however it was typed.
    private static string Clean(string cell)
    {
        var text = cell.Trim();
        if (text.Length > 1 && text[0] == '\'' && text[1] is '=' or '+' or '-' or '@')
            text = text[1..];
        try
        {
            return text.IsNormalized() ? text : text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: no text at all. The replacement character makes it visible.
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }
    }

    private static string InOneLine(string cell)
        => cell.AsSpan().ContainsAny('\n', '\r', '\t') ? string.Join(' ', cell.Split(['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) : cell;

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}

internal sealed record ReadRow(RawRow Raw, ImportValues Values, RowMeaning Form)
{
    internal bool IsWellFormed => Form.Problems.Count == 0;
}

internal sealed record CheckedRow(RawRow Raw, ImportValues Values, RowMeaning Meaning);
