using Intranet.Data.Auditing;

namespace Intranet.Data.Directory;

/// <summary>A source code repository; it may belong to a product.</summary>
public sealed class Repository : IAudited, IVersioned, ISearchable
{
    public int Id { get; private set; }

    public string Name
    {
        get;
        set
        {
            field = value.Trim();
            NameKey = TextKey.Name(value);
        }
    } = "";

    public string NameKey { get; private set; } = "";
    public string Description { get; set => field = value.Trim().ReplaceLineEndings("\n"); } = "";
    public string ChatChannel { get; set => field = value.Trim(); } = "";

    /// <summary>Addresses that receive this repository's report unless somebody names others.</summary>
    public List<string> Stakeholders { get; set; } = [];

    public int? ProductId { get; set; }
    public Product? Product { get; set; }

    public Guid Version { get; set; } = Guid.NewGuid();

    SearchKind ISearchable.Kind => SearchKind.Repository;
    IEnumerable<string> ISearchable.Words() => SearchWords.OfIdentifier(Name);
    IEnumerable<string> ISearchable.SpelledWords() => SearchWords.OfIdentifier(Name);
}
