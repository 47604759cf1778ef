using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>Saves what was changed in a row, all of it or nothing: stage, next step and owner, each with its own history.</summary>
public sealed class SaveRow(IntranetDbContext db, SaveLead save)
{
    /// <returns>What was refused is named by the field of the row.</returns>
    public async Task<SaveLead.Result> RunAsync(RowInput row, LeadViewer by, CancellationToken cancellation)
    {
        if (row.OwnerId is null && await db.Leads.Current().EditableBy(by).AnyAsync(lead => lead.Id == row.Id && lead.OwnerId != null, cancellation))
            return new SaveLead.Result(true, Refused: new Refusal(nameof(RowInput.OwnerId), "Choose an owner."));
        var step = string.IsNullOrWhiteSpace(row.NextStep) ? null : row.NextStep.Trim();
        var saved = await save.RunAsync(new SaveLead.Request(row.Id, row.Version, row.Stage, row.Reason, Change: lead => lead.NextStep = step, OwnerId: row.OwnerId), by, cancellation);
        return saved.Refused is { Field: nameof(ReassignLeads.Request.To) } refused ? saved with { Refused = refused with { Field = nameof(RowInput.OwnerId) } } : saved;
    }
}
