using Microsoft.EntityFrameworkCore;
using static Intranet.Data.Contacts.Decision;

namespace Intranet.Data.Contacts;

/// <summary>Does what identify decided, under the lock that it decided under.</summary>
internal sealed class CarryOut(IntranetDbContext db, IdentifyRequest asked, DateTime now, string by, PhoneRules phones)
{
    /// <returns>The person as it is then.</returns>
    internal async Task<Identify.Person> RunAsync(Decision decision)
    {
        // Asked here and not in deciding, which most requests end with: only who is about to fuse two may be held back.
        if (decision is Bridge between && (await db.ApartAsync([between.OfEmail, between.OfPhone], CancellationToken.None)).Count > 0)
            decision = new Join(between.OfEmail, LinkReason.Email, [between.OfPhone], PairCause.Separated);
        switch (decision)
        {
            case Known known:
                return await PersonAsync(known.Cluster);
            case Bridge bridge:
                return await PersonAsync(await FuseAsync(bridge));
            case Join join:
                var anchor = await AnchorAsync(join.Cluster, join.Reason);
                var joined = await AddAsync(join.Cluster);
                await db.InsertAsync(Link.Between(anchor, joined.Id, join.Reason, join.Reason == LinkReason.Email ? asked.Email : asked.Phone, now, by));
                await ProposeAsync(joined.Id, join.Suspects, join.Cause);
                return await PersonAsync(join.Cluster);
            case Stranger stranger:
                var added = await AddAsync(null);
                await ProposeAsync(added.Id, stranger.Suspects, PairCause.GenericValue);
                return new Identify.Person(added.Id, asked.Email is null ? [] : [asked.Email], asked.Phone is null ? [] : [asked.Phone], []);
            default:
                throw new InvalidOperationException($"Nobody knows what to do about {decision}.");
        }
    }

    private async Task<int> FuseAsync(Bridge bridge)
    {
        var (one, other) = (await AnchorAsync(bridge.OfEmail, LinkReason.Email), await AnchorAsync(bridge.OfPhone, LinkReason.Phone));
        await db.InsertAsync(Link.Between(one, other, LinkReason.Together, $"{asked.Email} and {asked.Phone}", now, by));
        var older = await db.OldestAsync([bridge.OfEmail, bridge.OfPhone], CancellationToken.None);
        var younger = older == bridge.OfEmail ? bridge.OfPhone : bridge.OfEmail;
        await db.Contacts.Where(c => c.LinkedId == younger || c.Id == younger).ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedId, older));
        return older;
    }

    // The row that a link hangs on: the oldest of the cluster with the value.
    private async Task<int> AnchorAsync(int cluster, LinkReason reason)
        => await (reason == LinkReason.Email ? db.OldestWithAsync(GenericValueKind.Email, cluster, asked.EmailKey!, CancellationToken.None) : db.OldestWithAsync(GenericValueKind.Phone, cluster, asked.PhoneKey!, CancellationToken.None))
            ?? throw new InvalidOperationException($"Cluster {cluster} lost the value under the lock.");

    private async Task<Contact> AddAsync(int? cluster)
    {
        var contact = new Contact { Source = "identify", CreatedAt = now, UpdatedAt = now, LinkedId = cluster };
        contact.SetEmail(asked.Email);
        contact.SetPhone(asked.Phone, phones);
        await db.InsertAsync(contact);
        return contact;
    }

    // One pair against the oldest, not one against each: the review stays readable however many share the value.
    private async Task ProposeAsync(int contact, IReadOnlyCollection<int> suspects, PairCause cause)
    {
        if (suspects.Count > 0)
            await db.InsertAsync(DuplicatePair.Of(contact, await db.OldestAsync(suspects, CancellationToken.None), cause, probability: 0.5, evidence: null, now));
    }

    private async Task<Identify.Person> PersonAsync(int primary)
        => await db.PersonAsync(primary, CancellationToken.None) ?? throw new InvalidOperationException($"Contact {primary} is no primary, under the lock.");
}
