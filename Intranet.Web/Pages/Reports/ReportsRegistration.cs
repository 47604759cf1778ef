using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Leads;
using Intranet.Web.Pages.Performance;

namespace Intranet.Web.Pages.Reports;

public static class ReportsRegistration
{
    /// <summary>Subscriptions, and the one table of lists that can be subscribed to.</summary>
    public static void AddReports(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<IListSource, PerformanceSource>();
        builder.Services.AddScoped<IListSource, LeadsSource>();
        builder.Services.AddScoped<ReadQuery>();
        builder.Services.AddScoped<ILeavingMail, LeavingSubscriptionMail>();
        builder.Services.AddScoped<ActAsOwner>();
        builder.Services.AddScoped<SendSubscription>();
        builder.Services.AddScoped<SendDueSubscriptions>();
        builder.Services.AddScoped<Unsubscribe>();
    }
}
