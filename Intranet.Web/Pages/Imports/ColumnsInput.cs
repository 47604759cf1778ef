using System.ComponentModel.DataAnnotations;
using Intranet.Data.Imports;

namespace Intranet.Web.Pages.Imports;

/// <summary>Which column of the file is meant by each field.</summary>
public sealed class ColumnsInput
{
    /// <summary>Field → number of the column, from 0; a field without one isn't in the file.</summary>
    [Required]
    public Dictionary<string, int?> Columns { get; set; } = [];

    public static ColumnsInput Of(ImportKind kind, Import import) => new()
    {
        Columns = kind.Fields.ToDictionary(field => field.Name, field => import.Fields.IndexOf(field.Name) is >= 0 and var i ? i : (int?)null),
    };

    /// <summary>The field each column means, in the order of the file.</summary>
    /// <returns>Null when two fields name the same column; <paramref name="problem"/> says which.</returns>
    public List<string>? ToFields(ImportKind kind, Import import, out string? problem)
    {
        var fields = import.Headers.Select(_ => "").ToList();
        problem = null;
        foreach (var field in kind.Fields)
        {
            if (Columns.GetValueOrDefault(field.Name) is not { } column || column < 0 || column >= fields.Count)
                continue;
            if (fields[column].Length > 0)
            {
                problem = $"{kind.LabelOf(fields[column])} and {field.Label} can't both be column {column + 1}. Choose another for one of them.";
                return null;
            }

            fields[column] = field.Name;
        }

        problem = ImportColumns.Problem(kind, import.Headers, fields);
        return problem is null ? fields : null;
    }
}
