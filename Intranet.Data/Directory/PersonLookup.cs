using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Directory;

/// <summary>Turns what somebody typed for a person into that person.</summary>
public static class PersonLookup
{
    /// <summary>
    /// Accepts an EmpId, an address, or words that only one person has. Of people still here.
    /// </summary>
    /// <returns>The person, or what is wrong in words for the field.</returns>
    public static async Task<(int? Id, string? Problem)> FindPersonAsync(this IntranetDbContext db, string text, DateOnly today, CancellationToken cancellation = default)
    {
        var current = db.Employees.Current(today);
        var empId = TextKey.EmpId(text);
        var email = TextKey.Email(text);
        var exact = await current.Where(e => e.EmpIdKey == empId || e.EmailKey == email).Select(e => e.Id).Take(2).ToListAsync(cancellation);
        if (exact.Count == 1)
            return (exact[0], null);

        var words = SearchWords.OfQuery(text);
        if (words.Count == 0)
            return (null, "Say who: number, address or name.");
        var ids = db.Found(SearchKind.Employee, words);
        var named = await current.Where(e => ids.Contains(e.Id)).ByName().Select(e => new { e.Id, e.FirstName, e.LastName, e.EmailId }).Take(4).ToListAsync(cancellation);
        return named switch
        {
            [] => (null, "Nobody is found by that number, address or name."),
            [var only] => (only.Id, null),
            _ => (null, $"Several people match: {string.Join(", ", named.Take(3).Select(person => $"{person.FirstName} {person.LastName} ({person.EmailId})"))}{(named.Count > 3 ? " …" : "")}. Use the address."),
        };
    }
}
