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

    /// <summary>"schedule", or who pressed the button.</summary>
    public string StartedBy { get; init; } = "";

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
}
