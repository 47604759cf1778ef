using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Who is this? Finds the cluster that an e-mail address or a phone number belongs to, remembers what is new about it,
/// and brings two clusters together when one request names both. Most requests repeat what is known and only read;
/// whatever writes decides again under one lock, so that requests at the same moment, from any process, end in one
/// flat cluster. A crash leaves the state before.
/// </summary>
public sealed class Identify(IntranetDbContext db, PhoneRules phones, IdentifyLimits limits, TimeProvider time)
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
    /// <exception cref="ArgumentException">Neither is given.</exception>
    public async Task<Person> RunAsync(string? email, string? phone, string by, CancellationToken cancellation = default)
    {
        var asked = new Asked(Blank(email), Blank(phone), phones);
        if (asked is { EmailKey: null, PhoneKey: null })
            throw new ArgumentException("Give an e-mail address, a phone number, or both.", nameof(email));

        if (await DecideAsync(asked, cancellation) is Known known && await PersonAsync(known.PrimaryId, cancellation) is { } person)
            return person;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync("contacts", cancellation);
        var primary = await ActAsync(await DecideAsync(asked, cancellation), asked, by, cancellation);
        var answer = await PersonAsync(primary, cancellation) ?? throw new InvalidOperationException($"Contact {primary} is no primary, under the lock.");
        await transaction.CommitAsync(cancellation);
        return answer;
    }

    private async Task<Decision> DecideAsync(Asked asked, CancellationToken cancellation)
    {
        var byEmail = await ClustersAsync(GenericValueKind.Email, asked.EmailKey, cancellation);
        var byPhone = await ClustersAsync(GenericValueKind.Phone, asked.PhoneKey, cancellation);
        var common = byEmail.Primaries.Intersect(byPhone.Primaries).ToList();
        if (common.Count > 0)
            return new Known(await OldestAsync(common, cancellation));

        var ofEmail = byEmail.Primaries.Count > 0 ? await OldestAsync(byEmail.Primaries, cancellation) : (int?)null;
        var ofPhone = byPhone.Primaries.Count > 0 ? await OldestAsync(byPhone.Primaries, cancellation) : (int?)null;
        if (ofEmail is { } one && ofPhone is { } other)
        {
            if (!await db.Separations.Between(one, other).AnyAsync(cancellation))
                return new Bridge(one, other);
            return await HasRowAsync(one, asked, cancellation) ? new Known(one) : new Join(one, LinkReason.Email, Suspect: other, PairCause.Separated);
        }

        var suspect = byEmail.Generic ?? byPhone.Generic;
        if ((ofEmail ?? ofPhone) is { } cluster)
        {
            // The other value was not given, or is new, or is generic: then it may be in this cluster already.
            var isKnown = ofEmail is null
                ? asked.EmailKey is null || await HasAsync(cluster, c => c.EmailKey == asked.EmailKey, cancellation)
                : asked.PhoneKey is null || await HasAsync(cluster, c => c.PhoneKey == asked.PhoneKey, cancellation);
            return isKnown ? new Known(cluster) : new Join(cluster, ofEmail is null ? LinkReason.Phone : LinkReason.Email, suspect, PairCause.GenericValue);
        }

        // Nothing matched, or only generic values did: the very same request again is the very same row.
        if (suspect is not null && await SameRowAsync(asked, cancellation) is { } same)
            return new Known(same);
        return new Stranger(suspect);
    }

    private async Task<int> ActAsync(Decision decision, Asked asked, string by, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        switch (decision)
        {
            case Known known:
                return known.PrimaryId;
            case Bridge bridge:
                var ofEmail = await OldestWithAsync(bridge.OfEmail, c => c.EmailKey == asked.EmailKey, cancellation);
                var ofPhone = await OldestWithAsync(bridge.OfPhone, c => c.PhoneKey == asked.PhoneKey, cancellation);
                db.Links.Add(Link.Between(ofEmail, ofPhone, LinkReason.Together, $"{asked.Email} and {asked.Phone}", now, by));
                var primary = await OldestAsync([bridge.OfEmail, bridge.OfPhone], cancellation);
                var younger = primary == bridge.OfEmail ? bridge.OfPhone : bridge.OfEmail;
                await db.SaveChangesAsync(cancellation);
                await db.Contacts.Where(c => c.LinkedId == younger || c.Id == younger).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, primary), cancellation);
                return primary;
            case Join join:
                var anchor = await OldestWithAsync(join.Cluster, join.Reason == LinkReason.Email ? c => c.EmailKey == asked.EmailKey : c => c.PhoneKey == asked.PhoneKey, cancellation);
                var joined = await AddAsync(asked, join.Cluster, now, cancellation);
                db.Links.Add(Link.Between(anchor, joined.Id, join.Reason, join.Reason == LinkReason.Email ? asked.Email : asked.Phone, now, by));
                await ProposeAsync(joined.Id, join.Suspect, join.Cause, now, cancellation);
                await db.SaveChangesAsync(cancellation);
                return join.Cluster;
            case Stranger stranger:
                var added = await AddAsync(asked, null, now, cancellation);
                await ProposeAsync(added.Id, stranger.Suspect, PairCause.GenericValue, now, cancellation);
                await db.SaveChangesAsync(cancellation);
                return added.Id;
            default:
                throw new InvalidOperationException($"Nobody knows what to do about {decision}.");
        }
    }

    // Clusters that have the value, oldest contact of it for a generic one. More people than the limit make it generic.
    private async Task<(List<int> Primaries, int? Generic)> ClustersAsync(GenericValueKind kind, string? key, CancellationToken cancellation)
    {
        if (key is null)
            return ([], null);
        var having = kind == GenericValueKind.Email ? db.Contacts.Where(c => c.EmailKey == key) : db.Contacts.Where(c => c.PhoneKey == key);
        var primaries = await having.Where(c => c.DeletedAt == null).Select(c => c.LinkedId ?? c.Id).Distinct().OrderBy(id => id).Take(limits.MostPeople + 1).ToListAsync(cancellation);
        if (primaries.Count == 0)
            return ([], null);
        var isGeneric = primaries.Count > limits.MostPeople
            || (kind == GenericValueKind.Email ? GenericValues.IsGenericEmail(key) : GenericValues.IsGenericPhone(key))
            || await db.GenericValues.AnyAsync(value => value.Kind == kind && value.ValueKey == key, cancellation);
        return isGeneric ? ([], primaries[0]) : (primaries, null);
    }

    private async Task<int> OldestAsync(List<int> primaries, CancellationToken cancellation)
        => primaries.Count == 1 ? primaries[0]
            : await db.Contacts.Where(c => primaries.Contains(c.Id)).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => c.Id).FirstAsync(cancellation);

    private Task<bool> HasAsync(int cluster, System.Linq.Expressions.Expression<Func<Contact, bool>> value, CancellationToken cancellation)
        => db.Contacts.OfCluster(cluster).AnyAsync(value, cancellation);

    private Task<bool> HasRowAsync(int cluster, Asked asked, CancellationToken cancellation)
        => HasAsync(cluster, c => c.EmailKey == asked.EmailKey && c.PhoneKey == asked.PhoneKey, cancellation);

    private Task<int> OldestWithAsync(int cluster, System.Linq.Expressions.Expression<Func<Contact, bool>> value, CancellationToken cancellation)
        => db.Contacts.OfCluster(cluster).Where(value).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => c.Id).FirstAsync(cancellation);

    private async Task<int?> SameRowAsync(Asked asked, CancellationToken cancellation)
        => await db.Contacts.Where(c => c.EmailKey == asked.EmailKey && c.PhoneKey == asked.PhoneKey && c.DeletedAt == null)
            .OrderBy(c => c.Id).Select(c => (int?)(c.LinkedId ?? c.Id)).FirstOrDefaultAsync(cancellation);

    private async Task<Contact> AddAsync(Asked asked, int? linkedTo, DateTime now, CancellationToken cancellation)
    {
        var contact = new Contact { Source = "identify", CreatedAt = now, UpdatedAt = now, LinkedId = linkedTo };
        contact.SetEmail(asked.Email);
        contact.SetPhone(asked.Phone, phones);
        db.Contacts.Add(contact);
        await db.SaveChangesAsync(cancellation);
        return contact;
    }

    private async Task ProposeAsync(int contact, int? suspect, PairCause cause, DateTime now, CancellationToken cancellation)
    {
        if (suspect is { } other && !await db.DuplicatePairs.AnyAsync(pair => pair.FirstId == Math.Min(contact, other) && pair.SecondId == Math.Max(contact, other), cancellation))
            db.DuplicatePairs.Add(DuplicatePair.Of(contact, other, cause, probability: 0.5, evidence: null, now));
    }

    /// <summary>The cluster of a primary; null when it is none (any more).</summary>
    private async Task<Person?> PersonAsync(int primary, CancellationToken cancellation)
    {
        var rows = await db.Contacts.OfCluster(primary).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id)
            .Select(c => new { c.Id, c.LinkedId, c.Email, c.EmailKey, c.Phone, c.PhoneKey }).ToListAsync(cancellation);
        if (rows.Count == 0 || rows[0].Id != primary || rows[0].LinkedId is not null)
            return null;
        return new Person(
            primary,
            [.. rows.Where(row => row.Email is not null).DistinctBy(row => row.EmailKey).Select(row => row.Email!)],
            [.. rows.Where(row => row.Phone is not null).DistinctBy(row => row.PhoneKey).Select(row => row.Phone!)],
            [.. rows.Where(row => row.Id != primary).Select(row => row.Id).Order()]);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private sealed class Asked(string? email, string? phone, PhoneRules rules)
    {
        public string? Email => email;
        public string? Phone => phone;
        public string? EmailKey { get; } = email is null ? null : TextKey.Email(email);
        public string? PhoneKey { get; } = phone is null ? null : rules.Key(phone);
    }

    private abstract record Decision;

    /// <summary>Nothing is new.</summary>
    private sealed record Known(int PrimaryId) : Decision;

    /// <summary>Nobody has it: a new primary.</summary>
    private sealed record Stranger(int? Suspect) : Decision;

    /// <summary>One value is known, the other new: a new secondary.</summary>
    private sealed record Join(int Cluster, LinkReason Reason, int? Suspect, PairCause Cause) : Decision;

    /// <summary>Both are known, of different clusters: they fuse.</summary>
    private sealed record Bridge(int OfEmail, int OfPhone) : Decision;
}

/// <param name="MostPeople">A value that more clusters than this share links nobody.</param>
public sealed record IdentifyLimits(int MostPeople = 100);
