using System.ComponentModel;
using Intranet.Data;
using Intranet.Data.Jobs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Infrastructure;

/// <summary>Runs of jobs for programs: how far one is, and a way to stop it.</summary>
internal static class JobsApi
{
    internal static void Map(RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapGet("/{id:int}", GetAsync).Produces<JobAnswer>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getJob").WithSummary("See how far a job is")
            .WithDescription("For who may start that job, and administrators. state is queued, running, done, failed, cancelled or interrupted; stage and percent are told while it runs.");
        jobs.MapDelete("/{id:int}", CancelAsync).Produces<JobAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("cancelJob").WithSummary("Ask a job to stop")
            .WithDescription("It stops within about a second; its state is cancelled then. 409 when it has ended.");
    }

    private static async Task<IResult> GetAsync([Description("As the answer that started it told.")] int id, HttpContext context, IntranetDbContext db, IAuthorizationService authorization, CancellationToken cancellation)
        => await db.JobRuns.AsNoTracking().FirstOrDefaultAsync(run => run.Id == id, cancellation) is { } run && await authorization.IsForAsync(context, run) ? TypedResults.Ok(JobAnswer.Of(run, context)) : Missing();

    private static async Task<IResult> CancelAsync([Description("As the answer that started it told.")] int id, HttpContext context, IntranetDbContext db, IAuthorizationService authorization, CancellationToken cancellation)
    {
        if (await db.JobRuns.FirstOrDefaultAsync(run => run.Id == id, cancellation) is not { } run || !await authorization.IsForAsync(context, run))
            return Missing();
        if (!run.Cancel(context.User.Identity!.Name!))
            return TypedResults.Problem("It has ended already.", statusCode: StatusCodes.Status409Conflict);
        await db.SaveChangesAsync(cancellation);
        return JobAnswer.Accepted(run, context);
    }

    // What a run tells names files and servers: it is for who may start that job; of one that isn't in the table any more, for administrators.
    private static async Task<bool> IsForAsync(this IAuthorizationService authorization, HttpContext context, JobRun run)
        => (await authorization.AuthorizeAsync(context.User, Timetable.Rows.FirstOrDefault(row => row.Name == run.Job)?.Policy ?? Access.Administrator)).Succeeded;

    private static ProblemHttpResult Missing() => TypedResults.Problem("There is no such run of a job, or not any more.", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>A run of a job as the API tells it.</summary>
/// <param name="Job">Name of the job, such as scan-duplicates.</param>
/// <param name="Percent">0 to 100; null where the job doesn't say.</param>
/// <param name="Url">Where to ask again.</param>
internal sealed record JobAnswer(int Id, string Job, JobResult State, string? Stage, int? Percent, DateTime StartedAt, DateTime? FinishedAt, string? Summary, string? Error, string Url)
{
    internal static JobAnswer Of(JobRun run, HttpContext context) => new(
        run.Id, run.Job, run.Result, run.Stage, run.Result == JobResult.Done && run.Percent is not null ? 100 : run.Percent,
        run.StartedAt, run.FinishedAt, run.Summary, run.Error, UrlOf(run, context));

    /// <summary>202 with the run, and where to follow it.</summary>
    internal static IResult Accepted(JobRun run, HttpContext context) => TypedResults.Accepted(UrlOf(run, context), Of(run, context));

    private static string UrlOf(JobRun run, HttpContext context) => $"{context.Request.PathBase}/api/jobs/{run.Id}";
}
