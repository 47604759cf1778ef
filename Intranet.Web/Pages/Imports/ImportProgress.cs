using System.Collections.Concurrent;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// What this process reads and applies, how far it is, and the way to stop it. Applying is one transaction, so its progress
/// can't be in the database; a page served by another node shows that it is being applied, without a number.
/// </summary>
public sealed class ImportProgress(TimeProvider time)
{
    private readonly ConcurrentDictionary<int, Work> works = new();

    /// <summary>UTC. What another process left at work before this is not at work any more.</summary>
    public DateTime ProcessStart { get; } = time.GetUtcNow().UtcDateTime;

    public Work? this[int import] => works.GetValueOrDefault(import);

    /// <summary>To be disposed of when the work ends, however it ends.</summary>
    internal Work Begin(int import)
    {
        var work = new Work(time.GetUtcNow().UtcDateTime, ended => works.TryRemove(new(import, ended)));
        works[import] = work;
        return work;
    }

    public sealed class Work(DateTime startedAt, Action<Work> end) : IProgress<int>, IDisposable
    {
        private readonly CancellationTokenSource cancelled = new();

        /// <summary>UTC.</summary>
        public DateTime StartedAt => startedAt;

        /// <summary>Rows handled so far.</summary>
        public int Rows { get; private set; }

        internal CancellationToken Cancelled => cancelled.Token;

        /// <summary>Asks it to stop. What it has written in its transaction is rolled back.</summary>
        public void Cancel() => cancelled.Cancel();

        void IProgress<int>.Report(int value) => Rows = value;

        // The source holds no timer, and somebody may just be asking to cancel: it is left to the collector.
        void IDisposable.Dispose() => end(this);
    }
}
