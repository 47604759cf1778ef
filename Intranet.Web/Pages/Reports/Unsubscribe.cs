using Intranet.Data;
using Intranet.Data.Reports;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Reports;

/// <summary>
/// Takes a recipient off a subscription, or lets them come back. Who left stays known, so that its owner can't add them again.
/// The last one who leaves pauses it, and coming back then goes on with it. Done twice it is done once.
/// </summary>
public sealed class Unsubscribe(IntranetDbContext db, TimeProvider clock)
{
    private const int Attempts = 5;

    /// <param name="recipientId">Who.</param>
    /// <param name="leaves">False: comes back.</param>
    /// <param name="cancellation">Stops before it is done.</param>
    public async Task RunAsync(int recipientId, bool leaves, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryAsync(recipientId, leaves, cancellation);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Its owner saved it just now. Whoever leaves need not know.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task TryAsync(int recipientId, bool leaves, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Also for the last two who leave together: the second sees that the first is gone.
        var id = await db.SubscriptionRecipients.Where(r => r.Id == recipientId).Select(r => r.SubscriptionId).FirstOrDefaultAsync(cancellation);
        await db.Subscriptions.TakeAsync(id, cancellation);
        if (await db.SubscriptionRecipients.Include(r => r.Subscription!.Recipients).FirstOrDefaultAsync(r => r.Id == recipientId, cancellation) is not { Subscription: { } subscription } recipient
            || recipient.LeftAt is not null == leaves)
            return;
        var now = clock.GetUtcNow().UtcDateTime;
        recipient.LeftAt = leaves ? now : null;
        // Whoever has its form open learns that it is another now.
        db.Entry(subscription).Property(s => s.Version).IsModified = true;
        // A pause for another reason is its owner's to end.
        if (!subscription.Readers().Any() && !subscription.IsPaused)
            subscription.Pause(Subscription.NobodyLeft);
        else if (subscription is { PauseReason: Subscription.NobodyLeft, DeletedAt: null })
            subscription.Resume(now);
        db.Audit(leaves ? "unsubscribed" : "subscribed again", nameof(Subscription), subscription.Id, recipient.Address);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
