using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

public static class PocPeople
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
            var rows = await db.Contacts.Where(contact => primaries.Contains(contact.Id) || (primaries.Contains(contact.LinkedId!.Value) && contact.DeletedAt == null))
                .Select(contact => new { Primary = contact.LinkedId ?? contact.Id, contact.Id }).Join(db.Contacts.Select(PersonRow.FromContact), row => row.Id, person => person.Id, (row, person) => new { row.Primary, Person = person })
                .ToListAsync(cancellation);
            var choices = await db.ChoicesAsync(rows.Select(row => row.Person.Id), cancellation);
            foreach (var head in heads)
            {
                var own = rows.Where(row => row.Person.Id == head.Primary || row.Primary == head.Primary).Select(row => row.Person).ToList();
                people[head.Id] = PersonOf.Rows(own, head.Primary, choices);
            }
        }

        return people;
    }
}
