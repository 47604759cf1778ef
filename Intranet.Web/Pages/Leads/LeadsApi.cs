using System.ComponentModel;
using System.Text.Json;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>Leads for programs. What somebody may not see, or wants to change and may not, is not there for them: 404.</summary>
internal static class LeadsApi
{
    internal static void Map(RouteGroupBuilder api)
    {
        var leads = api.MapGroup("/leads").WithTags("Leads");
        leads.MapGet("", ListAsync).Produces<IReadOnlyList<LeadDto>>().WithPaging()
            .WithName("listLeads").WithSummary("List leads").WithDescription("By name and city, paged.");
        leads.MapPost("", PostAsync).Accepts<LeadChange>("application/json").Produces<LeadDto>(StatusCodes.Status201Created)
            .WithName("createLead").WithSummary("Add a lead")
            .WithDescription("restaurant_name is needed. It begins in the stage New unless status says otherwise; Closed needs a reason. A KAM's new lead is their own; sales leads may name another owner, or none. With last_call_date, a call that reached somebody on that day is recorded.");
        leads.MapGet("/due_today", DueAsync).Produces<IReadOnlyList<LeadDto>>().WithPaging()
            .WithName("listDueLeads").WithSummary("List whom to call today")
            .WithDescription("Due today or missed before, each by its own calendar. A KAM's own; for sales leads all, or those of owner_id. First what waited longer than its maximum, then what is overdue, then main accounts, then who is open now (in each thousand anew), and who waits longest.");
        leads.MapGet("/{id:int}", GetAsync).Produces<LeadDto>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getLead").WithSummary("Read a lead").WithDescription("Deleted ones are read with deleted=true, by who may bring them back.");
        leads.MapPut("/{id:int}", PutAsync).Accepts<LeadChange>("application/json").Produces<LeadDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("changeLead").WithSummary("Change a lead")
            .WithDescription("Fields that are not sent stay, null empties a field; what only reading tells is passed over, so that a lead can be sent back whole. A status is a move between stages by the same rules as POST /leads/{id}/stage; 409 when it isn't allowed, or when the lead isn't in the version that was sent.");
        leads.MapDelete("/{id:int}", DeleteAsync).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("deleteLead").WithSummary("Delete a lead").WithDescription("With its pocs and interactions it shows nowhere any more. POST /leads/{id}/restore brings all of it back.");
        leads.MapPost("/{id:int}/restore", RestoreAsync).Produces<LeadDto>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("restoreLead").WithSummary("Bring a deleted lead back").WithDescription("With its pocs, interactions and histories. Restoring what isn't deleted changes nothing.");
        leads.MapPost("/{id:int}/stage", StageAsync).Accepts<StageRequest>("application/json").Produces<LeadDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("moveLead").WithSummary("Move a lead to another stage").WithDescription("Closing needs a reason. 409 tells where it may go when the move isn't allowed.");
        leads.MapPost("/reassign", ReassignAsync).Accepts<ReassignRequest>("application/json").Produces<ReassignAnswer>()
            .WithName("reassignLeads").WithSummary("Give leads to others")
            .WithDescription("Those of lead_ids, or all of from_owner_id's, to one or in turn to several. What happened before stays credited to who owned the lead then. A KAM gives away own leads only.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IntranetDbContext db, TimeProvider clock,
        [Description("Beginnings of words of name or city; at most 200 characters.")] string? q, [Description("A stage; stage does as well.")] string? status, [Description("A stage.")] string? stage,
        [FromQuery(Name = "owner_id"), Description("Only those of this user.")] int? ownerId, [Description("true: only what is due.")] bool? due, [Description("true: deleted ones instead, those that the caller may bring back.")] bool? deleted,
        CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors);
        if (q?.Length > 200)
            errors["q"] = ["Search for at most 200 characters."];
        var (byStage, byStatus) = (StageOf(stage, nameof(stage), errors), StageOf(status, nameof(status), errors));
        if (byStage is not null && byStatus is not null && byStage != byStatus)
            errors[nameof(stage)] = ["stage and status say two things."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        var now = clock.GetUtcNow().UtcDateTime;
        var viewer = await context.User.LeadViewerAsync(db, cancellation);
        var found = await db.SearchLeadsAsync(q, ownerId is not null || !viewer.SeesAll, cancellation);
        var leads = deleted == true ? found.Leads.DeletedOf(viewer) : found.Leads.VisibleTo(viewer).Current();
        if ((byStage ?? byStatus) is { } wanted)
            leads = ownerId is not null || !viewer.SeesAll || found.By is not null ? leads.OnlyIn(wanted) : leads.Where(lead => lead.Stage == wanted);
        if (ownerId is not null)
            leads = leads.Where(lead => lead.OwnerId == ownerId);
        if (due == true)
            leads = leads.Due(now);
        found = found with { Leads = leads };
        // Counting 200,000 takes as long as the answer: what nothing but an owner chooses is summed up already, and what words choose is counted by words.
        paging.Tell(context, (byStage ?? byStatus) is not null || due == true || deleted == true ? await found.Each.CountAsync(cancellation)
            : !string.IsNullOrWhiteSpace(q) ? await found.CountCurrentAsync(db, cancellation)
            : await db.LeadTotals.Where(total => viewer.SeesAll || total.OwnerId == viewer.UserId).Where(total => ownerId == null || (total.OwnerId == ownerId && total.OwnerId != 0)).SumAsync(total => total.Leads, cancellation));
        var ids = found.By is null ? await leads.OrderBy(lead => lead.SearchKey).ThenBy(lead => lead.Id).Skip(paging.Skip).Take(paging.Size).Select(lead => lead.Id).ToListAsync(cancellation)
            : [.. (await new LeadOrder(LeadSort.Name, IsDescending: false).PageAsync(db, found, null, paging.Skip + paging.Size, cancellation)).Skip(paging.Skip)];
        return await RowsAsync(db, ids, now, cancellation);
    }

    private static Stage? StageOf(string? word, string name, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrEmpty(word))
            return null;
        var stage = JsonWords.Parse<Stage>(word);
        if (stage is null)
            errors[name] = [$"Use {JsonWords.Either(Enum.GetValues<Stage>().Select(JsonWords.Of))}."];
        return stage;
    }

    private static async Task<IResult> DueAsync(
        HttpContext context, IntranetDbContext db, TimeProvider clock, [FromQuery(Name = "owner_id"), Description("Only those of this user.")] int? ownerId, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors);
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var (now, viewer) = (clock.GetUtcNow().UtcDateTime, await context.User.LeadViewerAsync(db, cancellation));
        var owner = ownerId ?? (viewer.IsSalesLead ? null : viewer.UserId);
        // What is deleted is never due.
        var leads = db.Leads.VisibleTo(viewer);
        if (owner is not null)
            leads = leads.Where(lead => lead.OwnerId == owner);
        var total = owner is null && viewer.SeesAll ? await db.DueTotals.DueCountAsync(now, cancellation) : await leads.Due(now).CountAsync(cancellation);
        paging.Tell(context, total);
        return await RowsAsync(db, await leads.DuePageAsync(now, total, paging.Skip, paging.Size, cancellation: cancellation), now, cancellation);
    }

    // What is sorted and passed over is read from an index, the leads themselves for those that are told.
    private static async Task<IResult> RowsAsync(IntranetDbContext db, List<int> ids, DateTime now, CancellationToken cancellation)
    {
        var rows = (await db.Leads.Where(lead => EF.Parameter(ids).Contains(lead.Id)).AsNoTracking().Select(LeadDto.FromLead).ToListAsync(cancellation)).ConvertAll(row => LeadDto.Of(row, now)).ToDictionary(row => row.Id);
        return TypedResults.Ok<IReadOnlyList<LeadDto>>([.. ids.Where(rows.ContainsKey).Select(id => rows[id])]);
    }

    private static async Task<IResult> GetAsync(
        [Description("Of the lead.")] int id, HttpContext context, IntranetDbContext db, TimeProvider clock, [Description("true: a deleted one as well, where the caller may bring it back.")] bool? deleted, CancellationToken cancellation)
    {
        var viewer = await context.User.LeadViewerAsync(db, cancellation);
        return (await ReadAsync(db.Leads.VisibleTo(viewer).Current(), id, clock, cancellation) ?? (deleted == true ? await ReadAsync(db.Leads.DeletedOf(viewer), id, clock, cancellation) : null)) is { } lead
            ? TypedResults.Ok(lead) : NoLead();
    }

    private static async Task<LeadDto?> ReadAsync(IQueryable<Lead> leads, int id, TimeProvider clock, CancellationToken cancellation)
        => await leads.AsNoTracking().Where(lead => lead.Id == id).Select(LeadDto.FromLead).FirstOrDefaultAsync(cancellation) is { } row ? LeadDto.Of(row, clock.GetUtcNow().UtcDateTime) : null;

    private static async Task<IResult> PostAsync(JsonElement body, HttpContext context, IntranetDbContext db, CreateLead create, LogInteraction log, TimeProvider clock, CancellationToken cancellation)
    {
        var (lead, viewer, now) = (new Lead(), await context.User.LeadViewerAsync(db, cancellation), clock.GetUtcNow().UtcDateTime);
        var fields = LeadFields.Read(body, lead);
        fields.Fill(lead);
        if (fields.LastCallOn is { } call && call > LocalDay.Of(now, LocalDay.Zone(lead.TimeZone)))
            fields.Body.Refuse("last_call_date", "No call was made in the future.");
        if (fields.Stage == Stage.Closed && fields.Reason is null)
            fields.Body.Refuse("reason", "Say why it is closed.");
        if (fields.Body.IsWrong)
            return TypedResults.ValidationProblem(fields.Body.Errors);

        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        var created = await create.RunAsync(lead, fields.Stage ?? Stage.New, fields.Reason, fields.OwnerId, fields.PlanOf(new CallPlan()), viewer, cancellation);
        if (created.Lead is null)
            return Refused(created.Refused!);
        db.ChangeTracker.Clear();
        if (fields.LastCallOn is { } day && (await log.RunAsync(lead.Id, Call(lead, day, now), viewer, cancellation)).Refused is { } refused)
            return Refused(refused);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created($"{context.Request.PathBase}/api/leads/{lead.Id}", await ReadAsync(db.Leads, lead.Id, clock, cancellation));
    }

    private static async Task<IResult> PutAsync(
        [Description("Of the lead.")] int id, JsonElement body, HttpContext context, IntranetDbContext db, SaveLead save, TimeProvider clock, CancellationToken cancellation)
    {
        var (viewer, now) = (await context.User.LeadViewerAsync(db, cancellation), clock.GetUtcNow().UtcDateTime);
        if (await db.Leads.Current().EditableBy(viewer).AsNoTracking().FirstOrDefaultAsync(lead => lead.Id == id, cancellation) is not { } lead)
            return NoLead();
        var fields = LeadFields.Read(body, lead);
        // The day of a call is one of the clock that the lead is about to have.
        var there = new Lead { City = lead.City, Address = lead.Address, TimeZone = lead.TimeZone, IsTimeZoneChosen = lead.IsTimeZoneChosen };
        fields.Fill(there);
        await CheckAsync(fields, lead, there, db, now, cancellation);
        if (fields.Body.IsWrong)
            return TypedResults.ValidationProblem(fields.Body.Errors);
        var saved = await save.RunAsync(
            new SaveLead.Request(
                id, fields.Version, fields.Stage, fields.Reason, fields.ChangesPlan ? fields.PlanOf : null, fields.ChangesValues ? fields.Fill : null,
                fields.LastCallOn is { } day && (lead.LastTouchOn is null || day > lead.LastTouchOn) ? Call(there, day, now) : null, fields.OwnerId),
            viewer, cancellation);
        return !saved.IsFound ? NoLead() : saved.IsStale ? Changed() : saved.Refused is { } refused ? Refused(refused) : TypedResults.Ok(await ReadAsync(db.Leads, id, clock, cancellation));
    }

    // What can be told before anything is tried is told together.
    private static async Task CheckAsync(LeadFields fields, Lead lead, Lead there, IntranetDbContext db, DateTime now, CancellationToken cancellation)
    {
        // Sent back as it was read it is no call of its own, whatever day it is on the clock that is sent with it.
        if (fields.LastCallOn is { } day && day != lead.LastTouchOn && day > LocalDay.Of(now, LocalDay.Zone(there.TimeZone)))
            fields.Body.Refuse("last_call_date", "No call was made in the future.");
        else if (fields.LastCallOn is { } earlier && earlier < lead.LastTouchOn)
            fields.Body.Refuse("last_call_date", "A later call is recorded already. Correct that one.");
        if (fields.Stage == Stage.Closed && lead.Stage != Stage.Closed && fields.Reason is null)
            fields.Body.Refuse("reason", "Say why it is closed.");
        if (fields.Body.IsNull("owner_id") && lead.OwnerId is not null)
            fields.Body.Refuse("owner_id", "Name who gets it.");
        if (fields.OwnerId is { } owner && owner != lead.OwnerId && !await db.LeadOwners().AnyAsync(user => user.Id == owner, cancellation))
            fields.Body.Refuse("owner_id", "Only active users with the role kam or sales lead can own leads.");
    }

    private static async Task<IResult> DeleteAsync([Description("Of the lead.")] int id, HttpContext context, IntranetDbContext db, DeleteLead delete, CancellationToken cancellation)
    {
        var viewer = await context.User.LeadViewerAsync(db, cancellation);
        return await db.Leads.Current().EditableBy(viewer).AnyAsync(lead => lead.Id == id, cancellation) && await delete.RunAsync(id, viewer, cancellation)
            ? TypedResults.NoContent() : NoLead();
    }

    private static async Task<IResult> RestoreAsync([Description("Of the lead.")] int id, HttpContext context, IntranetDbContext db, DeleteLead delete, TimeProvider clock, CancellationToken cancellation)
    {
        var viewer = await context.User.LeadViewerAsync(db, cancellation);
        if (!await delete.RestoreAsync(id, viewer, cancellation))
            return NoLead();
        db.ChangeTracker.Clear();
        return TypedResults.Ok(await ReadAsync(db.Leads, id, clock, cancellation));
    }

    private static async Task<IResult> StageAsync([Description("Of the lead.")] int id, JsonElement body, HttpContext context, IntranetDbContext db, MoveStage move, TimeProvider clock, CancellationToken cancellation)
    {
        var viewer = await context.User.LeadViewerAsync(db, cancellation);
        var fields = BodyFields.Read(body, typeof(StageRequest), null, ("status", "stage"));
        var (stage, reason, version) = (fields.Word<Stage>("stage", isRequired: true), fields.Text("reason", 500), fields.Id("version"));
        if (!await db.Leads.Current().EditableBy(viewer).AnyAsync(lead => lead.Id == id, cancellation))
            return NoLead();
        if (fields.IsWrong)
            return TypedResults.ValidationProblem(fields.Errors);
        try
        {
            if (await move.RunAsync(id, stage!.Value, reason, version, viewer, cancellation) is { Refused: { } refused })
                return Refused(refused);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed();
        }

        db.ChangeTracker.Clear();
        return TypedResults.Ok(await ReadAsync(db.Leads, id, clock, cancellation));
    }

    private static async Task<IResult> ReassignAsync(JsonElement body, HttpContext context, IntranetDbContext db, ReassignLeads reassign, CancellationToken cancellation)
    {
        var fields = BodyFields.Read(body, typeof(ReassignRequest));
        var (ids, from, to) = (fields.Ids("lead_ids", 200_000), fields.Number("from_owner_id", 1, int.MaxValue), fields.Ids("owner_ids", 1000));
        var (note, first) = (fields.Text("note", 4000, isLines: true), fields.Day("first_call_date"));
        if (ids is null && from is null)
            fields.Refuse("lead_ids", "Name leads, or whose in from_owner_id.");
        if (to is not { Count: > 0 })
            fields.Refuse("owner_ids", "Say who gets them.");
        if (fields.IsWrong)
            return TypedResults.ValidationProblem(fields.Errors);
        var done = await reassign.RunAsync(new ReassignLeads.Request(ids, from, to!, note, first), await context.User.LeadViewerAsync(db, cancellation), cancellation);
        return done.Refused is { } refused
            ? TypedResults.ValidationProblem(new Dictionary<string, string[]> { [refused.Field switch { "To" => "owner_ids", "FirstCallOn" => "first_call_date", _ => LeadFields.NameOf(refused.Field) }] = [refused.Message] })
            : TypedResults.Ok(new ReassignAnswer(done.Moved.Count, done.Unchanged, done.Missing, [.. done.Moved.Select(one => new MovedLead(one.LeadId, one.From, one.To))]));
    }

    /// <summary>A call that reached somebody on a day: by the lead's clock at noon, or now where that is still to come.</summary>
    private static InteractionValues Call(Lead lead, DateOnly day, DateTime now)
    {
        var noon = LocalDay.ToUtc(day.ToDateTime(new TimeOnly(12, 0)), LocalDay.Zone(lead.TimeZone));
        return new InteractionValues(InteractionKind.Call, CallOutcome.Reached, noon < now ? noon : now);
    }

    internal static ProblemHttpResult NoLead() => TypedResults.Problem("There is no such lead, or it is not yours.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult Changed() => TypedResults.Problem("Somebody changed this lead since it was read. Read it again.", statusCode: StatusCodes.Status409Conflict);

    /// <summary>A move that isn't allowed is a conflict with what the lead is; all else is wrong at its field.</summary>
    internal static IResult Refused(Refusal refusal)
        => refusal.Field == "Stage" ? TypedResults.Problem(refusal.Message, statusCode: StatusCodes.Status409Conflict)
            : TypedResults.ValidationProblem(new Dictionary<string, string[]> { [LeadFields.NameOf(refusal.Field)] = [refusal.Message] });

    [SnakeCase]
    internal sealed record StageRequest(
        [property: Description("new, contacted, qualified, negotiation, active or closed; status does as well.")] string Stage,
        [property: Description("Needed for closing; at most 500 characters.")] string? Reason,
        [property: Description("As the lead was read: a change since then is told with 409.")] Guid? Version);

    [SnakeCase]
    internal sealed record ReassignRequest(
        [property: Description("Which; or leave it out and say whose.")] IReadOnlyList<int>? LeadIds,
        [property: Description("All of this user's.")] int? FromOwnerId,
        [property: Description("Who gets them, in turn.")] IReadOnlyList<int> OwnerIds,
        [property: Description("For the timeline of each.")] string? Note,
        [property: Description("The day on which the new owner calls first.")] DateOnly? FirstCallDate);

    /// <param name="Unchanged">Belonged to their new owner already.</param>
    /// <param name="Missing">Are no leads that the caller may change.</param>
    [SnakeCase]
    internal sealed record ReassignAnswer(int Reassigned, int Unchanged, int Missing, IReadOnlyList<MovedLead> Leads);

    [SnakeCase]
    internal sealed record MovedLead(int LeadId, int? FromOwnerId, int OwnerId);
}
