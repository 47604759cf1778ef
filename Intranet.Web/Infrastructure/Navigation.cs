using Microsoft.AspNetCore.Authorization;

namespace Intranet.Web.Infrastructure;

/// <summary>One entry of the main navigation. A policy of null means every signed-in user sees it.</summary>
public sealed record NavigationEntry(string Section, string Label, string Url, string Icon, string? Policy = null);

/// <summary>The main navigation: what there is, and what one user sees of it.</summary>
public static class Navigation
{
    /// <summary>All entries, in the order shown. Entries of one section stand together.</summary>
    public static readonly IReadOnlyList<NavigationEntry> Entries =
    [
        new("My day", "My day", "/", "home"),

        new("Directory", "Search", "/directory", "search"),
        new("Directory", "Products", "/directory/products", "package"),
        new("Directory", "Repositories", "/directory/repositories", "git-branch"),
        new("Directory", "Locations", "/directory/locations", "map-pin"),

        new("Contacts", "Contacts", "/contacts", "address-book"),
        new("Contacts", "Duplicates", "/contacts/duplicates", "git-merge", "steward"),
        new("Contacts", "Generic values", "/contacts/generic-values", "at", "steward"),
        new("Contacts", "Separations", "/contacts/separations", "arrows-split-2", "steward"),

        new("Leads", "Due", "/leads/due", "phone", "leads"),
        new("Leads", "Board", "/leads/board", "layout-kanban", "leads"),
        new("Leads", "List", "/leads", "list", "leads"),
        new("Leads", "Hand-over", "/leads/hand-over", "arrows-exchange", "sales lead"),
        new("Leads", "Settings", "/leads/settings", "adjustments", "sales lead"),

        new("Performance", "Accounts", "/performance", "trending-up", Access.Leads),
        new("Performance", "Charts", "/performance/charts", "chart-bar", Access.Leads),

        new("Reports", "Subscriptions", "/reports", "bell", Access.Leads),

        new("Data", "Imports", "/imports", "upload", Access.Imports),
        new("Data", "Titles", "/directory/titles", "id-badge", "steward"),
        new("Data", "Unassigned", "/directory/unassigned", "user-question", "steward"),

        new("Admin", "Users", "/admin/users", "users", "administrator"),
        new("Admin", "Mail", "/admin/mail", "mail", "administrator"),
        new("Admin", "Jobs", "/admin/jobs", "clock", "administrator"),
        new("Admin", "Settings", "/admin/settings", "settings", "administrator"),

        new("Programs", "API", "/api", "api"),
    ];

    /// <summary>The entries the user of this request may open; none for a visitor.</summary>
    public static async Task<IReadOnlyList<NavigationEntry>> VisibleToAsync(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated != true) return [];

        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        var allowed = new Dictionary<string, bool>();
        foreach (var policy in Entries.Select(entry => entry.Policy).OfType<string>().Distinct())
            allowed[policy] = (await authorization.AuthorizeAsync(context.User, policy)).Succeeded;
        return [.. Entries.Where(entry => entry.Policy is null || allowed[entry.Policy])];
    }
}
