using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Reports;

public static class SubscriptionQueries
{
    /// <summary>What a sender may begin with now: due, and nobody else is at it, or they never came back.</summary>
    public static IQueryable<Subscription> ToBegin(this IQueryable<Subscription> subscriptions, DateTime now)
    {
        var abandoned = now - Subscription.StartLasts;
        return subscriptions.Where(s => s.NextAt <= now && (s.StartedAt == null || s.StartedAt < abandoned));
    }

    /// <summary>
    /// Takes a subscription for the current transaction. Whoever writes to it or to its recipients does so first: a sender
    /// writes the subscription and then reads the recipients, so one who wrote a recipient first would wait for the sender
    /// while the sender waits for them (where readers wait for writers: SQL Server without READ_COMMITTED_SNAPSHOT).
    /// </summary>
    public static Task TakeAsync(this IQueryable<Subscription> subscriptions, int id, CancellationToken cancellation)
        => subscriptions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Version, s => s.Version), cancellation);

    /// <summary>
    /// Lets others begin with what a process was at when it died, without waiting. Only where no other process can be at it,
    /// and before this one is. The start counts: it may be what the process died of.
    /// </summary>
    public static Task ReleaseStartsAsync(this IQueryable<Subscription> subscriptions, CancellationToken cancellation = default)
        => subscriptions.Where(s => s.StartedAt != null).ExecuteUpdateAsync(set => set.SetProperty(s => s.StartedAt, (DateTime?)null), cancellation);
}
