using Intranet.Data;
using Intranet.Data.Mail;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Sends the mail that is due. Each message is claimed just before it is sent, so senders on any number of nodes
/// never send the same one together. One that its feature doesn't want to leave any more is cancelled. A sender that dies between sending and noting it has sent the message once
/// more than it knows: it is sent again, with the same Message-ID, after <see cref="OutboxMessage.ClaimLasts"/>.
/// </summary>
public sealed class SendMail(IntranetDbContext db, ClaimMessage claim, IMailTransport transport, IEnumerable<ILeavingMail> leaving, TimeProvider clock, ILogger<SendMail> log)
{
    /// <summary>Messages per run; the next run takes the rest.</summary>
    public const int Batch = 100;

    /// <returns>What was done, in words; null when nothing was due.</returns>
    /// <exception cref="JobFailedException">
    /// The server can't be used. The message that found out waits for its next attempt; the others were not tried.
    /// </exception>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        var outcomes = new List<OutboxState>();
        var due = await db.OutboxMessages.Due(Now).OrderBy(m => m.DueAt).ThenBy(m => m.Id).Select(m => m.Id).Take(Batch).ToListAsync(cancellation);
        foreach (var id in due)
        {
            if (await claim.RunAsync(id, cancellation) is not { } message)
                continue;
            var delivery = await TrySendAsync(message, cancellation);
            message.DeliveredTo(delivery.Reached ?? []);
            if (delivery.Result == DeliveryResult.Sent)
            {
                message.Sent(Now);
            }
            else if (delivery.Result == DeliveryResult.Unwanted)
            {
                message.Withdraw(delivery.Error!);
                db.Audit("cancelled", nameof(OutboxMessage), id, delivery.Error);
            }
            else
            {
                message.Failed(delivery.Error ?? "", permanent: delivery.Result == DeliveryResult.Refused, Now);
            }

            outcomes.Add(message.State);
            await SaveAsync(message);
            if (delivery.Result == DeliveryResult.Unavailable)
                throw new JobFailedException($"{Summary(outcomes)}. {delivery.Error}");
        }

        return outcomes.Count == 0 ? null : Summary(outcomes) + ".";
    }

    /// <summary>"3 sent, 1 failed"; what waits for another attempt counts as postponed.</summary>
    private static string Summary(List<OutboxState> outcomes)
        => string.Join(", ", outcomes.GroupBy(state => state).OrderBy(group => group.Key != OutboxState.Sent)
            .Select(group => $"{group.Count()} {(group.Key == OutboxState.Waiting ? "postponed" : group.Key.ToString().ToLowerInvariant())}"));

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<Delivery> TrySendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        try
        {
            if (message.Attachments.Exists(file => file.DroppedAt is not null))
                return new Delivery(DeliveryResult.Refused, OutboxAttachment.Dropped);
            var refusal = leaving.FirstOrDefault(one => one.Kind == message.Kind) is { } feature ? await feature.RefusalAsync(message, cancellation) : null;
            return refusal is null ? await transport.SendAsync(message, cancellation) : new Delivery(DeliveryResult.Unwanted, refusal);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            message.PutBack();
            await SaveAsync(message);
            throw;
        }
        catch (Exception failure)
        {
            // Nobody knows what it is, but one message must not keep all others from being sent.
            log.LogError(failure, "Mail {Id} could not be sent.", message.Id);
            return new Delivery(DeliveryResult.Later, $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    // Not cancelled by a stop: a mail that left must be known to have left.
    private async Task SaveAsync(OutboxMessage message)
    {
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            log.LogWarning("Mail {Id} took longer than its claim lasts; another sender has it now.", message.Id);
        }

        // Attachments of a whole batch needn't stay in memory.
        db.ChangeTracker.Clear();
    }
}
