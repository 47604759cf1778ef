namespace Intranet.Web.Infrastructure;

/// <summary>Failures of pages end on the error page with their own status; /api answers with problem documents instead.</summary>
public static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
        => app.UseWhen(context => !context.IsApi(), pages =>
        {
            pages.UseExceptionHandler("/error/500");
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
        });
}
