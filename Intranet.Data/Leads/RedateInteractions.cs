using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Puts what happened with leads on the days of their clocks, after these were corrected: a day is the lead's day of the moment.
/// What was given as a bare day, and so stands at noon of the clock of before, stays on that day, at noon of the clock of now. Inside
/// the caller's transaction, before <see cref="RefreshLeads"/>; past audit and version, because nobody typed it.
/// </summary>
internal sealed class RedateInteractions(IntranetDbContext db, TimeProvider time)
{
    // As many as make a statement that both databases take.
    private const int Batch = 500;

    private static readonly string[] Days = [nameof(Interaction.At), nameof(Interaction.On), nameof(Interaction.OrderedOn)];

    private static readonly TimeOnly Noon = new(12, 0);

    /// <param name="leads">The ids of those whose zone became another, with the names of both.</param>
    /// <param name="cancellation">Before the end leaves everything as it was, in the caller's transaction.</param>
    internal async Task RunAsync(IReadOnlyCollection<(int Lead, string Before, string Now)> leads, CancellationToken cancellation = default)
    {
        var present = time.GetUtcNow().UtcDateTime;
        foreach (var some in leads.Chunk(Batch))
        {
            var zones = some.ToDictionary(lead => lead.Lead, lead => (Before: LocalDay.Zone(lead.Before), Now: LocalDay.Zone(lead.Now)));
            var ids = some.Select(lead => lead.Lead).ToArray();
            // First the times alone: most stay on their day, and texts are long.
            var times = await db.Interactions.Where(one => ids.Contains(one.LeadId)).Select(one => new { one.Id, one.LeadId, one.At, one.On }).ToListAsync(cancellation);
            var other = new Dictionary<int, (DateTime At, DateOnly On)>();
            foreach (var one in times)
            {
                var (before, now) = zones[one.LeadId];
                var there = LocalDay.Time(one.At, before);
                // One that is on another day than its moment was a bare day before the last correction already.
                var isBare = TimeOnly.FromDateTime(there) == Noon || DateOnly.FromDateTime(there) != one.On;
                // Noon of there may be still to come, and nothing happens in the future.
                var at = isBare && LocalDay.ToUtc(one.On.ToDateTime(Noon), now) is var noon && noon <= present ? noon : one.At;
                var on = isBare ? one.On : LocalDay.Of(one.At, now);
                if ((at, on) != (one.At, one.On))
                    other.Add(one.Id, (at, on));
            }

            foreach (var part in other.Keys.Chunk(Batch))
            {
                var moved = await db.Interactions.AsNoTracking().Where(one => part.Contains(one.Id)).ToListAsync(cancellation);
                foreach (var one in moved)
                    (one.At, one.On, one.OrderedOn) = (other[one.Id].At, other[one.Id].On, one.OrderedOn is null ? null : other[one.Id].On);
                await db.UpdateManyAsync(moved, Days, cancellation);
            }
        }
    }
}
