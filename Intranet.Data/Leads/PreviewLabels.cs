using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>What other thresholds would do to the labels of today: "moves 14 accounts". Changes nothing.</summary>
public sealed class PreviewLabels(IntranetDbContext db, TimeProvider time)
{
    /// <summary>How many leads would go from one label to another; those with a label set by hand stay, and those that are closed are on no list.</summary>
    public sealed record Move(PerformanceLabel From, PerformanceLabel To, int Leads);

    /// <returns>The moves there are, by label; none for the thresholds of now, whatever day a lead was computed for.</returns>
    public async Task<IReadOnlyList<Move>> RunAsync(LeadSettings proposed, CancellationToken cancellation = default)
    {
        // One day for all: the calendars of the world differ by a day for some hours, which a preview may. Both sides of a
        // comparison are of this day.
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var current = await db.Settings.LeadSettingsAsync(cancellation);
        var before = await OrdersAsync(current);
        var after = proposed.WindowDays == current.WindowDays ? before : await OrdersAsync(proposed);
        var moves = new Dictionary<(PerformanceLabel From, PerformanceLabel To), int>();
        var labels = db.LeadPerformance.Where(one => one.ManualLabel == null && one.ListedAs != null).Select(one => new { one.LeadId, one.LastOrderOn });
        await foreach (var one in labels.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            int? since = one.LastOrderOn is { } last ? today.DayNumber - last.DayNumber : null;
            var (from, to) = (PerformanceRules.Label(before.GetValueOrDefault(one.LeadId), since, current), PerformanceRules.Label(after.GetValueOrDefault(one.LeadId), since, proposed));
            if (from != to)
                moves[(from, to)] = moves.GetValueOrDefault((from, to)) + 1;
        }

        return [.. moves.Select(move => new Move(move.Key.From, move.Key.To, move.Value)).OrderBy(move => move.From).ThenBy(move => move.To)];

        Task<Dictionary<int, int>> OrdersAsync(LeadSettings settings)
        {
            var first = today.AddDays(1 - settings.WindowDays);
            return db.Interactions.Where(one => one.OrderedOn >= first && one.OrderedOn <= today).GroupBy(one => one.LeadId)
                .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        }
    }
}
