using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Collects which contacts are to be linked and which to be reviewed, then writes all of it: links, pairs, and the primaries
/// of the clusters that grew together.
/// </summary>
internal sealed class JoinContacts(IntranetDbContext db, IEnumerable<(int One, int Other)> separations, string by, DateTime now)
{
    /// <summary>Of a value that many have, only so many are compared with who comes: one to look at is enough.</summary>
    internal const int MostCompared = 50;

    private readonly Standing separated = new(separations), cut = new([]);
    private readonly Dictionary<int, int> parents = [];
    private readonly Dictionary<int, DateTime?> created = [];
    private readonly Dictionary<int, int> starts = [];
    // What people are called in any of their rows, as far as these were read; by the root of the cluster.
    private readonly Dictionary<int, HashSet<NameAgreement.Who>> called = [];
    private readonly HashSet<int> read = [], asked = [];
    // The same of the rows with the value alone that is looked at.
    private readonly Dictionary<int, HashSet<NameAgreement.Who>> calledHere = [];
    private readonly List<Link> links = [];
    private readonly Dictionary<(int, int), PairCause> pairs = [];

    internal sealed record Row(
        int Id, DateTime CreatedAt, int? LinkedId, string Key, string Value, string? Given, string? Family, string? Full, DateOnly? BirthDate, string? BirthDateAsTyped)
    {
        internal NameAgreement.Who Who => Called(Given, Family, Full, BirthDate, BirthDateAsTyped);

        internal static NameAgreement.Who Called(string? given, string? family, string? full, DateOnly? birth, string? birthAsTyped)
            => new(given, family, full, birth?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? birthAsTyped);
    }

    /// <summary>Clusters, by primary, of which rows may be called otherwise than those that come by <see cref="Group"/>; each is told once.</summary>
    internal IReadOnlyList<int> Unread(IEnumerable<Row> rows) => [.. rows.Select(row => row.LinkedId ?? row.Id).Distinct().Where(read.Add)];

    /// <summary>Clusters, by primary, of which cut links may be unknown; each is told once.</summary>
    internal IReadOnlyList<int> Unasked(IEnumerable<Row> rows) => [.. rows.Select(row => row.LinkedId ?? row.Id).Distinct().Where(asked.Add)];

    /// <summary>Somebody cut a link between rows of two clusters; to be told before these come by <see cref="Group"/>.</summary>
    internal void Cut(int one, int other) => cut.Add(Root(one), Root(other));

    /// <summary>What somebody of a cluster is called; to be told before its rows come.</summary>
    internal void Call(int cluster, NameAgreement.Who who)
    {
        if (who != default)
            Names(called, Root(cluster)).Add(who);
    }

    private static HashSet<NameAgreement.Who> Names(Dictionary<int, HashSet<NameAgreement.Who>> of, int root) => of.TryGetValue(root, out var names) ? names : of[root] = [];

    /// <param name="rows">All that have the value, oldest first.</param>
    internal void Group(IReadOnlyList<Row> rows, Func<int, bool> isFresh, LinkReason reason, bool isGeneric, int mostPeople)
    {
        if (rows.Count < 2)
            return;
        foreach (var row in rows)
        {
            created.TryAdd(row.LinkedId ?? row.Id, row.LinkedId is null ? row.CreatedAt : null);
            if (row.LinkedId is null)
                created[row.Id] = row.CreatedAt;
        }

        calledHere.Clear();
        foreach (var row in rows)
        {
            Call(row.LinkedId ?? row.Id, row.Who);
            if (row.Who != default)
                Names(calledHere, Root(row)).Add(row.Who);
        }

        isGeneric |= AreMany(rows, mostPeople);
        var people = isGeneric ? [] : rows.Select(row => Root(row)).Distinct().ToList();
        var isDisputed = people.Exists(one => !IsNamed(one)) && people.Exists(one => people.Exists(other => NameAgreement.ClearlyDiffer(Names(called, one), Names(called, other))));
        for (var i = 0; i < rows.Count; i++)
        {
            if (isFresh(rows[i].Id))
                Place(rows, i, isFresh, reason, isGeneric, isDisputed);
        }
    }

    /// <summary>Whether more people than that have them.</summary>
    internal bool AreMany(IReadOnlyList<Row> rows, int people) => rows.Select(row => Root(row)).Distinct().Take(people + 1).Count() > people;

    private bool IsNamed(int root) => Names(called, root).Any(NameAgreement.IsNamed);

    // Two that have the value and names are compared with whoever of theirs has it, too: "J." links neither John with Jane nor
    // parts Bob from Robert. One without a name is what its person is called; and of a value that people with different names
    // share, nobody can say whose a person without any is.
    private bool Differ(Row row, Row other, bool isDisputed)
    {
        var of = NameAgreement.IsNamed(row.Who) && NameAgreement.IsNamed(other.Who) ? calledHere : called;
        return NameAgreement.ClearlyDiffer(Names(of, Root(row)), Names(of, Root(other))) || (isDisputed && IsNamed(Root(row)) != IsNamed(Root(other)));
    }

    // A fresh row meets the older ones; a changed one also those that are younger and not fresh themselves.
    private void Place(IReadOnlyList<Row> rows, int place, Func<int, bool> isFresh, LinkReason reason, bool isGeneric, bool isDisputed)
    {
        var row = rows[place];
        Row? against = null;
        var cause = isGeneric ? PairCause.GenericValue : PairCause.DifferentNames;
        // Many who have a generic value make no difference: only the oldest are looked at, or a file of placeholders takes hours.
        var end = isGeneric ? Math.Min(rows.Count, MostCompared) : rows.Count;
        for (var i = 0; i < end; i++)
        {
            var other = rows[i];
            if (i == place || (i > place && isFresh(other.Id)))
                continue;
            if (Root(row) == Root(other))
                return;
            if (Differ(row, other, isDisputed))
            {
                // Many people of a generic value have different names: nothing to look at.
                if (!isGeneric)
                    against ??= other;
                continue;
            }

            if (isGeneric)
            {
                against ??= other;
                break;
            }

            if (separated.Holds(Root(row), Root(other), Root))
            {
                (against, cause) = (other, PairCause.Separated);
                continue;
            }

            if (cut.Holds(Root(row), Root(other), Root))
            {
                (against, cause) = (other, PairCause.Cut);
                continue;
            }

            links.Add(Link.Between(row.Id, other.Id, reason, row.Value, now, by));
            Join(Root(row), Root(other));
            return;
        }

        if (against is null)
            return;
        (starts[row.Id], starts[against.Id]) = (row.LinkedId ?? row.Id, against.LinkedId ?? against.Id);
        pairs.TryAdd((Math.Min(row.Id, against.Id), Math.Max(row.Id, against.Id)), cause);
    }

    internal async Task<ConnectContacts.Result> WriteAsync(CancellationToken cancellation)
    {
        // Somebody linked two of them already, in an earlier run or by another value: those are one cluster now, and no pair.
        var open = pairs.Where(pair => Root(starts[pair.Key.Item1]) != Root(starts[pair.Key.Item2])).ToList();
        var added = 0;
        foreach (var some in open.Chunk(400))
        {
            var (wanted, firsts) = (some.ToDictionary(), some.Select(pair => pair.Key.Item1).Distinct().ToList());
            var (known, raised) = (new HashSet<(int, int)>(), new List<DuplicatePair>());
            foreach (var pair in await db.DuplicatePairs.AsNoTracking().Where(p => firsts.Contains(p.FirstId)).ToListAsync(cancellation))
            {
                if (!wanted.TryGetValue((pair.FirstId, pair.SecondId), out var cause))
                    continue;
                known.Add((pair.FirstId, pair.SecondId));
                // That they are not alike enough to be looked at, or linked without anybody, was said before this was known.
                if (pair.Raise(cause))
                    raised.Add(pair);
            }

            var fresh = some.Where(pair => !known.Contains(pair.Key)).ToList();
            added += fresh.Count;
            await db.InsertManyAsync(fresh.Select(pair => DuplicatePair.Of(pair.Key.Item1, pair.Key.Item2, pair.Value, probability: 0.5, evidence: null, now)), cancellation);
            await db.UpdateManyAsync(raised, DuplicatePair.Raised, cancellation);
        }

        await db.InsertManyAsync(links, cancellation);
        await WritePrimariesAsync(cancellation);
        return new(links.Count, added);
    }

    private async Task WritePrimariesAsync(CancellationToken cancellation)
    {
        var unknown = parents.Keys.Where(root => created.GetValueOrDefault(root) is null).ToList();
        foreach (var some in unknown.Chunk(500))
        {
            foreach (var row in await db.Contacts.Where(c => some.Contains(c.Id)).Select(c => new { c.Id, c.CreatedAt }).ToListAsync(cancellation))
                created[row.Id] = row.CreatedAt;
        }

        var moved = new List<(int Was, int Is)>();
        foreach (var cluster in parents.Keys.GroupBy(Root))
        {
            var primary = cluster.OrderBy(id => created[id]).ThenBy(id => id).First();
            moved.AddRange(cluster.Where(id => id != primary).Select(id => (id, primary)));
        }

        await db.UpdateManyAsync(moved.Select(move => Contact.WithPrimary(move.Was, move.Is)), [nameof(Contact.LinkedId)], cancellation);
        // Their secondaries follow; most that join are alone.
        var followed = new List<(int Id, int Is)>();
        foreach (var some in moved.Chunk(500))
        {
            var (was, to) = (some.Select(move => move.Was).ToList(), some.ToDictionary(move => move.Was, move => move.Is));
            followed.AddRange((await db.Contacts.Where(c => c.LinkedId != null && was.Contains(c.LinkedId.Value)).Select(c => new { c.Id, c.LinkedId }).ToListAsync(cancellation))
                .Select(row => (row.Id, to[row.LinkedId!.Value])));
        }

        await db.UpdateManyAsync(followed.Select(move => Contact.WithPrimary(move.Id, move.Is)), [nameof(Contact.LinkedId)], cancellation);
    }

    private int Root(Row row) => Root(row.LinkedId ?? row.Id);

    private int Root(int id)
    {
        while (parents.TryGetValue(id, out var parent) && parent != id)
            id = parents[id] = parents.GetValueOrDefault(parent, parent);
        return id;
    }

    private void Join(int one, int other)
    {
        parents.TryAdd(one, one);
        parents[other] = one;
        foreach (var of in new[] { called, calledHere })
            if (of.Remove(other, out var names))
                Names(of, one).UnionWith(names);
        separated.Join(one, other);
        cut.Join(one, other);
    }

    /// <summary>What stands between clusters, by the roots they had when it was told; joined clusters take theirs along.</summary>
    private sealed class Standing
    {
        private readonly Dictionary<int, HashSet<int>> beyond = [];

        internal Standing(IEnumerable<(int One, int Other)> pairs)
        {
            foreach (var (one, other) in pairs)
                Add(one, other);
        }

        internal void Add(int one, int other)
        {
            Of(one).Add(other);
            Of(other).Add(one);
        }

        internal void Join(int one, int other)
        {
            if (beyond.Remove(other, out var theirs))
                Of(one).UnionWith(theirs);
        }

        internal bool Holds(int one, int other, Func<int, int> root)
            => beyond.Count > 0
                && ((beyond.TryGetValue(one, out var mine) && mine.Any(id => root(id) == other))
                    || (beyond.TryGetValue(other, out var theirs) && theirs.Any(id => root(id) == one)));

        private HashSet<int> Of(int id) => beyond.TryGetValue(id, out var set) ? set : beyond[id] = [];
    }
}
