using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>The questions of identify; those of every request are compiled once and answered by indexes.</summary>
internal static class IdentifyQueries
{
    // No key is blank.
    private const string Nobody = "";

    private static readonly Func<IntranetDbContext, string, string, int, IAsyncEnumerable<Hit>> Lookup = EF.CompileAsyncQuery(
        (IntranetDbContext db, string email, string phone, int most)
            => db.Contacts.Where(c => c.EmailKey == email && c.DeletedAt == null).Select(c => new Hit { What = What.HasEmail, Cluster = c.LinkedId ?? c.Id }).Distinct().Take(most)
                .Concat(db.Contacts.Where(c => c.PhoneKey == phone && c.DeletedAt == null).Select(c => new Hit { What = What.HasPhone, Cluster = c.LinkedId ?? c.Id }).Distinct().Take(most))
                .Concat(db.GenericValues.Where(v => v.Kind == GenericValueKind.Email && v.ValueKey == email).Select(v => new Hit { What = What.EmailIsListed, Cluster = 0 }))
                .Concat(db.GenericValues.Where(v => v.Kind == GenericValueKind.Phone && v.ValueKey == phone).Select(v => new Hit { What = What.PhoneIsListed, Cluster = 0 })));

    private static readonly Func<IntranetDbContext, int, IAsyncEnumerable<PersonRow>> RowsOfCluster = EF.CompileAsyncQuery(
        (IntranetDbContext db, int primary)
            => db.Contacts.Where(c => (c.Id == primary || c.LinkedId == primary) && c.DeletedAt == null).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id)
                .Select(c => new PersonRow(c.Id, c.LinkedId, c.Email, c.EmailKey, c.Phone, c.PhoneKey)));

    /// <summary>Who has the values, in one question.</summary>
    internal static async Task<(Holders OfEmail, Holders OfPhone)> HoldersAsync(IntranetDbContext db, IdentifyRequest asked, int mostPeople, CancellationToken cancellation)
    {
        List<int> ofEmail = [], ofPhone = [];
        bool isListedEmail = false, isListedPhone = false;
        // One more than may be says enough: that there are too many.
        await foreach (var hit in Lookup(db, asked.EmailKey ?? Nobody, asked.PhoneKey ?? Nobody, mostPeople + 1).WithCancellation(cancellation))
        {
            if (hit.What == What.HasEmail)
                ofEmail.Add(hit.Cluster);
            else if (hit.What == What.HasPhone)
                ofPhone.Add(hit.Cluster);
            else
                (isListedEmail, isListedPhone) = (isListedEmail || hit.What == What.EmailIsListed, isListedPhone || hit.What == What.PhoneIsListed);
        }

        return (new Holders(ofEmail, isListedEmail || ofEmail.Count > mostPeople || GenericValues.IsGeneric(GenericValueKind.Email, asked.EmailKey)),
            new Holders(ofPhone, isListedPhone || ofPhone.Count > mostPeople || GenericValues.IsGeneric(GenericValueKind.Phone, asked.PhoneKey)));
    }

    /// <summary>The cluster of a primary; null when it is none (any more).</summary>
    internal static async Task<Identify.Person?> PersonAsync(IntranetDbContext db, int primary, CancellationToken cancellation)
    {
        var rows = new List<PersonRow>();
        await foreach (var row in RowsOfCluster(db, primary).WithCancellation(cancellation))
            rows.Add(row);
        if (rows.Count == 0 || rows[0].Id != primary || rows[0].LinkedId is not null)
            return null;
        return new Identify.Person(
            primary,
            [.. rows.Where(row => row.Email is not null).DistinctBy(row => row.EmailKey ?? row.Email).Select(row => row.Email!)],
            [.. rows.Where(row => row.Phone is not null).DistinctBy(row => row.PhoneKey ?? row.Phone).Select(row => row.Phone!)],
            [.. rows.Skip(1).Select(row => row.Id).Order()]);
    }

    internal static async Task<int> OldestAsync(this IntranetDbContext db, IReadOnlyCollection<int> contacts, CancellationToken cancellation)
        => contacts.Count == 1 ? contacts.First()
            : await db.Contacts.Where(c => contacts.Contains(c.Id)).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => c.Id).FirstAsync(cancellation);

    /// <summary>The oldest row of a cluster that has the value; null when none has.</summary>
    internal static Task<int?> OldestWithAsync(IntranetDbContext db, GenericValueKind kind, int cluster, string key, CancellationToken cancellation)
        => OldestOf(kind == GenericValueKind.Email ? db.Contacts.Where(c => c.EmailKey == key) : db.Contacts.Where(c => c.PhoneKey == key), cluster, cancellation);

    // By the value first, whose index knows the cluster too: not every row of a big cluster is read.
    private static Task<int?> OldestOf(IQueryable<Contact> having, int cluster, CancellationToken cancellation)
        => having.Where(c => c.LinkedId == cluster).Concat(having.Where(c => c.Id == cluster)).Where(c => c.DeletedAt == null)
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => (int?)c.Id).FirstOrDefaultAsync(cancellation);

    /// <summary>The cluster of the oldest row with exactly these values.</summary>
    internal static Task<int?> ClusterOfRowAsync(this IntranetDbContext db, IdentifyRequest asked, CancellationToken cancellation)
        => db.Contacts.Where(c => c.EmailKey == asked.EmailKey && c.PhoneKey == asked.PhoneKey && c.DeletedAt == null)
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => (int?)(c.LinkedId ?? c.Id)).FirstOrDefaultAsync(cancellation);

    /// <param name="Clusters">By their primaries; more than the limit are not told.</param>
    /// <param name="IsGeneric">The value says nothing about who has it.</param>
    internal sealed record Holders(IReadOnlyList<int> Clusters, bool IsGeneric)
    {
        /// <summary>Those that the value may link to.</summary>
        public IReadOnlyList<int> People => IsGeneric ? [] : Clusters;

        /// <summary>Those that it only hints at.</summary>
        public IReadOnlyList<int> Suspects => IsGeneric ? Clusters : [];
    }

    private enum What
    {
        HasEmail,
        HasPhone,
        EmailIsListed,
        PhoneIsListed,
    }

    private sealed class Hit
    {
        public What What { get; init; }
        public int Cluster { get; init; }
    }

    private sealed record PersonRow(int Id, int? LinkedId, string? Email, string? EmailKey, string? Phone, string? PhoneKey);
}
