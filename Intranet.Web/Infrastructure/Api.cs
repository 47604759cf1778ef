using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Intranet.Web.Pages.Account;
using Intranet.Web.Pages.Contacts;
using Intranet.Web.Pages.Contacts.Duplicates;
using Intranet.Web.Pages.Directory;
using Intranet.Web.Pages.Imports;
using Intranet.Web.Pages.Leads;
using Intranet.Web.Pages.Performance;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;

namespace Intranet.Web.Infrastructure;

/// <summary>The JSON API: what is in it, and what holds for all of it.</summary>
public static class Api
{
    /// <summary>Where calls with the cookie carry the antiforgery token.</summary>
    internal const string TokenHeader = "RequestVerificationToken";

    public static void AddApi(this WebApplicationBuilder builder)
    {
        // Names in camelCase, also of enums; a number is never an enum's value. Times are UTC and end with Z.
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            options.SerializerOptions.TypeInfoResolver = options.SerializerOptions.TypeInfoResolver?.WithAddedModifier(SnakeCaseAttribute.Apply);
        });
        // Bodies that can't be read throw in every environment, so that one place explains them.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddValidation();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Complete);
        builder.Services.AddScoped<IssueTokens>();
        builder.AddApiDocument();
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").WithAccess().RefuseForgedCalls()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status500InternalServerError);
        AuthApi.Map(api);
        DirectoryApi.Map(api);
        IdentityApi.Map(api);
        ImportsApi.Map(api);
        DuplicatesApi.Map(api);
        JobsApi.Map(api);
        ContactsApi.Map(api);
        LeadsApi.Map(api);
        PocsApi.Map(api);
        InteractionsApi.Map(api);
        PerformanceApi.Map(api);
        app.MapOpenApi("/openapi/v1.json").WithAccess();
    }

    /// <summary>
    /// A browser sends the cookie along with calls that other sites make; those lack the antiforgery token of our pages
    /// (header RequestVerificationToken). Bearer tokens are sent by programs only, and endpoints for anyone use no cookie.
    /// </summary>
    private static RouteGroupBuilder RefuseForgedCalls(this RouteGroupBuilder api) => api.AddEndpointFilter(async (call, next) =>
    {
        var context = call.HttpContext;
        var needsToken = context.User.Identity is { IsAuthenticated: true } && !context.UsesBearer()
            && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null;
        // Reading needs no token; that is part of the check. Without the header it would look for one in the form, which is the endpoint's to read.
        var isMissing = needsToken && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !context.Request.Headers.ContainsKey(TokenHeader);
        if (isMissing || (needsToken && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)))
            return TypedResults.Problem($"Calls with the cookie need the page's antiforgery token in the header {TokenHeader}.", statusCode: StatusCodes.Status400BadRequest);
        return await next(call);
    });
}
