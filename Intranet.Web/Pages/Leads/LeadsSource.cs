using System.Globalization;
using System.Security.Claims;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>The list of /leads for who doesn't open the page.</summary>
internal sealed class LeadsSource(IntranetDbContext db, ReadQuery read, TimeProvider clock) : IListSource
{
    public string Page => IndexModel.Address;
    public string Title => "Leads";
    public string Row => "lead";

    // When it was changed differs also where nothing that shows does, and days pass without anybody doing anything.
    private static readonly string[] NoNews = ["UpdatedAt", LeadExportRow.PerformanceWhy, LeadExportRow.Slipping];

    public async Task<string> SightAsync(ClaimsPrincipal user, CancellationToken cancellation) => LeadSight.Of(await user.LeadViewerAsync(db, cancellation));

    public async Task<bool> SeesAsync(ClaimsPrincipal user, string sight, CancellationToken cancellation) => LeadSight.Has(await user.LeadViewerAsync(db, cancellation), sight);

    public async Task<AskedList> AskAsync(string query, ClaimsPrincipal asker, CancellationToken cancellation)
    {
        var (asked, problem) = await read.RunAsync<LeadsQuery>(query);
        return new AskedList(asked.ToQueryString(), asked.IsFiltered ? await InWordsAsync(asked, asker, cancellation) : "", problem, async (user, stop) =>
        {
            var found = await asked.FindAsync(db, await user.LeadViewerAsync(db, stop), clock.GetUtcNow().UtcDateTime, stop);
            var columns = LeadExportRow.Columns((await db.Settings.LeadSettingsAsync(stop)).WindowDays);
            var compared = columns.Where(column => !NoNews.Contains(column.Header)).ToList();
            return ListRows.Of(
                "leads", "Leads", columns, ["Name", "City", "Stage", "Owner", "ExpectedValue", "Currency", "NextStep", "NextDue", "Performance", LeadExportRow.PerformanceWhy],
                asked.Order.Sort(found.All).Select(LeadExportRow.FromLead).AsAsyncEnumerable(), row => (row.Id, row.Name), row => compared.Select(column => column.Value(row)));
        });
    }

    private async Task<string> InWordsAsync(LeadsQuery asked, ClaimsPrincipal asker, CancellationToken cancellation)
        => int.TryParse(asked.Owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await OwnerName.OfAsync(db, await asker.LeadViewerAsync(db, cancellation), id, cancellation) is { } name
            ? asked.InWords.Replace($"owner {asked.Owner}", $"owner {name}", StringComparison.Ordinal)
            : asked.InWords;
}
