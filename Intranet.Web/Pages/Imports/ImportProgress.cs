using System.Collections.Concurrent;
using Intranet.Data.Imports;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// What this process reads and applies, how far it is, and the way to stop it at once. The database knows how far each import was at
/// its last batch, for pages of other nodes and for whoever goes on.
/// </summary>
public sealed class ImportProgress(TimeProvider time)
{
    // It is found without a sign of life after two minutes: about an hour.
    internal const int MostTimesLeft = 30;

    private readonly ConcurrentDictionary<int, ImportWork> works = new();
    private readonly ConcurrentDictionary<int, (int Position, int Times)> left = new();

    /// <summary>UTC. What another process left at work before this is not at work any more.</summary>
    public DateTime ProcessStart { get; } = time.GetUtcNow().UtcDateTime;

    public ImportWork? this[int import] => works.GetValueOrDefault(import);

    /// <summary>To be ended when the work ends, however it ends.</summary>
    internal ImportWork Begin(Import import) => works[import.Id] = new ImportWork(time.GetUtcNow().UtcDateTime, import.Progress);

    /// <summary>Notes that it was left for later.</summary>
    /// <returns>Whether this process left it so often at the same place that it is given up. Whoever tries again begins anew.</returns>
    internal bool GivesUp(Import import)
    {
        var times = left.AddOrUpdate(import.Id, (import.Position, 1), (_, before) => (import.Position, before.Position == import.Position ? before.Times + 1 : 1)).Times;
        return times >= MostTimesLeft && left.TryRemove(import.Id, out _);
    }

    internal void End(Import import, ImportWork work) => works.TryRemove(new(import.Id, work));
}
