using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

public static class DueQueries
{
    /// <summary>
    /// More than anybody calls in a day. Whether a place is open depends on its own clock and hours, which no index knows:
    /// this many are sorted, those that wait longest and those past their maximum among them. The rest comes when these are done.
    /// </summary>
    public const int Most = 1000;

    /// <summary>Those of these leads that are due, in the order in which to call them; at most <see cref="Most"/>. Two queries, or three.</summary>
    public static async Task<List<DueState>> DueQueueAsync(this IQueryable<Lead> leads, DateTime now, CancellationToken cancellation = default)
    {
        var past = leads.Due(now).Where(lead => lead.PastMaximumAt <= now);
        // As many that waited too long stand before all others, and fill the queue.
        var found = await past.Take(Most).CountAsync(cancellation) == Most ? []
            : await leads.Due(now).OrderBy(lead => lead.DueAt).ThenBy(lead => lead.Id).Take(Most).Select(DueLead.FromLead).ToListAsync(cancellation);
        if (found.Count is 0 or Most)
        {
            var first = await past.OrderBy(lead => lead.PastMaximumAt).ThenBy(lead => lead.Id).Take(Most).Select(DueLead.FromLead).ToListAsync(cancellation);
            found = [.. first.Concat(found).DistinctBy(lead => lead.Id)];
        }

        return [.. found.Select(lead => lead.At(now)).OrderBy(state => state.Place).Take(Most)];
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
