using System.Globalization;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports.Kinds;

/// <summary>The leads that rows of pocs and interactions name: by the id they have where they come from, or by ours.</summary>
internal sealed class LeadsOfRows(IntranetDbContext db, string id, string ownId)
{
    internal sealed record Of(int Id, TimeZoneInfo Zone, string Currency);

    private Dictionary<string, Of> byId = [];
    private Dictionary<int, Of> byOwnId = [];

    internal IEnumerable<int> Ids => byId.Values.Concat(byOwnId.Values).Select(lead => lead.Id).Distinct();

    internal async Task LoadAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
    {
        (byId, byOwnId) = ([], []);
        foreach (var ids in rows.Where(row => row.Has(id)).Select(row => row[id]).Distinct().Chunk(500))
        {
            foreach (var lead in await db.Leads.Current().Where(lead => ids.Contains(lead.ExternalId)).OrderBy(lead => lead.Id).Select(lead => new { lead.Id, lead.ExternalId, lead.TimeZone, lead.Currency }).ToListAsync(cancellation))
                byId.TryAdd(lead.ExternalId!, new Of(lead.Id, LocalDay.Zone(lead.TimeZone), lead.Currency));
        }

        foreach (var ids in rows.Select(OwnIdOf).OfType<int>().Distinct().Chunk(500))
        {
            foreach (var lead in await db.Leads.Current().Where(lead => ids.Contains(lead.Id)).Select(lead => new { lead.Id, lead.TimeZone, lead.Currency }).ToListAsync(cancellation))
                byOwnId[lead.Id] = new Of(lead.Id, LocalDay.Zone(lead.TimeZone), lead.Currency);
        }
    }

    /// <summary>The row's lead; without one, the row is refused.</summary>
    internal Of? Find(ImportValues row, RowMeaning meaning)
    {
        if (Find(row) is { } lead)
            return lead;
        meaning.Refuse(row.Has(id) ? id : ownId, $"There is no lead {(row.Has(id) ? row[id] : row[ownId])} here. Import the lead first, or correct it.");
        return null;
    }

    internal Of? Find(ImportValues row) => row.Has(id) ? byId.GetValueOrDefault(row[id]) : OwnIdOf(row) is { } own ? byOwnId.GetValueOrDefault(own) : null;

    private int? OwnIdOf(ImportValues row) => !row.Has(id) && int.TryParse(row[ownId], NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? own : null;
}
