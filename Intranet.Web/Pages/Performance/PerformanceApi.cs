using System.ComponentModel;
using System.Linq.Expressions;
using System.Text.Json;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Performance;

/// <summary>How leads perform, for programs. Who sees a lead sees its performance; sales leads set labels.</summary>
internal static class PerformanceApi
{
    private const string WellPerforming = "Well-performing", Underperforming = "Underperforming";

    internal static void Map(RouteGroupBuilder api)
    {
        var performance = api.MapGroup("/performance").WithTags("Performance");
        performance.MapPost("/recalculate", RecalculateAsync).Produces<JobAnswer>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithName("recalculatePerformance").WithSummary("Compute all performance anew")
            .WithDescription("For sales leads; it also happens by itself several times a day, and for a lead with each interaction. Answers with the run of the job, to be followed at Location. One that waits or runs already is answered instead of a second one.");
        performance.MapGet("/well_performing", (HttpContext context, IntranetDbContext db, CancellationToken cancellation) => ListAsync(PerformanceLabel.Well, context, db, cancellation))
            .Produces<IReadOnlyList<PerformanceDto>>().WithPaging()
            .WithName("listWellPerforming").WithSummary("List well-performing leads").WithDescription("By revenue in the window, paged. Closed leads are on no list.");
        performance.MapGet("/underperforming", (HttpContext context, IntranetDbContext db, CancellationToken cancellation) => ListAsync(PerformanceLabel.Under, context, db, cancellation))
            .Produces<IReadOnlyList<PerformanceDto>>().WithPaging()
            .WithName("listUnderperforming").WithSummary("List underperforming leads").WithDescription("Those without any order included, and those that are closed left out. By revenue in the window, paged.");
        performance.MapGet("/{leadId:int}", GetAsync).Produces<PerformanceDto>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getPerformance").WithSummary("Read how a lead performs").WithDescription("The numbers of the rolling window, the label and its sentence.");
        performance.MapPut("/{leadId:int}", PutAsync).Accepts<LabelRequest>("application/json").Produces<PerformanceDto>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("setPerformance").WithSummary("Set a label by hand")
            .WithDescription("For sales leads, with a reason and the last day on which it holds. performance_status null takes it back. Numbers are computed and can't be set: what was read may be sent back whole, and changes nothing.");
    }

    private static async Task<IResult> RecalculateAsync(HttpContext context, JobSignal jobs, CancellationToken cancellation)
        => jobs.RunsHere
            ? JobAnswer.Accepted((await jobs.QueueAsync<RecomputePerformanceJob>(context.User.Identity!.Name!, cancellation: cancellation)).Run, context)
            : TypedResults.Problem("This server runs no jobs (Jobs:Enabled is false). Ask one that does.", statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ListAsync(PerformanceLabel label, HttpContext context, IntranetDbContext db, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors);
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var viewer = await context.User.LeadViewerAsync(db, cancellation);
        var leads = db.Leads.Current().VisibleTo(viewer);
        // Most leads have the same label: they are summed up already.
        paging.Tell(context, await db.LabelTotals.Where(total => total.Label == label && (viewer.SeesAll || (viewer.IsKam && total.OwnerId == viewer.UserId))).SumAsync(total => total.Leads, cancellation));
        // A cross join: SQLite walks the list in its order, and looks at its leads.
        var found = from one in db.LeadPerformance where one.ListedAs == label from lead in leads where lead.Id == one.LeadId select one;
        var settings = await db.Settings.LeadSettingsAsync(cancellation);
        var rows = await found.OrderByDescending(one => one.Revenue).ThenBy(one => one.LeadId).Skip(paging.Skip).Take(paging.Size).AsNoTracking().Select(FromPerformance).ToListAsync(cancellation);
        return TypedResults.Ok<IReadOnlyList<PerformanceDto>>(rows.ConvertAll(row => PerformanceDto.Of(row, settings)));
    }

    private static async Task<IResult> GetAsync([Description("Of the lead.")] int leadId, HttpContext context, IntranetDbContext db, CancellationToken cancellation)
    {
        var leads = db.Leads.Current().VisibleTo(await context.User.LeadViewerAsync(db, cancellation));
        return await db.LeadPerformance.AsNoTracking().Where(one => one.LeadId == leadId && leads.Any(lead => lead.Id == leadId)).Select(FromPerformance).FirstOrDefaultAsync(cancellation) is { } row
            ? TypedResults.Ok(PerformanceDto.Of(row, await db.Settings.LeadSettingsAsync(cancellation))) : LeadsApi.NoLead();
    }

    private static async Task<IResult> PutAsync([Description("Of the lead.")] int leadId, JsonElement body, HttpContext context, IntranetDbContext db, SetManualLabel set, CancellationToken cancellation)
    {
        var fields = BodyFields.Read(body, typeof(LabelRequest), typeof(PerformanceDto), ("manual_reason", "reason"), ("manual_until", "until"));
        // "Well-performing" and "Underperforming" are Well and Under.
        var label = fields.Word<PerformanceLabel>("performance_status", text => text.Replace("performing", "", StringComparison.OrdinalIgnoreCase));
        var (reason, until) = (fields.Text("reason", 500), fields.Day("until"));
        var isSaid = fields.Has("performance_status");
        if (!isSaid && (reason is not null || until is not null))
            fields.Refuse("performance_status", "Use well, average or under, or null to take a label back.");
        if (fields.IsWrong)
            return TypedResults.ValidationProblem(fields.Errors);
        var asker = await context.User.LeadViewerAsync(db, cancellation);
        // What shows already, sent back as it was read, is nothing that anybody says by hand.
        if (!isSaid || (label is not null && await SaysNothingAsync(db, asker, leadId, label.Value, reason, until, cancellation)))
            return await GetAsync(leadId, context, db, cancellation);
        var done = await set.RunAsync(leadId, label, reason, until, null, asker, cancellation);
        if (done.Refused is { } refused)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { [LeadFields.NameOf(refused.Field)] = [refused.Message] });
        db.ChangeTracker.Clear();
        return done.IsDone ? await GetAsync(leadId, context, db, cancellation) : LeadsApi.NoLead();
    }

    private static Task<bool> SaysNothingAsync(IntranetDbContext db, LeadViewer asker, int id, PerformanceLabel label, string? reason, DateOnly? until, CancellationToken cancellation)
    {
        var leads = db.Leads.Current().VisibleTo(asker);
        return db.LeadPerformance.AnyAsync(
            one => one.LeadId == id && one.Label == label && leads.Any(lead => lead.Id == id)
                && ((reason == null && until == null) || (one.ManualLabel == label && one.ManualReason == reason && one.ManualUntil == until)),
            cancellation);
    }

    internal sealed record Row(LeadPerformance Performance, string Name, string Currency, int? OwnerId, string? Owner);

    private static readonly Expression<Func<LeadPerformance, Row>> FromPerformance = one => new Row(one, one.Lead!.Name, one.Lead.Currency, one.Lead.OwnerId, one.Lead.Owner!.DisplayName);

    /// <param name="OrderFrequency">Orders in the window.</param>
    /// <param name="PerformanceStatus">Well-performing, Average or Underperforming: what shows.</param>
    /// <param name="Label">The same as a word: well, average or under.</param>
    /// <param name="RuleLabel">What the numbers say, whatever was set by hand.</param>
    /// <param name="Sentence">Why, with the numbers.</param>
    /// <param name="Revenue">In minor units, as all values here.</param>
    /// <param name="GapDays">The typical number of days between two orders of the window: their median.</param>
    /// <param name="Rhythm">The lead's own rhythm and where it is now, in words: of the window, or of the last days with orders where it has fewer than eight. Null while there are fewer than four.</param>
    /// <param name="WeeklyOrders">Orders of each week, the oldest first.</param>
    [SnakeCase]
    internal sealed record PerformanceDto(
        int LeadId, string RestaurantName, int OrderFrequency, DateOnly? LastOrderDate, string PerformanceStatus, string Label, string RuleLabel, string Sentence, bool IsSlipping, string? Rhythm,
        int WindowDays, long Revenue, long AverageOrderValue, string Currency, int? DaysSinceLastOrder, double? GapDays, double? GapSpread, string? UsualWeekday,
        int RecentOrders, long RecentRevenue, int EarlierOrders, long EarlierRevenue, IReadOnlyList<int> WeeklyOrders,
        string? ManualLabel, string? ManualReason, DateOnly? ManualUntil, string? ManualBy, int? OwnerId, string? Owner, DateTime ComputedAt)
    {
        internal static PerformanceDto Of(Row row, LeadSettings settings)
        {
            var (one, name, currency, ownerId, owner) = row;
            var since = one.LastOrderOn is { } last ? one.ComputedFor.DayNumber - last.DayNumber : (int?)null;
            return new PerformanceDto(
                one.LeadId, name, one.Orders, one.LastOrderOn, one.Label switch { PerformanceLabel.Well => WellPerforming, PerformanceLabel.Under => Underperforming, _ => "Average" },
                JsonWords.Of(one.Label), JsonWords.Of(one.RuleLabel), PerformanceRules.Sentence(one, settings), one.IsSlipping, PerformanceRules.Rhythm(one.RhythmDays, one.RhythmSpread, since),
                settings.WindowDays, one.Revenue, one.AverageValue, currency, since, one.GapDays, one.GapSpread, one.UsualWeekday is { } day ? JsonWords.Of(day) : null,
                one.RecentOrders, one.RecentRevenue, one.EarlierOrders, one.EarlierRevenue,
                [.. one.Weeks.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(count => int.Parse(count, System.Globalization.CultureInfo.InvariantCulture))],
                one.ManualLabel is { } manual ? JsonWords.Of(manual) : null, one.ManualReason, one.ManualUntil, one.ManualBy, ownerId, owner, one.ComputedAt);
        }
    }

    [SnakeCase]
    internal sealed record LabelRequest(
        [property: Description("well, average or under; null takes the label back.")] string? PerformanceStatus,
        [property: Description("Needed for a label.")] string? Reason,
        [property: Description("The last day on which it holds, by the lead's calendar; needed for a label.")] DateOnly? Until);
}
