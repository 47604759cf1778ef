using Intranet.Data;
using Intranet.Data.Reports;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Reports;

/// <summary>
/// Takes a recipient off a subscription. The last one who leaves pauses it. Done twice it is done once.
/// </summary>
public sealed class Unsubscribe(IntranetDbContext db)
{
    private const int Attempts = 5;

    public async Task RunAsync(int recipientId, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryAsync(recipientId, cancellation);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Its owner saved it just now. Whoever leaves need not know.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task TryAsync(int recipientId, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The last two who leave together: the second sees that the first is gone.
        await db.LockAsync("unsubscribe", cancellation);
        if (await db.SubscriptionRecipients.Include(r => r.Subscription!.Recipients).FirstOrDefaultAsync(r => r.Id == recipientId, cancellation) is not { Subscription: { } subscription } recipient)
            return;
        db.SubscriptionRecipients.Remove(recipient);
        // Whoever has its form open learns that it is another now.
        db.Entry(subscription).Property(s => s.Version).IsModified = true;
        if (subscription.Recipients.TrueForAll(other => other == recipient))
            subscription.Pause("Everybody has unsubscribed.");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
