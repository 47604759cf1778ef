using System.Text.Json;

namespace Intranet.Web.Infrastructure;

/// <summary>Texts of JSON that is read field by field.</summary>
internal static class JsonText
{
    /// <summary>What to say of a text that isn't one.</summary>
    internal const string Broken = "This is not text: half of a character stands alone.";

    /// <summary>JSON may escape one half of a surrogate pair (<c>\ud800</c>), which no text holds.</summary>
    /// <returns>Null for such a text.</returns>
    internal static string? TryGetText(this JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Null where it is broken.</summary>
    internal static string? TryGetName(this JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Without case; a broken name is nobody's.</summary>
    internal static bool IsNamed(this JsonProperty property, string name) => name.Equals(property.TryGetName(), StringComparison.OrdinalIgnoreCase);
}
