namespace Intranet.Tests.Contacts;

/// <summary>
/// What contacts, links and separations mean, in the plainest way there is: lists, walked through again for every
/// question. Written from the rules, not from the code, for comparing the two. Rows are known by their numbers from 0,
/// in the order they were made, which is also their age. Knows no generic values.
/// </summary>
internal sealed class ContactsModel
{
    internal sealed class Row
    {
        internal required int Number { get; init; }
        internal required string? Email { get; init; }
        internal required string? Phone { get; init; }
        internal bool IsDeleted { get; set; }
    }

    internal sealed class Connection
    {
        internal required int One { get; init; }
        internal required int Other { get; init; }
        internal bool IsCut { get; set; }
    }

    internal sealed record Person(int Primary, IReadOnlyList<string> Emails, IReadOnlyList<string> Phones, IReadOnlyList<int> Secondaries);

    internal List<Row> Rows { get; } = [];
    internal List<Connection> Links { get; } = [];
    internal List<(int One, int Other)> Separations { get; } = [];

    internal Person Identify(string? email, string? phone)
    {
        var withEmail = Present.Where(row => email is not null && row.Email == email).Select(row => PrimaryOf(row.Number)).Distinct().Order().ToList();
        var withPhone = Present.Where(row => phone is not null && row.Phone == phone).Select(row => PrimaryOf(row.Number)).Distinct().Order().ToList();
        var withBoth = withEmail.Intersect(withPhone).ToList();
        if (withBoth.Count > 0)
            return PersonOf(withBoth[0]);
        if (withEmail.Count == 0 && withPhone.Count == 0)
            return PersonOf(Add(email, phone));
        if (withEmail.Count > 0 && withPhone.Count > 0 && !AreSeparated(withEmail[0], withPhone[0]))
        {
            Connect(First(withEmail[0], row => row.Email == email), First(withPhone[0], row => row.Phone == phone));
            return PersonOf(Math.Min(withEmail[0], withPhone[0]));
        }

        var cluster = withEmail.Count > 0 ? withEmail[0] : withPhone[0];
        if (email is not null && phone is not null)
            Connect(withEmail.Count > 0 ? First(cluster, row => row.Email == email) : First(cluster, row => row.Phone == phone), Add(email, phone));
        return PersonOf(cluster);
    }

    internal void Connect(int one, int other) => Links.Add(new Connection { One = Math.Min(one, other), Other = Math.Max(one, other) });

    internal bool AreSeparated(int one, int other)
        => Separations.Exists(s => StandsFor(s.One) is var these && StandsFor(s.Other) is var those
            && ((these.Contains(one) && those.Contains(other)) || (these.Contains(other) && those.Contains(one))));

    /// <summary>A deleted row stands for everybody it would be one with: whom links lead to through deleted rows only.</summary>
    private HashSet<int> StandsFor(int number)
    {
        if (!Rows[number].IsDeleted)
            return [PrimaryOf(number)];
        var (passed, found) = (new HashSet<int> { number }, new HashSet<int>());
        for (var before = 0; before < passed.Count;)
        {
            before = passed.Count;
            foreach (var next in passed.ToList().SelectMany(Neighbours))
                _ = Rows[next].IsDeleted ? passed.Add(next) : found.Add(PrimaryOf(next));
        }

        return found;
    }

    private IEnumerable<int> Neighbours(int number)
        => Links.Where(link => !link.IsCut && (link.One == number || link.Other == number)).Select(link => link.One == number ? link.Other : link.One);

    /// <summary>Restoring brings nobody together who was separated.</summary>
    internal bool MayReturn(int number)
    {
        if (!Rows[number].IsDeleted)
            return true;
        var joined = Neighbours(number).Where(other => !Rows[other].IsDeleted).Select(PrimaryOf).Distinct().ToList();
        return !joined.Exists(one => joined.Exists(other => one != other && AreSeparated(one, other)))
            && !Separations.Exists(s => (s.One == number || s.Other == number) && (s.One == number ? s.Other : s.One) is var other && !Rows[other].IsDeleted && joined.Contains(PrimaryOf(other)));
    }

    /// <summary>Who comes back is linked to whom it shares a value with now, the oldest first; neither a separation nor a cut is passed over.</summary>
    internal void Return(int number)
    {
        Rows[number].IsDeleted = false;
        Meet(number, row => row.Email);
        Meet(number, row => row.Phone);
    }

    private void Meet(int number, Func<Row, string?> value)
    {
        foreach (var other in Present.Where(row => value(row) is { } shared && shared == value(Rows[number]) && row.Number != number).ToList())
        {
            var (here, there) = (PrimaryOf(number), PrimaryOf(other.Number));
            if (here == there)
                return;
            if (AreSeparated(here, there) || Links.Exists(link => link.IsCut && AreEnds(link.One, link.Other, here, there)))
                continue;
            Connect(number, other.Number);
            return;
        }
    }

    private bool AreEnds(int one, int other, int here, int there)
        => StandsFor(one) is var these && StandsFor(other) is var those && ((these.Contains(here) && those.Contains(there)) || (these.Contains(there) && those.Contains(here)));

    /// <summary>Taking a cut back brings nobody together who was separated.</summary>
    internal bool MayHoldAgain(Connection link)
        => Rows[link.One].IsDeleted || Rows[link.Other].IsDeleted || PrimaryOf(link.One) == PrimaryOf(link.Other) || !AreSeparated(PrimaryOf(link.One), PrimaryOf(link.Other));

    /// <summary>The smallest number that links lead to without passing a deleted row.</summary>
    internal int PrimaryOf(int number)
    {
        if (Rows[number].IsDeleted)
            return number;
        var reached = new HashSet<int> { number };
        bool grew;
        do
        {
            grew = false;
            foreach (var link in Links.Where(link => !link.IsCut && !Rows[link.One].IsDeleted && !Rows[link.Other].IsDeleted))
            {
                if (reached.Contains(link.One) != reached.Contains(link.Other))
                    grew |= reached.Add(link.One) | reached.Add(link.Other);
            }
        }
        while (grew);
        return reached.Min();
    }

    internal Person PersonOf(int primary)
    {
        var rows = Present.Where(row => PrimaryOf(row.Number) == primary).ToList();
        return new Person(
            primary,
            [.. rows.Where(row => row.Email is not null).Select(row => row.Email!).Distinct()],
            [.. rows.Where(row => row.Phone is not null).Select(row => row.Phone!).Distinct()],
            [.. rows.Select(row => row.Number).Where(number => number != primary)]);
    }

    private IEnumerable<Row> Present => Rows.Where(row => !row.IsDeleted);

    private int First(int cluster, Func<Row, bool> has) => Present.First(row => has(row) && PrimaryOf(row.Number) == cluster).Number;

    private int Add(string? email, string? phone)
    {
        Rows.Add(new Row { Number = Rows.Count, Email = email, Phone = phone });
        return Rows.Count - 1;
    }
}
