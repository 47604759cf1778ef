namespace Intranet.Web.Infrastructure;

public static class Mail
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
    }
}
