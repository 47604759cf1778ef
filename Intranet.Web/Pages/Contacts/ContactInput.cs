using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Contacts;

/// <summary>The values of a contact as people and programs give them.</summary>
public sealed class ContactInput
{
    private const string OneLine = @"[^\p{Cc}\u2028\u2029]*";
    private const string NotOneLine = "Use one line without control characters.";

    [StringLength(100, ErrorMessage = "At most 100 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? GivenName { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? FamilyName { get; set; }

    [StringLength(200, ErrorMessage = "At most 200 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? FullName { get; set; }

    [StringLength(EmailAddress.MaxLength, ErrorMessage = "At most 254 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Email { get; set; }

    [StringLength(32, ErrorMessage = "At most 32 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Phone { get; set; }

    public DateOnly? BirthDate { get; set; }

    /// <summary>What came in place of a day, as long as nobody gives the day.</summary>
    [StringLength(40, ErrorMessage = "At most 40 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? BirthDateAsTyped { get; set; }

    [StringLength(200, ErrorMessage = "At most 200 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Street { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? City { get; set; }

    [StringLength(20, ErrorMessage = "At most 20 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Postcode { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? State { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Country { get; set; }

    [StringLength(200, ErrorMessage = "At most 200 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Company { get; set; }

    [StringLength(200, ErrorMessage = "At most 200 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? JobTitle { get; set; }

    /// <summary>The version the form was filled in for.</summary>
    public Guid? Version { get; set; }

    private static readonly PropertyInfo[] Texts = [.. typeof(ContactInput).GetProperties().Where(property => property.PropertyType == typeof(string))];

    /// <summary>The texts that are what they were: what an import took can't stand in the way of changing something else.</summary>
    internal IEnumerable<string> Unchanged(ContactInput before) => Texts.Where(text => Blank((string?)text.GetValue(this)) == Blank((string?)text.GetValue(before))).Select(text => text.Name);

    /// <summary>What is wrong with a text by itself, whatever it was before.</summary>
    internal IEnumerable<ValidationResult> WrongTexts()
    {
        var wrong = new List<ValidationResult>();
        foreach (var text in Texts)
            Validator.TryValidateProperty(text.GetValue(this), new ValidationContext(this) { MemberName = text.Name }, wrong);
        return wrong;
    }

    /// <summary>What is wrong beyond the length of a text, with what differs from before.</summary>
    /// <param name="before">The values that are stored; null of a new contact.</param>
    /// <param name="clock">Tells today.</param>
    internal IEnumerable<ValidationResult> Wrong(ContactInput? before, TimeProvider clock)
    {
        if (IsNobody && before?.IsNobody != true)
            yield return new ValidationResult("Give a name, a company, an e-mail address or a phone number.", [nameof(GivenName)]);
        if (Blank(Email) is { } email && email != Blank(before?.Email) && !EmailAddress.IsPlausible(email))
            yield return new ValidationResult("This is not an e-mail address.", [nameof(Email)]);
        if (Blank(Phone) is { } phone && phone != Blank(before?.Phone) && !PhoneRules.HasDigit(phone))
            yield return new ValidationResult("This is not a phone number.", [nameof(Phone)]);
        if (BirthDate != before?.BirthDate && BirthDate > Today(clock))
            yield return new ValidationResult("Nobody is born in the future.", [nameof(BirthDate)]);
    }

    private bool IsNobody => new[] { GivenName, FamilyName, FullName, Company, Email, Phone }.All(string.IsNullOrWhiteSpace);

    internal static ContactInput Of(Contact contact) => new()
    {
        GivenName = contact.GivenName,
        FamilyName = contact.FamilyName,
        FullName = contact.FullName,
        Email = contact.Email,
        Phone = contact.Phone,
        BirthDate = contact.BirthDate,
        BirthDateAsTyped = contact.BirthDateAsTyped,
        Street = contact.Street,
        City = contact.City,
        Postcode = contact.Postcode,
        State = contact.State,
        Country = contact.Country,
        Company = contact.Company,
        JobTitle = contact.JobTitle,
        Version = contact.Version,
    };

    /// <summary>What is typed so far, to be compared with everybody.</summary>
    internal ContactRow ToRow(int id) => new()
    {
        Id = id,
        GivenName = GivenName,
        FamilyName = FamilyName,
        FullName = FullName,
        Email = Email,
        Phone = Phone,
        BirthDate = BirthDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? BirthDateAsTyped,
        Street = Street,
        City = City,
        Postcode = Postcode,
        State = State,
        Country = Country,
        Company = Company,
        JobTitle = JobTitle,
    };

    /// <summary>Writes the values into the contact, trimmed, blank ones as none. Those that are there already stay as old as they were.</summary>
    internal void Fill(Contact contact, PhoneRules phones, DateTime at)
    {
        var (before, fields) = (Values(contact), PersonFields.Values(contact));
        contact.GivenName = Blank(GivenName);
        contact.FamilyName = Blank(FamilyName);
        contact.FullName = Blank(FullName);
        contact.SetEmail(Email);
        contact.SetPhone(Phone, phones);
        contact.BirthDate = BirthDate ?? (DateOnly.TryParseExact(BirthDateAsTyped?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= DateOnly.FromDateTime(at) ? day : null);
        // What came as no day of the calendar stays until somebody gives the day, or empties it.
        contact.BirthDateAsTyped = contact.BirthDate is null ? Blank(BirthDateAsTyped) : null;
        contact.Street = Blank(Street);
        contact.City = Blank(City);
        contact.Postcode = Blank(Postcode);
        contact.State = Blank(State);
        contact.Country = Blank(Country);
        contact.Company = Blank(Company);
        contact.JobTitle = Blank(JobTitle);
        // Of a person the newest value shows: nothing may become newest by being saved as it was.
        if (!Values(contact).Equals(before))
            contact.Change(fields, at);
    }

    private static object Values(Contact contact) => (contact.GivenName, contact.FamilyName, contact.FullName, contact.Email, contact.Phone, contact.PhoneKey, contact.BirthDate, contact.BirthDateAsTyped,
        contact.Street, contact.City, contact.Postcode, contact.State, contact.Country, contact.Company, contact.JobTitle);

    // The day has begun somewhere before it begins in UTC.
    private static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(14));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
