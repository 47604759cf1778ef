using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Changes an interaction in place: its author, for a day, while they may change the lead. After that it is corrected by another one.</summary>
public sealed class EditInteraction(IntranetDbContext db, TimeProvider time)
{
    /// <param name="Interaction">Null where there is none for them, or it was refused.</param>
    public sealed record Result(Interaction? Interaction, Refusal? Refused = null);

    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed it since <paramref name="version"/>.</exception>
    public async Task<Result> RunAsync(int id, InteractionValues values, Guid? version, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (await db.Interactions.FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } interaction
            || await db.Leads.Current().EditableBy(by).OfAsync(interaction.LeadId, cancellation) is not { } lead)
            return new Result(null);
        var now = time.GetUtcNow().UtcDateTime;
        if (!interaction.IsEditableBy(by.UserId, now))
        {
            return new Result(null, new Refusal("", interaction.CorrectedAt is not null ? "It was corrected already; change the correction."
                : interaction.AuthorId != by.UserId ? "Only its author changes it; correct it by another one." : "It is older than a day; correct it by another one."));
        }

        if (await values.RefusalAsync(db, lead, now, interaction, cancellation) is { } refusal)
            return new Result(null, refusal);
        if (version is { } seen)
            db.Entry(interaction).Property(one => one.Version).OriginalValue = seen;
        await values.FillAsync(db, interaction, lead, now, interaction, cancellation);
        interaction.UpdatedAt = now;
        await db.SaveChangesAsync(cancellation);
        await db.WorkedOnAsync(lead.Id, time, cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(interaction);
    }
}
