using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Directory;

/// <summary>Finding products, repositories and people by the beginnings of their words, and in spite of typing errors.</summary>
public static class DirectorySearch
{
    public sealed record NamedHit(int Id, string Name, string Description);

    public sealed record PersonHit(int Id, string FirstName, string LastName, string EmailId, string? Title, string City)
    {
        public string FullName => $"{FirstName} {LastName}".Trim();
    }

    /// <summary>
    /// What a query finds at a glance, by <paramref name="Words"/>. <paramref name="Corrected"/> is what was searched
    /// instead, when nothing matched as typed.
    /// </summary>
    public sealed record Hits(
        IReadOnlyList<NamedHit> Products, IReadOnlyList<NamedHit> Repositories, IReadOnlyList<PersonHit> People, IReadOnlyList<string> Words, string? Corrected = null)
    {
        public bool IsEmpty => Products.Count == 0 && Repositories.Count == 0 && People.Count == 0;
    }

    /// <summary>
    /// The first few of each kind. A query that finds nothing is corrected: each of its words becomes the nearest
    /// known one. Two indexed queries a kind; at most six words count.
    /// </summary>
    public static async Task<Hits> SearchDirectoryAsync(this IntranetDbContext db, string query, int limit, DateOnly today, CancellationToken cancellation = default)
    {
        var words = SearchWords.OfQuery(query);
        if (words.Count == 0)
            return new Hits([], [], [], []);
        var hits = await FindAsync(db, words, limit, today, cancellation);
        if (!hits.IsEmpty)
            return hits;

        foreach (var corrected in await CorrectAsync(db, words, cancellation))
        {
            hits = await FindAsync(db, corrected, limit, today, cancellation);
            if (!hits.IsEmpty)
                return hits with { Corrected = hits.Products.Concat(hits.Repositories).Select(hit => hit.Name).FirstOrDefault() ?? hits.People[0].FullName };
        }

        return hits;
    }

    /// <summary>Ids of what all words find, of one kind. Each word must begin some word of the target. In the order of the index, so that the first few are always the same.</summary>
    public static IQueryable<int> Found(this IntranetDbContext db, SearchKind kind, IReadOnlyList<string> words)
        => Matching(db, kind, words).OrderBy(hit => hit.Word).ThenBy(hit => hit.TargetId).Select(hit => hit.TargetId);

    private static async Task<Hits> FindAsync(IntranetDbContext db, IReadOnlyList<string> words, int limit, DateOnly today, CancellationToken cancellation)
    {
        var productIds = await FirstAsync(Matching(db, SearchKind.Product, words), limit, cancellation);
        var repositoryIds = await FirstAsync(Matching(db, SearchKind.Repository, words), limit, cancellation);
        // Those who have left are passed over here already: they must not crowd out who is still there.
        var here = db.Employees.Current(today);
        var personIds = await FirstAsync(Matching(db, SearchKind.Employee, words).Where(hit => here.Any(e => e.Id == hit.TargetId)), limit, cancellation);
        var products = productIds.Count == 0 ? [] : await db.Products.Where(p => productIds.Contains(p.Id))
            .Select(p => new NamedHit(p.Id, p.Name, p.Description)).ToListAsync(cancellation);
        var repositories = repositoryIds.Count == 0 ? [] : await db.Repositories.Where(r => repositoryIds.Contains(r.Id))
            .Select(r => new NamedHit(r.Id, r.Name, r.Description)).ToListAsync(cancellation);
        var people = personIds.Count == 0 ? [] : await db.Employees.Where(e => personIds.Contains(e.Id))
            .Select(e => new PersonHit(e.Id, e.FirstName, e.LastName, e.EmailId, e.Title!.Name, e.Location!.City)).ToListAsync(cancellation);
        return new Hits(
            [.. products.OrderBy(hit => productIds.IndexOf(hit.Id))],
            [.. repositories.OrderBy(hit => repositoryIds.IndexOf(hit.Id))],
            [.. people.OrderBy(hit => personIds.IndexOf(hit.Id))],
            words);
    }

    // In the order of the index: whole words first, then longer ones. Someone found by first name, address and user
    // name stands there several times, hence more rows than asked for.
    private static async Task<List<int>> FirstAsync(IQueryable<SearchWord> hits, int limit, CancellationToken cancellation)
    {
        var ids = await hits.OrderBy(hit => hit.Word).ThenBy(hit => hit.TargetId).Select(hit => hit.TargetId).Take(limit * 6).ToListAsync(cancellation);
        return [.. ids.Distinct().Take(limit)];
    }

#pragma warning disable CA1309 // string.Compare becomes a comparison in SQL; the collation of the column decides, and it is binary
    private static IQueryable<SearchWord> Matching(IntranetDbContext db, SearchKind kind, IReadOnlyList<string> words)
    {
        var (from, to) = Range(words[0]);
        var hits = db.SearchWords.Where(hit => hit.Kind == kind && string.Compare(hit.Word, from) >= 0 && string.Compare(hit.Word, to) < 0);
        foreach (var (otherFrom, otherTo) in words.Skip(1).Select(Range))
        {
            hits = hits.Where(hit => db.SearchWords.Any(other => other.Kind == kind && other.TargetId == hit.TargetId
                && string.Compare(other.Word, otherFrom) >= 0 && string.Compare(other.Word, otherTo) < 0));
        }

        return hits;
    }
#pragma warning restore CA1309

    // A range instead of LIKE: both databases answer it from the index, and wildcards in the query mean nothing.
    private static (string From, string To) Range(string word) => (word, word + '\uffff');

    /// <summary>Queries with every word replaced by a known one, nearest first; at most three.</summary>
    private static async Task<List<IReadOnlyList<string>>> CorrectAsync(IntranetDbContext db, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var choices = new List<List<string>>();
        foreach (var typed in words)
        {
            var variants = Spelling.Variants(typed);
            var near = variants.Count == 0 ? [] : await db.SpellingVariants.Where(variant => variants.Contains(variant.Variant))
                .Select(variant => variant.Word).Distinct().Order().Take(1000).ToListAsync(cancellation);
            var nearest = near.Select(word => (Word: word, Errors: Spelling.Errors(typed, word)))
                .Where(option => option.Errors is not null)
                .OrderBy(option => option.Errors).ThenBy(option => Math.Abs(option.Word.Length - typed.Length)).ThenBy(option => option.Word, StringComparer.Ordinal)
                .Select(option => option.Word).Take(3).ToList();
            // A word that can't be corrected is kept: the others may have been the wrong ones.
            choices.Add(nearest.Count > 0 ? nearest : [typed]);
        }

        var corrected = new List<IReadOnlyList<string>>();
        for (var i = 0; i < 3; i++)
        {
            var attempt = choices.Select(options => options[Math.Min(i, options.Count - 1)]).OrderByDescending(word => word.Length).ToList();
            if (!attempt.SequenceEqual(words) && !corrected.Any(earlier => earlier.SequenceEqual(attempt)))
                corrected.Add(attempt);
        }

        return corrected;
    }
}
