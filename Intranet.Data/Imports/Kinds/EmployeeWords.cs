using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports.Kinds;

/// <summary>The search words of people that are written past change tracking, sorted: that is much faster than in the order of the file.</summary>
internal sealed class EmployeeWords(IntranetDbContext db)
{
    private readonly HashSet<string> spelled = new(StringComparer.Ordinal);

    /// <param name="people">Just inserted: their ids are known to the database only.</param>
    /// <param name="last">The greatest id before.</param>
    /// <param name="cancellation">Stops between statements.</param>
    internal async Task WriteNewAsync(IReadOnlyCollection<Employee> people, int last, CancellationToken cancellation)
    {
        var added = people.Select(person => person.EmpIdKey).ToHashSet(StringComparer.Ordinal);
        // Somebody else may be adding people by hand right now; theirs have their words.
        await WriteAsync((await db.Employees.AsNoTracking().Where(e => e.Id > last).ToListAsync(cancellation)).Where(person => added.Contains(person.EmpIdKey)), cancellation);
    }

    internal async Task RewriteAsync(List<Employee> people, CancellationToken cancellation)
    {
        var ids = people.Select(person => person.Id).ToList();
        await db.SearchWords.Where(word => word.Kind == SearchKind.Employee && ids.Contains(word.TargetId)).ExecuteDeleteAsync(cancellation);
        await WriteAsync(people, cancellation);
    }

    private async Task WriteAsync(IEnumerable<Employee> people, CancellationToken cancellation)
    {
        var rows = new List<SearchWord>();
        foreach (ISearchable person in people)
        {
            rows.AddRange(person.Words().Distinct(StringComparer.Ordinal).Select(word => new SearchWord { Kind = SearchKind.Employee, Word = word, TargetId = person.Id }));
            spelled.UnionWith(person.SpelledWords());
        }

        rows.Sort((a, b) => string.CompareOrdinal(a.Word, b.Word));
        await db.InsertManyAsync(rows, cancellation);
    }

    /// <summary>
    /// The spellings of all that was written, once and last: their lock comes after the rows of people everywhere. A page that saves one of
    /// these people holds the row when it asks for the lock.
    /// </summary>
    internal async Task SpellAsync(CancellationToken cancellation)
    {
        await SearchIndex.AddSpellingsAsync(db, spelled, cancellation);
        spelled.Clear();
    }
}
