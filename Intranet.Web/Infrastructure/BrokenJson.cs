using System.Text.Json;
using System.Text.RegularExpressions;

namespace Intranet.Web.Infrastructure;

/// <summary>Which field of a body of JSON can't be read.</summary>
internal static partial class BrokenJson
{
    // Of larger bodies nobody is told more than that they are broken.
    private const int Kept = 1 << 16;

    /// <summary>Keeps a small body, so that it can be looked at again where it can't be read.</summary>
    internal static void Keep(HttpRequest request)
    {
        if (request.ContentLength is > 0 and <= Kept and var length && request.HasJsonContentType())
            request.EnableBuffering((int)length + 1);
    }

    /// <summary>The field at which reading failed, and what to say of it; "body" where it is none.</summary>
    internal static async Task<(string Field, string Says)> FindAsync(HttpContext context, JsonException failure)
    {
        // The reader knows the field of a value of a wrong kind, and of broken JSON where it knew which fields to expect.
        if (failure.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal))
            return (path[2..], failure.InnerException is JsonException ? "This is not valid JSON." : $"Use {Wanted(failure)}.");
        var body = context.Request.Body;
        if (!body.CanSeek)
            return ("body", "This is not the JSON that is expected here.");
        body.Position = 0;
        using var kept = new MemoryStream();
        await body.CopyToAsync(kept, context.RequestAborted);
        return LastField(kept.ToArray()) is { } field ? (field, "This is not valid JSON.") : ("body", "This is not the JSON that is expected here.");
    }

    /// <summary>What to write instead of a value that a type can't hold.</summary>
    internal static string Wanted(string type)
        => type.Contains("bool", StringComparison.OrdinalIgnoreCase) ? "true or false" : Whole().IsMatch(type) ? "a whole number"
            : type.Contains("Date", StringComparison.Ordinal) ? "a day as yyyy-MM-dd" : "another value";

    // The reader says what it tried; the outer message names only the type that the whole body would have been.
    private static string Wanted(JsonException failure) => failure.InnerException?.Message switch
    {
        { } tried when tried.EndsWith("as a string.", StringComparison.Ordinal) => "text",
        { } tried when tried.EndsWith("as a boolean.", StringComparison.Ordinal) => Wanted("bool"),
        { } tried when tried.EndsWith("as a number.", StringComparison.Ordinal) || Whole().IsMatch(tried) => Wanted("int"),
        _ => Wanted(Unconvertible().Match(failure.Message).Groups["type"].Value),
    };

    // The field that was begun last where the JSON breaks off; null where it doesn't, or behind its end.
    private static string? LastField(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        string? field = null;
        try
        {
            while (reader.Read())
                field = reader switch { { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } => reader.GetString(), { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 } => null, _ => field };
            return null;
        }
        catch (JsonException)
        {
            return field;
        }
        catch (InvalidOperationException)
        {
            // A name that is no text.
            return null;
        }
    }

    [GeneratedRegex(@"could not be converted to (?<type>\S+)\. ")]
    private static partial Regex Unconvertible();

    // Not Intranet.
    [GeneratedRegex(@"\bint\b|Int(16|32|64)\b")]
    private static partial Regex Whole();
}
