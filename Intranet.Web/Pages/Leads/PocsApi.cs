using System.ComponentModel;
using System.Text.Json;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>The pocs of leads for programs. Who sees a lead sees its pocs.</summary>
internal static class PocsApi
{
    internal static void Map(RouteGroupBuilder api)
    {
        var pocs = api.MapGroup("/pocs").WithTags("Pocs");
        pocs.MapGet("", ListAsync).Produces<IReadOnlyList<PocDto>>().WithPaging()
            .WithName("listPocs").WithSummary("List pocs").WithDescription("Oldest first, paged. Name, phone number and e-mail address are the person's as known now.");
        pocs.MapPost("", PostAsync).Accepts<PocRequest>("application/json").Produces<PocDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("addPoc").WithSummary("Put a person on a lead")
            .WithDescription("By name, phone_number, email or several of them. Who is known by phone or e-mail is found, not doubled (is_known tells it); where the names clearly differ, it is a new contact and the two wait for review. contact_id names a contact instead.");
        pocs.MapGet("/{id:int}", GetAsync).Produces<PocDto>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getPoc").WithSummary("Read a poc").WithDescription("Removed ones are not found.");
        pocs.MapDelete("/{id:int}", DeleteAsync).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("removePoc").WithSummary("Take a person off a lead").WithDescription("The contact stays, and so does what was said with them. POST /pocs/{id}/restore takes it back.");
        pocs.MapPost("/{id:int}/restore", RestoreAsync).Produces<PocDto>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("restorePoc").WithSummary("Put a removed poc back").WithDescription("Restoring what isn't removed changes nothing.");
    }

    private static async Task<IResult> ListAsync(HttpContext context, IntranetDbContext db, [FromQuery(Name = "lead_id"), Description("Only those of this lead.")] int? leadId, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors);
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var pocs = Visible(db, await context.User.LeadViewerAsync(db, cancellation));
        if (leadId is not null)
            pocs = pocs.Where(poc => poc.LeadId == leadId);
        paging.Tell(context, await pocs.CountAsync(cancellation));
        return TypedResults.Ok<IReadOnlyList<PocDto>>(await ReadAsync(db, pocs.OrderBy(poc => poc.Id).Skip(paging.Skip).Take(paging.Size), cancellation));
    }

    private static async Task<IResult> GetAsync([Description("Of the poc.")] int id, HttpContext context, IntranetDbContext db, CancellationToken cancellation)
        => await OneAsync(db, Visible(db, await context.User.LeadViewerAsync(db, cancellation)), id, cancellation) is { } poc ? TypedResults.Ok(poc) : NoPoc();

    private static async Task<IResult> PostAsync(JsonElement body, HttpContext context, IntranetDbContext db, AddPoc add, CancellationToken cancellation)
    {
        var fields = BodyFields.Read(body, typeof(PocRequest), typeof(PocDto), ("phone", "phone_number"));
        var (lead, contact) = (fields.Number("lead_id", 1, int.MaxValue, isRequired: true), fields.Number("contact_id", 1, int.MaxValue));
        var (name, role, isMain) = (fields.Text("name", 200), fields.Text("role", 100), fields.Flag("is_main"));
        var (given, family) = (fields.Text("given_name", 100), fields.Text("family_name", 100));
        var (email, phone) = (fields.Text("email", EmailAddress.MaxLength), fields.Text("phone_number", 32, isNumber: true));
        if (email is not null && !EmailAddress.IsPlausible(email))
            fields.Refuse("email", "This is not an e-mail address.");
        if (phone is not null && !PhoneRules.HasDigit(phone))
            fields.Refuse("phone_number", "This is not a phone number.");
        if (fields.IsWrong)
            return TypedResults.ValidationProblem(fields.Errors);

        var request = new AddPoc.Request(lead!.Value, role ?? "", given, family, name, email, phone, isMain ?? false, contact);
        var added = await add.RunAsync(request, await context.User.LeadViewerAsync(db, cancellation), cancellation);
        if (added.Refused is { } refused)
            return LeadsApi.Refused(refused);
        if (added.Poc is null)
            return LeadsApi.NoLead();
        db.ChangeTracker.Clear();
        var poc = await OneAsync(db, db.Pocs, added.Poc.Id, cancellation);
        return TypedResults.Created($"{context.Request.PathBase}/api/pocs/{added.Poc.Id}", poc! with { IsKnown = added.IsKnown });
    }

    private static async Task<IResult> DeleteAsync([Description("Of the poc.")] int id, HttpContext context, IntranetDbContext db, RemovePoc remove, CancellationToken cancellation)
        => await db.Pocs.AnyAsync(poc => poc.Id == id && poc.RemovedAt == null, cancellation) && await remove.RunAsync(id, await context.User.LeadViewerAsync(db, cancellation), cancellation) is not null
            ? TypedResults.NoContent() : NoPoc();

    private static async Task<IResult> RestoreAsync([Description("Of the poc.")] int id, HttpContext context, IntranetDbContext db, RemovePoc remove, CancellationToken cancellation)
    {
        var back = await remove.RestoreAsync(id, await context.User.LeadViewerAsync(db, cancellation), cancellation);
        if (back.Refused is { } refused)
            return TypedResults.Problem(refused.Message, statusCode: StatusCodes.Status409Conflict);
        if (back.Poc is null)
            return NoPoc();
        db.ChangeTracker.Clear();
        return TypedResults.Ok(await OneAsync(db, db.Pocs, id, cancellation));
    }

    private static IQueryable<Poc> Visible(IntranetDbContext db, LeadViewer viewer)
    {
        var leads = db.Leads.Current().VisibleTo(viewer);
        return db.Pocs.Where(poc => poc.RemovedAt == null && leads.Any(lead => lead.Id == poc.LeadId));
    }

    private static async Task<PocDto?> OneAsync(IntranetDbContext db, IQueryable<Poc> pocs, int id, CancellationToken cancellation)
        => (await ReadAsync(db, pocs.Where(poc => poc.Id == id), cancellation)).FirstOrDefault();

    private static async Task<List<PocDto>> ReadAsync(IntranetDbContext db, IQueryable<Poc> pocs, CancellationToken cancellation)
        => (await db.PocPeopleAsync(pocs, cancellation)).ConvertAll(PocDto.Of);

    private static ProblemHttpResult NoPoc() => TypedResults.Problem("There is no such poc, or it is not yours.", statusCode: StatusCodes.Status404NotFound);

    /// <param name="PersonId">The same for two pocs who turned out to be one person: the contact that stands for them.</param>
    /// <param name="ContactId">Any contact of the person; see GET /contacts/{id}/cluster.</param>
    /// <param name="IsKnown">Told when it is added: somebody who was among the contacts before.</param>
    [SnakeCase]
    internal sealed record PocDto(
        int Id, int LeadId, string Name, string Role, string? PhoneNumber, string? Email, IReadOnlyList<string> PhoneNumbers, IReadOnlyList<string> Emails, bool IsMain, int ContactId, DateTime CreatedAt,
        DateTime? RemovedAt, int PersonId, bool? IsKnown = null)
    {
        internal static PocDto Of(PocPerson poc) => new(
            poc.Id, poc.LeadId, poc.Name, poc.Role, poc.Phones.Count > 0 ? poc.Phones[0] : null, poc.Emails.Count > 0 ? poc.Emails[0] : null, poc.Phones, poc.Emails,
            poc.IsMain, poc.ContactId, poc.CreatedAt, poc.RemovedAt, poc.PersonId);
    }

    [SnakeCase]
    internal sealed record PocRequest(
        int LeadId, [property: Description("The whole name.")] string? Name,
        [property: Description("Where the name has parts.")] string? GivenName, [property: Description("Where the name has parts.")] string? FamilyName,
        [property: Description("decision maker, purchasing, kitchen, accounts, or other words.")] string? Role,
        [property: Description("At most 32 characters; a whole number does as well.")] string? PhoneNumber, string? Email,
        [property: Description("Whom to ask first; the first poc of a lead always is.")] bool? IsMain,
        [property: Description("Somebody among the contacts; then name, phone and e-mail are not looked at.")] int? ContactId);
}
