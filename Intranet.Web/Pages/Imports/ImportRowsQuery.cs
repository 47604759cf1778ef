using System.ComponentModel.DataAnnotations;
using Intranet.Data.Imports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Imports;

/// <summary>Which rows of an import are shown, as the URL carries it.</summary>
public sealed class ImportRowsQuery
{
    [FromQuery(Name = "rows"), EnumDataType(typeof(ImportRowKind), ErrorMessage = "Choose new, update, same or error.")]
    public ImportRowKind? Kind { get; set; }

    /// <summary>Part of what the row is about.</summary>
    [FromQuery(Name = "q"), StringLength(200, ErrorMessage = "Use at most 200 characters.")]
    public string? Q { get; set; }

    [FromQuery(Name = "pageNumber"), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int PageNumber { get; set; } = 1;

    public bool HasText => !string.IsNullOrWhiteSpace(Q);

    /// <summary>As route values, for links.</summary>
    public object Route(int id, int pageNumber)
        => new { id, rows = Kind?.ToString().ToLowerInvariant(), q = HasText ? Q : null, pageNumber = pageNumber == 1 ? null : (int?)pageNumber };

    public IQueryable<ImportRow> Of(IQueryable<ImportRow> rows)
    {
        if (Kind is { } kind)
            rows = rows.Where(row => row.Kind == kind);
        if (HasText)
        {
            var pattern = $"%{Q!.Trim().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_").Replace("[", "\\[")}%";
            rows = rows.Where(row => EF.Functions.Like(row.Label, pattern, "\\") || EF.Functions.Like(row.Problem!, pattern, "\\"));
        }

        return rows;
    }
}
