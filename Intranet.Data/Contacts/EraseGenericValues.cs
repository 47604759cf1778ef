using System.Text.Json;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Takes addresses and numbers of erased people off the stewards' list of generic values, where nobody else has them: then they
/// say who somebody was. What the audit remembers of the list forgets them, too.
/// </summary>
internal sealed class EraseGenericValues(IntranetDbContext db)
{
    /// <param name="people">As they are before they are wiped.</param>
    /// <param name="cancellation">Stops between statements.</param>
    internal async Task<IReadOnlyList<GenericValue>> FindAsync(IReadOnlyCollection<PersonRow> people, CancellationToken cancellation)
    {
        var own = people.Select(row => row.Id).ToHashSet();
        var found = new List<GenericValue>();
        foreach (var (kind, keys) in new[] { (GenericValueKind.Email, Emails(people)), (GenericValueKind.Phone, Phones(people)) })
        {
            foreach (var some in keys.Chunk(500))
            {
                foreach (var value in await db.GenericValues.AsNoTracking().Where(value => value.Kind == kind && some.Contains(value.ValueKey)).OrderBy(value => value.Id).ToListAsync(cancellation))
                {
                    var having = kind == GenericValueKind.Email ? db.Contacts.Where(c => c.EmailKey == value.ValueKey) : db.Contacts.Where(c => c.PhoneKey == value.ValueKey);
                    // Deleted ones count: they can be restored, and the list is right about them.
                    if ((await having.Select(c => c.Id).Take(own.Count + 1).ToListAsync(cancellation)).TrueForAll(own.Contains))
                        found.Add(value);
                }
            }
        }

        return found;
    }

    /// <summary>Inside the caller's transaction.</summary>
    /// <param name="people">As they are before they are wiped.</param>
    /// <param name="reason">For the audit.</param>
    /// <param name="cancellation">Stops between statements.</param>
    internal async Task RunAsync(IReadOnlyCollection<PersonRow> people, string reason, CancellationToken cancellation)
    {
        var listed = await FindAsync(people, cancellation);
        foreach (var some in listed.Select(value => value.Id).Chunk(500))
            await db.GenericValues.Where(value => some.Contains(value.Id)).ExecuteDeleteAsync(cancellation);
        // What was on the list once and is not any more is remembered as well; what others have stays in it.
        var shared = (await db.GenericValues.Select(value => value.ValueKey).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var keys = Emails(people).Concat(Phones(people)).Where(key => !shared.Contains(key)).ToHashSet(StringComparer.Ordinal);
        var told = await db.AuditEntries.Where(entry => entry.Subject == nameof(GenericValue) && entry.Details != null).Select(entry => new { entry.Id, entry.Details }).ToListAsync(cancellation);
        foreach (var some in told.Where(entry => Texts(entry.Details!).Any(keys.Contains)).Select(entry => entry.Id).Chunk(500))
            await db.AuditEntries.Where(entry => some.Contains(entry.Id)).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Details, (string?)null), cancellation);
        foreach (var value in listed)
            db.Audit("erased", nameof(GenericValue), value.Id, reason);
        await db.SaveChangesAsync(cancellation);
    }

    private static List<string> Emails(IEnumerable<PersonRow> people) => [.. people.Select(row => row.Email).OfType<string>().Select(TextKey.Email).Distinct()];

    private static List<string> Phones(IEnumerable<PersonRow> people) => [.. people.Select(row => row.PhoneKey).OfType<string>().Distinct()];

    // Field → [old, new].
    private static IEnumerable<string> Texts(string details)
    {
        if (!details.StartsWith('{'))
            return [details];
        using var read = JsonDocument.Parse(details);
        return [.. read.RootElement.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Array)
            .SelectMany(field => field.Value.EnumerateArray()).Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)];
    }
}
