using System.Globalization;
using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads.Board;

/// <summary>What stands on the board: how many and how much of each stage, and the cards changed last.</summary>
public sealed class ReadBoard(IntranetDbContext db)
{
    internal const int CardsPerPage = 20;

    /// <summary>What was moved just now is on top.</summary>
    internal static readonly LeadOrder Order = new(LeadSort.Updated, IsDescending: true);

    public async Task<IQueryable<Lead>> FindAsync(BoardQuery query, LeadViewer viewer, CancellationToken cancellation)
    {
        var (found, _) = await db.SearchLeadsAsync(query.Q, cancellation);
        return LeadsQuery.OwnedBy(found.Current().VisibleTo(viewer), query.Owner, viewer);
    }

    /// <summary>One query for all columns, answered from an index.</summary>
    public static async Task<IReadOnlyDictionary<Stage, BoardTotal>> TotalsAsync(IQueryable<Lead> found, CancellationToken cancellation)
    {
        var sums = await found.GroupBy(lead => new { lead.Stage, lead.Currency }).Select(group => new { group.Key.Stage, group.Key.Currency, Count = group.Count(), Sum = group.Sum(lead => lead.ExpectedValue) }).ToListAsync(cancellation);
        return Enum.GetValues<Stage>().ToDictionary(stage => stage, stage => new BoardTotal(
            sums.Where(sum => sum.Stage == stage).Sum(sum => sum.Count),
            [.. sums.Where(sum => sum.Stage == stage && sum.Sum > 0).OrderByDescending(sum => sum.Count).Select(sum => Money.Text(sum.Sum, sum.Currency, CultureInfo.CurrentCulture))]));
    }

    /// <param name="found">What the board shows.</param>
    /// <param name="stage">The column.</param>
    /// <param name="after">Where the page before ended; null or not ours: from the top.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<(IReadOnlyList<LeadCard> Cards, bool HasMore)> CardsAsync(IQueryable<Lead> found, Stage stage, string? after, CancellationToken cancellation)
    {
        found = found.Where(lead => lead.Stage == stage);
        if (after is not null && LeadOrder.Place.Parse(after) is { } place)
            found = Order.After(found, place);
        var cards = await found.OrderByDescending(lead => lead.UpdatedAt).ThenByDescending(lead => lead.Id).Take(CardsPerPage + 1).Select(LeadCard.FromLead).ToListAsync(cancellation);
        return (cards.Take(CardsPerPage).ToList(), cards.Count > CardsPerPage);
    }
}

/// <param name="Sums">The expected values, each currency for itself.</param>
public sealed record BoardTotal(int Count, IReadOnlyList<string> Sums)
{
    private const int MostCurrencies = 3;

    public string Text => string.Join(" + ", Sums.Take(MostCurrencies)) + (Sums.Count > MostCurrencies ? $" and {Sums.Count - MostCurrencies} more {(Sums.Count == MostCurrencies + 1 ? "currency" : "currencies")}" : "");
}

public sealed record BoardColumn(Stage Stage, BoardTotal Total, IReadOnlyList<LeadCard> Cards, bool HasMore, bool Continues);
