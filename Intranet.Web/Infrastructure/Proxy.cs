namespace Intranet.Web.Infrastructure;

public static class Proxy
{
    public static void UseProxy(this WebApplication app)
    {
        if (app.Configuration["PathBase"] is { Length: > 0 } path)
            app.UsePathBase(path);
    }
}
