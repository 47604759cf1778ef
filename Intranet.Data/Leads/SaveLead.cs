using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Changes several things of one lead as one: stage, plan, values, a call, owner, each by its own verb and so by its rules and
/// with its history. Either all of it is done or nothing.
/// </summary>
public sealed class SaveLead(IntranetDbContext db, MoveStage move, SetCallPlan setPlan, ChangeLead change, LogInteraction log, ReassignLeads reassign)
{
    /// <param name="Version">The one that was shown; null: whatever it is now.</param>
    /// <param name="Stage">Null, or the one it is in: stays.</param>
    /// <param name="Reason">Of the move; needed for closing.</param>
    /// <param name="Plan">What becomes of the plan that there is; null: stays.</param>
    /// <param name="Change">Sets values; null: they stay.</param>
    /// <param name="Log">Something to write down; null: nothing.</param>
    /// <param name="OwnerId">Null, or who owns it: stays.</param>
    public sealed record Request(
        int Id, Guid? Version = null, Stage? Stage = null, string? Reason = null, Func<CallPlan, CallPlan>? Plan = null, Action<Lead>? Change = null, InteractionValues? Log = null, int? OwnerId = null);

    /// <param name="IsFound">False: there is no such lead that they may change.</param>
    /// <param name="IsStale">Somebody else changed it since it was shown.</param>
    /// <param name="Refused">What can't be; then nothing else was done either.</param>
    /// <param name="Done">What <see cref="TakeBackSave"/> needs; null where nothing was saved, or there was nothing to change.</param>
    public sealed record Result(bool IsFound, bool IsStale = false, Refusal? Refused = null, Saved? Done = null);

    /// <param name="Version">The lead's from now on.</param>
    /// <param name="Move">The move between stages; null: it stayed where it was.</param>
    /// <param name="GivenAt">When it went to another owner, UTC; null: it did not.</param>
    /// <param name="NextStep">What it was before.</param>
    public sealed record Saved(Guid Version, int? Move, DateTime? GivenAt, string? NextStep);

    public async Task<Result> RunAsync(Request request, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        // Read under the lock: this is what the verbs find.
        if (await db.Leads.Current().EditableBy(by).AsNoTracking().FirstOrDefaultAsync(lead => lead.Id == request.Id, cancellation) is not { } known)
            return new Result(false);
        if (request.Version is { } version && version != known.Version)
            return new Result(true, IsStale: true);
        try
        {
            var (refused, moved, givenAt) = await StepsAsync(request, known, by, cancellation);
            if (refused is not null)
                return new Result(true, Refused: refused);
            var saved = await db.Leads.Where(lead => lead.Id == known.Id).Select(lead => lead.Version).FirstAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return new Result(true, Done: saved == known.Version ? null : new Saved(saved, moved, givenAt, known.NextStep));
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<(Refusal? Refused, int? Move, DateTime? GivenAt)> StepsAsync(Request request, Lead known, LeadViewer by, CancellationToken cancellation)
    {
        var moved = request.Stage is { } stage ? await move.RunAsync(known.Id, stage, request.Reason, null, by, cancellation) : null;
        if (moved?.Refused is { } forbidden)
            return (forbidden, null, null);
        db.ChangeTracker.Clear();
        if (request.Plan is { } plan && (await setPlan.RunAsync(known.Id, plan(known.Plan), null, by, cancellation)).Refused is { } wrong)
            return (wrong, null, null);
        db.ChangeTracker.Clear();
        if (request.Change is { } values && (await change.RunAsync(known.Id, values, null, by, cancellation)).Refused is { } kept)
            return (kept, null, null);
        db.ChangeTracker.Clear();
        if (request.Log is { } interaction && (await log.RunAsync(known.Id, interaction, by, cancellation)).Refused is { } untrue)
            return (untrue, null, null);
        // Last: who gave a lead away can't change it any more.
        var given = request.OwnerId is { } owner && owner != known.OwnerId ? await reassign.RunAsync(new ReassignLeads.Request([known.Id], null, [owner]), by, cancellation) : null;
        return (given?.Refused, moved?.Move?.Id, given is { Moved.Count: > 0 } ? given.At : null);
    }
}
