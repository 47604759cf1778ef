using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace Intranet.Web.Infrastructure;

/// <summary>The description of the API at /openapi/v1.json: what the framework can't see by itself.</summary>
public static class ApiDocument
{
    private const string Problem = "application/problem+json";

    public static void AddApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.OrdinalIgnoreCase) == true;
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
                AskToSignIn(operation, context.Document!);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document, builder.Configuration.RequiresHttps(builder.Environment) ? "__Host-intranet" : "intranet");
            return Task.CompletedTask;
        });
    });

    /// <summary>Says in the document that the endpoint reads <see cref="Paging"/>.</summary>
    public static RouteHandlerBuilder WithPaging(this RouteHandlerBuilder endpoint, int defaultSize = 100) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(Number("pageNumber", "From 1.", 1, null));
        operation.Parameters.Add(Number("pageSize", "At most 1,000.", defaultSize, Paging.MaxSize));
        var answer = (OpenApiResponse)operation.Responses!["200"];
        answer.Headers = new Dictionary<string, IOpenApiHeader>
        {
            ["X-Total-Count"] = new OpenApiHeader { Description = "How many there are in all.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
            ["Link"] = new OpenApiHeader { Description = "first, prev, next and last (RFC 8288).", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        return Task.CompletedTask;
    });

    /// <summary>Says in the document that the endpoint also answers with files of these types.</summary>
    public static RouteHandlerBuilder WithFiles(this RouteHandlerBuilder endpoint, params string[] contentTypes) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        foreach (var type in contentTypes)
            operation.Responses!["200"].Content![type.Split(';')[0]] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        return Task.CompletedTask;
    });

    private static OpenApiParameter Number(string name, string description, int byDefault, int? most) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = "1",
            Maximum = most?.ToString(CultureInfo.InvariantCulture),
            Default = JsonValue.Create(byDefault),
        },
    };

    private static void AskToSignIn(OpenApiOperation operation, OpenApiDocument document)
    {
        var problem = operation.Responses!["500"].Content![Problem];
        operation.Responses["401"] = Answer("Unauthorized", problem);
        operation.Responses["403"] = Answer("Forbidden", problem);
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("Bearer", document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("Cookie", document)] = [] },
        ];
    }

    private static OpenApiResponse Answer(string description, OpenApiMediaType content)
        => new() { Description = description, Content = new Dictionary<string, OpenApiMediaType> { [Problem] = content } };

    private static void Describe(OpenApiDocument document, string cookie)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Intranet",
            Version = "v1",
            Description = "Directory of colleagues, products and repositories. Errors are problem documents (RFC 9457); lists are paged with pageNumber and pageSize and tell X-Total-Count and Link; times are UTC.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["Bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The access_token of POST /api/auth/login; a new one with POST /api/auth/refresh.",
            },
            ["Cookie"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = cookie,
                Description = "The session of the pages. Calls that change something also need the header RequestVerificationToken.",
            },
        };
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
        {
            var answers = new OpenApiResponses();
            foreach (var (code, answer) in operation.Responses!.OrderBy(answer => answer.Key, StringComparer.Ordinal))
                answers[code] = answer;
            operation.Responses = answers;
        }
    }
}
