using Intranet.Data;
using Intranet.Data.Reports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Reports;

/// <summary>
/// Makes the mails of all subscriptions that are due, each on its own: one that fails is noted and tried again, and the others
/// don't wait for it, nor for one at which a process died: that comes last. Forgets those that were deleted a day ago.
/// </summary>
public sealed partial class SendDueSubscriptions(IntranetDbContext db, IServiceScopeFactory scopes, JobSignal signal, TimeProvider clock, ILogger<SendDueSubscriptions> log)
{
    /// <summary>Subscriptions per run; the next run takes the rest.</summary>
    public const int Batch = 100;

    private static readonly TimeSpan DeletedFor = TimeSpan.FromDays(1);

    /// <returns>What was done, in words; null when nothing was due.</returns>
    /// <exception cref="JobFailedException">Some could not be made. The others were.</exception>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Subscriptions.ToBegin(now).OrderBy(s => s.Starts).ThenBy(s => s.NextAt).ThenBy(s => s.Id).Select(s => s.Id).Take(Batch).ToListAsync(cancellation);
        var outcomes = new List<SubscriptionOutcome>();
        foreach (var id in due)
            outcomes.Add(await TryAsync(id, cancellation));
        if (outcomes.Exists(outcome => outcome is SubscriptionOutcome.Sent or SubscriptionOutcome.Paused))
            await signal.WakeAsync<SendMailJob>(cancellation);
        var forgotten = now - DeletedFor;
        await db.Subscriptions.Where(s => s.DeletedAt < forgotten).ExecuteDeleteAsync(cancellation);

        var done = outcomes.Where(outcome => outcome != SubscriptionOutcome.NotDue).ToList();
        var summary = string.Join(", ", done.GroupBy(outcome => outcome).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"));
        return done.Contains(SubscriptionOutcome.Failed) ? throw new JobFailedException($"Subscriptions: {summary}. The log has the reasons.") : done.Count == 0 ? null : summary;
    }

    private async Task<SubscriptionOutcome> TryAsync(int id, CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<SendSubscription>().RunAsync(id, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailed(log, failure, id);
            await TryNoteAsync(id, failure, cancellation);
            return SubscriptionOutcome.Failed;
        }
    }

    // What can't be noted either is tried again by the next run; meanwhile the others are made.
    private async Task TryNoteAsync(int id, Exception failure, CancellationToken cancellation)
    {
        try
        {
            await NoteAsync(id, failure, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            LogChanged(log, id);
        }
        catch (Exception second) when (second is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogNotNoted(log, second, id);
        }
    }

    private async Task NoteAsync(int id, Exception failure, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        // One that is not due any more was sent by another meanwhile, or changed; one that another is at is theirs.
        var now = clock.GetUtcNow().UtcDateTime;
        if (await own.Subscriptions.FirstOrDefaultAsync(s => s.Id == id && s.NextAt <= now && s.StartedAt == null, cancellation) is not { } subscription)
            return;
        // The owner learns that, and of what kind; the rest may tell of what is none of theirs.
        subscription.Failed($"The mail could not be made ({failure.GetType().Name}). An administrator finds the reason in the log, under subscription {id}.", now);
        await own.SaveChangesAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Error, "Subscription {Subscription} could not be made")]
    private static partial void LogFailed(ILogger log, Exception failure, int subscription);

    [LoggerMessage(LogLevel.Error, "That subscription {Subscription} failed could not be noted")]
    private static partial void LogNotNoted(ILogger log, Exception failure, int subscription);

    [LoggerMessage(LogLevel.Information, "Subscription {Subscription} was changed while it failed; it is tried again as it is now")]
    private static partial void LogChanged(ILogger log, int subscription);
}

public enum SubscriptionOutcome
{
    Sent,
    Unchanged,
    Paused,
    Failed,

    /// <summary>Somebody else was faster, or changed it meanwhile.</summary>
    NotDue,
}
