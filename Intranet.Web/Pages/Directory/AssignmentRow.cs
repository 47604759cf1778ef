using System.Linq.Expressions;
using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory;

/// <summary>An assignment as the pages of products, repositories and people list it.</summary>
public sealed record AssignmentRow(
    int Id, AssignmentRole Role, DateOnly? ConfirmedOn, string? ConfirmedBy,
    int EmployeeId, string FirstName, string LastName, string? Title, string OriginalTitle, string City, WorkingHours Hours, DateOnly? AwayFrom, DateOnly? AwayUntil,
    int? ProductId, string? ProductName, int? RepositoryId, string? RepositoryName)
{
    public string FullName => $"{FirstName} {LastName}".Trim();

    public bool IsAway(DateTime utc) => Hours.AreCovered(AwayFrom, AwayUntil, utc);

    public static readonly Expression<Func<Assignment, AssignmentRow>> FromAssignment = a => new AssignmentRow(
        a.Id, a.Role, a.ConfirmedOn, a.ConfirmedBy,
        a.EmployeeId, a.Employee!.FirstName, a.Employee.LastName, a.Employee.Title!.Name, a.Employee.OriginalTitle, a.Employee.Location!.City,
        new WorkingHours(a.Employee.Location.TimeZone, a.Employee.Location.WorkdayStart, a.Employee.Location.WorkdayEnd, a.Employee.Location.Workdays),
        a.Employee.AwayFrom, a.Employee.AwayUntil,
        a.ProductId, a.Product!.Name, a.RepositoryId, a.Repository!.Name);
}

/// <summary>What <c>_AssignmentTable</c> shows; the column of what the page is about is left out.</summary>
public sealed record AssignmentTable(IReadOnlyList<AssignmentRow> Rows, bool ShowPerson, bool ShowProduct, bool ShowRepository, DateTime Now, string ReturnUrl)
{
    /// <summary>The reader is the person themself; stewards may confirm anyway.</summary>
    public bool CanConfirm { get; init; }
}
