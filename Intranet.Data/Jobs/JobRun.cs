namespace Intranet.Data.Jobs;

/// <summary>One execution of a job that did something, or failed to.</summary>
public sealed class JobRun
{
    public int Id { get; private set; }
    public string Job { get; init; } = "";
    public DateTime StartedAt { get; init; }
    public DateTime? FinishedAt { get; private set; }
    public JobResult Result { get; private set; }

    /// <summary>In words: "sent 3 mails".</summary>
    public string? Summary { get; private set; }
    public string? Error { get; private set; }

    /// <summary>What it is doing, in words, while it runs.</summary>
    public string? Stage { get; private set; }

    /// <summary>How much is done, 0 to 100; null where the job doesn't say.</summary>
    public int? Percent { get; private set; }

    /// <summary>Somebody asked it to stop. The job looks at this between steps, on whichever node it runs.</summary>
    public string? CancelledBy { get; private set; }

    /// <summary>"schedule", or who pressed the button.</summary>
    public string StartedBy { get; init; } = "";

    /// <summary>Waits for its job to begin.</summary>
    public static JobRun Queued(string job, string by, DateTime at) => new() { Job = job, StartedAt = at, StartedBy = by, Result = JobResult.Queued };

    public void Begin() => Result = JobResult.Running;

    /// <summary>Asks a waiting or running job to stop.</summary>
    /// <returns>False, and nothing happens, when it has ended.</returns>
    public bool Cancel(string by)
    {
        if (Result is not (JobResult.Queued or JobResult.Running))
            return false;
        CancelledBy ??= by;
        return true;
    }

    /// <summary>It stopped because somebody asked; what it had not finished was not kept.</summary>
    public void Cancelled(DateTime at) => (Result, FinishedAt) = (JobResult.Cancelled, at);

    public void Done(string summary, DateTime at) => (Result, Summary, FinishedAt) = (JobResult.Done, summary, at);

    public void Failed(string error, DateTime at) => (Result, Error, FinishedAt) = (JobResult.Failed, error, at);

    /// <summary>The process ended before the job did.</summary>
    public void Interrupted(DateTime at) => (Result, FinishedAt) = (JobResult.Interrupted, at);
}

public enum JobResult
{
    Running = 0,
    Done = 1,
    Failed = 2,
    Interrupted = 3,

    /// <summary>Asked for, not begun.</summary>
    Queued = 4,
    Cancelled = 5,
}
