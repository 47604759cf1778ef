using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Directory;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Account;

/// <summary>
/// The five accounts of the demo, shown with their password on the sign-in page. They are made in the Development
/// environment only and can't sign in anywhere else, whatever database they are found in.
/// </summary>
public static class SampleAccounts
{
    public const string Password = "Engage-1701-D!";

    public static readonly IReadOnlyList<SampleAccount> All =
    [
        new("admin@sc1701d.example", Role.Administrator),
        new("steward@sc1701d.example", Role.Steward),
        new("lead@sc1701d.example", Role.SalesLead),
        new("kam@sc1701d.example", Role.Kam),
        new("employee@sc1701d.example", Role.Employee),
    ];

    /// <summary>Whether this run has sample accounts: <c>Demo:Accounts</c>, by default on in Development.</summary>
    public static bool AreWanted(IConfiguration configuration, IHostEnvironment environment)
        => environment.IsDevelopment() && configuration.Switch("Demo:Accounts", byDefault: true);

    /// <exception cref="InvalidOperationException"><c>Demo:Accounts</c> is on outside Development.</exception>
    public static void RefuseElsewhere(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!environment.IsDevelopment() && configuration.Switch("Demo:Accounts", byDefault: false))
            throw new InvalidOperationException($"Demo:Accounts is true, but the environment is {environment.EnvironmentName}: accounts with a public password exist in Development only. Remove Demo:Accounts, or set ASPNETCORE_ENVIRONMENT to Development.");
    }

    /// <summary>
    /// Makes the accounts that are missing, links each to the employee with its address, and opens self-registration if
    /// nobody has decided about it. Does nothing where they aren't wanted; may run at every start, and again after the
    /// sample was loaded.
    /// </summary>
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken cancellation = default)
    {
        if (!AreWanted(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>()))
            return;
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        // As at every start but the first ones: one question, and nothing is locked.
        if (await db.Users.CountAsync(user => user.IsSample && user.EmployeeId != null, cancellation) == All.Count
            && await db.Settings.AnyAsync(setting => setting.Name == Setting.SelfRegistration, cancellation))
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.SampleAccounts, cancellation);
        var present = await db.Users.Where(user => user.IsSample).ToListAsync(cancellation);
        if (present.Count < All.Count)
            present.AddRange(await CreateAsync(scope.ServiceProvider, [.. All.Where(sample => present.TrueForAll(user => user.Email != sample.Email))]));
        foreach (var user in present.Where(user => user.EmployeeId is null))
        {
            var key = TextKey.Email(user.Email!);
            if (await db.Employees.Where(e => e.EmailKey == key).OrderBy(e => e.Id).FirstOrDefaultAsync(cancellation) is { } employee)
                (user.EmployeeId, user.DisplayName) = (employee.Id, employee.FullName);
        }

        if (!await db.Settings.AnyAsync(setting => setting.Name == Setting.SelfRegistration, cancellation))
            db.Settings.Add(new Setting { Name = Setting.SelfRegistration, Value = "true" });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<List<User>> CreateAsync(IServiceProvider services, IReadOnlyList<SampleAccount> missing)
    {
        var users = services.GetRequiredService<UserManager<User>>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        // One hash for all: the password is public, and hashing is made to be slow.
        var hash = services.GetRequiredService<IPasswordHasher<User>>().HashPassword(new User(), Password);
        var made = new List<User>();
        foreach (var sample in missing)
        {
            var user = new User { UserName = sample.Email, Email = sample.Email, EmailConfirmed = true, IsSample = true, CreatedAt = now, PasswordHash = hash };
            // Somebody may have registered the address before; then there is no such sample account.
            if (!(await users.CreateAsync(user)).Succeeded)
                continue;
            (await users.AddToRolesAsync(user, new[] { Role.Employee, sample.Role }.Distinct())).MustSucceed();
            made.Add(user);
        }

        return made;
    }
}

public sealed record SampleAccount(string Email, string Role);
