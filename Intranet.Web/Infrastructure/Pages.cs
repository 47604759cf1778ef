using System.Globalization;
using Intranet.Web.Pages.Directory;

namespace Intranet.Web.Infrastructure;

/// <summary>Razor Pages and what surrounds them.</summary>
public static class PagesRegistration
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRouting(options =>
        {
            options.LowercaseUrls = true;
            options.AppendTrailingSlash = false;
        });
        builder.Services.AddAssets();
        builder.Services.AddRazorPages();
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "intranet.form";
            options.HeaderName = "RequestVerificationToken";
        });
        builder.Services.AddScoped<SendPocReport>();
        // Texts are English everywhere; numbers and dates follow the browser's first language.
        builder.Services.AddRequestLocalization(options =>
        {
            var cultures = CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(culture => !culture.IsNeutralCulture).Select(culture => culture.Name).ToArray();
            options.SetDefaultCulture("en-GB").AddSupportedCultures(cultures);
        });
    }

    public static void UseUserCulture(this WebApplication app) => app.UseRequestLocalization();
}
