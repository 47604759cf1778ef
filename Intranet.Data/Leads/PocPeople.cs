using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>A poc as the person its contact is: of the cluster it belongs to now.</summary>
/// <param name="PersonId">The contact whose page shows the person.</param>
/// <param name="IsContactGone">The contact was deleted or erased; what is shown is what it said.</param>
public sealed record PocPerson(
    int Id, int LeadId, int ContactId, string Role, bool IsMain, DateTime CreatedAt, DateTime? RemovedAt, Guid Version, string Name, IReadOnlyList<string> Emails, IReadOnlyList<string> Phones, int PersonId, bool IsContactGone);

public static class PocPeopleQueries
{
    // As many as make a statement that both databases take.
    private const int Batch = 300;

    /// <summary>The pocs of these leads, the main one first.</summary>
    /// <param name="removed">Also those that were removed.</param>
    public static async Task<ILookup<int, PocPerson>> PocPeopleAsync(this IntranetDbContext db, IReadOnlyCollection<int> leads, bool removed = false, CancellationToken cancellation = default)
        => (await db.PocPeopleAsync(db.Pocs.Where(poc => leads.Contains(poc.LeadId) && (removed || poc.RemovedAt == null)), cancellation))
            .OrderBy(poc => poc.RemovedAt is not null).ThenBy(poc => !poc.IsMain).ThenBy(poc => poc.Id).ToLookup(poc => poc.LeadId);

    /// <summary>Each person once, in the order of the first of their pocs: two of a lead may turn out to be one person, and part again.</summary>
    public static IReadOnlyList<IReadOnlyList<PocPerson>> ByPerson(this IEnumerable<PocPerson> pocs) => [.. pocs.GroupBy(poc => poc.PersonId).Select(person => person.ToList())];

    /// <summary>What a person is on a lead, in words.</summary>
    public static string Roles(this IEnumerable<PocPerson> person) => string.Join(", ", person.Select(poc => poc.Role).Where(role => role.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase));

    /// <summary>These pocs, in their order; three queries for up to some hundreds.</summary>
    public static async Task<List<PocPerson>> PocPeopleAsync(this IntranetDbContext db, IQueryable<Poc> those, CancellationToken cancellation = default)
    {
        var pocs = await those
            .Select(poc => new { poc.Id, poc.LeadId, poc.ContactId, poc.Role, poc.IsMain, poc.CreatedAt, poc.RemovedAt, poc.Version, Primary = poc.Contact!.LinkedId ?? poc.ContactId, IsGone = poc.Contact.DeletedAt != null })
            .ToListAsync(cancellation);
        var people = new List<PocPerson>(pocs.Count);
        foreach (var some in pocs.Chunk(Batch))
        {
            var (own, primaries) = (some.Select(poc => poc.ContactId).Distinct().ToList(), some.Select(poc => poc.Primary).Distinct().ToList());
            var rows = await db.Contacts
                .Where(c => own.Contains(c.Id) || (c.DeletedAt == null && (primaries.Contains(c.Id) || (c.LinkedId != null && primaries.Contains(c.LinkedId.Value)))))
                .Select(c => new
                {
                    Primary = c.LinkedId ?? c.Id,
                    Row = new PersonRow(c.Id, c.CreatedAt, c.UpdatedAt, c.GivenName, c.FamilyName, c.FullName, c.Email, c.Phone, c.PhoneKey, null, null, null, null, null, null, c.Company, null, null, "", c.DeletedAt, null, null, c.OlderValues),
                })
                .ToListAsync(cancellation);
            var choices = await db.ChoicesAsync(rows.Select(row => row.Row.Id), cancellation);
            var clusters = rows.Where(row => row.Row.DeletedAt == null).ToLookup(row => row.Primary, row => row.Row);
            people.AddRange(some.Select(poc =>
            {
                // A deleted contact belongs to nobody: what is known of it is what it said.
                IReadOnlyCollection<PersonRow> cluster = poc.IsGone ? [rows.First(row => row.Row.Id == poc.ContactId).Row] : [.. clusters[poc.Primary]];
                var primary = poc.IsGone ? poc.ContactId : poc.Primary;
                var person = PersonOf.Rows(cluster, primary, choices);
                return new PocPerson(poc.Id, poc.LeadId, poc.ContactId, poc.Role, poc.IsMain, poc.CreatedAt, poc.RemovedAt, poc.Version, person.Name, person.Emails, person.Phones, primary, poc.IsGone);
            }));
        }

        return people;
    }
}
