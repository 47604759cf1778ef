using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Mail;

/// <summary>
/// Takes one due message for this sender. Of any number of senders, on any node, one gets it: the condition and
/// the claim are one statement.
/// </summary>
public sealed class ClaimMessage(IntranetDbContext db, TimeProvider clock)
{
    /// <returns>The message with its attachments, one attempt older; null when another sender was faster.</returns>
    public async Task<OutboxMessage?> RunAsync(int id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var claim = Guid.NewGuid();
        var claimed = await db.OutboxMessages.Due(now).Where(m => m.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.State, OutboxState.Sending)
                .SetProperty(m => m.Claim, claim)
                .SetProperty(m => m.ClaimedAt, now)
                .SetProperty(m => m.Attempts, m => m.Attempts + 1),
            cancellation);
        return claimed == 0
            ? null
            : await db.OutboxMessages.Include(m => m.Attachments).SingleAsync(m => m.Id == id, cancellation);
    }
}
