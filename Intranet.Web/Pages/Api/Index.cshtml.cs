using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Intranet.Web.Pages.Api;

/// <summary>Reads the OpenAPI document to people, and lets them try what only reads.</summary>
public sealed class IndexModel([FromKeyedServices("v1")] IOpenApiDocumentProvider documents) : PageModel
{
    public OpenApiDocument Document { get; private set; } = null!;

    public IReadOnlyList<Operation> Operations { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Document = await documents.GetOpenApiDocumentAsync(cancellation);
        Operations = [.. from path in Document.Paths
            from operation in path.Value.Operations ?? []
            orderby operation.Value.Tags?.FirstOrDefault()?.Name, path.Key
            select new Operation(operation.Key.Method, path.Key, operation.Value)];
    }

    /// <summary>Opens a GET call of the document with the fields of the form that were filled in.</summary>
    public async Task<IActionResult> OnGetTryAsync(string call, CancellationToken cancellation)
    {
        await OnGetAsync(cancellation);
        if (Operations.FirstOrDefault(operation => operation.CanBeTried && operation.Path == call) is not { } found)
            return NotFound();
        var (path, query) = (found.Path, new Dictionary<string, string?>());
        foreach (var parameter in found.Parameters)
        {
            if (Request.Query[$"p.{parameter.Name}"].ToString() is not { Length: > 0 } value)
                continue;
            if (parameter.In == ParameterLocation.Path)
                path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
            else
                query[parameter.Name!] = value;
        }

        return LocalRedirect(QueryHelpers.AddQueryString(Url.Content($"~{path}"), query));
    }

    public sealed record Operation(string Method, string Path, OpenApiOperation Details)
    {
        public string Tag => Details.Tags?.FirstOrDefault()?.Name ?? "Other";
        public string Id => $"{Method}-{Path}".Trim('/').Replace('/', '-').Replace("{", "").Replace("}", "").ToLowerInvariant();
        public IEnumerable<IOpenApiParameter> Parameters => Details.Parameters ?? [];
        public bool CanBeTried => Method == HttpMethods.Get;

        /// <summary>What the body may hold.</summary>
        public IEnumerable<Field> Fields => FieldsOf(Details.RequestBody?.Content);

        /// <summary>What a good answer holds.</summary>
        public IEnumerable<Field> AnswerFields => FieldsOf(Good.FirstOrDefault().Value?.Content);

        public IEnumerable<KeyValuePair<string, IOpenApiResponse>> Good => (Details.Responses ?? []).Where(answer => answer.Key.StartsWith('2'));
        public IEnumerable<KeyValuePair<string, IOpenApiResponse>> Bad => (Details.Responses ?? []).Where(answer => !answer.Key.StartsWith('2'));

        private static IEnumerable<Field> FieldsOf(IDictionary<string, OpenApiMediaType>? content)
            => content?.Values.FirstOrDefault()?.Schema is { Properties: { } properties } schema
                ? properties.Select(entry => new Field(entry.Key, TypeOf(entry.Value), schema.Required?.Contains(entry.Key) == true, entry.Value.Description))
                : [];

        /// <summary>A schema's type in a word: "string (uuid)", "array of string", "a or b".</summary>
        public static string TypeOf(IOpenApiSchema? schema) => schema switch
        {
            null => "",
            { Enum: { Count: > 0 } values } => string.Join(" or ", values.Select(value => value?.ToString())),
            OpenApiSchemaReference { Reference.Id: { } name } => name,
            { OneOf: { Count: > 0 } parts } => TypeOf(parts.FirstOrDefault(part => part.Type != JsonSchemaType.Null)),
            { Items: { } items } => $"list of {TypeOf(items)}",
            { Type: { } type } => (type & ~JsonSchemaType.Null).ToString().ToLowerInvariant() + (schema.Format is { } format ? $" ({format})" : ""),
            _ => "any",
        };
    }

    /// <param name="Type">In a word.</param>
    public sealed record Field(string Name, string Type, bool Required, string? Description);
}
