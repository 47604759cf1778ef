using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Undoes a move between stages that somebody has just made, also where the way back is not an allowed move: the lead is
/// where it was, since when it was. The history keeps both, and figures count neither.
/// </summary>
public sealed class TakeBackMove(IntranetDbContext db, TimeProvider time)
{
    /// <summary>How long a move can be taken back by who made it.</summary>
    public static readonly TimeSpan Possible = TimeSpan.FromHours(1);

    /// <param name="Lead">As it is now; null where there is no such move of theirs, or it was refused.</param>
    public sealed record Result(Lead? Lead, Refusal? Refused = null);

    public async Task<Result> RunAsync(int move, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        if (await db.StageMoves.FirstOrDefaultAsync(one => one.Id == move && one.ById == by.UserId && one.From != null, cancellation) is not { From: { } from } made
            || await db.EditableLeadAsync(made.LeadId, null, by, cancellation) is not { } lead)
            return new Result(null);
        if (made.IsTakenBack || lead.Stage != made.To || lead.StageSince != made.At || now >= made.At + Possible)
            return new Result(null, new Refusal("", "This can't be taken back any more. Move the lead instead."));

        made.IsTakenBack = true;
        db.StageMoves.Add(new StageMove { LeadId = lead.Id, From = made.To, FromSince = made.At, To = from, At = now, ById = by.UserId, ByName = by.Name, Reason = "Taken back.", IsTakenBack = true });
        (lead.Stage, lead.StageSince, lead.UpdatedAt) = (from, made.FromSince ?? now, now);
        await db.SaveChangesAsync(cancellation);
        await new RefreshLeads(db, time).RunAsync([lead.Id], cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(lead);
    }
}
