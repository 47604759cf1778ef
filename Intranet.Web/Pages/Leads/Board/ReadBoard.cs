using System.Globalization;
using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads.Board;

/// <summary>What stands on the board: how many and how much of each stage, and the cards changed last.</summary>
public sealed class ReadBoard(IntranetDbContext db)
{
    // More than a tall screen shows of a column; the next come as somebody scrolls.
    internal const int CardsPerPage = 12;

    // Up to so many leads that are found by words are looked at for each column.
    private const int Few = 2_000;

    /// <summary>What was moved just now is on top.</summary>
    internal static readonly LeadOrder Order = new(LeadSort.Updated, IsDescending: true);

    // What the board of a team opens with, column by column: to read such a question again takes longer than to answer it.
    private static readonly Func<IntranetDbContext, Stage, int, IAsyncEnumerable<LeadCard>> TopOfAll = EF.CompileAsyncQuery(
        (IntranetDbContext db, Stage stage, int count) => db.Leads.Where(lead => lead.DeletedAt == null && lead.Stage == stage).OrderByDescending(lead => lead.UpdatedAt).ThenByDescending(lead => lead.Id).Take(count).Select(LeadCard.FromLead));

    public async Task<BoardLeads> FindAsync(BoardQuery query, LeadViewer viewer, CancellationToken cancellation)
    {
        var shown = Shown(db.Leads);
        var totals = viewer.SeesAll ? db.LeadTotals : db.LeadTotals.Where(total => total.OwnerId == viewer.UserId);
        if (!string.IsNullOrEmpty(query.Owner))
        {
            var owner = query.Owner switch { "nobody" => 0, "me" => viewer.UserId, var id => int.Parse(id, CultureInfo.InvariantCulture) };
            totals = totals.Where(total => total.OwnerId == owner);
        }

        if (string.IsNullOrWhiteSpace(query.Q))
            return new BoardLeads(shown, null, totals, string.IsNullOrEmpty(query.Owner) && viewer.SeesAll ? stage => TopOfAll(db, stage, CardsPerPage + 1) : null);
        var found = await db.SearchLeadsAsync(query.Q, !string.IsNullOrEmpty(query.Owner) || !viewer.SeesAll, cancellation);
        // A column shows a few of what many have in common: it is walked, and soon full.
        var cards = found.By is not null && await found.By.Take(Few + 1).CountAsync(cancellation) > Few ? await db.SearchLeadsAsync(query.Q, areFew: true, cancellation) : found;
        return new BoardLeads(Shown(cards.All), found.Where(Shown).Each, totals);

        IQueryable<Lead> Shown(IQueryable<Lead> leads) => LeadsQuery.OwnedBy(leads.Current().VisibleTo(viewer), query.Owner, viewer);
    }

    /// <summary>One query for all columns: of sums that are kept, or of the leads that were searched for.</summary>
    public static async Task<IReadOnlyDictionary<Stage, BoardTotal>> TotalsAsync(BoardLeads board, CancellationToken cancellation)
    {
        var sums = await (board.Searched is null
            ? board.Totals.GroupBy(total => new { total.Stage, total.Currency }).Select(group => new { group.Key.Stage, group.Key.Currency, Count = group.Sum(total => total.Leads), Sum = group.Sum(total => total.Value) })
            : board.Searched.GroupBy(lead => new { lead.Stage, lead.Currency }).Select(group => new { group.Key.Stage, group.Key.Currency, Count = group.Count(), Sum = group.Sum(lead => lead.ExpectedValue ?? 0) })).ToListAsync(cancellation);
        return Enum.GetValues<Stage>().ToDictionary(stage => stage, stage => new BoardTotal(
            sums.Where(sum => sum.Stage == stage).Sum(sum => sum.Count),
            [.. sums.Where(sum => sum.Stage == stage && sum.Sum > 0).OrderByDescending(sum => sum.Count).Select(sum => Money.Text(sum.Sum, sum.Currency, CultureInfo.CurrentCulture))]));
    }

    /// <param name="board">What the board shows.</param>
    /// <param name="stage">The column.</param>
    /// <param name="after">Where the page before ended; null or not ours: from the top.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<(IReadOnlyList<LeadCard> Cards, bool HasMore)> CardsAsync(BoardLeads board, Stage stage, string? after, CancellationToken cancellation)
    {
        var place = after is null ? null : LeadOrder.Place.Parse(after);
        var cards = place is null && board.Top is { } top ? await top(stage).ToListAsync(cancellation) : await ComposedAsync(board.Cards.Where(lead => lead.Stage == stage), place, cancellation);
        return (cards.Take(CardsPerPage).ToList(), cards.Count > CardsPerPage);
    }

    private static Task<List<LeadCard>> ComposedAsync(IQueryable<Lead> column, LeadOrder.Place? after, CancellationToken cancellation)
    {
        if (after is not null)
            column = Order.After(column, after);
        return column.OrderByDescending(lead => lead.UpdatedAt).ThenByDescending(lead => lead.Id).Take(CardsPerPage + 1).Select(LeadCard.FromLead).ToListAsync(cancellation);
    }
}

/// <param name="Cards">The leads that the board shows, for one column after the other.</param>
/// <param name="Searched">The same leads, for counting them; null where nothing is searched for.</param>
/// <param name="Totals">What is counted where nothing is searched for.</param>
/// <param name="Top">The first cards of a column and one more, where all leads are shown; null where only some are.</param>
public sealed record BoardLeads(IQueryable<Lead> Cards, IQueryable<Lead>? Searched, IQueryable<LeadTotal> Totals, Func<Stage, IAsyncEnumerable<LeadCard>>? Top = null);

/// <param name="Sums">The expected values, each currency for itself.</param>
public sealed record BoardTotal(int Count, IReadOnlyList<string> Sums);

public sealed record BoardColumn(Stage Stage, BoardTotal Total, IReadOnlyList<LeadCard> Cards, bool HasMore, bool Continues);
