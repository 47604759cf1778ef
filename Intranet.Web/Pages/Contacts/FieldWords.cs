namespace Intranet.Web.Pages.Contacts;

/// <summary>Names of properties as readers see them.</summary>
public static class FieldWords
{
    /// <summary>"GivenName" → "Given name".</summary>
    public static string Of(string property)
        => string.Concat(property.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
}
