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
}
