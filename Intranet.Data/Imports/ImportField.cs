namespace Intranet.Data.Imports;

/// <summary>Something a file can say about a record.</summary>
/// <param name="Name">Our name for it, and the header of the template.</param>
/// <param name="MaxLength">In characters; longer values are errors, never cut.</param>
/// <param name="AlsoCalled">Other headers that mean it. Case, blanks and punctuation don't matter.</param>
public sealed record ImportField(string Name, int MaxLength, params string[] AlsoCalled)
{
    /// <summary>As shown: "GivenName" is "Given name".</summary>
    public string Label { get => field ?? InWords(Name); init; }

    /// <summary>The file must have the column, and each row a value.</summary>
    public bool Required { get; init; }

    /// <summary>Another field that does as well where this one is required.</summary>
    public string? OrElse { get; init; }

    /// <summary>Line breaks are part of the value.</summary>
    public bool ManyLines { get; init; }

    /// <summary>Line breaks become blanks: an address that was typed in several lines is one value all the same.</summary>
    public bool JoinLines { get; init; }

    /// <summary>What headers that mean it come down to, the best first.</summary>
    internal IReadOnlyList<string> Keys => field ??= [Key(Name), .. AlsoCalled.Select(Key)];

    /// <summary>"StreetLine2" is "Street line 2".</summary>
    public static string InWords(string name)
        => string.Concat(name.Select((letter, i) => i > 0 && (char.IsUpper(letter) || char.IsAsciiDigit(letter)) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));

    /// <summary>"E-Mail_ID" and "email id" are the same header.</summary>
    internal static string Key(string header) => string.Concat(header.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
