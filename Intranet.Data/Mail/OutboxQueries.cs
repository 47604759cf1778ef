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
}
