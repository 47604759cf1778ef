namespace Intranet.Data.Imports;

/// <summary>Something a file can say about a record.</summary>
/// <param name="Name">Our name for it, and the header of the template.</param>
/// <param name="MaxLength">In characters; longer values are errors, never cut.</param>
/// <param name="AlsoCalled">Other headers that mean it. Case, blanks and punctuation don't matter.</param>
public sealed record ImportField(string Name, int MaxLength, params string[] AlsoCalled)
{
    /// <summary>The file must have the column, and each row a value.</summary>
    public bool Required { get; init; }

    /// <summary>Another field that does as well where this one is required.</summary>
    public string? OrElse { get; init; }

    /// <summary>Line breaks are part of the value.</summary>
    public bool ManyLines { get; init; }

    internal bool IsCalled(string headerKey) => Key(Name) == headerKey || AlsoCalled.Any(name => Key(name) == headerKey);

    /// <summary>"E-Mail_ID" and "email id" are the same header.</summary>
    internal static string Key(string header) => string.Concat(header.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
