using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Account;

/// <summary>Makes an account with the role employee and no other. Leaves an audit entry.</summary>
public sealed class RegisterAccount(IntranetDbContext db, UserManager<User> users, TimeProvider clock, IHttpContextAccessor http)
{
    /// <summary>Says the same for a taken address as for one that isn't accepted.</summary>
    public const string Refused = "No account can be made with this address. If it is yours already, sign in instead.";

    public Task<bool> IsOpenAsync(CancellationToken cancellation)
        => db.Settings.AnyAsync(setting => setting.Name == Setting.SelfRegistration && setting.Value == "true", cancellation);

    /// <summary>
    /// For whoever asks, while registration is open. The address is not proven, so the account is not linked to the employee
    /// who has it. Result errors concern the password if their code begins with Password, otherwise the address.
    /// </summary>
    public Task<(User? User, IdentityResult Result)> RunAsync(string address, string name, string password, CancellationToken cancellation)
        => MakeAsync(address, name, password, null, itself: true, cancellation);

    /// <summary>For somebody else, whether or not registration is open.</summary>
    /// <param name="employeeId">Who that is in the directory; null for nobody.</param>
    public Task<(User? User, IdentityResult Result)> ForAsync(string address, string name, string password, int? employeeId, CancellationToken cancellation)
        => MakeAsync(address, name, password, employeeId, itself: false, cancellation);

    private async Task<(User? User, IdentityResult Result)> MakeAsync(string address, string name, string password, int? employeeId, bool itself, CancellationToken cancellation)
    {
        var user = new User { UserName = address, Email = address, DisplayName = name, EmployeeId = employeeId, CreatedAt = clock.GetUtcNow().UtcDateTime };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Identity checks the password, hashes it, and only then looks whether the address is taken: both cost the same time.
        var result = await CreateAsync(user, password);
        if (!result.Succeeded)
            return (null, result);
        (await users.AddToRoleAsync(user, Role.Employee)).MustSucceed();
        if (itself)
            http.HttpContext?.ActAs(address);
        db.Audit(itself ? "registered" : "added", nameof(User), user.Id, address);
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
