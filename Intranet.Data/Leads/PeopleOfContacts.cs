using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

public static class PeopleOfContacts
{
    // As many as make a statement that both databases take.
    private const int Batch = 500;

    /// <summary>
    /// The persons behind contacts, by the contact's id: as links have them now, whatever they were when the contact became a
    /// poc. A deleted contact is told by itself.
    /// </summary>
    public static async Task<IReadOnlyDictionary<int, PersonOf>> PeopleAsync(this IntranetDbContext db, IEnumerable<int> contacts, CancellationToken cancellation = default)
    {
        var people = new Dictionary<int, PersonOf>();
        foreach (var some in contacts.Distinct().Chunk(Batch))
        {
            var heads = await db.Contacts.Where(contact => some.Contains(contact.Id)).Select(contact => new { contact.Id, Primary = contact.DeletedAt == null ? contact.LinkedId ?? contact.Id : contact.Id }).ToListAsync(cancellation);
            var primaries = heads.Select(head => head.Primary).Distinct().ToArray();
            var members = await db.Contacts.Where(contact => primaries.Contains(contact.Id) || (contact.LinkedId != null && primaries.Contains(contact.LinkedId.Value) && contact.DeletedAt == null))
                .Select(contact => new { contact.Id, Primary = contact.LinkedId ?? contact.Id }).ToListAsync(cancellation);
            var rows = new Dictionary<int, PersonRow>();
            // A cluster may have many contacts.
            foreach (var ids in members.Select(member => member.Id).Chunk(Batch))
                (await db.Contacts.Where(contact => ids.Contains(contact.Id)).Select(PersonRow.FromContact).ToListAsync(cancellation)).ForEach(row => rows[row.Id] = row);
            var choices = await db.ChoicesAsync(rows.Keys, cancellation);
            var clusters = members.ToLookup(member => primaries.Contains(member.Id) ? member.Id : member.Primary, member => member.Id);
            foreach (var head in heads)
                people[head.Id] = PersonOf.Rows([.. clusters[head.Primary].Select(id => rows[id])], head.Primary, choices);
        }

        return people;
    }
}
