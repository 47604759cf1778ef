using System.Security.Claims;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Performance;

/// <summary>The lists of /performance for who doesn't open the page.</summary>
internal sealed class PerformanceSource(IntranetDbContext db, ReadQuery read) : IListSource
{
    public string Page => "/performance";
    public string Title => "Performance";
    public string Row => "account";

    public async Task<string> SightAsync(ClaimsPrincipal user, CancellationToken cancellation) => LeadSight.Of(await user.LeadViewerAsync(db, cancellation));

    public async Task<bool> SeesAsync(ClaimsPrincipal user, string sight, CancellationToken cancellation) => LeadSight.Has(await user.LeadViewerAsync(db, cancellation), sight);

    public async Task<AskedList> AskAsync(string query, ClaimsPrincipal asker, CancellationToken cancellation)
    {
        var (asked, problem) = await read.RunAsync<PerformanceQuery>(query);
        asked.After = null;
        var owner = asked.Owner is { } id ? await OwnerName.OfAsync(db, await asker.LeadViewerAsync(db, cancellation), id, cancellation) ?? $"user {id}" : null;
        var list = asked.List switch { PerformanceList.Slipping => "slipping", PerformanceList.Under => "underperforming", PerformanceList.Average => "average", _ => "well-performing" };
        var words = string.Join(", ", new[] { list, asked.OnlyStage?.ToString(), string.IsNullOrWhiteSpace(asked.City) ? null : asked.City, owner is null ? null : $"owner {owner}" }.OfType<string>());
        return new AskedList(asked.ToQueryString(), words, problem, async (user, stop) =>
        {
            var settings = await db.Settings.LeadSettingsAsync(stop);
            var found = await asked.FindAsync(db, await user.LeadViewerAsync(db, stop), stop);
            var columns = PerformanceRow.Columns(settings.WindowDays);
            // All else rolls with the window: it differs from one day to the next where nothing has happened.
            string[] events = ["Name", "City", "Stage", "Owner", "Label", "SetByHand", "SetUntil", "LastOrder"];
            var compared = columns.Where(column => events.Contains(column.Header)).Select(column => column.Value).Append(row => row.IsSlipping).ToList();
            return ListRows.Of(
                $"performance-{PerformanceQuery.Word(asked.List)}", "Performance", columns, ["Name", "City", "Owner", "Label", "Why", "Revenue", "Currency", "LastOrder"],
                found.Select(PerformanceRow.FromLead).AsAsyncEnumerable(), row => (row.Id, row.Name), row => compared.Select(value => value(row)));
        });
    }
}
