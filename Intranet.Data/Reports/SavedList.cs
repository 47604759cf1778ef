using Intranet.Data.Accounts;
using Intranet.Data.Auditing;

namespace Intranet.Data.Reports;

/// <summary>A list with its filters and order under a name, for its owner or for everybody who may open the page.</summary>
public sealed class SavedList : IAudited, IVersioned
{
    /// <summary>As much as both databases take of a query, in a subscription as well.</summary>
    public const int LongestQuery = 2000;

    public int Id { get; private set; }
    public Guid Version { get; set; } = Guid.NewGuid();
    public string Name { get; set => field = value.Trim(); } = "";

    /// <summary>The path, such as /leads.</summary>
    public string Page { get; init; } = "";

    /// <summary>The query string without its question mark. Who opens the list sees what they may see, whoever saved it.</summary>
    public string Query { get; set; } = "";
    public int OwnerId { get; init; }
    public User? Owner { get; private set; }
    public bool IsShared { get; set; }
    public DateTime CreatedAt { get; init; }
}
