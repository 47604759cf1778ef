namespace Intranet.Data.Directory;

/// <summary>A word under which something is found. Rows are written with the entity, in the same transaction.</summary>
public sealed class SearchWord
{
    public const int MaxLength = 64;

    public SearchKind Kind { get; init; }
    public string Word { get; init; } = "";
    public int TargetId { get; init; }
}

/// <summary>
/// A word with one or two letters left out, so that a misspelling finds it by index: two words within that many
/// typing errors share at least one variant (symmetric delete, as in SymSpell by W. Garbe).
/// </summary>
public sealed class SpellingVariant
{
    public string Variant { get; init; } = "";
    public string Word { get; init; } = "";
}

public enum SearchKind
{
    Product = 1,
    Repository = 2,
    Employee = 3,
}

/// <summary>An entity that search finds by its words.</summary>
public interface ISearchable
{
    int Id { get; }
    SearchKind Kind { get; }

    /// <summary>All words that find it, folded. Empty: it isn't found.</summary>
    IEnumerable<string> Words();

    /// <summary>Those of the words that a misspelling should find as well.</summary>
    IEnumerable<string> SpelledWords();
}
