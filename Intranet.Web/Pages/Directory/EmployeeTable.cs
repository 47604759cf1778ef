namespace Intranet.Web.Pages.Directory;

/// <summary>What <c>_EmployeeTable</c> shows: people, and their roles where something was asked for.</summary>
public sealed record EmployeeTable(IReadOnlyList<EmployeeRow> Rows, bool HasRoles, DateTime Now);
