using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <param name="Id">Of the stored pair; null for one that only links hold together.</param>
/// <param name="FirstExternalId">The contact's id where it came from.</param>
/// <param name="Status">open, same, different, later, or linked: both are in one cluster.</param>
public sealed record ListedPair(
    int? Id, int FirstId, int SecondId, string? FirstExternalId, string? SecondExternalId, double Probability, string Status, string? Cause, DateTime? CreatedAt, string? DecidedBy);

/// <summary>Duplicate pairs for programs, with what links say where that is asked for.</summary>
public static class ListedPairs
{
    // All pairs of a larger cluster are too many; its links say the same.
    private const int LargestWhole = 100;

    /// <summary>Pairs that wait for a decision, the most likely first.</summary>
    public static IQueryable<ListedPair> Listed(this IQueryable<DuplicatePair> pairs, double least)
        => pairs.Where(p => p.Probability >= least).OrderByDescending(p => p.Probability).ThenBy(p => p.Id)
            .Select(p => new ListedPair(
                p.Id, p.FirstId, p.SecondId, p.First!.ExternalId, p.Second!.ExternalId, p.Probability,
                p.State == PairState.Open ? "open" : p.State == PairState.Same ? "same" : p.State == PairState.Different ? "different" : "later",
                p.Cause == PairCause.Likeness ? "likeness" : p.Cause == PairCause.GenericValue ? "genericValue" : p.Cause == PairCause.DifferentNames ? "differentNames" : p.Cause == PairCause.Separated ? "separated" : "cut",
                p.CreatedAt, p.DecidedBy));

    /// <summary>
    /// Every stored pair of two that take part from a probability on, then every pair that one cluster makes, each once: those of up to 100 contacts
    /// completely, larger ones by their links. Read row by row.
    /// </summary>
    public static async IAsyncEnumerable<ListedPair> ListedWithLinksAsync(this IntranetDbContext db, double least, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Whom links made one person meanwhile has nothing to wait for, and is told by them.
        var stored = db.DuplicatePairs.StillSaid().Where(p => p.First!.DeletedAt == null && p.Second!.DeletedAt == null
            && (p.State == PairState.Same || p.State == PairState.Different || (p.First.LinkedId ?? p.FirstId) != (p.Second.LinkedId ?? p.SecondId)));
        await foreach (var pair in stored.AsNoTracking().Listed(least).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return pair;

        // What was told already and is in one cluster: only that could be told twice.
        var told = (await stored.Where(p => p.Probability >= least && (p.First!.LinkedId ?? p.FirstId) == (p.Second!.LinkedId ?? p.SecondId))
            .Select(p => new { p.FirstId, p.SecondId }).ToListAsync(cancellation)).Select(p => (p.FirstId, p.SecondId)).ToHashSet();
        var large = new List<int>();
        var cluster = new List<Row>();
        await foreach (var row in Secondaries(db).WithCancellation(cancellation))
        {
            if (cluster.Count > 0 && cluster[0].Id != row.Primary)
            {
                foreach (var pair in Pairs(cluster, told, large))
                    yield return pair;
                cluster.Clear();
            }

            if (cluster.Count == 0)
                cluster.Add(new Row(row.Primary, row.PrimaryExternalId));
            cluster.Add(new Row(row.Id, row.ExternalId));
        }

        foreach (var pair in Pairs(cluster, told, large))
            yield return pair;
        foreach (var primary in large)
        {
            var links = db.Links.Where(l => l.CutAt == null && (l.First!.LinkedId == primary || l.FirstId == primary) && l.First.DeletedAt == null && l.Second!.DeletedAt == null)
                .OrderBy(l => l.Id).Select(l => new { l.FirstId, l.SecondId, First = l.First!.ExternalId, Second = l.Second!.ExternalId });
            await foreach (var link in links.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (told.Add((link.FirstId, link.SecondId)))
                    yield return Linked(new Row(link.FirstId, link.First), new Row(link.SecondId, link.Second));
            }
        }
    }

    private static IAsyncEnumerable<SecondaryRow> Secondaries(IntranetDbContext db)
        => db.Contacts.Where(c => c.LinkedId != null && c.DeletedAt == null).OrderBy(c => c.LinkedId).ThenBy(c => c.Id)
            .Select(c => new SecondaryRow(c.Id, c.ExternalId, c.LinkedId!.Value, db.Contacts.Where(p => p.Id == c.LinkedId).Select(p => p.ExternalId).FirstOrDefault()))
            .AsAsyncEnumerable();

    private static IEnumerable<ListedPair> Pairs(List<Row> cluster, HashSet<(int, int)> told, List<int> large)
    {
        if (cluster.Count > LargestWhole)
        {
            large.Add(cluster[0].Id);
            yield break;
        }

        for (var i = 0; i < cluster.Count; i++)
        {
            for (var j = i + 1; j < cluster.Count; j++)
            {
                var (first, second) = cluster[i].Id < cluster[j].Id ? (cluster[i], cluster[j]) : (cluster[j], cluster[i]);
                if (!told.Contains((first.Id, second.Id)))
                    yield return Linked(first, second);
            }
        }
    }

    private static ListedPair Linked(Row first, Row second) => new(null, first.Id, second.Id, first.ExternalId, second.ExternalId, 1, "linked", null, null, null);

    private readonly record struct Row(int Id, string? ExternalId);

    private sealed record SecondaryRow(int Id, string? ExternalId, int Primary, string? PrimaryExternalId);
}
