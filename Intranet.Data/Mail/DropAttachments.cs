using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Mail;

/// <summary>
/// Deletes the content of files that no mail needs any more: all mails that have it left, failed or were cancelled before a
/// moment. What they said, and that they had such a file, stays. A mail that waits keeps its file however old it is.
/// </summary>
public sealed class DropAttachments(IntranetDbContext db, TimeProvider clock)
{
    // A few at a time: each may be megabytes, and others want to write in between.
    private const int Batch = 20;

    /// <param name="days">How long what was sent can be sent again.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> RunAsync(int days, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var before = now.AddDays(-days);
        var dropped = 0;
        while (true)
        {
            var ids = await NotNeeded(before).OrderBy(a => a.Id).Select(a => a.Id).Take(Batch).ToListAsync(cancellation);
            if (ids.Count == 0)
                return dropped;
            // Asked once more: one may have been sent again meanwhile.
            dropped += await NotNeeded(before).Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.Content, Array.Empty<byte>()).SetProperty(a => a.DroppedAt, now), cancellation);
        }
    }

    private IQueryable<OutboxAttachment> NotNeeded(DateTime before)
        => db.OutboxAttachments.Where(a => a.DroppedAt == null && !a.Messages.Any(
            m => m.State == OutboxState.Waiting || m.State == OutboxState.Sending || m.CreatedAt >= before || m.DueAt >= before || m.SentAt >= before));
}
