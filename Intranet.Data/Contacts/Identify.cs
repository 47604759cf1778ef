using Microsoft.EntityFrameworkCore;
using static Intranet.Data.Contacts.Decision;

namespace Intranet.Data.Contacts;

/// <summary>
/// Who is this? Finds the cluster that an e-mail address or a phone number belongs to, remembers what is new about it,
/// and brings two clusters together when one request names both. Most requests repeat what is known and only read;
/// whatever writes decides again under one lock, so that requests at the same moment, from any process, end in one
/// flat cluster. A crash leaves the state before.
/// </summary>
public sealed class Identify(IntranetDbContext db, ClusterChanges changes, PhoneRules phones, IdentifyLimits limits, TimeProvider time)
{
    /// <summary>The person behind a request.</summary>
    /// <param name="PrimaryId">The oldest contact of the cluster.</param>
    /// <param name="Emails">As typed, the primary's first, then by age; each once.</param>
    /// <param name="Phones">As typed, the primary's first, then by age; each once.</param>
    /// <param name="SecondaryIds">Ascending.</param>
    public sealed record Person(int PrimaryId, IReadOnlyList<string> Emails, IReadOnlyList<string> Phones, IReadOnlyList<int> SecondaryIds);

    /// <param name="email">Trimmed and compared without case; null or blank for none.</param>
    /// <param name="phone">Compared by <see cref="PhoneRules"/>; null or blank for none.</param>
    /// <param name="by">Who asks; the author of links.</param>
    /// <param name="cancellation">Until something is about to be written; from then on the request is carried out.</param>
    /// <exception cref="ArgumentException">Neither is given.</exception>
    /// <exception cref="InvalidOperationException">The context is in a transaction of the caller's.</exception>
    public async Task<Person> RunAsync(string? email, string? phone, string by, CancellationToken cancellation = default)
    {
        var asked = new IdentifyRequest(email, phone, phones);
        if (asked is { EmailKey: null, PhoneKey: null })
            throw new ArgumentException("Give an e-mail address, a phone number, or both.", nameof(email));
        if (db.Database.CurrentTransaction is not null)
            throw new InvalidOperationException("identify commits by itself; end the transaction before.");

        return await KnownAsync(asked, cancellation) ?? await changes.RunAsync(async locked =>
        {
            var decision = await DecideAsync(locked, asked, CancellationToken.None);
            return await new CarryOut(locked, asked, time.GetUtcNow().UtcDateTime, by, phones).RunAsync(decision);
        }, cancellation);
    }

    // Most requests end here.
    private Task<Person?> KnownAsync(IdentifyRequest asked, CancellationToken cancellation)
        => db.OverOneConnectionAsync(async () => await DecideAsync(db, asked, cancellation) is Known known ? await db.PersonAsync(known.Cluster, cancellation) : null, cancellation);

    private async Task<Decision> DecideAsync(IntranetDbContext db, IdentifyRequest asked, CancellationToken cancellation)
    {
        var (ofEmail, ofPhone) = await db.HoldersAsync(asked, limits.MostPeople, cancellation);
        // After cuts and imports several clusters may hold a value: the one that holds both, else the oldest.
        var both = ofEmail.People.Intersect(ofPhone.People).ToList();
        if (both.Count > 0)
            return new Known(await db.OldestAsync(both, cancellation));

        var byEmail = ofEmail.People.Count > 0 ? await db.OldestAsync(ofEmail.People, cancellation) : (int?)null;
        var byPhone = ofPhone.People.Count > 0 ? await db.OldestAsync(ofPhone.People, cancellation) : (int?)null;
        if (byEmail is { } one && byPhone is { } other)
            return new Bridge(one, other);

        if (byEmail is { } emails)
            return await IsMissingAsync(asked.PhoneKey, ofPhone, key => db.OldestWithAsync(GenericValueKind.Phone, emails, key, cancellation))
                ? new Join(emails, LinkReason.Email, ofPhone.Suspects, PairCause.GenericValue) : new Known(emails);
        if (byPhone is { } numbers)
            return await IsMissingAsync(asked.EmailKey, ofEmail, key => db.OldestWithAsync(GenericValueKind.Email, numbers, key, cancellation))
                ? new Join(numbers, LinkReason.Phone, ofEmail.Suspects, PairCause.GenericValue) : new Known(numbers);

        // Nothing matched, or only generic values did: the very same request again is the very same row.
        IReadOnlyList<int> suspects = ofEmail.Suspects.Count > 0 ? ofEmail.Suspects : ofPhone.Suspects;
        return suspects.Count > 0 && await db.ClusterOfRowAsync(asked, cancellation) is { } same ? new Known(same) : new Stranger(suspects);
    }

    // The other value: not given, or new to everybody, or generic, and then the cluster may have it all the same.
    private static async Task<bool> IsMissingAsync(string? key, IdentifyQueries.Holders holders, Func<string, Task<int?>> find)
        => key is not null && (!holders.IsGeneric || await find(key) is null);
}

/// <param name="MostPeople">A value that more clusters than this share links nobody.</param>
public sealed record IdentifyLimits(int MostPeople = 100);
