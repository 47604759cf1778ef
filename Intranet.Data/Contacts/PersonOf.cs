using System.Globalization;
using System.Linq.Expressions;
using Intranet.Data.Directory;

namespace Intranet.Data.Contacts;

/// <summary>
/// The person behind a cluster, computed from its rows: e-mails and phones are the union, the primary's first; every
/// other field is what a steward chose last, else the newest non-empty value. Pure.
/// </summary>
/// <param name="PrimaryId">The oldest contact of the cluster.</param>
/// <param name="Emails">As typed, each once by its key.</param>
/// <param name="Phones">As typed, each once by its key.</param>
/// <param name="Values">By field, the fields without any value left out.</param>
public sealed record PersonOf(int PrimaryId, IReadOnlyList<string> Emails, IReadOnlyList<string> Phones, IReadOnlyDictionary<string, PersonOf.Value> Values)
{
    /// <param name="ContactId">Whose value it is.</param>
    /// <param name="IsChosen">A steward chose it; it doesn't follow newer values.</param>
    public sealed record Value(string Text, int ContactId, bool IsChosen);

    /// <summary>Names of properties of <see cref="Contact"/>, in the order shown.</summary>
    public static readonly IReadOnlyList<string> Fields = [.. PersonFields.All.Select(field => field.Name)];

    public string? this[string field] => Values.GetValueOrDefault(field)?.Text;

    /// <summary>How the person is called: given and family name, else the whole name, else what else is known.</summary>
    public string Name => PersonRow.Called(this[nameof(Contact.GivenName)], this[nameof(Contact.FamilyName)], this[nameof(Contact.FullName)])
        ?? this[nameof(Contact.Company)] ?? (Emails is [var email, ..] ? email : Phones is [var phone, ..] ? phone : $"Contact {PrimaryId}");

    /// <param name="rows">The rows of one cluster that take part, at least one.</param>
    /// <param name="primaryId">One of them.</param>
    /// <param name="choices">Of any contacts; those of others, and of values that are gone, count nothing.</param>
    public static PersonOf Rows(IReadOnlyCollection<PersonRow> rows, int primaryId, IReadOnlyCollection<Choice> choices)
    {
        var byAge = rows.OrderBy(row => row.Id == primaryId ? 0 : 1).ThenBy(row => row.CreatedAt).ThenBy(row => row.Id).ToList();
        var newest = rows.OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.Id).ToList();
        var values = new Dictionary<string, Value>();
        foreach (var field in Fields)
        {
            var (of, isChosen) = PersonFields.Shown(field, newest, row => row.Id, row => row.Times, row => row[field], choices);
            if (of is not null)
                values[field] = new Value(of[field]!, of.Id, isChosen);
        }

        return new PersonOf(primaryId,
            [.. byAge.Where(row => row.Email is not null).DistinctBy(row => TextKey.Email(row.Email!)).Select(row => row.Email!)],
            [.. byAge.Where(row => row.Phone is not null).DistinctBy(row => row.PhoneKey ?? row.Phone).Select(row => row.Phone!)], values);
    }

    /// <summary>A <see cref="FieldChoice"/> as a value.</summary>
    public sealed record Choice(int Id, int ContactId, string Field, DateTime ChosenAt);
}

/// <summary>The values of one contact, for reading.</summary>
public sealed record PersonRow(
    int Id, DateTime CreatedAt, DateTime UpdatedAt, string? GivenName = null, string? FamilyName = null, string? FullName = null, string? Email = null, string? Phone = null,
    string? PhoneKey = null, DateOnly? BirthDate = null, string? Street = null, string? City = null, string? Postcode = null, string? State = null, string? Country = null,
    string? Company = null, string? JobTitle = null, string? ExternalId = null, string Source = "", DateTime? DeletedAt = null, DateTime? ErasedAt = null, string? BirthDateAsTyped = null, string? OlderValues = null)
{
    public static readonly Expression<Func<Contact, PersonRow>> FromContact = c => new PersonRow(
        c.Id, c.CreatedAt, c.UpdatedAt, c.GivenName, c.FamilyName, c.FullName, c.Email, c.Phone, c.PhoneKey, c.BirthDate, c.Street, c.City, c.Postcode, c.State, c.Country,
        c.Company, c.JobTitle, c.ExternalId, c.Source, c.DeletedAt, c.ErasedAt, c.BirthDateAsTyped, c.OlderValues);

    public string Name => Called(GivenName, FamilyName, FullName) ?? Company ?? Email ?? Phone ?? $"Contact {Id}";

    internal ValueTimes Times => new(UpdatedAt, OlderValues);

    /// <summary>The value of a field by its name; days as yyyy-MM-dd.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such field.</exception>
    public string? this[string field] => field switch
    {
        nameof(GivenName) => GivenName,
        nameof(FamilyName) => FamilyName,
        nameof(FullName) => FullName,
        nameof(BirthDate) => BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? BirthDateAsTyped,
        nameof(Street) => Street,
        nameof(City) => City,
        nameof(Postcode) => Postcode,
        nameof(State) => State,
        nameof(Country) => Country,
        nameof(Company) => Company,
        nameof(JobTitle) => JobTitle,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "No field of a person."),
    };

    /// <returns>Null when there is no name.</returns>
    public static string? Called(string? given, string? family, string? full)
        => string.Join(' ', new[] { given, family }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } name ? name : string.IsNullOrEmpty(full) ? null : full;
}
