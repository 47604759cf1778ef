using System.ComponentModel;
using System.Globalization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Imports;
using Intranet.Data.Jobs;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>Duplicate pairs for programs, and the scan that finds them.</summary>
internal static class DuplicatesApi
{
    internal static void Map(RouteGroupBuilder api)
    {
        var duplicates = api.MapGroup("/duplicates").WithTags("Identity");
        duplicates.MapGet("", ListAsync).Produces<IReadOnlyList<ListedPair>>().WithPaging().WithFiles(PairsCsv.ContentType)
            .WithName("listDuplicates").WithSummary("List pairs of contacts that may be one person")
            .WithDescription("The most likely first; from 0.5 on, whatever threshold stewards chose for their review, unless minProbability says otherwise. status=all adds what is decided, and every pair of linked contacts as linked, with probability 1. With Accept: text/csv everything at once: external_id_a,external_id_b,probability,status, with the contact's id where it has no external one.");
        duplicates.MapPost("/scan", ScanAsync).Produces<JobAnswer>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithName("scanDuplicates").WithSummary("Look for duplicates among all contacts")
            .WithDescription("Answers with the run of the job, to be followed at Location. What an earlier scan said of contacts that are as they were stands; with anew=true all is judged with the weights of now. A scan that waits already is answered instead of a second one. So is one that runs, unless contacts came since it began or all is to be judged anew: then another follows it.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IntranetDbContext db,
        [Description("0 to 1; 0.5 by default.")] string? minProbability, [Description("open (default) or all.")] string? status, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors);
        var given = 0.0;
        if (!string.IsNullOrWhiteSpace(minProbability) && !(double.TryParse(minProbability, NumberStyles.Float, CultureInfo.InvariantCulture, out given) && given is >= 0 and <= 1))
            errors["minProbability"] = ["Use a number from 0 to 1, such as 0.9."];
        if (status is not (null or "" or "open" or "all"))
            errors["status"] = ["Use open or all."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        var least = string.IsNullOrWhiteSpace(minProbability) ? MatchThresholds.Review : given;
        var open = db.DuplicatePairs.AsNoTracking().Standing().Where(p => p.Probability >= least);
        var isAll = status == "all";
        if (PrefersCsv(context.Request))
            return new StreamedFile(PairsCsv.ContentType, "duplicates.csv", stream => PairsCsv.WriteAsync(stream, isAll ? db.ListedWithLinksAsync(least, cancellation) : open.Listed(least).AsAsyncEnumerable(), cancellation));
        if (isAll)
            return await PageOfAllAsync(context, db, least, paging, cancellation);
        paging.Tell(context, await open.CountAsync(cancellation));
        return TypedResults.Ok<IReadOnlyList<ListedPair>>(await open.Listed(least).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellation));
    }

    // Named, and not less than JSON where that is named too.
    private static bool PrefersCsv(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Quality("text/csv") is > 0 and var csv && csv >= (Quality("application/json") ?? 0);

        double? Quality(string mediaType) => accepted.Where(type => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)).Select(type => type.Quality ?? 1).Cast<double?>().Max();
    }

    // Pairs of linked contacts are rows of no table: they are made up, counted and passed over one by one.
    private static async Task<IResult> PageOfAllAsync(HttpContext context, IntranetDbContext db, double least, Paging paging, CancellationToken cancellation)
    {
        var (total, page) = (0, new List<ListedPair>());
        await foreach (var pair in db.ListedWithLinksAsync(least, cancellation))
        {
            if (total++ >= paging.Skip && page.Count < paging.Size)
                page.Add(pair);
        }

        paging.Tell(context, total);
        return TypedResults.Ok<IReadOnlyList<ListedPair>>(page);
    }

    private static async Task<IResult> ScanAsync(
        HttpContext context, IntranetDbContext db, JobSignal jobs, TimeProvider clock, [Description("true: judge pairs of contacts that are as they were, too.")] string? anew, CancellationToken cancellation)
    {
        if (!jobs.RunsHere)
            return TypedResults.Problem("This server runs no jobs (Jobs:Enabled is false). Ask one that does.", statusCode: StatusCodes.Status503ServiceUnavailable);
        if (anew is not (null or "" or "true" or "false"))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["anew"] = ["Use true or false."] });
        if (anew == "true")
            await db.JudgeAnewAsync(clock, cancellation);
        return JobAnswer.Accepted((await jobs.QueueAsync<ScanDuplicatesJob>(context.User.Identity!.Name!, anew == "true" || await HaveComeSinceAsync(db, cancellation), cancellation)).Run, context);
    }

    // Whether contacts came or changed that the scan which runs may not have read. An import's rows are stamped before they are there.
    private static async Task<bool> HaveComeSinceAsync(IntranetDbContext db, CancellationToken cancellation)
    {
        var job = Timetable.NameOf(typeof(ScanDuplicatesJob));
        if (await db.JobRuns.Where(run => run.Job == job && run.Result == JobResult.Running).OrderByDescending(run => run.Id).Select(run => (DateTime?)run.StartedAt).FirstOrDefaultAsync(cancellation) is not { } began)
            return false;
        var since = new ArrivalMark(began - Stamped, 0);
        return await db.Contacts.ChangedAfter(since).AnyAsync(cancellation)
            || await db.Imports.AnyAsync(import => import.State == ImportState.Applying || import.AppliedAt > began, cancellation);
    }

    // Longer than others wait between the stamp of a contact and its commit.
    private static readonly TimeSpan Stamped = TimeSpan.FromSeconds(1);
}
