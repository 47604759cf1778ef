using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Directory;

public static class DirectoryQueries
{
    /// <summary>Those who have not left by that day.</summary>
    public static IQueryable<Employee> Current(this IQueryable<Employee> employees, DateOnly today)
        => employees.Where(employee => employee.LeftOn == null || employee.LeftOn > today);

    /// <summary>By first name, last name, EmpId: the order of every list of people, and of FindPOC.</summary>
    public static IOrderedQueryable<Employee> ByName(this IQueryable<Employee> employees)
        => employees.OrderBy(employee => employee.FirstNameKey).ThenBy(employee => employee.LastNameKey).ThenBy(employee => employee.EmpIdKey);

    /// <summary>Assignments of a product, a repository, or a repository as part of a product; of people still here.</summary>
    public static IQueryable<Assignment> Of(this IQueryable<Assignment> assignments, int? productId, int? repositoryId, DateOnly today)
    {
        assignments = assignments.Where(assignment => assignment.Employee!.LeftOn == null || assignment.Employee.LeftOn > today);
        if (productId is not null)
            assignments = assignments.Where(assignment => assignment.ProductId == productId);
        if (repositoryId is not null)
            assignments = assignments.Where(assignment => assignment.RepositoryId == repositoryId);
        return assignments;
    }

    /// <summary>
    /// Whom to ask about a product or repository right now (<see cref="WhomToAsk"/>): one query for owners and
    /// backups, a second one for members only where nobody else is named.
    /// </summary>
    public static async Task<WhomToAsk.Answer?> WhomToAskAsync(this IntranetDbContext db, int? productId, int? repositoryId, DateTime utc, CancellationToken cancellation = default)
    {
        var today = DateOnly.FromDateTime(utc);
        var assignments = db.Assignments.Of(productId, repositoryId, today);
        var candidates = await CandidatesAsync(assignments.Where(assignment => assignment.Role != AssignmentRole.Member), today, cancellation);
        if (candidates.Count == 0)
            candidates = await CandidatesAsync(assignments, today, cancellation);
        return WhomToAsk.Choose(candidates, utc);
    }

    private static async Task<List<WhomToAsk.Candidate>> CandidatesAsync(IQueryable<Assignment> assignments, DateOnly today, CancellationToken cancellation)
    {
        // Two hundred are more than anybody names; a product of thousands of members must not load them all.
        var rows = await assignments
            .OrderBy(a => a.Role).ThenBy(a => a.Employee!.FirstNameKey).ThenBy(a => a.Employee!.LastNameKey).ThenBy(a => a.Employee!.EmpIdKey)
            .Take(200)
            .Select(a => new
            {
                a.Role,
                Person = new Person(a.Employee!.Id, a.Employee.FirstName, a.Employee.LastName, a.Employee.EmailId, a.Employee.ChatUserName, a.Employee.AwayFrom, a.Employee.AwayUntil,
                    a.Employee.Location!.City, a.Employee.Location.TimeZone, a.Employee.Location.WorkdayStart, a.Employee.Location.WorkdayEnd, a.Employee.Location.Workdays),
                Substitute = a.Employee.Substitute == null ? null : new Person(a.Employee.Substitute.Id, a.Employee.Substitute.FirstName, a.Employee.Substitute.LastName,
                    a.Employee.Substitute.EmailId, a.Employee.Substitute.ChatUserName, a.Employee.Substitute.AwayFrom, a.Employee.Substitute.AwayUntil,
                    a.Employee.Substitute.Location!.City, a.Employee.Substitute.Location.TimeZone, a.Employee.Substitute.Location.WorkdayStart,
                    a.Employee.Substitute.Location.WorkdayEnd, a.Employee.Substitute.Location.Workdays),
                SubstituteLeftOn = a.Employee.Substitute == null ? null : a.Employee.Substitute.LeftOn,
            })
            .ToListAsync(cancellation);
        // Several rows of one person (several repositories of a product) count once, with the highest role.
        return [.. rows.GroupBy(row => row.Person.Id).Select(group => group.First())
            .Select(row => row.Person.ToCandidate(row.Role, row.SubstituteLeftOn is not { } left || left > today ? row.Substitute?.ToCandidate(row.Role, null) : null))];
    }

    private sealed record Person(
        int Id, string FirstName, string LastName, string EmailId, string ChatUserName, DateOnly? AwayFrom, DateOnly? AwayUntil,
        string City, string TimeZone, TimeOnly Start, TimeOnly End, Workdays Days)
    {
        internal WhomToAsk.Candidate ToCandidate(AssignmentRole role, WhomToAsk.Candidate? substitute)
            => new(Id, $"{FirstName} {LastName}".Trim(), EmailId, ChatUserName, role, City, new WorkingHours(TimeZone, Start, End, Days), AwayFrom, AwayUntil, substitute);
    }
}
