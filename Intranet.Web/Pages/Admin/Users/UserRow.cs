using System.Linq.Expressions;
using Intranet.Data;
using Intranet.Data.Accounts;

namespace Intranet.Web.Pages.Admin.Users;

/// <param name="LockedUntil">May lie in the past; <see cref="User.LockedForever"/> when an administrator locked the account.</param>
public sealed record UserRow(
    int Id, string Name, string Email, IReadOnlyList<string> Roles, DateTimeOffset? LockedUntil, int? EmployeeId, string? EmpId, DateTime CreatedAt, bool IsSample)
{
    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;

    public static Expression<Func<User, UserRow>> From(IntranetDbContext db) => user => new UserRow(
        user.Id, user.DisplayName, user.Email!,
        db.UserRoles.Where(held => held.UserId == user.Id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role).OrderBy(role => role.Id).Select(role => role.Name!).ToList(),
        user.LockoutEnd, user.EmployeeId, user.Employee!.EmpId, user.CreatedAt, user.IsSample);
}
