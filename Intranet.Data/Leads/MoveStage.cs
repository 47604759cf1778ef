using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Moves a lead to another stage, closes or reopens it, where that is allowed, and remembers it.</summary>
public sealed class MoveStage(IntranetDbContext db, TimeProvider time)
{
    /// <param name="Lead">As it is now; null where there is no such lead for them, or it was refused.</param>
    /// <param name="Move">Null where it was there already.</param>
    public sealed record Result(Lead? Lead, StageMove? Move = null, Refusal? Refused = null);

    /// <param name="reason">Needed for closing.</param>
    /// <param name="version">The one that was shown; null: whatever it is now.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed the lead since <paramref name="version"/>.</exception>
    public async Task<Result> RunAsync(int id, Stage to, string? reason, Guid? version, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (await db.EditableLeadAsync(id, version, by, cancellation) is not { } lead)
            return new Result(null);
        if (lead.Stage == to)
            return new Result(lead);
        // Before what is allowed: they chose by what the lead was, and are told that it is something else.
        if (version is { } seen && seen != lead.Version)
            throw new DbUpdateConcurrencyException("The lead was changed since it was shown.");
        if ((await db.AllowedMoves.AllowedMovesAsync(cancellation)).Refusal(lead.Stage, to) is { } refusal)
            return new Result(null, Refused: new Refusal("Stage", refusal));
        if (StageMove.ReasonRefusal(to, reason) is { } unsaid)
            return new Result(null, Refused: unsaid);

        var now = time.GetUtcNow().UtcDateTime;
        var move = new StageMove
        {
            LeadId = id,
            From = lead.Stage,
            FromSince = lead.StageSince,
            To = to,
            At = now,
            ById = by.UserId,
            ByName = by.Name,
            Reason = StageMove.ReasonOf(reason),
        };
        db.StageMoves.Add(move);
        (lead.Stage, lead.StageSince, lead.UpdatedAt) = (to, now, now);
        await db.SaveChangesAsync(cancellation);
        await new RefreshLeads(db, time).RunAsync([id], cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(lead, move);
    }
}

public static class AllowedMoveQueries
{
    /// <summary>The moves that are allowed now.</summary>
    public static async Task<AllowedMoves> AllowedMovesAsync(this IQueryable<AllowedMove> moves, CancellationToken cancellation = default)
        => new((await moves.Select(move => new { move.From, move.To }).ToListAsync(cancellation)).Select(move => (move.From, move.To)));
}
