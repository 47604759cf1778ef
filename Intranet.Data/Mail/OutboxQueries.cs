using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Mail;

public static class OutboxQueries
{
    /// <summary>What a sender may take now: waiting and due, or claimed by a sender that never came back.</summary>
    public static IQueryable<OutboxMessage> Due(this IQueryable<OutboxMessage> messages, DateTime now)
    {
        var abandoned = now - OutboxMessage.ClaimLasts;
        return messages.Where(m => (m.State == OutboxState.Waiting && m.DueAt <= now) || (m.State == OutboxState.Sending && m.ClaimedAt < abandoned));
    }

    /// <summary>
    /// Puts back what a process was sending when it died, without waiting for its claims to end. Only where no other process
    /// can be sending, and before this one does. The attempt counts: nobody knows how far it came.
    /// </summary>
    public static Task ReleaseClaimsAsync(this IQueryable<OutboxMessage> messages, CancellationToken cancellation = default)
        => messages.Where(m => m.State == OutboxState.Sending).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.State, OutboxState.Waiting)
                .SetProperty(m => m.Claim, (Guid?)null)
                .SetProperty(m => m.ClaimedAt, (DateTime?)null),
            cancellation);

    /// <summary>How much mail has not left: for the health page.</summary>
    public static async Task<OutboxBacklog> BacklogAsync(this IQueryable<OutboxMessage> messages, CancellationToken cancellation = default)
    {
        var unsent = messages.Where(m => m.State == OutboxState.Waiting || m.State == OutboxState.Sending);
        return new OutboxBacklog(
            await unsent.CountAsync(cancellation),
            await unsent.MinAsync(m => (DateTime?)m.CreatedAt, cancellation),
            await messages.CountAsync(m => m.State == OutboxState.Failed, cancellation));
    }
}

/// <param name="Unsent">Messages that wait or are being sent.</param>
/// <param name="OldestSince">When the oldest of them was written; null when there is none.</param>
/// <param name="Failed">Messages that nobody will try again by itself.</param>
public sealed record OutboxBacklog(int Unsent, DateTime? OldestSince, int Failed);
