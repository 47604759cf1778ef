namespace Intranet.Web.Infrastructure;

public static class ImportRegistration
{
    public static void AddImports(this WebApplicationBuilder builder)
    {
    }
}
