namespace Intranet.Web.Infrastructure;

/// <summary>A column of an exported list, the same in CSV and workbook: text, numbers, days (DateOnly) and times (DateTime, UTC).</summary>
public sealed record Column<T>(string Header, Func<T, object?> Value);
