using System.Globalization;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Up to which change contacts were compared with all others: a scan compares whatever it reads, an arrival itself. Contacts
/// of one moment are told apart by their ids.
/// </summary>
public readonly record struct ArrivalMark(DateTime At, int Id)
{
    /// <summary>Null as long as there was no scan: then there is nothing to compare with.</summary>
    public static async Task<ArrivalMark?> ReadAsync(IntranetDbContext db, CancellationToken cancellation = default)
    {
        var text = await db.Settings.Where(setting => setting.Name == Setting.ArrivalsCompared).Select(setting => setting.Value).FirstOrDefaultAsync(cancellation);
        return text?.Split('|') is [var at, var id]
            && DateTime.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new ArrivalMark(time, number) : null;
    }

    /// <summary>Writes it at once, past the changes that wait to be saved.</summary>
    public Task WriteAsync(IntranetDbContext db, CancellationToken cancellation = default)
        => db.WriteSettingAsync(Setting.ArrivalsCompared, string.Create(CultureInfo.InvariantCulture, $"{At:O}|{Id}"), cancellation);
}

public static class ArrivalQueries
{
    /// <summary>What came or changed after the mark, the oldest change first.</summary>
    public static IOrderedQueryable<Contact> ChangedAfter(this IQueryable<Contact> contacts, ArrivalMark mark)
        => contacts.Where(c => c.UpdatedAt > mark.At || (c.UpdatedAt == mark.At && c.Id > mark.Id)).OrderBy(c => c.UpdatedAt).ThenBy(c => c.Id);

    /// <summary>What came back, or apart, after the mark, without having changed itself.</summary>
    public static IOrderedQueryable<Contact> LoosenedAfter(this IQueryable<Contact> contacts, ArrivalMark mark)
        => contacts.Where(c => c.LoosenedAt >= mark.At && (c.LoosenedAt > mark.At || c.Id > mark.Id)).OrderBy(c => c.LoosenedAt).ThenBy(c => c.Id);
}
