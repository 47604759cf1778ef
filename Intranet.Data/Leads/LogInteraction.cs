using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Writes down a call, visit, mail, order or note, also of long ago, and credits whoever owned the lead then. When the lead is
/// due next, and how it performs, is right once this is committed.
/// </summary>
public sealed class LogInteraction(IntranetDbContext db, TimeProvider time)
{
    /// <param name="Interaction">Null where there is no such lead for them, or it was refused.</param>
    public sealed record Result(Interaction? Interaction, Refusal? Refused = null);

    public async Task<Result> RunAsync(int lead, InteractionValues values, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (await db.Leads.Current().EditableBy(by).OfAsync(lead, cancellation) is not { } of)
            return new Result(null);
        var now = time.GetUtcNow().UtcDateTime;
        if (await values.RefusalAsync(db, of, now, null, cancellation) is { } refusal)
            return new Result(null, refusal);
        var interaction = new Interaction { LeadId = lead, AuthorId = by.UserId, CreatedAt = now };
        await values.FillAsync(db, interaction, of, now, null, cancellation);
        db.Interactions.Add(interaction);
        await db.SaveChangesAsync(cancellation);
        await db.WorkedOnAsync(lead, time, cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(interaction);
    }
}
