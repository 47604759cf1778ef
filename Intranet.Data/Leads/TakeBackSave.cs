using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Undoes what somebody has just saved of one lead with <see cref="SaveLead"/>: owner, stage and next step are what they were,
/// each by its own verb and with its history. All of it or, where it was changed since, nothing. A call
/// that was logged changes nothing here, unless who got the lead logged it: it stays theirs.
/// </summary>
public sealed class TakeBackSave(IntranetDbContext db, TakeBackReassignment giveBack, TakeBackMove moveBack, ChangeLead change, TimeProvider time)
{
    /// <param name="Id">Of the lead.</param>
    /// <param name="Version">The lead's after it was saved: <see cref="SaveLead.Saved.Version"/>.</param>
    /// <param name="Move">The move between stages that was made; null: none.</param>
    /// <param name="GivenAt">When it was given to who owns it now, UTC; null: it was not.</param>
    /// <param name="NextStep">What it was before.</param>
    public sealed record Request(int Id, Guid Version, int? Move, DateTime? GivenAt, string? NextStep);

    /// <param name="IsFound">False: there is no such lead that they may change, or have just given away.</param>
    /// <param name="IsBack">False: it changed since, who got it works on it, or an hour has passed.</param>
    public sealed record Result(bool IsFound, bool IsBack = false);

    public async Task<Result> RunAsync(Request request, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        // Who gave it away may see it no more.
        var leads = request.GivenAt is null ? db.Leads.EditableBy(by) : db.Leads.Where(lead => db.OwnershipPeriods.Any(period => period.LeadId == lead.Id && period.From == request.GivenAt && period.ById == by.UserId));
        if (await leads.Current().AsNoTracking().FirstOrDefaultAsync(lead => lead.Id == request.Id, cancellation) is not { } known)
            return new Result(false);
        if (known.Version != request.Version || time.GetUtcNow().UtcDateTime >= known.UpdatedAt + TakeBackMove.Possible)
            return new Result(true);
        try
        {
            if (!await StepsAsync(request, known, by, cancellation))
                return new Result(true);
            await transaction.CommitAsync(cancellation);
            return new Result(true, true);
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    // The owner first: who gave a lead away can't change it before it is back.
    private async Task<bool> StepsAsync(Request request, Lead known, LeadViewer by, CancellationToken cancellation)
    {
        if (request.GivenAt is { } at && (known.OwnerId is not { } owner || await giveBack.RunAsync(owner, at, by, cancellation) is not { Back: > 0, Stayed: 0 }))
            return false;
        if (request.Move is { } move && (await moveBack.RunAsync(move, by, cancellation)).Lead?.Id != known.Id)
            return false;
        db.ChangeTracker.Clear();
        return request.NextStep == known.NextStep || (await change.RunAsync(known.Id, lead => lead.NextStep = request.NextStep, null, by, cancellation)).Lead is not null;
    }
}
