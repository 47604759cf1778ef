using System.ComponentModel.DataAnnotations;
using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Contacts;

/// <summary>The values of a contact as people and programs give them.</summary>
public sealed class ContactInput : IValidatableObject
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

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (new[] { GivenName, FamilyName, FullName, Email, Phone }.All(string.IsNullOrWhiteSpace))
            yield return new ValidationResult("Give a name, an e-mail address or a phone number.", [nameof(GivenName)]);
        if (!string.IsNullOrWhiteSpace(Email) && !EmailAddress.IsPlausible(Email.Trim()))
            yield return new ValidationResult("This is not an e-mail address.", [nameof(Email)]);
        if (!string.IsNullOrWhiteSpace(Phone) && !Phone.Any(char.IsAsciiDigit))
            yield return new ValidationResult("This is not a phone number.", [nameof(Phone)]);
        if (BirthDate > Today(validationContext))
            yield return new ValidationResult("Nobody is born in the future.", [nameof(BirthDate)]);
    }

    internal static ContactInput Of(Contact contact) => new()
    {
        GivenName = contact.GivenName,
        FamilyName = contact.FamilyName,
        FullName = contact.FullName,
        Email = contact.Email,
        Phone = contact.Phone,
        BirthDate = contact.BirthDate,
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
        BirthDate = BirthDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
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
        contact.BirthDate = BirthDate;
        // What came as no day of the calendar stays until somebody gives the day.
        if (BirthDate is not null)
            contact.BirthDateAsTyped = null;
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

    private static object Values(Contact contact) => (contact.GivenName, contact.FamilyName, contact.FullName, contact.Email, contact.Phone, contact.PhoneKey, contact.BirthDate,
        contact.Street, contact.City, contact.Postcode, contact.State, contact.Country, contact.Company, contact.JobTitle);

    // The day has begun somewhere before it begins in UTC.
    private static DateOnly Today(ValidationContext context)
        => DateOnly.FromDateTime(((TimeProvider)context.GetService(typeof(TimeProvider))!).GetUtcNow().UtcDateTime.AddHours(14));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
