using System.Globalization;
using Intranet.Data.Directory;
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
        builder.Services.AddRazorPages().AddMvcOptions(options =>
        {
            // The framework's sentences name our property, which stands nowhere on the page.
            var messages = options.ModelBindingMessageProvider;
            messages.SetAttemptedValueIsInvalidAccessor((value, _) => Unreadable(value));
            messages.SetNonPropertyAttemptedValueIsInvalidAccessor(Unreadable);
            messages.SetValueIsInvalidAccessor(Unreadable);
        });
        builder.Services.AddAntiforgery(options => options.HeaderName = "RequestVerificationToken");
        // Made now, so that a wrong address stops the start.
        builder.Services.AddSingleton(new ChatLink(builder.Configuration));
        builder.Services.AddScoped<SendPocReport>();
        builder.Services.AddScoped<EditTitleRules>();
        // Texts are English everywhere; numbers and dates follow the browser's first language.
        builder.Services.AddRequestLocalization(options =>
        {
            var cultures = CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(culture => !culture.IsNeutralCulture).Select(culture => culture.Name).ToArray();
            options.SetDefaultCulture("en-GB").AddSupportedCultures(cultures);
        });
    }

    private static string Unreadable(string value) => $"'{(value.Length > 80 ? value[..80] + "…" : value)}' is not a valid value here.";

    public static void UseUserCulture(this WebApplication app) => app.UseRequestLocalization();
}
