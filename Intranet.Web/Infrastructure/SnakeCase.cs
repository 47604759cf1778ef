using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Intranet.Web.Infrastructure;

/// <summary>The properties of this record are snake_case in JSON, as old callers know them; everything else is camelCase.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SnakeCaseAttribute : Attribute
{
    /// <summary>Renames the properties; answers and the document at /openapi both go through it.</summary>
    internal static void Apply(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || !type.Type.IsDefined(typeof(SnakeCaseAttribute), inherit: false))
            return;
        foreach (var property in type.Properties)
            property.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
    }
}
