using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// How often somebody may ask; <c>RateLimits:Enabled</c> false switches it off. Guessing (sign-in and its like) is counted
/// per address; searching and the API per user. Assets and health checks are never counted. Over the limit: 429 with
/// Retry-After in seconds. Each node counts for itself.
/// </summary>
public static class RateLimits
{
    /// <summary>Attempts per minute and address, for each of these addresses on its own.</summary>
    public const int Attempts = 10;

    /// <summary>What a user may ask at once; it refills within <see cref="Refill"/>.</summary>
    public const int Requests = 600;
    public static readonly TimeSpan Refill = TimeSpan.FromMinutes(1);

    private static readonly HashSet<string> Guessing = new(StringComparer.OrdinalIgnoreCase)
    {
        "account/sign-in", "account/register", "account/password", "account/set-up", "api/auth/login", "api/auth/refresh", "api/auth/register",
    };

    private static readonly string[] Searching = ["/api", "/search", "/directory"];

    public static void AddRateLimits(this WebApplicationBuilder builder)
        => builder.Services.AddRateLimiter(options =>
        {
            if (!builder.Configuration.Switch("RateLimits:Enabled", byDefault: true))
                return;
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Limit);
            options.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var given) ? given : TimeSpan.FromMinutes(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
        });

    private static RateLimitPartition<string> Limit(HttpContext context)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Trim('/') ?? "";
        if (HttpMethods.IsPost(context.Request.Method) && Guessing.Contains(route))
            return RateLimitPartition.GetFixedWindowLimiter($"{route} {Network(context.Connection.RemoteIpAddress)}", _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = Attempts,
                Window = TimeSpan.FromMinutes(1),
            });
        if (Searching.Any(path => context.Request.Path.StartsWithSegments(path)))
            return RateLimitPartition.GetTokenBucketLimiter(context.User.Id() is { } id ? $"user {id}" : $"address {Network(context.Connection.RemoteIpAddress)}", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Requests,
                TokensPerPeriod = Requests / 60,
                ReplenishmentPeriod = Refill / 60,
            });
        return RateLimitPartition.GetNoLimiter("");
    }

    // Whoever has one IPv6 address has a network of them.
    private static string Network(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.MapToIPv4().ToString(),
    };
}
