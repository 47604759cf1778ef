using System.Collections.Concurrent;
using System.Security.Claims;
using Intranet.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// A token says who somebody was when it was issued. As with cookies, whether that still holds (not locked, the same roles and
/// password) is looked up again after a minute; where it doesn't, whoever sends it isn't signed in.
/// </summary>
internal sealed class FreshTokens(TimeProvider clock, IOptions<SecurityStampValidatorOptions> options)
{
    private const int Most = 1_000;
    private readonly ConcurrentDictionary<(string User, string Stamp), (DateTimeOffset Asked, bool Holds)> known = new();

    internal async Task<bool> HoldsAsync(ClaimsPrincipal user, SignInManager<User> sessions, string stampClaim)
    {
        var key = (user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", user.FindFirstValue(stampClaim) ?? "");
        var now = clock.GetUtcNow();
        if (known.TryGetValue(key, out var last) && now - last.Asked < options.Value.ValidationInterval)
            return last.Holds;
        var holds = await sessions.ValidateSecurityStampAsync(user) is not null;
        if (known.Count >= Most)
            known.Clear();
        known[key] = (now, holds);
        return holds;
    }
}

public static class FreshTokensExtensions
{
    public static void UseFreshTokens(this WebApplication app)
    {
        var fresh = app.Services.GetRequiredService<FreshTokens>();
        var stampClaim = app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity.SecurityStampClaimType;
        app.Use(async (context, next) =>
        {
            if (context.UsesBearer() && context.User.Identity is { IsAuthenticated: true }
                && !await fresh.HoldsAsync(context.User, context.RequestServices.GetRequiredService<SignInManager<User>>(), stampClaim))
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
            await next(context);
        });
    }
}
