using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Pairs that are looked at and decided together, with everything that the decision rests on.</summary>
public sealed class ReviewGroup
{
    private ReviewGroup(IReadOnlyList<DuplicatePair> pairs, IReadOnlyList<Contact> rows, IReadOnlyList<FieldChoice> choices, IReadOnlyList<Apart> separations)
        => (Pairs, Rows, Choices, Separations) = (pairs, rows, choices, separations);

    /// <summary>The most likely first.</summary>
    public IReadOnlyList<DuplicatePair> Pairs { get; }

    /// <summary>All rows of all people in the group, without the deleted ones; not tracked.</summary>
    public IReadOnlyList<Contact> Rows { get; }

    public IReadOnlyList<FieldChoice> Choices { get; }

    /// <summary>Between any two of the people.</summary>
    public IReadOnlyList<Apart> Separations { get; }

    /// <summary>The people by their primaries, the oldest first.</summary>
    public IReadOnlyList<IReadOnlyList<Contact>> People => field ??=
        [.. Rows.GroupBy(row => row.PrimaryId).Select(person => person.ToList()).OrderBy(person => Oldest(person).CreatedAt).ThenBy(person => person[0].PrimaryId)];

    /// <summary>The person a contact belongs to; null where it is not there any more.</summary>
    public int? PersonOf(int contact) => Rows.FirstOrDefault(row => row.Id == contact)?.PrimaryId;

    /// <summary>What stands between these people being one.</summary>
    public IEnumerable<Apart> Between(IReadOnlyCollection<int> people) => Separations.Where(apart => people.Contains(apart.One) && people.Contains(apart.Other));

    public IEnumerable<DuplicatePair> PairsBetween(IReadOnlyCollection<int> people)
        => Pairs.Where(pair => PersonOf(pair.FirstId) is { } one && PersonOf(pair.SecondId) is { } other && one != other && people.Contains(one) && people.Contains(other));

    /// <summary>The same as long as nothing changed that the reviewer saw: pairs, values, which of them were chosen, who is one person, separations.</summary>
    public string Seen
    {
        get
        {
            var text = new StringBuilder();
            foreach (var pair in Pairs.OrderBy(pair => pair.Id))
                text.Append(CultureInfo.InvariantCulture, $"{pair.Id} {pair.Version};");
            foreach (var row in Rows.OrderBy(row => row.Id))
                text.Append(CultureInfo.InvariantCulture, $"{row.Id} {row.Version} {row.PrimaryId};");
            foreach (var choice in Choices.Select(choice => choice.Id).Order())
                text.Append(CultureInfo.InvariantCulture, $"chosen {choice};");
            foreach (var separation in Separations.Select(apart => apart.Said.Id).Distinct().Order())
                text.Append(CultureInfo.InvariantCulture, $"{separation};");
            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 16);
        }
    }

    /// <param name="db">The pairs are tracked by it.</param>
    /// <param name="pairs">Those that don't exist are left out.</param>
    /// <param name="cancellation">Stops between queries.</param>
    public static async Task<ReviewGroup> OfAsync(IntranetDbContext db, IReadOnlyCollection<int> pairs, CancellationToken cancellation = default)
    {
        var found = await db.DuplicatePairs.Where(p => EF.Parameter(pairs).Contains(p.Id)).OrderByDescending(p => p.Probability).ThenBy(p => p.Id).ToListAsync(cancellation);
        var ends = found.SelectMany(p => new[] { p.FirstId, p.SecondId }).Distinct().ToList();
        var primaries = await db.Contacts.Where(c => EF.Parameter(ends).Contains(c.Id) && c.DeletedAt == null).Select(c => c.LinkedId ?? c.Id).Distinct().ToListAsync(cancellation);
        var rows = await db.Contacts.AsNoTracking().OfPeople(primaries).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync(cancellation);
        var ids = rows.ConvertAll(row => row.Id);
        var choices = await db.FieldChoices.AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.ContactId)).ToListAsync(cancellation);
        return new ReviewGroup(found, rows, choices, await db.ApartAsync(primaries, cancellation));
    }

    /// <summary>Who is primary of these rows: the oldest, the smaller id among equals.</summary>
    public static Contact Oldest(IEnumerable<Contact> rows) => rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).First();
}
