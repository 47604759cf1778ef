using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin.Users;

/// <summary>
/// Closes an account until somebody opens it again, or opens it, also after failed sign-ins. Closing ends its sessions
/// within a minute. Nobody closes their own, nor that of the last administrator. Leaves an audit entry.
/// </summary>
public sealed class LockUser(IntranetDbContext db, UserManager<User> users, IHostEnvironment environment)
{
    /// <param name="by">Id of who does it.</param>
    /// <returns>Why not; null when done.</returns>
    public async Task<string?> RunAsync(User user, bool locked, int? by, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Administrators, cancellation);
        if (locked && user.Id == by)
            return "You can't lock your own account.";
        if (locked && await users.IsInRoleAsync(user, Role.Administrator) && !await HasOtherAsync(db, environment, user, cancellation))
            return "This is the last administrator. Make somebody else administrator first.";
        (user.LockoutEnd, user.AccessFailedCount) = (locked ? User.LockedForever : null, 0);
        if (locked)
            (await users.UpdateSecurityStampAsync(user)).MustSucceed();
        db.Audit(locked ? "locked" : "unlocked", nameof(User), user.Id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>Whether somebody else is administrator and not locked by one.</summary>
    internal static Task<bool> HasOtherAsync(IntranetDbContext db, IHostEnvironment environment, User user, CancellationToken cancellation)
        => db.Administrators(environment).AnyAsync(other => other.Id != user.Id && (other.LockoutEnd == null || other.LockoutEnd != User.LockedForever), cancellation);
}
