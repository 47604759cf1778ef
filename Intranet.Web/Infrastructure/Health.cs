namespace Intranet.Web.Infrastructure;

public static class Health
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
    }

    public static void MapHealth(this WebApplication app)
    {
    }
}
