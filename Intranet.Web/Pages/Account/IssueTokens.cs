using System.Text.Json.Serialization;
using Intranet.Data.Accounts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Intranet.Web.Pages.Account;

/// <summary>
/// Makes Identity's own bearer tokens, under the names the API promises. They are protected by the key ring and kept
/// nowhere: an access token lives its time out, a refresh token ends with the user's security stamp (password, roles, lock).
/// </summary>
public sealed class IssueTokens(SignInManager<User> sessions, IOptionsMonitor<BearerTokenOptions> options, TimeProvider clock)
{
    public async Task<TokenAnswer> RunAsync(User user)
    {
        var principal = await sessions.CreateUserPrincipalAsync(user);
        var (bearer, now) = (options.Get(IdentityConstants.BearerScheme), clock.GetUtcNow());
        return new TokenAnswer(
            bearer.BearerTokenProtector.Protect(Ticket("AccessToken", Accounts.AccessToken)),
            "Bearer",
            (long)Accounts.AccessToken.TotalSeconds,
            bearer.RefreshTokenProtector.Protect(Ticket("RefreshToken", Accounts.RefreshToken)));

        AuthenticationTicket Ticket(string kind, TimeSpan life)
            => new(principal, new AuthenticationProperties { ExpiresUtc = now + life }, $"{IdentityConstants.BearerScheme}:{kind}");
    }

    /// <returns>New tokens, or null when the refresh token is unknown, expired, or its user has changed since.</returns>
    public async Task<TokenAnswer?> RefreshAsync(string refreshToken)
        => options.Get(IdentityConstants.BearerScheme).RefreshTokenProtector.Unprotect(refreshToken) is { Properties.ExpiresUtc: { } end } ticket
            && end > clock.GetUtcNow()
            && await sessions.ValidateSecurityStampAsync(ticket.Principal) is { } user
            ? await RunAsync(user)
            : null;
}

/// <param name="ExpiresIn">Seconds.</param>
public sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] long ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string RefreshToken);
