using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Writes down what really happened: another interaction takes the place of one, which stays visible and counts no more.</summary>
public sealed class CorrectInteraction(IntranetDbContext db, TimeProvider time)
{
    /// <param name="Interaction">The new one; null where there is none to correct for them, or it was refused.</param>
    public sealed record Result(Interaction? Interaction, Refusal? Refused = null);

    /// <param name="id">Of the one that is wrong; who may change its lead corrects it, its author as long as they may.</param>
    /// <param name="values">Without a time: that of the one that is wrong.</param>
    /// <param name="version">The one that was read; null corrects whatever is there.</param>
    /// <param name="by">The author of the new one.</param>
    /// <param name="cancellation">Before the end leaves everything as it was.</param>
    /// <exception cref="DbUpdateConcurrencyException">Its author changed it since <paramref name="version"/>.</exception>
    public async Task<Result> RunAsync(int id, InteractionValues values, Guid? version, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (await db.Interactions.FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } wrong)
            return new Result(null);
        // What was written about a lead changes its figures and when it is due: that is changing the lead.
        if (await db.Leads.Current().EditableBy(by).OfAsync(wrong.LeadId, cancellation) is not { } lead)
            return new Result(null);
        if (wrong.CorrectedAt is not null)
            return new Result(null, new Refusal("", "It was corrected already; correct the correction."));
        if (version is not null && version != wrong.Version)
            throw new DbUpdateConcurrencyException("The interaction was changed since that version.");
        var now = time.GetUtcNow().UtcDateTime;
        values = values with { At = values.At ?? wrong.At };
        if (await values.RefusalAsync(db, lead, now, wrong, cancellation) is { } refusal)
            return new Result(null, refusal);

        var right = new Interaction { LeadId = lead.Id, AuthorId = by.UserId, CreatedAt = now, CorrectsId = id };
        await values.FillAsync(db, right, lead, now, wrong, cancellation);
        (wrong.CorrectedAt, wrong.OrderedOn) = (now, null);
        db.Interactions.Add(right);
        await db.SaveChangesAsync(cancellation);
        await db.WorkedOnAsync(lead.Id, time, cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(right);
    }
}
