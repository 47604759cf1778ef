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
        builder.Services.AddAntiforgery(options => options.HeaderName = Api.TokenHeader);
        // Made now, so that a wrong address stops the start.
        builder.Services.AddSingleton(new ChatLink(builder.Configuration));
        builder.Services.AddScoped<SendPocReport>();
        builder.Services.AddScoped<EditTitleRules>();
        // Texts are English everywhere; numbers and dates follow the browser's first language.
        builder.Services.AddRequestLocalization(options =>
        {
            options.SetDefaultCulture("en-GB");
            options.SupportedCultures = [.. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(culture => !culture.IsNeutralCulture).Select(Gregorian)];
        });
    }

    private static string Unreadable(string value) => $"'{(value.Length > 80 ? value[..80] + "…" : value)}' is not a valid value here.";

    // Days are entered, stored and mailed in one calendar. Others know only part of them: Umm al-Qura, the calendar of
    // ar-SA, ends in 2077, and showing a later day would throw.
    private static CultureInfo Gregorian(CultureInfo culture)
    {
        if (culture.Calendar is GregorianCalendar)
            return culture;
        var changed = (CultureInfo)culture.Clone();
        if (culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() is { } gregorian)
            changed.DateTimeFormat.Calendar = gregorian;
        else
            changed.DateTimeFormat = CultureInfo.GetCultureInfo("en-GB").DateTimeFormat;
        return changed;
    }

    public static void UseUserCulture(this WebApplication app) => app.UseRequestLocalization();
}
