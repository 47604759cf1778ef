using System.Security.Claims;
using Intranet.Data.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Who may open what: the one table. Every page and endpoint has a row; one without a row stops the start, and
/// whatever is mapped elsewhere is closed by the fallback policy.
/// </summary>
public static class Access
{
    public const string Anyone = "anyone";
    public const string Employee = "employee";
    public const string Steward = "steward";
    public const string Kam = "kam";
    public const string SalesLead = "sales lead";

    /// <summary>Who works with leads; which of them, the queries say.</summary>
    public const string Leads = "leads";

    /// <summary>Who brings in files; which kinds of them, <see cref="Intranet.Web.Pages.Imports.ImportAccess"/> says.</summary>
    public const string Imports = "imports";
    public const string Administrator = "administrator";

    /// <summary>Route pattern of a page, or method and pattern of an endpoint → policy.</summary>
    public static readonly IReadOnlyDictionary<string, string> Table = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["/"] = Employee,
        ["/Search/{handler?}"] = Employee,
        ["/Directory"] = Employee,
        ["/Directory/Products"] = Employee,
        ["/Directory/Products/{id:int}"] = Employee,
        ["/Directory/Products/Edit/{id:int?}"] = Steward,
        ["/Directory/Repositories"] = Employee,
        ["/Directory/Repositories/{id:int}"] = Employee,
        ["/Directory/Repositories/Edit/{id:int?}"] = Steward,
        ["/Directory/People/{id:int}"] = Employee,
        ["/Directory/People/Edit/{id:int?}"] = Steward,
        ["/Directory/People/Options"] = Employee,
        ["/Directory/Assignments/Edit/{id:int?}"] = Steward,
        ["/Directory/Assignments/Confirm/{id:int}"] = Employee,
        ["/Directory/Locations"] = Employee,
        ["/Directory/Locations/Edit/{id:int?}"] = Steward,
        ["/Directory/Report"] = Employee,
        ["/Directory/Reports/{id:guid}"] = Employee,
        ["/Directory/Titles"] = Steward,
        ["/Directory/Unassigned"] = Steward,
        ["/Contacts/Duplicates/Settings"] = Steward,
        ["/Contacts/Duplicates"] = Steward,
        ["/Contacts"] = Employee,
        ["/Contacts/{id:int}"] = Employee,
        ["/Contacts/Edit/{id:int?}"] = Steward,
        ["/Contacts/Cut/{id:int}"] = Steward,
        ["/Contacts/Erase/{id:int}"] = Steward,
        ["/Contacts/Generic-Values"] = Steward,
        ["/Contacts/Separations"] = Steward,
        ["/Leads"] = Leads,
        ["/Leads/Edit/{id:int?}"] = Leads,
        ["/Leads/Board"] = Leads,
        ["/Leads/Hand-Over"] = SalesLead,
        ["/Leads/Settings"] = SalesLead,
        ["/Leads/Due"] = Leads,
        ["/Leads/{id:int}"] = Leads,
        ["/Performance"] = Leads,
        ["/Performance/Charts"] = Leads,
        ["/Reports"] = Employee,
        ["/Reports/Subscribe/{id:int?}"] = Employee,
        ["/Reports/Unsubscribe/{id:int}"] = Anyone,
        ["/Imports"] = Imports,
        ["/Imports/{id:int}"] = Imports,
        ["/Account/Sign-In"] = Anyone,
        ["/Account/Sign-Out"] = Employee,
        ["/Account/Password"] = Employee,
        ["/Account/Set-Up"] = Anyone,
        ["/Account/Register"] = Anyone,
        ["/Admin/Users"] = Administrator,
        ["/Admin/Users/New"] = Administrator,
        ["/Admin/Users/{id:int}"] = Administrator,
        ["/Admin/Settings"] = Administrator,
        ["/Admin/Mail"] = Administrator,
        ["/Admin/Mail/{id:int}"] = Administrator,
        ["/Admin/Jobs"] = Administrator,
        ["/Error/{code?}"] = Anyone,
        ["/Admin/Jobs/{job}"] = Administrator,
        ["/assets/{name}"] = Anyone,
        ["/favicon.ico"] = Anyone,
        ["/health/live"] = Anyone,
        ["/health/ready"] = Anyone,
        ["/Api"] = Employee,
        ["GET /openapi/v1.json"] = Employee,
        ["GET /api/poc"] = Employee,
        ["POST /api/poc/reports"] = Employee,
        ["GET /api/poc/reports/{id:guid}"] = Employee,
        ["GET /api/directory"] = Employee,
        ["POST /api/identity"] = Employee,
        ["POST /api/identify"] = Employee,
        ["GET /api/test/getData"] = Employee,
        ["POST /api/test/createData"] = Employee,
        ["POST /api/imports"] = Imports,
        ["GET /api/imports/{id:int}"] = Imports,
        ["GET /api/duplicates"] = Steward,
        ["POST /api/duplicates/scan"] = Steward,
        ["GET /api/jobs/{id:int}"] = Employee,
        ["DELETE /api/jobs/{id:int}"] = Employee,
        ["GET /api/contacts"] = Employee,
        ["GET /api/contacts/{id:int}"] = Employee,
        ["PUT /api/contacts/{id:int}"] = Steward,
        ["DELETE /api/contacts/{id:int}"] = Steward,
        ["GET /api/contacts/{id:int}/cluster"] = Employee,
        ["POST /api/links"] = Steward,
        ["DELETE /api/links/{id:int}"] = Steward,
        ["POST /api/separations"] = Steward,
        ["GET /api/leads"] = Leads,
        ["POST /api/leads"] = Leads,
        ["GET /api/leads/due_today"] = Leads,
        ["GET /api/leads/{id:int}"] = Leads,
        ["PUT /api/leads/{id:int}"] = Leads,
        ["DELETE /api/leads/{id:int}"] = Leads,
        ["POST /api/leads/{id:int}/restore"] = Leads,
        ["POST /api/leads/{id:int}/stage"] = Leads,
        ["POST /api/leads/reassign"] = Leads,
        ["GET /api/pocs"] = Leads,
        ["POST /api/pocs"] = Leads,
        ["GET /api/pocs/{id:int}"] = Leads,
        ["DELETE /api/pocs/{id:int}"] = Leads,
        ["POST /api/pocs/{id:int}/restore"] = Leads,
        ["GET /api/interactions"] = Leads,
        ["POST /api/interactions"] = Leads,
        ["GET /api/interactions/{leadId:int}"] = Leads,
        ["POST /api/performance/recalculate"] = SalesLead,
        ["GET /api/performance/well_performing"] = Leads,
        ["GET /api/performance/underperforming"] = Leads,
        ["GET /api/performance/{leadId:int}"] = Leads,
        ["PUT /api/performance/{leadId:int}"] = SalesLead,
        ["POST /api/auth/login"] = Anyone,
        ["POST /api/auth/refresh"] = Anyone,
        ["POST /api/auth/register"] = Anyone,
        ["GET /api/auth/me"] = Employee,
    };

    public static void AddAccess(this WebApplicationBuilder builder)
        => builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Employee, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Steward, policy => policy.RequireRole(Role.Steward, Role.Administrator))
            .AddPolicy(Kam, policy => policy.RequireRole(Role.Kam))
            .AddPolicy(SalesLead, policy => policy.RequireRole(Role.SalesLead, Role.Administrator))
            .AddPolicy(Leads, policy => policy.RequireRole(Role.Kam, Role.SalesLead, Role.Administrator))
            .AddPolicy(Imports, policy => policy.RequireRole(Role.Steward, Role.SalesLead, Role.Administrator))
            .AddPolicy(Administrator, policy => policy.RequireRole(Role.Administrator))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build());

    /// <summary>Gives each endpoint its policy from <see cref="Table"/>.</summary>
    /// <exception cref="InvalidOperationException">An endpoint has no row.</exception>
    public static TBuilder WithAccess<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(endpoint =>
        {
            var pattern = Row((RouteEndpointBuilder)endpoint);
            var methods = endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault()?.HttpMethods;
            var key = methods is [var method] ? $"{method} {pattern}" : pattern;
            if (!Table.TryGetValue(key, out var policy))
                throw new InvalidOperationException($"'{key}' has no row in Access.Table. Add one that says who may open it.");
            endpoint.Metadata.Add(policy == Anyone ? new AllowAnonymousAttribute() : new AuthorizeAttribute(policy));
        });
        return endpoints;
    }

    // A folder's index page answers under two patterns; both are the same page.
    private static string Row(RouteEndpointBuilder endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        return pattern.EndsWith("/Index", StringComparison.OrdinalIgnoreCase) ? pattern[..^"/Index".Length] is { Length: > 0 } folder ? folder : "/" : pattern;
    }

    /// <summary>
    /// Checks the rate limits, then the policy of the endpoint. What isn't an endpoint of ours is answered first: unknown
    /// addresses with 404, wrong methods and content types with 405 and 415; the fallback policy would call both forbidden.
    /// </summary>
    public static void UseAccess(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var endpoint = context.GetEndpoint();
            if (endpoint is RouteEndpoint)
                return next(context);
            if (endpoint?.RequestDelegate is { } answer)
                return answer(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        // Before: whoever guesses or asks without the right is counted too.
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    public static int? Id(this ClaimsPrincipal user)
        => int.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
