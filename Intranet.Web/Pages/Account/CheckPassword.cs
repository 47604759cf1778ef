using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Account;

/// <summary>
/// Decides whether somebody may sign in with an address and a password. Unknown, wrong, locked and not allowed are one
/// answer and take the same time: each costs one password hash. Five failures lock the account for 15 minutes. Leaves
/// an audit entry each time.
/// </summary>
public sealed class CheckPassword(
    IntranetDbContext db, UserManager<User> users, SignInManager<User> sessions, IPasswordHasher<User> hasher, TimeProvider clock, IHttpContextAccessor http)
{
    public const int Failures = 5;
    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    // A hash of nothing anybody typed, to be busy with when there is no account.
    private static readonly Lazy<string> Decoy = new(() => new PasswordHasher<User>().HashPassword(new User(), Guid.NewGuid().ToString()));

    /// <returns>The user, or null whatever the reason.</returns>
    public async Task<User?> RunAsync(string address, string password, CancellationToken cancellation)
    {
        var user = password.Length > CommonPasswords.Longest ? null : await users.FindByEmailAsync(address.Trim());
        var counted = user is not null && await sessions.CanSignInAsync(user) && await CountAsync(user, cancellation);
        var hash = counted ? user!.PasswordHash : null;
        var right = hasher.VerifyHashedPassword(user ?? new User(), hash ?? Decoy.Value, password) != PasswordVerificationResult.Failed;
        if (user is not null && hash is not null && right)
        {
            await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0), cancellation);
            http.HttpContext?.ActAs(user.Email);
            db.Audit("signed in", nameof(User), user.Id);
            await db.SaveChangesAsync(cancellation);
            return user;
        }

        if (user is not null)
            await LockAfterAsync(user, cancellation);
        // The typed address is kept only where it is an account's: people type their passwords into the wrong field.
        db.Audit("sign-in failed", nameof(User), user?.Id, user?.Email);
        await db.SaveChangesAsync(cancellation);
        return null;
    }

    // The attempt is counted before the password is looked at, one after the other: many guesses at once stay five.
    private async Task<bool> CountAsync(User user, CancellationToken cancellation)
    {
        var same = db.Users.Where(u => u.Id == user.Id);
        if (user.LockoutEnd is { } end)
        {
            if (end > clock.GetUtcNow())
                return false;
            await same.Where(u => u.LockoutEnd == end).ExecuteUpdateAsync(
                set => set.SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null).SetProperty(u => u.AccessFailedCount, 0), cancellation);
        }

        // Together: between the two somebody else would count as well, and both would read the later number.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await same.ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), cancellation);
        var count = await same.Select(u => u.AccessFailedCount).SingleAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return count <= Failures;
    }

    private async Task LockAfterAsync(User user, CancellationToken cancellation)
    {
        DateTimeOffset? end = clock.GetUtcNow() + Lock;
        var locked = await db.Users.Where(u => u.Id == user.Id && u.AccessFailedCount >= Failures && u.LockoutEnd == null)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, end), cancellation);
        if (locked > 0)
            db.Audit("locked", nameof(User), user.Id, $"{Failures} failed sign-ins");
    }
}
