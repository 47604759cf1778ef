using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Adds a lead with its plan, its first stage and its owner; from then on both have a history.</summary>
public sealed class CreateLead(IntranetDbContext db, TimeProvider time)
{
    /// <param name="Lead">Null where it was refused.</param>
    public sealed record Result(Lead? Lead, Refusal? Refused = null);

    /// <param name="lead">Its values; a name at least.</param>
    /// <param name="stage">Where it begins; any.</param>
    /// <param name="reason">Why it begins there; needed where it is closed.</param>
    /// <param name="owner">Null: nobody yet. A KAM's own lead is always theirs.</param>
    /// <param name="plan">When to call; none: not in the plan.</param>
    /// <param name="by">Somebody who may have leads at all.</param>
    /// <param name="cancellation">Before the end leaves everything as it was.</param>
    public async Task<Result> RunAsync(Lead lead, Stage stage, string? reason, int? owner, CallPlan plan, LeadViewer by, CancellationToken cancellation = default)
    {
        if (!by.IsSalesLead)
            owner ??= by.UserId;
        if (!by.IsSalesLead && (!by.IsKam || owner != by.UserId))
            return new Result(null, new Refusal("Owner", "Only sales leads give leads to others."));
        if (plan.Problems().FirstOrDefault() is { Problem: { } problem } wrong)
            return new Result(null, new Refusal(wrong.Property, problem));
        if (StageMove.ReasonRefusal(stage, reason) is { } unsaid)
            return new Result(null, unsaid);
        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (owner is not null && !await db.LeadOwners().AnyAsync(user => user.Id == owner, cancellation))
            return new Result(null, new Refusal("Owner", ReassignLeads.CannotOwn));

        var now = time.GetUtcNow().UtcDateTime;
        lead.SetPlan(plan);
        (lead.Stage, lead.StageSince, lead.OwnerId, lead.CreatedAt, lead.UpdatedAt) = (stage, now, owner, now, now);
        db.Leads.Add(lead);
        db.StageMoves.Add(new StageMove { Lead = lead, To = stage, At = now, ById = by.UserId, ByName = by.Name, Reason = StageMove.ReasonOf(reason) });
        if (owner is { } user)
            db.OwnershipPeriods.Add(new OwnershipPeriod { Lead = lead, OwnerId = user, From = now });
        await db.SaveChangesAsync(cancellation);
        await new RefreshLeads(db, time).RunAsync([lead.Id], cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(lead);
    }
}
