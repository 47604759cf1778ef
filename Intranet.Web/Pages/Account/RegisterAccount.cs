using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Account;

/// <summary>
/// Makes an account for whoever asks, with the role employee and no other, while the setting self-registration is on.
/// The address is not proven, so the account is not linked to the employee who has it. Leaves an audit entry.
/// </summary>
public sealed class RegisterAccount(IntranetDbContext db, UserManager<User> users, TimeProvider clock, IHttpContextAccessor http)
{
    /// <summary>Says the same for a taken address as for one that isn't accepted.</summary>
    public const string Refused = "No account can be made with this address. If it is yours already, sign in instead.";

    public Task<bool> IsOpenAsync(CancellationToken cancellation)
        => db.Settings.AnyAsync(setting => setting.Name == Setting.SelfRegistration && setting.Value == "true", cancellation);

    /// <summary>Result errors concern the password if their code begins with Password, otherwise the address.</summary>
    public async Task<(User? User, IdentityResult Result)> RunAsync(string address, string name, string password, CancellationToken cancellation)
    {
        var user = new User { UserName = address, Email = address, DisplayName = name, CreatedAt = clock.GetUtcNow().UtcDateTime };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Identity checks the password, hashes it, and only then looks whether the address is taken: both cost the same time.
        var result = await CreateAsync(user, password);
        if (!result.Succeeded)
            return (null, result);
        (await users.AddToRoleAsync(user, Role.Employee)).MustSucceed();
        http.HttpContext?.ActAs(address);
        db.Audit("registered", nameof(User), user.Id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (user, result);
    }

    private async Task<IdentityResult> CreateAsync(User user, string password)
    {
        try
        {
            var result = await users.CreateAsync(user, password);
            var ofPassword = result.Errors.Where(error => error.Code.StartsWith("Password", StringComparison.Ordinal)).ToArray();
            return result.Succeeded ? result : IdentityResult.Failed(ofPassword.Length > 0 ? ofPassword : [Taken]);
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            return IdentityResult.Failed(Taken);
        }
    }

    private static IdentityError Taken => new() { Code = "Address", Description = Refused };
}
