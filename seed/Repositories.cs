using CsvHelper;

namespace Intranet.Seed;

/// <summary>A line of repositories.csv. ProductName is empty where the repository belongs to none; stakeholders are addresses separated by semicolons.</summary>
[CsvRecord]
public sealed partial record RepositoryRow(string Name, string ProductName, string Description, string ChatChannel, string Stakeholders);

/// <summary>The twenty repositories of the company.</summary>
public static class Repositories
{
    /// <summary>In the order of repositories.csv.</summary>
    public static IReadOnlyList<RepositoryRow> All { get; } =
    [
        new("SecurityRepo", "SecurityScanAPI", "Scanner, vulnerability feeds and the interface in front of them.", "#security-repo", "security@sc1701d.example"),
        new("PaymentRepo", "PaymentGateway", "The gateway, its bank adapters and the card vault.", "#payment-repo", "payments@sc1701d.example"),
        new("AuthRepo", "UserAuthSystem", "Sign-in pages, token service and the client libraries.", "#auth-repo", "security@sc1701d.example"),
        new("DataRepo", "", "Event schemas and reference tables that several products share.", "#data-repo", "data@sc1701d.example;steward@sc1701d.example"),
        new("PaymentSystemRepo", "PaymentSystem", "Ledger, refunds and the nightly reconciliation with the banks.", "#payment-system-repo", "payments@sc1701d.example;finance@sc1701d.example"),
        new("BackupRepo", "CloudBackup", "Backup agents, retention rules and the restore rehearsal.", "#backup-repo", "operations@sc1701d.example"),
        new("AnalyticsRepo", "AnalyticsDashboard", "Dashboard pages and the queries behind their figures.", "#analytics-repo", "data@sc1701d.example"),
        new("UserRepo", "UserManagement", "Users, teams and permissions with their administration pages.", "#user-repo", "accounts@sc1701d.example"),
        new("ContentRepo", "ContentDeliveryAPI", "Cache servers, image resizing and the upload interface.", "#content-repo", "operations@sc1701d.example"),
        new("DeliveryRepo", "", "Scripts that every team uses to build and release.", "#delivery-repo", "operations@sc1701d.example"),
        new("SupportRepo", "CustomerSupportChat", "Chat window, agents' desk and the routing rules.", "#support-repo", "support@sc1701d.example"),
        new("DocGenRepo", "DocumentGenerator", "Template language, PDF writer and the standard templates.", "#docgen-repo", "documents@sc1701d.example"),
        new("NotificationRepo", "NotificationService", "Senders for mail, text message and push with their queues.", "#notification-repo", "operations@sc1701d.example"),
        new("IntegrationRepo", "APIIntegrationTool", "Field mapper and the connectors to partners' systems.", "#integration-repo", "partners@sc1701d.example"),
        new("SearchRepo", "SearchEngine", "Index builder, ranking and the query service.", "#search-repo", "shops@sc1701d.example"),
        new("ActivityRepo", "UserActivityTracker", "Browser script, collector and the anonymising step.", "#activity-repo", "data@sc1701d.example;privacy@sc1701d.example"),
        new("MarketingRepo", "MarketingAutomation", "Campaign planner, audience filters and response reports.", "#marketing-repo", "marketing@sc1701d.example"),
        new("EcommerceRepo", "ECommerceAPI", "Catalogue, basket and order services with their public interface.", "#ecommerce-repo", "shops@sc1701d.example"),
        new("InvoiceRepo", "InvoiceSystem", "Invoice run, reminders and the export to accounting.", "#invoice-repo", "finance@sc1701d.example"),
        new("RecommendationRepo", "ProductRecommendationEngine", "Training jobs and the service that answers with suggestions.", "#recommendation-repo", "shops@sc1701d.example"),
    ];
}
