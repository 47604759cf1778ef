using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>
/// identify for programs, in the two shapes that callers know. The spelling primaryContatctId is the contract; fields
/// are read without case, and phone numbers as text or number.
/// </summary>
internal static class IdentityApi
{
    private const int LongestEmail = 254, LongestPhone = 32;
    private const string SeedPhoneField = "phonenumber", PhoneField = "phoneNumber";

    internal static void Map(RouteGroupBuilder api)
    {
        var identity = api.MapGroup("").WithTags("Identity");
        identity.MapPost("/identity", (JsonElement body, HttpContext context, Identify identify, CancellationToken cancellation)
                => AnswerAsync(body, SeedPhoneField, context, identify, person => new SeedAnswer(new SeedContact(person.PrimaryId, person.Emails, [.. person.Phones.Select(SeedPhone)], person.SecondaryIds)), cancellation))
            .Accepts<IdentityRequest>("application/json").Produces<SeedAnswer>()
            .WithName("identity").WithSummary("Identify a person (Contact, phone numbers as numbers)")
            .WithDescription("By phonenumber, email or both. Remembers what is new, brings clusters together that the request connects, and answers with the whole person.");
        identity.MapPost("/identify", (JsonElement body, HttpContext context, Identify identify, CancellationToken cancellation)
                => AnswerAsync(body, PhoneField, context, identify, person => new IdentifyAnswer(new IdentifyContact(person.PrimaryId, person.Emails, person.Phones, person.SecondaryIds)), cancellation))
            .Accepts<IdentityRequest>("application/json").Produces<IdentifyAnswer>()
            .WithName("identify").WithSummary("Identify a person (contact, phone numbers as text)")
            .WithDescription("As /api/identity, in the other shape.");
        identity.MapGet("/test/getData", GetDataAsync).Produces<IReadOnlyList<ContactData>>().WithPaging(Paging.MaxSize)
            .WithName("getContactData").WithSummary("List all contacts as rows").WithDescription("Oldest first, paged; 1,000 rows by default. The Link to the next page carries after, by which it is found at once however far it is.");
        identity.MapPost("/test/createData", CreateDataAsync).Accepts<IdentityRequest>("application/json").Produces<ContactData>(StatusCodes.Status201Created)
            .WithName("createContactData").WithSummary("Add a contact").WithDescription("By the rules of /api/identity; answers with the row that holds the values.");
    }

    private static async Task<IResult> AnswerAsync<T>(JsonElement body, string phoneField, HttpContext context, Identify identify, Func<Identify.Person, T> shape, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var (email, phone) = Read(body, phoneField, errors);
        return errors.Count > 0
            ? TypedResults.ValidationProblem(errors)
            : TypedResults.Json(shape(await identify.RunAsync(email, phone, context.User.Identity!.Name!, cancellation)));
    }

    private static async Task<IResult> GetDataAsync(
        [Description("Only contacts with a greater id, instead of counting pages.")] string? after, HttpContext context, IntranetDbContext db, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors, Paging.MaxSize);
        var end = 0;
        if (!string.IsNullOrEmpty(after) && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out end))
            errors["after"] = ["Use the id of a contact."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var count = await db.Contacts.CountAsync(cancellation);
        var rows = await (string.IsNullOrEmpty(after) ? await PageAsync(db, paging, count, cancellation) : db.Contacts.Where(c => c.Id > end).OrderBy(c => c.Id))
            .Take(paging.Size).Select(Row).ToListAsync(cancellation);
        paging.Tell(context, count, rows.Count > 0 ? rows[^1].Id : null);
        return TypedResults.Json(rows.ConvertAll(row => row.ToData()));
    }

    // Where no id is left out, and none is where nothing was ever taken back, a page begins at an id that is known without
    // reading what is before it.
    private static async Task<IQueryable<Contact>> PageAsync(IntranetDbContext db, Paging paging, int count, CancellationToken cancellation)
    {
        var contacts = db.Contacts.OrderBy(c => c.Id);
        if (paging.Number == 1 || paging.Skip >= count)
            return paging.Number == 1 ? contacts : contacts.Take(0);
        var (first, last) = (await db.Contacts.MinAsync(c => c.Id, cancellation), await db.Contacts.MaxAsync(c => c.Id, cancellation));
        var begin = first + paging.Skip;
        return last - first + 1 == count ? contacts.Where(c => c.Id >= begin) : contacts.Skip(paging.Skip);
    }

    private static async Task<IResult> CreateDataAsync(JsonElement body, HttpContext context, IntranetDbContext db, Identify identify, PhoneRules phones, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var (email, phone) = Read(body, SeedPhoneField, errors);
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var person = await identify.RunAsync(email, phone, context.User.Identity!.Name!, cancellation);
        var (emailKey, phoneKey) = (email is null ? null : TextKey.Email(email), phone is null ? null : phones.Key(phone));
        // The row with all that was given, in whatever spelling, and no more where there is one; the newest of several.
        var row = await db.Contacts.OfCluster(person.PrimaryId)
            .OrderByDescending(c => (emailKey != null && c.EmailKey == emailKey ? 2 : 0) + (phoneKey != null && c.PhoneKey == phoneKey ? 2 : 0))
            .ThenByDescending(c => (emailKey == null && c.EmailKey == null ? 1 : 0) + (phoneKey == null && c.PhoneKey == null ? 1 : 0))
            .ThenByDescending(c => c.Id).Select(Row).FirstAsync(cancellation);
        return TypedResults.Json(row.ToData(), statusCode: StatusCodes.Status201Created);
    }

    /// <summary>What was given, trimmed; what is wrong goes into <paramref name="errors"/> under the field's own name.</summary>
    private static (string? Email, string? Phone) Read(JsonElement body, string phoneField, Dictionary<string, string[]> errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors["body"] = [$"Send a JSON object with email, {phoneField} or both."];
            return (null, null);
        }

        var email = Text(body, "email", mayBeNumber: false, errors);
        var phone = Text(body, phoneField, mayBeNumber: true, errors);
        if (errors.Count > 0)
            return (null, null);
        if (email is null && phone is null)
            errors["email"] = ["Give an e-mail address, a phone number, or both."];
        if (email?.Length > LongestEmail)
            errors["email"] = [$"At most {LongestEmail} characters."];
        else if (email is not null && !EmailAddress.IsPlausible(email))
            errors["email"] = ["This is not an e-mail address."];
        if (phone?.Length > LongestPhone)
            errors[phoneField] = [$"At most {LongestPhone} characters."];
        else if (phone is not null && (!PhoneRules.HasDigit(phone) || phone.Any(letter => char.IsControl(letter) && !char.IsWhiteSpace(letter))))
            errors[phoneField] = ["This is not a phone number."];
        return (email, phone);
    }

    private static string? Text(JsonElement body, string name, bool mayBeNumber, Dictionary<string, string[]> errors)
    {
        // The last one counts where a field stands twice, as everywhere in JSON.
        var value = body.EnumerateObject().LastOrDefault(property => property.IsNamed(name)).Value;
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                var text = value.TryGetText();
                if (text is null)
                    errors[name] = [JsonText.Broken];
                return text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
            case JsonValueKind.Number when mayBeNumber && value.GetRawText() is var digits && digits.All(char.IsAsciiDigit):
                return digits;
            default:
                errors[name] = [mayBeNumber ? "Use text or a whole number." : "Use text."];
                return null;
        }
    }

    /// <summary>A number where the seed gives one: plain digits that fit; a leading zero would be lost.</summary>
    private static object SeedPhone(string phone)
        => phone.All(char.IsAsciiDigit) && (phone[0] != '0' || phone.Length == 1) && long.TryParse(phone, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : phone;

    private static readonly System.Linq.Expressions.Expression<Func<Contact, DataRow>> Row
        = c => new DataRow(c.Id, c.Phone, c.Email, c.LinkedId, c.CreatedAt, c.UpdatedAt, c.DeletedAt);

    private sealed record DataRow(int Id, string? Phone, string? Email, int? LinkedId, DateTime CreatedAt, DateTime UpdatedAt, DateTime? DeletedAt)
    {
        public ContactData ToData() => new(Id, Phone is null ? null : SeedPhone(Phone), Email, LinkedId, LinkedId is null ? "primary" : "secondary", CreatedAt, UpdatedAt, DeletedAt);
    }

    /// <summary>What to send, for the document; read field by field, because a phone may be text or number.</summary>
    internal sealed record IdentityRequest(string? PhoneNumber, string? Email);

    internal sealed record SeedAnswer([property: JsonPropertyName("Contact")] SeedContact Contact);

    internal sealed record SeedContact(int PrimaryContatctId, IReadOnlyList<string> Emails, IReadOnlyList<object> PhoneNumbers, IReadOnlyList<int> SecondaryContactIds);

    internal sealed record IdentifyAnswer(IdentifyContact Contact);

    internal sealed record IdentifyContact(int PrimaryContatctId, IReadOnlyList<string> Emails, IReadOnlyList<string> PhoneNumbers, IReadOnlyList<int> SecondaryContactIds);

    internal sealed record ContactData(
        int Id, [property: JsonPropertyName("phonenumber")] object? PhoneNumber, string? Email, int? LinkedId, string LinkPrecedence, DateTime CreatedAt, DateTime UpdatedAt, DateTime? DeletedAt);
}
