using System.Security.Cryptography;
using System.Text;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Until somebody is administrator, everything leads to the page that makes one, which asks for a code from the log.
/// </summary>
public sealed class FirstAdministrator(IHostEnvironment environment, IDataProtectionProvider protection)
{
    private const string CodeName = "set-up-code";

    // Sticky: the last administrator can't be removed.
    private volatile bool exists;

    /// <summary>Whether there is an administrator who can sign in here; a sample account counts in Development only.</summary>
    public async Task<bool> ExistsAsync(IServiceProvider services, CancellationToken cancellation)
    {
        if (exists)
            return true;
        await using var scope = services.CreateAsyncScope();
        return await ExistsAsync(scope.ServiceProvider.GetRequiredService<IntranetDbContext>(), cancellation);
    }

    /// <summary>The same, asked within the caller's transaction.</summary>
    public async Task<bool> ExistsAsync(IntranetDbContext db, CancellationToken cancellation)
        => exists = exists || await db.Administrators(environment).AnyAsync(cancellation);

    /// <summary>
    /// The one-time code, the same on all nodes and after restarts: kept in the database, protected by the key ring,
    /// until it is used.
    /// </summary>
    public async Task<string> CodeAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(CodeName, cancellation);
        if (await KeptAsync(db, cancellation) is { } kept)
            return kept;
        var code = string.Join('-', RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20).Chunk(5).Select(part => new string(part)));
        await db.Settings.Where(setting => setting.Name == CodeName).ExecuteDeleteAsync(cancellation);
        db.Settings.Add(new Setting { Name = CodeName, Value = Protector.Protect(code) });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return code;
    }

    /// <summary>Compares in constant time; blanks, dashes and case don't matter.</summary>
    public async Task<bool> IsCodeAsync(IntranetDbContext db, string typed, CancellationToken cancellation)
        => await KeptAsync(db, cancellation) is { } code && CryptographicOperations.FixedTimeEquals(Plain(code), Plain(typed));

    /// <summary>The code is spent. Belongs into the transaction that makes the administrator.</summary>
    public static Task ForgetCodeAsync(IntranetDbContext db, CancellationToken cancellation)
        => db.Settings.Where(setting => setting.Name == CodeName).ExecuteDeleteAsync(cancellation);

    private IDataProtector Protector => protection.CreateProtector("set-up code");

    // A code that the key ring can't open (a database restored without its keys) is as good as none.
    private async Task<string?> KeptAsync(IntranetDbContext db, CancellationToken cancellation)
    {
        var kept = await db.Settings.Where(setting => setting.Name == CodeName).Select(setting => setting.Value).SingleOrDefaultAsync(cancellation);
        try
        {
            return kept is null ? null : Protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[] Plain(string code) => Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant());
}

public static class FirstAdministratorExtensions
{
    /// <summary>
    /// While there is no administrator: pages lead to /account/set-up, the API answers 503, health checks and assets work.
    /// In Development without sample accounts too: otherwise nobody could ever get in.
    /// </summary>
    public static void UseFirstAdministrator(this WebApplication app)
    {
        var first = app.Services.GetRequiredService<FirstAdministrator>();
        app.Use(async (context, next) =>
        {
            if (IsOpen(context.Request.Path) || await first.ExistsAsync(context.RequestServices, context.RequestAborted))
                await next(context);
            else if (context.IsApi())
                await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The intranet is being set up: it has no administrator yet.");
            else
                context.Response.Redirect($"{context.Request.PathBase}/account/set-up");
        });
    }

    /// <summary>Users with the role administrator who can sign in: sample accounts only in Development.</summary>
    public static IQueryable<User> Administrators(this IntranetDbContext db, IHostEnvironment environment)
    {
        var samples = environment.IsDevelopment();
        return db.Users.Where(user => samples || !user.IsSample)
            .Where(user => db.UserRoles.Any(held => held.UserId == user.Id && db.Roles.Any(role => role.Id == held.RoleId && role.Name == Role.Administrator)));
    }

    private static bool IsOpen(PathString path)
        => path.StartsWithSegments("/account/set-up") || path.StartsWithSegments("/health") || path.StartsWithSegments("/assets")
            || path.StartsWithSegments("/error") || path == "/favicon.ico";
}
