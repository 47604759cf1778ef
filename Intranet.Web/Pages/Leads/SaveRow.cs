using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>
/// Saves what was changed in a row: stage, next step and owner, each by its own verb and so with its own history. The owner
/// comes last: who gave a lead away can't change it any more.
/// </summary>
public sealed class SaveRow(IntranetDbContext db, MoveStage move, ChangeLead change, ReassignLeads reassign)
{
    public const string Stale = "Somebody changed this lead in the meantime. What it is now stands here; change it again if need be.";

    /// <param name="IsFound">False: there is no such lead that the user may change.</param>
    /// <param name="IsStale">Somebody else changed it since it was shown; nothing was saved.</param>
    /// <param name="Refused">What was not done, by the name of the field.</param>
    public sealed record Result(bool IsFound, bool IsStale = false, Refusal? Refused = null);

    public async Task<Result> RunAsync(RowInput row, LeadViewer by, CancellationToken cancellation)
    {
        if (await db.Leads.Current().EditableBy(by).Where(lead => lead.Id == row.Id).Select(lead => new { lead.Version, lead.Stage, lead.OwnerId, lead.NextStep }).FirstOrDefaultAsync(cancellation) is not { } known)
            return new Result(false);
        var version = row.Version ?? known.Version;
        if (known.Version != version)
            return new Result(true, IsStale: true);
        if (row.OwnerId is null && known.OwnerId is not null)
            return new Result(true, Refused: new Refusal(nameof(RowInput.OwnerId), "Choose an owner."));
        if (row.OwnerId is { } owner && owner != known.OwnerId && !await db.LeadOwners().AnyAsync(user => user.Id == owner, cancellation))
            return new Result(true, Refused: new Refusal(nameof(RowInput.OwnerId), "Only active users with the role kam or sales lead can own leads."));
        try
        {
            if (row.Stage is { } stage && stage != known.Stage)
            {
                var moved = await move.RunAsync(row.Id, stage, row.Reason, version, by, cancellation);
                if (moved.Refused is not null || moved.Lead is null)
                    return new Result(moved.Refused is not null, Refused: moved.Refused);
                version = moved.Lead.Version;
            }

            var step = string.IsNullOrWhiteSpace(row.NextStep) ? null : row.NextStep.Trim();
            if (step != known.NextStep && await change.RunAsync(row.Id, lead => lead.NextStep = step, version, by, cancellation) is null)
                return new Result(false);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Result(true, IsStale: true);
        }

        if (row.OwnerId is { } to && to != known.OwnerId)
        {
            var given = await reassign.RunAsync(new ReassignLeads.Request([row.Id], null, [to]), by, cancellation);
            if (given.Refused is { } refused)
                return new Result(true, Refused: refused with { Field = nameof(RowInput.OwnerId) });
        }

        return new Result(true);
    }
}
