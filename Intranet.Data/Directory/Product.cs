using Intranet.Data.Auditing;

namespace Intranet.Data.Directory;

/// <summary>Something the company builds or runs, that somebody must answer for.</summary>
public sealed class Product : IAudited, IVersioned, ISearchable
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

    /// <summary>Addresses that receive this product's report unless somebody names others.</summary>
    public List<string> Stakeholders { get; set; } = [];

    public Guid Version { get; set; } = Guid.NewGuid();

    SearchKind ISearchable.Kind => SearchKind.Product;
    IEnumerable<string> ISearchable.Words() => SearchWords.OfIdentifier(Name);
    IEnumerable<string> ISearchable.SpelledWords() => SearchWords.OfIdentifier(Name);
}
