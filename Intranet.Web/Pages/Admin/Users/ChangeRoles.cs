using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin.Users;

/// <summary>
/// Gives a user exactly the wanted roles, and employee. Renews the security stamp, so that sessions with the old roles
/// end within a minute. Refuses to leave the intranet without an administrator. Leaves an audit entry.
/// </summary>
public sealed class ChangeRoles(IntranetDbContext db, UserManager<User> users, IHostEnvironment environment)
{
    /// <returns>Why not; null when done.</returns>
    public async Task<string?> RunAsync(User user, IEnumerable<string> wanted, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Two administrators who demote each other at the same time: the second sees what the first did.
        await db.LockAsync(Locks.Administrators, cancellation);
        var before = await users.GetRolesAsync(user);
        var after = Role.All.Where(role => role == Role.Employee || wanted.Contains(role)).ToList();
        if (before.Contains(Role.Administrator) && !after.Contains(Role.Administrator) && !await LockUser.HasOtherAsync(db, environment, user, cancellation))
            return "This is the last administrator. Make somebody else administrator first.";
        if (before.ToHashSet().SetEquals(after))
            return null;
        (await users.RemoveFromRolesAsync(user, before.Except(after))).MustSucceed();
        (await users.AddToRolesAsync(user, after.Except(before))).MustSucceed();
        (await users.UpdateSecurityStampAsync(user)).MustSucceed();
        db.Audit("changed roles", nameof(User), user.Id, $"{string.Join(", ", Role.All.Where(before.Contains))} → {string.Join(", ", after)}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }
}
