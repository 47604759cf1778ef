namespace Intranet.Web.Infrastructure;

public static class RateLimits
{
    public static void AddRateLimits(this WebApplicationBuilder builder) => builder.Services.AddRateLimiter(_ => { });
}
