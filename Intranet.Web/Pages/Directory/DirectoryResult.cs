using System.Runtime.CompilerServices;
using Intranet.Data;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory;

/// <summary>
/// What a question finds, before it is cut into pages: the answer of FindPOC for a product or repository, people
/// by their words, or everybody. Page, download and API read from the same result.
/// </summary>
public sealed class DirectoryResult
{
    // More than anybody reads; keeps a search for "a" as quick as one for "ada".
    private const int MostWords = 2000;

    private readonly IntranetDbContext db;
    private readonly IQueryable<Employee>? people;
    private readonly IReadOnlyList<PocRow> rows;

    private DirectoryResult(IntranetDbContext db, IQueryable<Employee>? people, IReadOnlyList<PocRow> rows)
        => (this.db, this.people, this.rows) = (db, people, rows);

    public PocQuestion? Question { get; private init; }

    /// <summary>The repository that has the name of the product which was asked for by words.</summary>
    public string? Namesake { get; private init; }
    public DirectorySearch.Hits? Hits { get; private init; }
    public string? Unknown { get; private init; }
    public bool IsCapped { get; private init; }
    private DateOnly Today { get; init; }

    /// <summary>What was asked, for the head of a workbook and the name of a file.</summary>
    public string Title { get; private init; } = "Directory";

    /// <summary>Answers a question. A name typed into the search box that is exactly a product or repository asks for it.</summary>
    /// <param name="db">Where to look.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="utc">The moment that decides who is still here.</param>
    /// <param name="whole">Everybody a search in words finds, for files and programs; a page shows the first of them (<see cref="IsCapped"/>).</param>
    /// <param name="cancellation">Stops asking.</param>
    public static async Task<DirectoryResult> FindAsync(IntranetDbContext db, DirectoryQuery query, DateTime utc, bool whole, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(utc);
        var question = await PocQuestion.AskAsync(db, query.Product, query.Repository, cancellation);
        string? namesake = null;
        if (!string.IsNullOrWhiteSpace(query.Product) && question.Product is null)
            return await UnknownAsync(db, query.Product, today, cancellation);
        if (!string.IsNullOrWhiteSpace(query.Repository) && question.Repository is null)
            return await UnknownAsync(db, query.Repository, today, cancellation);
        if (question is { Product: null, Repository: null } && !string.IsNullOrWhiteSpace(query.Q))
        {
            question = await PocQuestion.AskAsync(db, query.Q, query.Q, cancellation);
            // A product and a repository of one name: the product is asked for, the page links the repository.
            if (question.Product is not null)
                (namesake, question) = (question.Repository?.Name, question with { Repository = null });
        }

        if (question.Product is not null || question.Repository is not null)
        {
            var found = await db.FindPocAsync(question.Product?.Name, question.Repository?.Name, today, cancellation);
            return new DirectoryResult(db, null, [.. found.Where(row =>
                (query.Region is null || row.Region == query.Region) && (query.City is null || row.City == query.City) && (query.Title is null || row.Title == query.Title))])
            { Question = question, Namesake = namesake, Today = today, Title = question.Title };
        }

        return await PeopleAsync(db, query, today, whole, cancellation);
    }

    /// <summary>One page of people, in the order of FindPOC, and how many there are.</summary>
    public async Task<(IReadOnlyList<EmployeeRow> Rows, int Total)> PageAsync(int number, int size, CancellationToken cancellation)
    {
        var skip = (number - 1) * size;
        if (people is null)
            return Question is null ? ([], 0) : (await RolesAsync([.. rows.Skip(skip).Take(size)], cancellation), rows.Count);
        var total = await people.CountAsync(cancellation);
        return (await people.ByName().Skip(skip).Take(size).Select(EmployeeRow.FromEmployee).ToListAsync(cancellation), total);
    }

    public async Task<int> CountAsync(CancellationToken cancellation) => people is null ? rows.Count : await people.CountAsync(cancellation);

    /// <summary>Everybody in the result, a few at a time.</summary>
    public async IAsyncEnumerable<EmployeeRow> AllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (people is not null)
        {
            await foreach (var row in people.ByName().Select(EmployeeRow.FromEmployee).AsAsyncEnumerable().WithCancellation(cancellation))
                yield return row;
            yield break;
        }

        foreach (var some in rows.Chunk(500))
        {
            foreach (var row in await RolesAsync(some, cancellation))
                yield return row;
        }
    }

    private static async Task<DirectoryResult> UnknownAsync(IntranetDbContext db, string name, DateOnly today, CancellationToken cancellation)
        => new(db, null, []) { Unknown = name.Trim(), Hits = await db.SearchDirectoryAsync(name, 6, today, cancellation), Today = today };

    private static async Task<DirectoryResult> PeopleAsync(IntranetDbContext db, DirectoryQuery query, DateOnly today, bool whole, CancellationToken cancellation)
    {
        var people = db.Employees.Current(today);
        if (query.Region is not null)
            people = people.Where(e => e.Location!.Region == query.Region);
        if (query.City is not null)
            people = people.Where(e => e.Location!.City == query.City);
        if (query.Title is not null)
            people = people.Where(e => e.Title!.Name == query.Title);
        if (string.IsNullOrWhiteSpace(query.Q))
            return new DirectoryResult(db, people, []) { Today = today };

        var hits = await db.SearchDirectoryAsync(query.Q, 12, today, cancellation);
        // The table has the people of the same words: nobody is corrected into it beside a product that matches as typed.
        if (hits.People.Count == 0)
            return new DirectoryResult(db, null, []) { Hits = hits, Today = today };
        var ids = db.Found(SearchKind.Employee, hits.Words);
        if (whole || query.HasFilter)
            return new DirectoryResult(db, people.Where(e => ids.Contains(e.Id)), []) { Title = query.Q.Trim(), Hits = hits, Today = today };

        var first = ids.Take(MostWords);
        return new DirectoryResult(db, people.Where(e => first.Contains(e.Id)), [])
        {
            Title = query.Q.Trim(),
            Hits = hits,
            Today = today,
            IsCapped = await ids.Take(MostWords + 1).CountAsync(cancellation) > MostWords,
        };
    }

    // FindPOC says who; this adds what the page shows besides: role, confirmation, clock.
    private async Task<IReadOnlyList<EmployeeRow>> RolesAsync(PocRow[] page, CancellationToken cancellation)
    {
        // A search that nothing matches has no question either.
        if (page.Length == 0)
            return [];
        var keys = page.Select(row => TextKey.EmpId(row.EmpId)).ToArray();
        var people = await db.Employees.Where(e => keys.Contains(e.EmpIdKey)).Select(EmployeeRow.FromEmployee).ToDictionaryAsync(row => row.EmpId, cancellation);
        var roles = (await db.Assignments.Of(Question!.Product?.Id, Question.Repository?.Id, Today)
                .Where(a => keys.Contains(a.Employee!.EmpIdKey))
                .Select(a => new { a.Employee!.EmpId, a.Role, a.ConfirmedOn, a.ConfirmedBy })
                .ToListAsync(cancellation))
            .GroupBy(a => a.EmpId)
            .ToDictionary(group => group.Key, group => group.OrderBy(a => a.Role).ThenByDescending(a => a.ConfirmedOn).First());
        // Somebody removed between the two queries is no longer an answer.
        return [.. page.Where(row => people.ContainsKey(row.EmpId) && roles.ContainsKey(row.EmpId)).Select(row => people[row.EmpId] with
        {
            Role = roles[row.EmpId].Role,
            ConfirmedOn = roles[row.EmpId].ConfirmedOn,
            ConfirmedBy = roles[row.EmpId].ConfirmedBy,
        })];
    }
}
