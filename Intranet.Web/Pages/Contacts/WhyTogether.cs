using Intranet.Data.Contacts;

namespace Intranet.Web.Pages.Contacts;

/// <summary>"Why are these one person?": which two rows are meant, and the fewest links that lead from one to the other.</summary>
/// <param name="Chain">Null when nothing connects them, or it isn't clear which two are meant.</param>
public sealed record WhyTogether(WhyTogether.Side One, WhyTogether.Side Other, IReadOnlyList<Link>? Chain)
{
    /// <summary>As many as one chooses from in a list; of more, one asks by a value.</summary>
    public const int MostOffered = 50;

    /// <param name="Text">The number of a row, or what finds one; null when nothing was asked.</param>
    /// <param name="Found">The rows that it may mean.</param>
    public sealed record Side(string? Text, IReadOnlyList<PersonRow> Found)
    {
        public PersonRow? Row => Found is [var only] ? only : null;
    }

    public static readonly WhyTogether Unasked = new(new Side(null, []), new Side(null, []), null);

    public static WhyTogether Of(Cluster cluster, string? one, string? other, PhoneRules phones)
    {
        var (first, second) = (Side(one), Side(other));
        if (first.Row is not { } from || second.Row is not { } to)
            return new WhyTogether(first, second, null);
        var present = cluster.Rows.Select(row => row.Id).ToHashSet();
        return new WhyTogether(first, second, Components.Path(from.Id, to.Id, cluster.Holding.Where(link => present.Contains(link.FirstId) && present.Contains(link.SecondId)), link => (link.FirstId, link.SecondId)));

        Side Side(string? text) => string.IsNullOrWhiteSpace(text) ? new Side(null, []) : new Side(text.Trim(), cluster.Rows.Matching(text, phones));
    }
}
