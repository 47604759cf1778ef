using CsvHelper;

namespace Intranet.Seed;

/// <summary>A line of products.csv. Stakeholders are addresses separated by semicolons.</summary>
[CsvRecord]
public sealed partial record ProductRow(string Name, string Description, string ChatChannel, string Stakeholders);

/// <summary>The twenty products of the company.</summary>
public static class Products
{
    /// <summary>In the order of products.csv.</summary>
    public static IReadOnlyList<ProductRow> All { get; } =
    [
        new("SecurityScanAPI", "Scans container images and dependencies for known vulnerabilities and returns the findings as JSON.", "#security-scan-api", "security@sc1701d.example;lead@sc1701d.example"),
        new("PaymentGateway", "Takes card and bank payments from shops and passes them to the acquiring banks.", "#payment-gateway", "payments@sc1701d.example;finance@sc1701d.example;kam@sc1701d.example"),
        new("UserAuthSystem", "Signs users in with password, passkey or company account and issues their tokens.", "#user-auth-system", "security@sc1701d.example"),
        new("DataPipeline", "Moves events from all products into the warehouse every five minutes.", "#data-pipeline", "data@sc1701d.example;steward@sc1701d.example"),
        new("PaymentSystem", "Books incoming and outgoing payments, refunds and fees to the customers' accounts.", "#payment-system", "payments@sc1701d.example;finance@sc1701d.example"),
        new("DataStorageService", "Stores files and records of the other products, encrypted and in three regions.", "#data-storage-service", "data@sc1701d.example"),
        new("CloudBackup", "Takes nightly backups of every database and rehearses restoring one of them each week.", "#cloud-backup", "operations@sc1701d.example;admin@sc1701d.example"),
        new("AnalyticsDashboard", "Shows revenue, usage and conversion figures per product and country, updated hourly.", "#analytics-dashboard", "data@sc1701d.example;lead@sc1701d.example;steward@sc1701d.example"),
        new("UserManagement", "Keeps customers' users, their teams and what each of them may do.", "#user-management", "accounts@sc1701d.example;steward@sc1701d.example"),
        new("ContentDeliveryAPI", "Serves images, videos and downloads from the cache nearest to the visitor.", "#content-delivery-api", "operations@sc1701d.example"),
        new("CustomerSupportChat", "Lets visitors of a shop write to support and hands the conversation to the right agent.", "#customer-support-chat", "support@sc1701d.example;kam@sc1701d.example"),
        new("DocumentGenerator", "Turns templates and data into contracts, delivery notes and letters as PDF.", "#document-generator", "documents@sc1701d.example"),
        new("NotificationService", "Sends mails, text messages and push notifications and repeats those that failed.", "#notification-service", "operations@sc1701d.example;support@sc1701d.example"),
        new("APIIntegrationTool", "Connects partners' systems to ours by mapping their fields without programming.", "#api-integration-tool", "partners@sc1701d.example;kam@sc1701d.example"),
        new("SearchEngine", "Finds products and articles in the shops, forgiving typing mistakes.", "#search-engine", "shops@sc1701d.example"),
        new("UserActivityTracker", "Records which pages and functions users open, without personal data.", "#user-activity-tracker", "data@sc1701d.example;privacy@sc1701d.example"),
        new("MarketingAutomation", "Plans campaigns, chooses their recipients and measures who answered.", "#marketing-automation", "marketing@sc1701d.example;lead@sc1701d.example"),
        new("ECommerceAPI", "Gives shops catalogue, basket, orders and stock through one interface.", "#ecommerce-api", "shops@sc1701d.example;lead@sc1701d.example;kam@sc1701d.example"),
        new("InvoiceSystem", "Writes invoices and reminders at the end of the month and follows them until they are paid.", "#invoice-system", "finance@sc1701d.example"),
        new("ProductRecommendationEngine", "Suggests articles to a visitor from what similar customers bought.", "#product-recommendation-engine", "shops@sc1701d.example;data@sc1701d.example"),
    ];
}
