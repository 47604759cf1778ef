namespace Intranet.Web.Infrastructure;

public static class Jobs
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
    }
}
