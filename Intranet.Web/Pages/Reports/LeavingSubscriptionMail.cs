using Intranet.Data;
using Intranet.Data.Mail;
using Intranet.Data.Reports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Reports;

/// <summary>
/// A mail of a subscription leaves only to who still gets it, and only while its owner may see what is in it: a server that
/// was away for a weekend gives much time to leave, to lose a role, or to delete it.
/// </summary>
internal sealed class LeavingSubscriptionMail(IntranetDbContext db, IEnumerable<IListSource> lists, ActAsOwner act) : ILeavingMail
{
    public string Kind => SendSubscription.Kind;

    public async Task<string?> RefusalAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var id = UnsubscribeLinks.RecipientOf(message.ListUnsubscribe);
        if (await db.SubscriptionRecipients.AsNoTracking().Include(r => r.Subscription!.Owner).FirstOrDefaultAsync(r => r.Id == id, cancellation) is not { Subscription: { } subscription } recipient)
            return "Its recipient was taken off the subscription, or it was deleted.";
        if (recipient.LeftAt is not null)
            return "Its recipient has unsubscribed.";
        if (subscription.DeletedAt is not null)
            return "The subscription was deleted.";
        if (lists.FirstOrDefault(source => source.Page == subscription.Page) is not { } list)
            return SendSubscription.NoList;
        if (await act.RunAsync(subscription.Owner!, list) is not { } owner)
            return await WithdrawnAsync(subscription, message, SendSubscription.NoRight, cancellation);
        return message.Sight is { } sight && !await list.SeesAsync(owner, sight, cancellation)
            ? await WithdrawnAsync(subscription, message, "The owner of the subscription may not see all of its rows any more.", cancellation) : null;
    }

    // Where nobody got its rows, the next mail must not name them as gone.
    private async Task<string> WithdrawnAsync(Subscription subscription, OutboxMessage message, string reason, CancellationToken cancellation)
    {
        if (subscription.LastSentAt == message.CreatedAt
            && !await db.OutboxMessages.AnyAsync(other => other.Kind == Kind && other.CreatedAt == message.CreatedAt && other.Subject == message.Subject && other.State == OutboxState.Sent, cancellation))
            await db.SubscriptionSnapshots.Where(snapshot => snapshot.SubscriptionId == subscription.Id).ExecuteDeleteAsync(cancellation);
        return reason;
    }
}
