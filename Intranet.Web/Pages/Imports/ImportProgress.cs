using System.Collections.Concurrent;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// How far this process is with what it applies. Applying is one transaction, so its progress can't be in the database;
/// a page served by another node shows that it is being applied, without a number.
/// </summary>
public sealed class ImportProgress(TimeProvider time)
{
    private readonly ConcurrentDictionary<int, int> rows = new();

    /// <summary>UTC. What another process left at work before this is not at work any more.</summary>
    public DateTime ProcessStart { get; } = time.GetUtcNow().UtcDateTime;

    public int? this[int import] => rows.TryGetValue(import, out var count) ? count : null;

    internal IProgress<int> Of(int import) => new Report(this, import);

    internal void Forget(int import) => rows.TryRemove(import, out _);

    private sealed class Report(ImportProgress progress, int import) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => progress.rows[import] = value;
    }
}
