using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Directory;

/// <summary>Keeps the rows that search reads.</summary>
public static class SearchIndex
{
    /// <summary>Rewrites the words of one thing; part of saving it.</summary>
    internal static async Task KeepAsync(IntranetDbContext db, ISearchable thing, SearchKind kind, int id, bool gone, bool isNew, CancellationToken cancellation)
    {
        if (!isNew)
            await db.SearchWords.Where(word => word.Kind == kind && word.TargetId == id).ExecuteDeleteAsync(cancellation);
        if (gone)
            return;
        await db.InsertManyAsync(thing.Words().Distinct(StringComparer.Ordinal).Select(word => new SearchWord { Kind = kind, Word = word, TargetId = id }), cancellation);
        await AddSpellingsAsync(db, [.. thing.SpelledWords().Distinct(StringComparer.Ordinal)], cancellation);
    }

    /// <summary>
    /// Adds the variants of words that are new. Variants of words no longer used stay: they cost a row and a
    /// suggestion is only made for words that still find something. Inside the caller's transaction.
    /// </summary>
    public static async Task AddSpellingsAsync(IntranetDbContext db, IReadOnlyCollection<string> words, CancellationToken cancellation = default)
    {
        foreach (var some in words.Where(word => Spelling.Tolerance(word.Length) > 0).Chunk(500))
        {
            var fresh = await UnknownAsync(db, some, cancellation);
            if (fresh.Count == 0)
                continue;
            // Two things that bring the same new word at the same moment: the second finds what the first wrote.
            await db.LockAsync(Locks.Spellings, cancellation);
            fresh = await UnknownAsync(db, fresh, cancellation);
            await db.InsertManyAsync(fresh.SelectMany(word => Spelling.Variants(word).Select(variant => new SpellingVariant { Variant = variant, Word = word })), cancellation);
        }
    }

    private static async Task<List<string>> UnknownAsync(IntranetDbContext db, IReadOnlyCollection<string> words, CancellationToken cancellation)
    {
        var known = await db.SpellingVariants.Where(variant => words.Contains(variant.Word)).Select(variant => variant.Word).Distinct().ToListAsync(cancellation);
        return [.. words.Except(known, StringComparer.Ordinal)];
    }
}
