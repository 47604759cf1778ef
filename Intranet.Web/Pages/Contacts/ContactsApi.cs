using System.ComponentModel;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Contacts, their clusters, links and separations for programs.</summary>
internal static class ContactsApi
{
    internal static void Map(RouteGroupBuilder api)
    {
        var contacts = api.MapGroup("").WithTags("Contacts");
        contacts.MapGet("/contacts", ListAsync).Produces<IReadOnlyList<ContactDto>>().WithPaging()
            .WithName("listContacts").WithSummary("Find contacts").WithDescription("Newest first, paged. q is words of name or company, the beginning of an e-mail address, or a phone number in any formatting.");
        contacts.MapGet("/contacts/{id:int}", GetAsync).Produces<ContactDto>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getContact").WithSummary("Read a contact").WithDescription("The row as it came in; deleted ones too.");
        contacts.MapPut("/contacts/{id:int}", PutAsync).Accepts<ContactChange>("application/json").Produces<ContactDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("changeContact").WithSummary("Change a contact").WithDescription("For stewards. Fields that are not sent stay, null empties a field; birthDate null also what came in place of a day (birthDateAsTyped). 404 also for a deleted contact: it has to be restored first.");
        contacts.MapDelete("/contacts/{id:int}", DeleteAsync).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("deleteContact").WithSummary("Delete a contact").WithDescription("For stewards. The contact takes part in nothing any more, and can be restored on its page.");
        contacts.MapGet("/contacts/{id:int}/cluster", ClusterAsync).Produces<ClusterDto>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getCluster").WithSummary("Read the person a contact belongs to").WithDescription("The person as computed, its contacts that take part, and the links that hold.");
        contacts.MapPost("/links", LinkAsync).Produces<LinkDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("linkContacts").WithSummary("Say that two contacts are one person").WithDescription("For stewards. 409 when somebody said that they are not the same. Linking what is linked answers with the link there is.");
        contacts.MapDelete("/links/{id:int}", CutAsync).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("cutLink").WithSummary("Cut a link").WithDescription("For stewards. What only this link held together comes apart; nothing is deleted.");
        contacts.MapPost("/separations", SeparateAsync).Produces<SeparationDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("separateContacts").WithSummary("Say that two contacts are not one person").WithDescription("For stewards. Decides a pair of the two that waits. 409 when links hold them together; cut those first.");
    }

    private static async Task<IResult> ListAsync(
        [Description("Words, an e-mail address or a phone number; at most 200 characters.")] string? q, HttpContext context, IntranetDbContext db, PhoneRules phones, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors);
        if (q?.Length > 200)
            errors["q"] = ["Search for at most 200 characters."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var (count, found) = await db.NewestContactsAsync(q, phones, new ContactSearch.Part(paging.Skip, paging.Size), cancellation);
        paging.Tell(context, count);
        return TypedResults.Json(await found.Select(Dto).ToListAsync(cancellation));
    }

    private static async Task<IResult> GetAsync([Description("Of the contact.")] int id, IntranetDbContext db, CancellationToken cancellation)
        => await db.Contacts.Where(c => c.Id == id).Select(Dto).FirstOrDefaultAsync(cancellation) is { } contact ? TypedResults.Json(contact) : NoContact();

    private static async Task<IResult> PutAsync(
        [Description("Of the contact.")] int id, JsonElement body, HttpContext context, IntranetDbContext db, PhoneRules phones, SaveContact save, TimeProvider clock, CancellationToken cancellation)
    {
        if (await db.Contacts.FirstOrDefaultAsync(c => c.Id == id && c.DeletedAt == null, cancellation) is not { } contact)
            return await NoneAsync(db, id, cancellation);
        var errors = new Dictionary<string, string[]>();
        var before = ContactInput.Of(contact);
        var input = Read(body, ContactInput.Of(contact), errors);
        if (errors.Count == 0)
        {
            var unchanged = input.Unchanged(before).ToHashSet();
            foreach (var group in input.WrongTexts().Where(wrong => !unchanged.Contains(wrong.MemberNames.First())).Concat(input.Wrong(before, clock)).GroupBy(wrong => wrong.MemberNames.First()))
                errors[group.Key] = [.. group.Select(result => result.ErrorMessage!)];
        }

        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        try
        {
            await save.RunAsync(contact, at => input.Fill(contact, phones, at), null, context.User.Identity!.Name!, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return TypedResults.Problem("Somebody changed this contact at the same moment. Read it again.", statusCode: StatusCodes.Status409Conflict);
        }

        return await GetAsync(id, db, cancellation);
    }

    /// <summary>The values there are, with those that were sent; names are read without case.</summary>
    private static ContactInput Read(JsonElement body, ContactInput input, Dictionary<string, string[]> errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors["body"] = ["Send a JSON object with the fields to change."];
            return input;
        }

        foreach (var property in body.EnumerateObject())
        {
            var field = Array.Find(typeof(ContactInput).GetProperties(), known => known.Name != nameof(ContactInput.Version) && property.IsNamed(known.Name));
            // What GET told beside the values may come back; it is nobody's to set.
            if (field is null && Array.Exists(typeof(ContactDto).GetProperties(), told => property.IsNamed(told.Name)))
                continue;
            if (field is null)
                errors[property.TryGetName() ?? "body"] = ["There is no such field."];
            else if (property.Value.ValueKind == JsonValueKind.Null)
                field.SetValue(input, null);
            else if (property.Value.ValueKind != JsonValueKind.String)
                errors[property.Name] = ["Use text or null."];
            else if (property.Value.TryGetText() is not { } text)
                errors[property.Name] = [JsonText.Broken];
            else if (field.PropertyType == typeof(string))
                field.SetValue(input, text);
            else if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                field.SetValue(input, day);
            else
                errors[property.Name] = ["Use a day as yyyy-MM-dd."];
        }

        // Whoever empties the day has no other one in mind.
        if (IsSent(nameof(ContactInput.BirthDate)) && input.BirthDate is null && !IsSent(nameof(ContactInput.BirthDateAsTyped)))
            input.BirthDateAsTyped = null;
        return input;

        bool IsSent(string field) => body.EnumerateObject().Any(property => property.IsNamed(field));
    }

    private static async Task<IResult> DeleteAsync([Description("Of the contact.")] int id, IntranetDbContext db, DeleteContact delete, CancellationToken cancellation)
        => await db.Contacts.AnyAsync(c => c.Id == id && c.DeletedAt == null, cancellation) && await delete.RunAsync(id, cancellation) ? TypedResults.NoContent() : await NoneAsync(db, id, cancellation);

    private static async Task<IResult> ClusterAsync([Description("Of any contact of the cluster.")] int id, IntranetDbContext db, CancellationToken cancellation)
    {
        if (await db.ClusterAsync(id, cancellation) is not { Rows.Count: > 0 } cluster)
            return await NoneAsync(db, id, cancellation);
        var ids = cluster.Rows.Select(row => row.Id).ToHashSet();
        var person = PersonOf.Rows(cluster.Rows, cluster.PrimaryId, await db.ChoicesAsync(ids, cancellation));
        var rows = await db.Contacts.OfCluster(cluster.PrimaryId).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(Dto).ToListAsync(cancellation);
        return TypedResults.Json(new ClusterDto(cluster.PrimaryId, PersonDto.Of(person), rows,
            [.. cluster.Holding.Where(link => ids.Contains(link.FirstId) && ids.Contains(link.SecondId)).Select(LinkDto.Of)]));
    }

    private static async Task<IResult> LinkAsync(LinkRequest body, HttpContext context, LinkContacts link, CancellationToken cancellation)
    {
        var errors = Check(body.FirstId, body.SecondId);
        if (body.Detail?.Length > 300)
            errors["detail"] = ["At most 300 characters."];
        else if (body.Detail?.Any(char.IsControl) == true)
            errors["detail"] = ["Use one line without control characters."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var detail = string.IsNullOrWhiteSpace(body.Detail) ? null : body.Detail.Trim();
        var result = await link.RunAsync(body.FirstId!.Value, body.SecondId!.Value, LinkReason.Steward, detail, context.User.Identity!.Name!, cancellation);
        return result.Refused switch
        {
            LinkContacts.Refusal.Missing => TypedResults.Problem("One of the two contacts is not there.", statusCode: StatusCodes.Status404NotFound),
            LinkContacts.Refusal.Separated => TypedResults.Problem("Somebody said that the two are not the same. Take that back first.", statusCode: StatusCodes.Status409Conflict),
            _ => TypedResults.Created($"{context.Request.PathBase}/api/contacts/{result.Link!.FirstId}/cluster", LinkDto.Of(result.Link)),
        };
    }

    private static async Task<IResult> CutAsync([Description("Of the link.")] int id, HttpContext context, IntranetDbContext db, CutLink cut, CancellationToken cancellation)
        => await db.Links.AnyAsync(l => l.Id == id && l.CutAt == null, cancellation) && await cut.RunAsync(id, context.User.Identity!.Name!, cancellation) is not null
            ? TypedResults.NoContent()
            : TypedResults.Problem("There is no such link.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> SeparateAsync(SeparationRequest body, HttpContext context, IntranetDbContext db, SeparateContacts separate, CancellationToken cancellation)
    {
        var errors = Check(body.FirstId, body.SecondId);
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var (first, second) = (Math.Min(body.FirstId!.Value, body.SecondId!.Value), Math.Max(body.FirstId.Value, body.SecondId.Value));
        return await separate.RunAsync(first, second, context.User.Identity!.Name!, closesPair: true, cancellation) switch
        {
            SeparateContacts.Outcome.Missing => TypedResults.Problem("One of the two contacts is not there.", statusCode: StatusCodes.Status404NotFound),
            SeparateContacts.Outcome.Linked => TypedResults.Problem("Links hold the two together. Cut those first.", statusCode: StatusCodes.Status409Conflict),
            _ => TypedResults.Json(await db.Separations.Where(s => s.FirstId == first && s.SecondId == second)
                .Select(s => new SeparationDto(s.Id, s.FirstId, s.SecondId, s.CreatedAt, s.CreatedBy)).FirstAsync(cancellation), statusCode: StatusCodes.Status201Created),
        };
    }

    private static Dictionary<string, string[]> Check(int? first, int? second)
    {
        var errors = new Dictionary<string, string[]>();
        if (first is null)
            errors["firstId"] = ["Name a contact."];
        if (second is null)
            errors["secondId"] = ["Name a contact."];
        else if (first == second)
            errors["secondId"] = ["Name another contact than the first."];
        return errors;
    }

    // Of one that takes part in nothing: that it can be read all the same is no contradiction.
    private static async Task<IResult> NoneAsync(IntranetDbContext db, int id, CancellationToken cancellation)
        => await db.Contacts.Where(c => c.Id == id).Select(c => new { c.ErasedAt }).FirstOrDefaultAsync(cancellation) is not { } there ? NoContact()
            : TypedResults.Problem(there.ErasedAt is null ? "This contact is deleted and takes part in nothing. Restore it on its page first." : "This contact was erased for good, and takes part in nothing.", statusCode: StatusCodes.Status404NotFound);

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NoContact() => TypedResults.Problem("There is no such contact.", statusCode: StatusCodes.Status404NotFound);

    private static readonly Expression<Func<Contact, ContactDto>> Dto = c => new ContactDto(
        c.Id, c.LinkedId ?? c.Id, c.ExternalId, c.Source, c.GivenName, c.FamilyName, c.FullName, c.Email, c.Phone, c.BirthDate, c.BirthDateAsTyped, c.Street, c.City, c.Postcode, c.State, c.Country, c.Company,
        c.JobTitle, c.CreatedAt, c.UpdatedAt, c.DeletedAt);

    internal sealed record ContactDto(
        int Id, int PrimaryId, string? ExternalId, string Source, string? GivenName, string? FamilyName, string? FullName, string? Email, string? Phone, DateOnly? BirthDate, string? BirthDateAsTyped, string? Street,
        string? City, string? Postcode, string? State, string? Country, string? Company, string? JobTitle, DateTime CreatedAt, DateTime UpdatedAt, DateTime? DeletedAt);

    /// <summary>What to send, for the document; read field by field, because a field that is absent stays.</summary>
    internal sealed record ContactChange(
        string? GivenName, string? FamilyName, string? FullName, string? Email, string? Phone, DateOnly? BirthDate, string? BirthDateAsTyped, string? Street, string? City, string? Postcode, string? State, string? Country,
        string? Company, string? JobTitle);

    internal sealed record ClusterDto(int PrimaryId, PersonDto Person, IReadOnlyList<ContactDto> Contacts, IReadOnlyList<LinkDto> Links);

    internal sealed record PersonDto(
        string Name, IReadOnlyList<string> Emails, IReadOnlyList<string> Phones, string? GivenName, string? FamilyName, string? FullName, string? BirthDate, string? Street, string? City,
        string? Postcode, string? State, string? Country, string? Company, string? JobTitle)
    {
        internal static PersonDto Of(PersonOf person) => new(
            person.Name, person.Emails, person.Phones, person[nameof(GivenName)], person[nameof(FamilyName)], person[nameof(FullName)], person[nameof(BirthDate)], person[nameof(Street)],
            person[nameof(City)], person[nameof(Postcode)], person[nameof(State)], person[nameof(Country)], person[nameof(Company)], person[nameof(JobTitle)]);
    }

    internal sealed record LinkDto(int Id, int FirstId, int SecondId, LinkReason Reason, string? Detail, DateTime CreatedAt, string CreatedBy)
    {
        internal static LinkDto Of(Link link) => new(link.Id, link.FirstId, link.SecondId, link.Reason, link.Detail, link.CreatedAt, link.CreatedBy);
    }

    internal sealed record SeparationDto(int Id, int FirstId, int SecondId, DateTime CreatedAt, string CreatedBy);

    internal sealed record LinkRequest(
        [property: Description("A contact.")] int? FirstId = null, [property: Description("Another contact.")] int? SecondId = null,
        [property: Description("Why, in words; at most 300 characters.")] string? Detail = null);

    internal sealed record SeparationRequest([property: Description("A contact.")] int? FirstId = null, [property: Description("Another contact.")] int? SecondId = null);
}
