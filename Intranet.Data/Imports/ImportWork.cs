namespace Intranet.Data.Imports;

/// <summary>How far the reading or applying of one file is in this process, and the way to stop it.</summary>
/// <param name="startedAt">UTC.</param>
/// <param name="handled">How many rows were handled before, by whoever began.</param>
public sealed class ImportWork(DateTime startedAt, int handled = 0) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private int rows = handled;

    /// <summary>UTC.</summary>
    public DateTime StartedAt => startedAt;

    /// <summary>Rows handled before this work began.</summary>
    public int From { get; } = handled;

    /// <summary>Rows handled so far.</summary>
    public int Rows => Volatile.Read(ref rows);

    /// <summary>Who asked it to stop.</summary>
    public string? StoppedBy { get; private set; }

    internal CancellationToken Stop => stop.Token;

    /// <summary>Asks it to stop. The batch at hand is not written; those before it are, and stay.</summary>
    public void Cancel(string by)
    {
        StoppedBy ??= by;
        stop.Cancel();
    }

    internal void Report(int now) => Volatile.Write(ref rows, now);

    // The source holds no timer, and somebody may just be asking to cancel: it is left to the collector.
    void IDisposable.Dispose()
    {
    }
}
