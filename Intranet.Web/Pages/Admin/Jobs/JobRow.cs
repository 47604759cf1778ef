using Intranet.Data.Jobs;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Admin.Jobs;

/// <param name="Last">The last run that left a trace; null when there was none yet.</param>
/// <param name="Next">When it runs next on this node, in UTC.</param>
public sealed record JobRow(TimetableRow Job, bool IsPaused, JobRun? Last, DateTime? Next)
{
    /// <summary>How long a run took: "85 ms", "2.4 s", "3 min 10 s", "2 h 5 min"; empty while it runs.</summary>
    public static string Duration(JobRun run) => (run.FinishedAt - run.StartedAt) switch
    {
        { } time when time.TotalSeconds < 1 => $"{Math.Max(0, time.TotalMilliseconds):0} ms",
        { } time when time.TotalMinutes < 1 => $"{time.TotalSeconds:0.0} s",
        { } time when time.TotalHours < 1 => $"{time.Minutes} min {time.Seconds} s",
        { } time => $"{(int)time.TotalHours} h {time.Minutes} min",
        null => "",
    };
}
