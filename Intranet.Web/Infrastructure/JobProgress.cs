using Quartz;

namespace Intranet.Web.Infrastructure;

/// <summary>How far the job of this flow is; <see cref="JobRecorder"/> writes it to the run, twice a second at most.</summary>
public sealed class JobProgress
{
    private static readonly AsyncLocal<JobProgress?> Ambient = new();

    private volatile Told told = new(null, null);

    internal static JobProgress? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public string? Stage => told.Stage;
    public int? Percent => told.Percent;

    internal void Tell(string stage, int percent) => told = new Told(stage, percent);

    private sealed record Told(string? Stage, int? Percent);
}

public static class JobProgressExtensions
{
    /// <summary>
    /// Where a job tells how far it is: what it does, in words, and how much is done, 0 to 100. As often as it likes, from any
    /// thread; take it at the start of the job.
    /// </summary>
    public static Action<string, int> Progress(this IJobExecutionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (JobProgress.Current ?? new JobProgress()).Tell;
    }
}
