using System.Globalization;

namespace Intranet.Data.Contacts;

/// <summary>
/// When the values of a contact were written. Editing a row makes it newer, but not the values that nobody changed: of a person the
/// newest value shows, and not what the newest row says. Pure.
/// </summary>
/// <param name="UpdatedAt">When the row was changed last; as new is every value that <paramref name="Older"/> doesn't name.</param>
/// <param name="Older">Fields by when they were written, newest first: "City Street 2026-11-03T08:15:00.000000Z; Company 2026-10-30T…Z"; null for none.</param>
public readonly record struct ValueTimes(DateTime UpdatedAt, string? Older)
{
    // As exact as times are stored.
    private const string Format = "yyyy-MM-ddTHH:mm:ss.ffffffZ";
    private const string Between = "; ";

    /// <summary>When the value of the field was written; never later than the row.</summary>
    /// <param name="field">Of <see cref="PersonFields.All"/>.</param>
    public DateTime Of(string field)
    {
        foreach (var group in Older?.Split(Between) ?? [])
        {
            var words = group.Split(' ');
            if (words.AsSpan(0, words.Length - 1).Contains(field))
                return DateTime.ParseExact(words[^1], Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        }

        return UpdatedAt;
    }

    /// <summary>The times after a change: a value that stayed is as old as it was, one that went has no time.</summary>
    /// <param name="before">The values in the order of <see cref="PersonFields.All"/>.</param>
    /// <param name="after">The same, as they are now.</param>
    /// <param name="at">Now.</param>
    public ValueTimes After(IReadOnlyList<string?> before, IReadOnlyList<string?> after, DateTime at)
    {
        var was = this;
        var older = PersonFields.All.Where((_, i) => after[i] is not null && after[i] == before[i]).Select(field => (field.Name, At: was.Of(field.Name))).Where(value => value.At < at)
            .GroupBy(value => value.At.ToString(Format, CultureInfo.InvariantCulture), value => value.Name).OrderByDescending(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{string.Join(' ', group)} {group.Key}").ToList();
        return new ValueTimes(at, older.Count == 0 ? null : string.Join(Between, older));
    }
}
