using System.Globalization;

namespace Intranet.Data.Contacts;

/// <param name="Name">Name of the property of <see cref="Contact"/>; what <see cref="FieldChoice.Field"/> holds.</param>
public sealed record PersonField(string Name, Func<Contact, string?> Read)
{
    /// <summary>The row's value as text, days in ISO; null for none.</summary>
    public string? Of(Contact row) => string.IsNullOrWhiteSpace(Read(row)) ? null : Read(row)!.Trim();
}

/// <summary>
/// What shows for a person of several rows, one value for each field: the steward's choice where there is one, else the
/// newest value. E-mail addresses and phones are not among them: all of those show.
/// </summary>
public static class PersonFields
{
    public static readonly IReadOnlyList<PersonField> All =
    [
        new(nameof(Contact.GivenName), row => row.GivenName),
        new(nameof(Contact.FamilyName), row => row.FamilyName),
        new(nameof(Contact.FullName), row => row.FullName),
        new(nameof(Contact.BirthDate), row => row.BirthDate?.ToString("O", CultureInfo.InvariantCulture) ?? row.BirthDateAsTyped),
        new(nameof(Contact.Street), row => row.Street),
        new(nameof(Contact.City), row => row.City),
        new(nameof(Contact.Postcode), row => row.Postcode),
        new(nameof(Contact.State), row => row.State),
        new(nameof(Contact.Country), row => row.Country),
        new(nameof(Contact.Company), row => row.Company),
        new(nameof(Contact.JobTitle), row => row.JobTitle),
    ];

    /// <summary>The row's values in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string?> Values(Contact row) => [.. All.Select(field => field.Of(row))];

    /// <summary>The row whose value shows; null where none has one.</summary>
    /// <param name="field">One of <see cref="All"/>.</param>
    /// <param name="rows">Of one person.</param>
    /// <param name="choices">Of any contacts; among several the latest counts.</param>
    public static Contact? Shown(PersonField field, IReadOnlyCollection<Contact> rows, IEnumerable<FieldChoice> choices)
        => Shown(field.Name, [.. rows.OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.Id)], row => row.Id, row => new ValueTimes(row.UpdatedAt, row.OlderValues), field.Of,
            choices.Select(choice => new PersonOf.Choice(choice.Id, choice.ContactId, choice.Field, choice.ChosenAt))).Row;

    /// <summary>The rule itself, for rows of any kind.</summary>
    /// <param name="newestFirst">By when they were changed last, then by id.</param>
    /// <returns>The row whose value shows, and whether a steward chose it.</returns>
    internal static (TRow? Row, bool IsChosen) Shown<TRow>(
        string field, IReadOnlyList<TRow> newestFirst, Func<TRow, int> id, Func<TRow, ValueTimes> times, Func<TRow, string?> value, IEnumerable<PersonOf.Choice> choices)
        where TRow : class
    {
        var chosen = choices.Where(choice => choice.Field == field).OrderByDescending(choice => choice.ChosenAt).ThenByDescending(choice => choice.Id)
            .Select(choice => newestFirst.FirstOrDefault(row => id(row) == choice.ContactId)).FirstOrDefault(row => row is not null && value(row) is { Length: > 0 });
        return (chosen ?? Newest(field, newestFirst, id, times, value), chosen is not null);
    }

    /// <summary>The row with the newest value, of equals the later row: one that was edited says nothing new where it was left as it was.</summary>
    private static TRow? Newest<TRow>(string field, IReadOnlyList<TRow> newestFirst, Func<TRow, int> id, Func<TRow, ValueTimes> times, Func<TRow, string?> value)
        where TRow : class
    {
        var (newest, best) = ((TRow?)null, default((DateTime At, int Id)));
        foreach (var row in newestFirst)
        {
            // No value is newer than its row: of thousands, the first few are enough.
            if (newest is not null && (times(row).UpdatedAt, id(row)).CompareTo(best) < 0)
                break;
            if (value(row) is not { Length: > 0 })
                continue;
            var at = (times(row).Of(field), id(row));
            if (newest is null || at.CompareTo(best) > 0)
                (newest, best) = (row, at);
        }

        return newest;
    }
}
