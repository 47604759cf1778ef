using Intranet.Data.Auditing;

namespace Intranet.Data.Directory;

/// <summary>A rule by which an imported title becomes a standard one.</summary>
public sealed class TitleMapping : IAudited
{
    public int Id { get; private set; }

    /// <summary>The imported title, or a pattern in which * stands for any text.</summary>
    public string Original
    {
        get;
        set
        {
            field = value.Trim();
            OriginalKey = TextKey.Fold(value);
        }
    } = "";

    public string OriginalKey { get; private set; } = "";

    /// <summary>Patterns are tried after exact titles, lowest number first.</summary>
    public int Position { get; set; }

    public int TitleId { get; set; }
    public Title? Title { get; set; }

    public bool IsPattern => Original.Contains('*', StringComparison.Ordinal);
}
