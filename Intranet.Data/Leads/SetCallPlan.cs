using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Says how often and when a lead is to be called, or pauses it; when it is due follows at once.</summary>
public sealed class SetCallPlan(IntranetDbContext db, TimeProvider time)
{
    /// <param name="Lead">Null where there is no such lead for them, or it was refused.</param>
    public sealed record Result(Lead? Lead, Refusal? Refused = null);

    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed the lead since <paramref name="version"/>.</exception>
    public async Task<Result> RunAsync(int id, CallPlan plan, Guid? version, LeadViewer by, CancellationToken cancellation = default)
    {
        if (plan.Problems().FirstOrDefault() is { Problem: { } problem } wrong)
            return new Result(null, new Refusal(wrong.Property, problem));
        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (await db.EditableLeadAsync(id, version, by, cancellation) is not { } lead)
            return new Result(null);
        lead.SetPlan(plan);
        db.ChangeTracker.DetectChanges();
        if (db.Entry(lead).State == EntityState.Modified)
            lead.UpdatedAt = time.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancellation);
        await new RefreshLeads(db, time).RunAsync([id], cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(lead);
    }
}
