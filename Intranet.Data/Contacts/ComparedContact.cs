using System.Globalization;
using System.Linq.Expressions;
using Intranet.Data.Contacts.Matching;

namespace Intranet.Data.Contacts;

/// <summary>What a comparison reads of a contact: the columns alone, nothing tracked.</summary>
internal sealed class ComparedContact
{
    public int Id { get; init; }
    public int? LinkedId { get; init; }
    public DateTime UpdatedAt { get; init; }
    public DateTime? LoosenedAt { get; init; }
    public DateTime? DeletedAt { get; init; }
    public string? ExternalId { get; init; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public string? FullName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public DateOnly? BirthDate { get; init; }
    public string? BirthDateAsTyped { get; init; }
    public string? Street { get; init; }
    public string? City { get; init; }
    public string? Postcode { get; init; }
    public string? State { get; init; }
    public string? Country { get; init; }
    public string? Company { get; init; }
    public string? JobTitle { get; init; }

    internal static readonly Expression<Func<Contact, ComparedContact>> Of = c => new ComparedContact
    {
        Id = c.Id,
        LinkedId = c.LinkedId,
        UpdatedAt = c.UpdatedAt,
        LoosenedAt = c.LoosenedAt,
        DeletedAt = c.DeletedAt,
        ExternalId = c.ExternalId,
        GivenName = c.GivenName,
        FamilyName = c.FamilyName,
        FullName = c.FullName,
        Email = c.Email,
        Phone = c.Phone,
        BirthDate = c.BirthDate,
        BirthDateAsTyped = c.BirthDateAsTyped,
        Street = c.Street,
        City = c.City,
        Postcode = c.Postcode,
        State = c.State,
        Country = c.Country,
        Company = c.Company,
        JobTitle = c.JobTitle,
    };

    internal ContactRow ToRow() => new()
    {
        Id = Id,
        ExternalId = ExternalId,
        GivenName = GivenName,
        FamilyName = FamilyName,
        FullName = FullName,
        Email = Email,
        Phone = Phone,
        BirthDate = BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? BirthDateAsTyped,
        Street = Street,
        City = City,
        Postcode = Postcode,
        State = State,
        Country = Country,
        Company = Company,
        JobTitle = JobTitle,
    };
}
