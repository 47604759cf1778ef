using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Intranet.Data.Contacts;

/// <summary>What will come apart when a link is cut. Pure.</summary>
public static class CutPreview
{
    /// <summary>A cluster there will be.</summary>
    /// <param name="Ids">Ascending.</param>
    public sealed record Part(int PrimaryId, IReadOnlyList<int> Ids);

    /// <param name="nodes">The contacts of the cluster that take part.</param>
    /// <param name="links">Those that hold, the one to cut among them.</param>
    /// <param name="cut">Id of the link to cut.</param>
    /// <returns>The clusters afterwards, that of the present primary first; one when other links hold it together.</returns>
    public static IReadOnlyList<Part> Of(IReadOnlyCollection<Components.Node> nodes, IEnumerable<(int Id, int One, int Other)> links, int cut)
        => [.. Components.Primaries(nodes, links.Where(link => link.Id != cut).Select(link => (link.One, link.Other)))
            .GroupBy(contact => contact.Value, contact => contact.Key)
            .Select(part => new Part(part.Key, [.. part.Order()]))
            .OrderBy(part => nodes.First(node => node.Id == part.PrimaryId).CreatedAt).ThenBy(part => part.PrimaryId)];

    /// <summary>What was shown: the same as long as the same contacts come apart in the same way.</summary>
    public static string SeenOf(IEnumerable<Part> parts)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(';', parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.PrimaryId}:{string.Join(',', part.Ids)}"))))));
}

public static class CutPreviewQueries
{
    /// <summary>The cluster that a link is of, with deleted rows, and what it will be without the link.</summary>
    public static async Task<(Cluster Cluster, IReadOnlyList<CutPreview.Part> Parts)> CutPreviewAsync(this IntranetDbContext db, Link link, CancellationToken cancellation = default)
    {
        var cluster = (await db.ClusterAsync(link.FirstId, cancellation))!;
        return (cluster, CutPreview.Of(cluster.Nodes, cluster.Holding.Select(l => (l.Id, l.FirstId, l.SecondId)), link.Id));
    }
}
