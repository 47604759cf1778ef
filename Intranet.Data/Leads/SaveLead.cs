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
    public sealed record Result(bool IsFound, bool IsStale = false, Refusal? Refused = null);

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
            if (await StepsAsync(request, known, by, cancellation) is { } refused)
                return new Result(true, Refused: refused);
            await transaction.CommitAsync(cancellation);
            return new Result(true);
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<Refusal?> StepsAsync(Request request, Lead known, LeadViewer by, CancellationToken cancellation)
    {
        if (request.Stage is { } stage && (await move.RunAsync(known.Id, stage, request.Reason, null, by, cancellation)).Refused is { } forbidden)
            return forbidden;
        db.ChangeTracker.Clear();
        if (request.Plan is { } plan && (await setPlan.RunAsync(known.Id, plan(known.Plan), null, by, cancellation)).Refused is { } wrong)
            return wrong;
        db.ChangeTracker.Clear();
        if (request.Change is { } values)
            await change.RunAsync(known.Id, values, null, by, cancellation);
        db.ChangeTracker.Clear();
        if (request.Log is { } interaction && (await log.RunAsync(known.Id, interaction, by, cancellation)).Refused is { } untrue)
            return untrue;
        // Last: who gave a lead away can't change it any more.
        return request.OwnerId is { } owner && owner != known.OwnerId ? (await reassign.RunAsync(new ReassignLeads.Request([known.Id], null, [owner]), by, cancellation)).Refused : null;
    }
}
