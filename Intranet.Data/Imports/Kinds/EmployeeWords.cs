using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// The search words of people that are written past change tracking. New people know their ids only after they are
/// inserted, so their words come at the end, sorted in big portions: that is much faster than in the order of the file.
/// </summary>
internal sealed class EmployeeWords(IntranetDbContext db)
{
    private const int Portion = 20_000;

    private readonly HashSet<string> added = new(StringComparer.Ordinal);
    private readonly HashSet<string> spelled = new(StringComparer.Ordinal);
    private int? lastIdBefore;

    internal async Task BeginAsync(CancellationToken cancellation)
        => lastIdBefore ??= await db.Employees.MaxAsync(e => (int?)e.Id, cancellation) ?? 0;

    internal void Add(IEnumerable<Employee> people) => added.UnionWith(people.Select(person => person.EmpIdKey));

    internal async Task RewriteAsync(List<Employee> people, CancellationToken cancellation)
    {
        var ids = people.Select(person => person.Id).ToList();
        await db.SearchWords.Where(word => word.Kind == SearchKind.Employee && ids.Contains(word.TargetId)).ExecuteDeleteAsync(cancellation);
        await WriteAsync(people, cancellation);
    }

    internal async Task FinishAsync(CancellationToken cancellation)
    {
        var last = lastIdBefore ?? 0;
        while (added.Count > 0)
        {
            var people = await db.Employees.AsNoTracking().Where(e => e.Id > last).OrderBy(e => e.Id).Take(Portion).ToListAsync(cancellation);
            if (people.Count == 0)
                break;
            last = people[^1].Id;
            // Somebody else may be adding people by hand right now; theirs have their words.
            await WriteAsync(people.Where(person => added.Contains(person.EmpIdKey)), cancellation);
        }

        await SearchIndex.AddSpellingsAsync(db, spelled, cancellation);
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
}
