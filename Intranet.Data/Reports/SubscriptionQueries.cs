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
    /// Lets others begin with what a process was at when it died, without waiting. Only where no other process can be at it,
    /// and before this one is. The start counts: it may be what the process died of.
    /// </summary>
    public static Task ReleaseStartsAsync(this IQueryable<Subscription> subscriptions, CancellationToken cancellation = default)
        => subscriptions.Where(s => s.StartedAt != null).ExecuteUpdateAsync(set => set.SetProperty(s => s.StartedAt, (DateTime?)null), cancellation);
}
