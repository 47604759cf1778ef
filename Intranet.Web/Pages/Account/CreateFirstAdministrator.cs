using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Identity;

namespace Intranet.Web.Pages.Account;

/// <summary>
/// Makes the first administrator and spends the code. Of several people at once one wins; the others find that there is
/// an administrator. Leaves an audit entry.
/// </summary>
public sealed class CreateFirstAdministrator(IntranetDbContext db, UserManager<User> users, FirstAdministrator first, TimeProvider clock)
{
    /// <returns>The user; null when there is an administrator already; or why the account can't be made.</returns>
    public async Task<(User? User, IdentityResult Result)> RunAsync(string address, string name, string password, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.FirstAdministrator, cancellation);
        if (await first.ExistsAsync(db, cancellation))
            return (null, IdentityResult.Success);
        var user = new User { UserName = address, Email = address, EmailConfirmed = true, DisplayName = name, CreatedAt = clock.GetUtcNow().UtcDateTime };
        var result = await users.CreateAsync(user, password);
        if (!result.Succeeded)
            return (null, result);
        (await users.AddToRolesAsync(user, [Role.Employee, Role.Administrator])).MustSucceed();
        await FirstAdministrator.ForgetCodeAsync(db, cancellation);
        db.Audit("set up", nameof(User), user.Id, $"{address} is the first administrator");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (user, IdentityResult.Success);
    }
}
