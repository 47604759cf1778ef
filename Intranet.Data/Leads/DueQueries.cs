using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

public static class DueQueries
{
    /// <summary>
    /// More than anybody calls in a day. Whether a place is open depends on its own clock and hours, which no index knows:
    /// this many are sorted, those that wait longest and those past their maximum among them. The rest comes when these are done.
    /// </summary>
    public const int Most = 1000;

    /// <summary>The places of those of these leads that are due, in the order in which to call them; at most <see cref="Most"/>. Two queries, or three.</summary>
    public static async Task<List<DuePlace>> DueQueueAsync(this IQueryable<Lead> leads, DateTime now, CancellationToken cancellation = default)
    {
        var past = leads.Due(now).Where(lead => lead.PastMaximumAt <= now);
        // As many that waited too long stand before all others, and fill the queue.
        var found = await past.Take(Most).CountAsync(cancellation) == Most ? []
            : await leads.Due(now).OrderBy(lead => lead.DueAt).ThenBy(lead => lead.Id).Take(Most).Select(DueKey.FromLead(now)).ToListAsync(cancellation);
        if (found.Count is 0 or Most)
        {
            var first = await past.OrderBy(lead => lead.PastMaximumAt).ThenBy(lead => lead.Id).Take(Most).Select(DueKey.FromLead(now)).ToListAsync(cancellation);
            found = [.. first.Concat(found).DistinctBy(lead => lead.Id)];
        }

        return [.. DueKey.Places(found, now).Order().Take(Most)];
    }

    /// <summary>How many are due of all there are: summed up already, whoever has them.</summary>
    public static Task<int> DueCountAsync(this IQueryable<DueTotal> totals, DateTime now, CancellationToken cancellation = default)
        => totals.Where(total => total.DueAt <= now).SumAsync(total => total.Leads, cancellation);

    /// <summary>How those at these places stand, in the same order; who isn't due any more is left out. One query.</summary>
    public static async Task<List<DueState>> DueStatesAsync(this IQueryable<Lead> leads, IEnumerable<DuePlace> places, DateTime now, CancellationToken cancellation = default)
    {
        var ids = places.Select(place => place.Id).ToList();
        var found = await leads.Due(now).Where(lead => EF.Parameter(ids).Contains(lead.Id)).Select(DueLead.FromLead).ToDictionaryAsync(lead => lead.Id, cancellation);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id].At(now))];
    }

    /// <summary>
    /// A page of all that are due, however many, in the order in which to call them: of each thousand that follow each other by
    /// what an index knows, those that are open now come before others like them. The same at every depth. Two queries; for the
    /// first thousand of many seven at most.
    /// </summary>
    /// <param name="leads">Those to choose from.</param>
    /// <param name="now">UTC.</param>
    /// <param name="total">How many of them are due.</param>
    /// <param name="skip">How many come before the page.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="most">How many are put in order together.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The ids of the page.</returns>
    public static async Task<List<int>> DuePageAsync(this IQueryable<Lead> leads, DateTime now, int total, int skip, int take, int most = Most, CancellationToken cancellation = default)
    {
        var start = skip / most * most;
        var rows = (skip + take - start + most - 1) / most * most;
        var ids = start == 0 && total > most ? await FirstAsync(leads.Due(now), now, rows, cancellation)
            : await leads.Due(now).OrderBy(lead => lead.PastMaximumAt <= now ? 0 : lead.OverdueAt <= now ? 1 : 2).ThenBy(lead => lead.IsMain ? 0 : 1).ThenBy(lead => lead.DueAt).ThenBy(lead => lead.Id)
                .Skip(start).Take(rows).Select(lead => lead.Id).ToListAsync(cancellation);
        // As one parameter: a thousand of them take longer to write down than to find.
        var places = DueKey.Places(await leads.Due(now).Where(lead => EF.Parameter(ids).Contains(lead.Id)).Select(DueKey.FromLead(now)).ToListAsync(cancellation), now).ToDictionary(place => place.Id);
        return [.. ids.Chunk(most).SelectMany(some => some.Where(places.ContainsKey).OrderBy(id => places[id])).Skip(skip - start).Take(take)];
    }

    // Part after part of the queue in the order of an index, as far as it is asked for: sorting all would take ten times as long.
    private static async Task<List<int>> FirstAsync(IQueryable<Lead> due, DateTime now, int count, CancellationToken cancellation)
    {
        var inTime = due.Where(lead => lead.PastMaximumAt == null || lead.PastMaximumAt > now);
        IQueryable<Lead>[] groups = [due.Where(lead => lead.PastMaximumAt <= now), inTime.Where(lead => lead.OverdueAt <= now), inTime.Where(lead => lead.OverdueAt == null || lead.OverdueAt > now)];
        var ids = new List<int>();
        foreach (var part in groups.SelectMany(group => new[] { group.Where(lead => lead.IsMain), group.Where(lead => !lead.IsMain) }))
        {
            if (ids.Count < count)
                ids.AddRange(await part.OrderBy(lead => lead.DueAt).ThenBy(lead => lead.Id).Take(count - ids.Count).Select(lead => lead.Id).ToListAsync(cancellation));
        }

        return ids;
    }

    /// <summary>How many leads somebody, or everybody, worked on since a moment: a call, a visit, a mail or an order was written down.</summary>
    /// <param name="interactions">All.</param>
    /// <param name="author">Null: whoever it was.</param>
    /// <param name="since">UTC.</param>
    /// <param name="leads">Of which leads.</param>
    public static async Task<int> WorkedOnAsync(this IQueryable<Interaction> interactions, int? author, DateTime since, IQueryable<Lead> leads, CancellationToken cancellation = default)
    {
        var written = interactions.Where(one => one.At >= since && one.CorrectedAt == null && one.Kind != InteractionKind.Note);
        if (author is not null)
            written = written.Where(one => one.AuthorId == author && one.CreatedAt >= since);
        // Told apart here: asked for distinct leads, SQLite reads an index that has them in order, from end to end.
        return (await written.Where(one => leads.Any(lead => lead.Id == one.LeadId)).Select(one => one.LeadId).ToListAsync(cancellation)).Distinct().Count();
    }
}
