namespace Intranet.Web.Infrastructure;

public static class Accounts
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication();
        builder.Services.AddRateLimiter(_ => { });
    }

    public static void UseFirstAdministrator(this WebApplication app)
    {
    }

    public static void UseActor(this WebApplication app)
    {
    }
}
