using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Undoes what somebody has just given to another with <see cref="ReassignLeads"/>: each lead goes back to who owned it
/// before, or to nobody. Leads that were given on meanwhile, are deleted, of which the new owner has written something down since,
/// or whose owner of before may own none any more stay. The history keeps both, and what happened in between stays credited to who owned the lead then. A note that came with it is
/// corrected, so that nobody is asked to introduce themselves.
/// </summary>
public sealed class TakeBackReassignment(IntranetDbContext db, TimeProvider time)
{
    /// <summary>How many leads are back where they were, and how many stayed.</summary>
    public sealed record Result(int Back, int Stayed);

    /// <param name="to">Who got them; null: whoever did.</param>
    /// <param name="at">When, UTC: <see cref="ReassignLeads.Result.At"/>.</param>
    /// <param name="by">Who gave them; nobody else can take them back, and they for an hour as with <see cref="TakeBackMove"/>.</param>
    public async Task<Result> RunAsync(int? to, DateTime at, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        var given = await db.OwnershipPeriods.Where(period => (to == null || period.OwnerId == to) && period.From == at && period.ById == by.UserId)
            .Select(period => new
            {
                period.LeadId,
                period.OwnerId,
                HasEnded = period.To != null || period.Lead!.DeletedAt != null,
                // What came with it, as its note, is of the same instant.
                IsWorkedOn = db.Interactions.Any(one => one.LeadId == period.LeadId && one.AuthorId == period.OwnerId && one.CreatedAt > at),
                Before = db.OwnershipPeriods.Where(old => old.LeadId == period.LeadId && old.To == at).Select(old => (int?)old.OwnerId).FirstOrDefault(),
            }).ToListAsync(cancellation);
        var owners = given.Select(one => one.Before).Concat(given.Select(one => (int?)one.OwnerId)).OfType<int>().Distinct().ToList();
        var names = await db.LeadOwners().Where(user => owners.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellation);
        var back = now >= at + TakeBackMove.Possible || !(by.IsKam || by.IsSalesLead) ? [] : given.FindAll(one => !one.HasEnded && !one.IsWorkedOn && (one.Before is not { } owner || names.ContainsKey(owner)));
        foreach (var some in back.Chunk(ReassignLeads.Batch))
        {
            await new GiveLeads(db).RunAsync([.. some.Select(one => (one.LeadId, (int?)one.OwnerId, one.Before))], names, now, by: null, "taken back", cancellation);
            await CorrectNotesAsync([.. some.Select(one => one.LeadId)], at, now, by, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return new Result(back.Count, given.Count - back.Count);
    }

    private async Task CorrectNotesAsync(int[] leads, DateTime at, DateTime now, LeadViewer by, CancellationToken cancellation)
    {
        var notes = await db.Interactions.Where(one => leads.Contains(one.LeadId) && one.At == at && one.CreatedAt == at && one.Kind == InteractionKind.Note && one.AuthorId == by.UserId && one.CorrectedAt == null)
            .Select(one => new { one.Id, one.LeadId, one.On, one.CreditedToId }).ToListAsync(cancellation);
        if (notes.Count == 0)
            return;
        var ids = notes.ConvertAll(note => note.Id);
        await db.Interactions.Where(one => ids.Contains(one.Id)).ExecuteUpdateAsync(set => set.SetProperty(one => one.CorrectedAt, now).SetProperty(one => one.Version, Guid.NewGuid()), cancellation);
        await db.InsertManyAsync(notes.Select(note => new Interaction
        {
            LeadId = note.LeadId,
            Kind = InteractionKind.Note,
            At = at,
            On = note.On,
            Details = "Taken back: the lead stays with who owned it.",
            AuthorId = by.UserId,
            CreditedToId = note.CreditedToId,
            CreatedAt = now,
            CorrectsId = note.Id,
        }), cancellation);
        await new RefreshLeads(db, time).RunAsync([.. notes.Select(note => note.LeadId)], cancellation);
    }
}
