using System.ComponentModel;
using System.Linq.Expressions;
using System.Text.Json;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>Interactions for programs. Who sees a lead sees what happened with it.</summary>
internal static class InteractionsApi
{
    internal static void Map(RouteGroupBuilder api)
    {
        var interactions = api.MapGroup("/interactions").WithTags("Interactions");
        interactions.MapGet("", ListAsync).Produces<IReadOnlyList<InteractionDto>>().WithPaging()
            .WithName("listInteractions").WithSummary("List interactions").WithDescription("Newest first, paged. Those that were corrected are listed too: corrected_at tells it, and corrects_id of the one that counts.");
        interactions.MapPost("", PostAsync).Accepts<InteractionRequest>("application/json").Produces<InteractionDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("logInteraction").WithSummary("Log a call, visit, mail, order or note")
            .WithDescription("Without a kind it is a call, and without an outcome the call reached somebody. When the lead is due next, and how it performs, is right at once; the answer tells next_due. It is credited to who owned the lead then.");
        interactions.MapGet("/{leadId:int}", OfLeadAsync).Produces<IReadOnlyList<InteractionDto>>().WithPaging().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("listInteractionsOfLead").WithSummary("List a lead's interactions").WithDescription("Newest first, paged.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IntranetDbContext db, FigureCache figures, [FromQuery(Name = "lead_id"), Description("Only those of this lead.")] int? leadId,
        [Description("call, visit, mail, order or note.")] string? kind, [FromQuery(Name = "order_placed"), Description("true: only those that carry an order.")] bool? orderPlaced,
        CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors);
        if (!string.IsNullOrEmpty(kind) && JsonWords.Parse<InteractionKind>(kind) is null)
            errors["kind"] = [$"Use {JsonWords.Either(Enum.GetValues<InteractionKind>().Select(JsonWords.Of))}."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        var viewer = await context.User.LeadViewerAsync(db, cancellation);
        var found = db.Interactions.AsQueryable();
        if (leadId is not null)
            found = found.Where(one => one.LeadId == leadId);
        if (!string.IsNullOrEmpty(kind))
        {
            var wanted = JsonWords.Parse<InteractionKind>(kind);
            found = found.Where(one => one.Kind == wanted);
        }

        if (orderPlaced is not null)
            found = found.Where(one => one.IsOrder == orderPlaced);
        var leads = db.Leads.Current().VisibleTo(viewer);
        var visible = found.Where(one => leads.Any(lead => lead.Id == one.LeadId));
        paging.Tell(context, viewer.SeesAll && leadId is null ? await CountAsync(db, figures, (kind, orderPlaced), found, cancellation) : await visible.CountAsync(cancellation));
        return TypedResults.Ok<IReadOnlyList<InteractionDto>>(await visible.OrderByDescending(one => one.At).ThenByDescending(one => one.Id).Skip(paging.Skip).Take(paging.Size).Select(Dto).ToListAsync(cancellation));
    }

    // Of all: those up to one are counted once a minute, because few of them change; what came since is counted each time.
    private static async Task<int> CountAsync(IntranetDbContext db, FigureCache figures, (string? Kind, bool? IsOrder) asked, IQueryable<Interaction> found, CancellationToken cancellation)
    {
        var (known, _) = await figures.GetAsync(("interactions", asked), 0, async () =>
        {
            var last = await db.Interactions.MaxAsync(one => (int?)one.Id, CancellationToken.None) ?? 0;
            return new Counted(last, await found.Where(one => one.Id <= last).CountAsync(CancellationToken.None));
        });
        // Few leads are deleted, and what they have is quicker taken away than all the others looked up. A cross join: SQLite
        // begins with the leads.
        var gone = from lead in db.Leads.Where(lead => lead.DeletedAt != null) from one in found where one.LeadId == lead.Id select one.Id;
        return known.Interactions + await found.Where(one => one.Id > known.Last).CountAsync(cancellation) - await gone.CountAsync(cancellation);
    }

    private sealed record Counted(int Last, int Interactions);

    private static async Task<IResult> OfLeadAsync([Description("Of the lead.")] int leadId, HttpContext context, IntranetDbContext db, FigureCache figures, CancellationToken cancellation)
        => await db.Leads.Current().VisibleTo(await context.User.LeadViewerAsync(db, cancellation)).AnyAsync(lead => lead.Id == leadId, cancellation)
            ? await ListAsync(context, db, figures, leadId, null, null, cancellation) : LeadsApi.NoLead();

    private static async Task<IResult> PostAsync(JsonElement body, HttpContext context, IntranetDbContext db, LogInteraction log, TimeProvider clock, CancellationToken cancellation)
    {
        var fields = BodyFields.Read(body, typeof(InteractionRequest), typeof(InteractionDto));
        var (leadId, when) = (fields.Number("lead_id", 1, int.MaxValue, isRequired: true), fields.When("interaction_date"));
        var (kind, outcome) = (fields.Word<InteractionKind>("kind"), fields.Word<CallOutcome>("outcome"));
        var (details, isOrder) = (fields.Text("details", 4000, isLines: true), fields.Flag("order_placed"));
        var (value, currency) = (fields.Long("order_value", 0, MinorUnits.Largest), fields.Text("currency", 3));
        var (poc, followUp) = (fields.Number("poc_id", 1, int.MaxValue), fields.Day("follow_up_on"));
        if (fields.IsWrong)
            return TypedResults.ValidationProblem(fields.Errors);
        var viewer = await context.User.LeadViewerAsync(db, cancellation);
        if (await db.Leads.Current().EditableBy(viewer).Where(lead => lead.Id == leadId).Select(lead => new { lead.TimeZone, lead.Currency }).FirstOrDefaultAsync(cancellation) is not { } lead)
            return LeadsApi.NoLead();
        if (currency is not null && !currency.Equals(lead.Currency, StringComparison.OrdinalIgnoreCase))
            return Wrong("currency", $"The lead's orders are in {lead.Currency}.");

        kind ??= InteractionKind.Call;
        outcome ??= kind == InteractionKind.Call ? CallOutcome.Reached : null;
        var at = when is null ? null : (DateTime?)Moment(when.Value, LocalDay.Zone(lead.TimeZone), clock.GetUtcNow().UtcDateTime);
        // A value without the word is an order all the same.
        var values = new InteractionValues(kind.Value, outcome, at, poc, details ?? "", isOrder ?? value > 0, value, followUp);
        var logged = await log.RunAsync(leadId!.Value, values, viewer, cancellation);
        if (logged.Refused is { } refused)
            return Wrong(NameOf(refused.Field), refused.Message);
        if (logged.Interaction is null)
            return LeadsApi.NoLead();
        db.ChangeTracker.Clear();
        var told = await db.Interactions.Where(one => one.Id == logged.Interaction.Id).Select(Dto).FirstAsync(cancellation);
        var due = await db.Leads.Where(one => one.Id == leadId).Select(one => one.NextDueOn).FirstAsync(cancellation);
        return TypedResults.Created($"{context.Request.PathBase}/api/interactions/{leadId}", told with { NextDue = due });
    }

    /// <summary>A day alone is noon of the lead's clock, and on the lead's own today, now: an hour that is still to come is no call.</summary>
    private static DateTime Moment((DateTime Time, bool IsUtc, bool IsDay) when, TimeZoneInfo zone, DateTime now)
    {
        if (when.IsUtc)
            return when.Time;
        if (!when.IsDay)
            return LocalDay.ToUtc(when.Time, zone);
        return DateOnly.FromDateTime(when.Time) == LocalDay.Of(now, zone) ? now : LocalDay.ToUtc(when.Time.AddHours(12), zone);
    }

    private static string NameOf(string property) => property switch
    {
        nameof(InteractionValues.At) => "interaction_date",
        nameof(InteractionValues.IsOrder) => "order_placed",
        _ => LeadFields.NameOf(property),
    };

    private static Microsoft.AspNetCore.Http.HttpResults.ValidationProblem Wrong(string field, string message) => TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    private static readonly Expression<Func<Interaction, InteractionDto>> Dto = one => new InteractionDto(
        one.Id, one.LeadId, one.At, one.On, one.Details, one.IsOrder,
        one.Kind == InteractionKind.Call ? "call" : one.Kind == InteractionKind.Visit ? "visit" : one.Kind == InteractionKind.Mail ? "mail" : one.Kind == InteractionKind.Order ? "order" : "note",
        one.Outcome == null ? null : one.Outcome == CallOutcome.Reached ? "reached" : one.Outcome == CallOutcome.NoAnswer ? "no_answer" : one.Outcome == CallOutcome.LeftMessage ? "left_message" : "follow_up",
        one.OrderValue, one.Currency, one.PocId, one.FollowUpOn, one.AuthorId, one.Author!.DisplayName, one.CreditedToId, one.CreditedTo!.DisplayName, one.CorrectsId, one.CorrectedAt, one.CreatedAt, one.UpdatedAt, null);

    /// <param name="InteractionDate">When it happened, UTC.</param>
    /// <param name="LocalDate">The lead's day of it.</param>
    /// <param name="OrderValue">In minor units: cents.</param>
    /// <param name="CreditedToId">Who owned the lead then.</param>
    /// <param name="CorrectsId">The one that this corrects.</param>
    /// <param name="CorrectedAt">When another one corrected this; from then on it counts nothing.</param>
    /// <param name="NextDue">Told when it is logged: the lead's day on which it is due next.</param>
    [SnakeCase]
    internal sealed record InteractionDto(
        int Id, int LeadId, DateTime InteractionDate, DateOnly LocalDate, string Details, bool OrderPlaced, string Kind, string? Outcome, long? OrderValue, string? Currency, int? PocId,
        DateOnly? FollowUpOn, int? AuthorId, string? Author, int? CreditedToId, string? CreditedTo, int? CorrectsId, DateTime? CorrectedAt, DateTime CreatedAt, DateTime? UpdatedAt, DateOnly? NextDue);

    [SnakeCase]
    internal sealed record InteractionRequest(
        int LeadId,
        [property: Description("A day, or a time; without an offset by the lead's clock. Now where it is left out, never in the future.")] string? InteractionDate,
        [property: Description("At most 4,000 characters.")] string? Details,
        bool? OrderPlaced,
        [property: Description("call (by default), visit, mail, order or note.")] string? Kind,
        [property: Description("Of calls: reached (by default), no_answer, left_message or follow_up.")] string? Outcome,
        [property: Description("In minor units of the lead's currency: cents. Of orders only.")] long? OrderValue,
        [property: Description("The lead's, or left out.")] string? Currency,
        [property: Description("A poc of the lead.")] int? PocId,
        [property: Description("The lead's day on which to call again.")] DateOnly? FollowUpOn);
}
