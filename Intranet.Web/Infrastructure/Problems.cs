using System.Text.Json;
using System.Text.RegularExpressions;
using Intranet.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Intranet.Web.Infrastructure;

/// <summary>Answers every failed API call with a problem document (RFC 9457), never with a page.</summary>
public static partial class Problems
{
    /// <summary>Whether a program asks: everything below /api (not the page /api itself) and the OpenAPI document.</summary>
    public static bool IsApi(this HttpContext context)
        => (context.Request.Path.StartsWithSegments("/api", out var rest) && rest.HasValue && rest != "/") || context.Request.Path.StartsWithSegments("/openapi");

    /// <summary>Writes the answer; its request id is the one in the log.</summary>
    public static Task WriteAsync(HttpContext context, int status, string? detail = null)
        => TypedResults.Problem(detail ?? Says(context, status), statusCode: status).ExecuteAsync(context);

    /// <summary>Names fields as the caller wrote them, and the request where reporting it makes sense.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions.Remove("traceId");
        if (problem is HttpValidationProblemDetails validation)
            validation.Errors = validation.Errors.ToDictionary(field => JsonNamingPolicy.CamelCase.ConvertName(field.Key), field => field.Value);
        if (problem.Status >= 500)
            problem.Extensions["requestId"] = RequestId(context.HttpContext);
    }

    public static void UseApiProblems(this WebApplication app) => app.UseWhen(context => context.IsApi(), api =>
    {
        api.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => AnswerAsync(context, context.Features.GetRequiredFeature<IExceptionHandlerFeature>()),
            // What a caller sent wrong is no error of ours and doesn't belong in the log as one.
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        api.UseStatusCodePages(context => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
        api.Use((context, next) =>
        {
            BrokenJson.Keep(context.Request);
            return next(context);
        });
    });

    private static Task AnswerAsync(HttpContext context, IExceptionHandlerFeature failure) => failure.Error switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } when LacksBody(context, failure.Endpoint) => WriteBodyAsync(context, "The body is empty. Send JSON."),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: JsonException json } => WriteJsonAsync(context, json),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad when bad.Message.Contains("no body was provided", StringComparison.Ordinal) => WriteBodyAsync(context, "Send a body of JSON."),
        BadHttpRequestException bad when Unreadable().Match(bad.Message) is { Success: true } parameter => WriteFieldAsync(context, parameter.Groups["name"].Value, parameter.Groups["type"].Value),
        BadHttpRequestException bad => WriteAsync(context, bad.StatusCode, bad.StatusCode == StatusCodes.Status400BadRequest ? bad.Message : null),
        var error when IsPassing(context, error) => WriteAsync(context, StatusCodes.Status503ServiceUnavailable),
        _ => WriteAsync(context, StatusCodes.Status500InternalServerError),
    };

    /// <summary>Whether the database only can't do it now. Then the answer says when to come back.</summary>
    public static bool IsPassing(HttpContext context, Exception failure)
    {
        if (!context.RequestServices.GetRequiredService<IntranetDbContext>().IsPassing(failure))
            return false;
        context.Response.Headers.RetryAfter = "5";
        return true;
    }

    private static bool LacksBody(HttpContext context, Endpoint? endpoint)
        => endpoint?.Metadata.GetMetadata<IAcceptsMetadata>() is not null && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    private static Task WriteBodyAsync(HttpContext context, string says)
        => TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["body"] = [says] }, says).ExecuteAsync(context);

    // The reader's own message names line and position; the outer one names our parameter, which says nothing to the caller.
    private static async Task WriteJsonAsync(HttpContext context, JsonException json)
    {
        var (field, says) = await BrokenJson.FindAsync(context, json);
        await TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [says] }, $"The body is not the JSON that is expected here{(field == "body" ? "" : $", at {field}")}.").ExecuteAsync(context);
    }

    // A value of the query that can't be read. The framework names our parameter and its type, which say nothing to the caller.
    [GeneratedRegex("""^Failed to bind parameter "(?<type>[^ "]+) (?<name>\w+)" from ".*"\.$""", RegexOptions.Singleline)]
    private static partial Regex Unreadable();

    private static Task WriteFieldAsync(HttpContext context, string parameter, string type)
    {
        static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal);
        var field = context.Request.Query.Keys.FirstOrDefault(key => Key(key).Equals(Key(parameter), StringComparison.OrdinalIgnoreCase)) ?? parameter;
        return TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [$"Use {BrokenJson.Wanted(type)}."] }).ExecuteAsync(context);
    }

    private static string RequestId(HttpContext context) => System.Diagnostics.Activity.Current?.Id ?? context.TraceIdentifier;

    private static string? Says(HttpContext context, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Sign in: send 'Authorization: Bearer' with an access token from POST /api/auth/login.",
        StatusCodes.Status403Forbidden => "Your roles don't allow this.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => $"This address doesn't take {context.Request.Method}.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The body has a content type that is not accepted here.",
        StatusCodes.Status421MisdirectedRequest => "Use https. If a proxy takes it, its address belongs into Proxy__KnownProxies. For a trial on one machine, set Https__Required to false.",
        StatusCodes.Status429TooManyRequests => "Too many requests. Retry-After says when to come back, in seconds.",
        StatusCodes.Status503ServiceUnavailable => "The database is busy or can't be reached. Retry-After says when to come back, in seconds.",
        StatusCodes.Status500InternalServerError => "Something went wrong on our side. The log has the details under this request id.",
        _ => null,
    };
}
