using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>What other thresholds would do to the labels of today: "moves 14 accounts". Changes nothing.</summary>
public sealed class PreviewLabels(IntranetDbContext db, TimeProvider time)
{
    /// <summary>How many leads would go from one label to another; those with a label set by hand stay.</summary>
    public sealed record Move(PerformanceLabel From, PerformanceLabel To, int Leads);

    /// <returns>The moves there are, by label.</returns>
    public async Task<IReadOnlyList<Move>> RunAsync(LeadSettings proposed, CancellationToken cancellation = default)
    {
        // One day for all: the calendars of the world differ by a day for some hours, which a preview may.
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var from = today.AddDays(1 - proposed.WindowDays);
        var orders = await db.Interactions.Where(one => one.OrderedOn >= from && one.OrderedOn <= today).GroupBy(one => one.LeadId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        var moves = new Dictionary<(PerformanceLabel From, PerformanceLabel To), int>();
        var labels = db.LeadPerformance.Where(one => one.ManualLabel == null && one.Lead!.DeletedAt == null).Select(one => new { one.LeadId, one.RuleLabel, one.LastOrderOn });
        await foreach (var one in labels.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var label = PerformanceRules.Label(orders.GetValueOrDefault(one.LeadId), one.LastOrderOn is { } last ? today.DayNumber - last.DayNumber : null, proposed);
            if (label != one.RuleLabel)
                moves[(one.RuleLabel, label)] = moves.GetValueOrDefault((one.RuleLabel, label)) + 1;
        }

        return [.. moves.Select(move => new Move(move.Key.From, move.Key.To, move.Value)).OrderBy(move => move.From).ThenBy(move => move.To)];
    }
}
