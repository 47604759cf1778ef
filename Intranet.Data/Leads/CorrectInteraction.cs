using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Writes down what really happened: another interaction takes the place of one, which stays visible and counts no more.</summary>
public sealed class CorrectInteraction(IntranetDbContext db, TimeProvider time)
{
    /// <param name="Interaction">The new one; null where there is none to correct for them, or it was refused.</param>
    public sealed record Result(Interaction? Interaction, Refusal? Refused = null);

    /// <param name="id">Of the one that is wrong; its author corrects it, and who may change the lead.</param>
    /// <param name="values">Without a time: that of the one that is wrong.</param>
    /// <param name="by">The author of the new one.</param>
    /// <param name="cancellation">Before the end leaves everything as it was.</param>
    public async Task<Result> RunAsync(int id, InteractionValues values, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (await db.Interactions.FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } wrong)
            return new Result(null);
        var leads = wrong.AuthorId == by.UserId ? db.Leads.VisibleTo(by) : db.Leads.EditableBy(by);
        if (await leads.Current().OfAsync(wrong.LeadId, cancellation) is not { } lead)
            return new Result(null);
        if (wrong.CorrectedAt is not null)
            return new Result(null, new Refusal("", "It was corrected already; correct the correction."));
        var now = time.GetUtcNow().UtcDateTime;
        values = values with { At = values.At ?? wrong.At };
        if (await values.RefusalAsync(db, lead, now, cancellation) is { } refusal)
            return new Result(null, refusal);

        var right = new Interaction { LeadId = lead.Id, AuthorId = by.UserId, CreatedAt = now, CorrectsId = id };
        await values.FillAsync(db, right, lead, now, cancellation);
        (wrong.CorrectedAt, wrong.OrderedOn) = (now, null);
        db.Interactions.Add(right);
        await db.SaveChangesAsync(cancellation);
        await db.WorkedOnAsync(lead.Id, time, cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(right);
    }
}
