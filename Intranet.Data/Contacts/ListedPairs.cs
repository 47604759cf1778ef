using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <param name="Id">Of the stored pair; null for one that nobody decided and only links hold together.</param>
/// <param name="FirstExternalId">The contact's id where it came from.</param>
/// <param name="Status">open, different, later, or linked: both are in one cluster, whoever or whatever said so, and that is certain (probability 1).</param>
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
                p.State == PairState.Open ? "open" : p.State == PairState.Different ? "different" : "later",
                p.Cause == PairCause.Likeness ? "likeness" : p.Cause == PairCause.GenericValue ? "genericValue" : p.Cause == PairCause.DifferentNames ? "differentNames" : p.Cause == PairCause.Separated ? "separated" : "cut",
                p.CreatedAt, p.DecidedBy));

    /// <summary>
    /// Every stored pair of two people who take part from a probability on, then every pair that one cluster makes, each once: those of up to
    /// 100 contacts completely, larger ones by their links and by what was decided. Read row by row.
    /// </summary>
    public static async IAsyncEnumerable<ListedPair> ListedWithLinksAsync(this IntranetDbContext db, double least, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var present = db.DuplicatePairs.AsNoTracking().StillSaid().Where(p => p.First!.DeletedAt == null && p.Second!.DeletedAt == null);
        // Whom links made one person has nothing to wait for, however likely it was: that they are one is told by the links.
        await foreach (var pair in present.Where(p => (p.First!.LinkedId ?? p.FirstId) != (p.Second!.LinkedId ?? p.SecondId)).Listed(least).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return pair;

        var said = (await present.Where(p => p.State == PairState.Same).Select(p => new Said(p.Id, p.FirstId, p.SecondId, p.First!.LinkedId ?? p.FirstId, p.First.ExternalId, p.Second!.ExternalId, p.Cause, p.CreatedAt, p.DecidedBy)).ToListAsync(cancellation))
            .ToDictionary(pair => (pair.FirstId, pair.SecondId));
        var large = new List<int>();
        var cluster = new List<Row>();
        await foreach (var row in Secondaries(db).WithCancellation(cancellation))
        {
            if (cluster.Count > 0 && cluster[0].Id != row.Primary)
            {
                foreach (var pair in Pairs(cluster, said, large))
                    yield return pair;
                cluster.Clear();
            }

            if (cluster.Count == 0)
                cluster.Add(new Row(row.Primary, row.PrimaryExternalId));
            cluster.Add(new Row(row.Id, row.ExternalId));
        }

        foreach (var pair in Pairs(cluster, said, large))
            yield return pair;
        foreach (var primary in large)
        {
            var told = new HashSet<(int, int)>();
            var links = db.Links.Where(l => l.CutAt == null && (l.First!.LinkedId == primary || l.FirstId == primary) && l.First.DeletedAt == null && l.Second!.DeletedAt == null)
                .OrderBy(l => l.Id).Select(l => new { l.FirstId, l.SecondId, First = l.First!.ExternalId, Second = l.Second!.ExternalId });
            await foreach (var link in links.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (told.Add((link.FirstId, link.SecondId)))
                    yield return Linked(new Row(link.FirstId, link.First), new Row(link.SecondId, link.Second), said);
            }

            foreach (var pair in said.Values.Where(pair => pair.Primary == primary && told.Add((pair.FirstId, pair.SecondId))))
                yield return Linked(new Row(pair.FirstId, pair.FirstExternalId), new Row(pair.SecondId, pair.SecondExternalId), said);
        }
    }

    private static IAsyncEnumerable<SecondaryRow> Secondaries(IntranetDbContext db)
        => db.Contacts.Where(c => c.LinkedId != null && c.DeletedAt == null).OrderBy(c => c.LinkedId).ThenBy(c => c.Id)
            .Select(c => new SecondaryRow(c.Id, c.ExternalId, c.LinkedId!.Value, db.Contacts.Where(p => p.Id == c.LinkedId).Select(p => p.ExternalId).FirstOrDefault()))
            .AsAsyncEnumerable();

    private static IEnumerable<ListedPair> Pairs(List<Row> cluster, Dictionary<(int, int), Said> said, List<int> large)
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
                yield return Linked(first, second, said);
            }
        }
    }

    private static ListedPair Linked(Row first, Row second, Dictionary<(int, int), Said> said)
        => said.TryGetValue((first.Id, second.Id), out var pair)
            ? new(pair.Id, first.Id, second.Id, first.ExternalId, second.ExternalId, 1, "linked", Word(pair.Cause), pair.CreatedAt, pair.DecidedBy)
            : new(null, first.Id, second.Id, first.ExternalId, second.ExternalId, 1, "linked", null, null, null);

    // As in Listed, where the database says it.
    private static string Word(PairCause cause) => cause switch
    {
        PairCause.Likeness => "likeness",
        PairCause.GenericValue => "genericValue",
        PairCause.DifferentNames => "differentNames",
        PairCause.Separated => "separated",
        _ => "cut",
    };

    private sealed record Said(int Id, int FirstId, int SecondId, int Primary, string? FirstExternalId, string? SecondExternalId, PairCause Cause, DateTime CreatedAt, string? DecidedBy);

    private readonly record struct Row(int Id, string? ExternalId);

    private sealed record SecondaryRow(int Id, string? ExternalId, int Primary, string? PrimaryExternalId);
}
