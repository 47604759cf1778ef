using System.Linq.Expressions;
using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory;

/// <summary>One line of the table of people: the seed's fields, and what is known about right now.</summary>
public sealed record EmployeeRow(
    int Id, string EmpId, string FirstName, string LastName, string EmailId, string ChatUserName, string Region, string City,
    string? Title, string OriginalTitle, WorkingHours Hours, DateOnly? AwayFrom, DateOnly? AwayUntil)
{
    public string FullName => $"{FirstName} {LastName}".Trim();

    /// <summary>Their role in what was asked for; empty where no product or repository was asked for.</summary>
    public AssignmentRole? Role { get; init; }
    public DateOnly? ConfirmedOn { get; init; }
    public string? ConfirmedBy { get; init; }

    public bool IsAway(DateTime utc) => Hours.AreCovered(AwayFrom, AwayUntil, utc);

    public static readonly Expression<Func<Employee, EmployeeRow>> FromEmployee = e => new EmployeeRow(
        e.Id, e.EmpId, e.FirstName, e.LastName, e.EmailId, e.ChatUserName, e.Location!.Region, e.Location.City, e.Title!.Name, e.OriginalTitle,
        new WorkingHours(e.Location.TimeZone, e.Location.WorkdayStart, e.Location.WorkdayEnd, e.Location.Workdays), e.AwayFrom, e.AwayUntil);
}
