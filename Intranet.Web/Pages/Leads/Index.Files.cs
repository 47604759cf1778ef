using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

// The list as a file.
public sealed partial class IndexModel
{
    /// <summary>Exactly the filter as CSV, streamed.</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
        => await FileAsync("csv", cancellation) is not { } rows ? NotFound() : Csv(rows, cancellation);

    public async Task<IActionResult> OnGetXlsxAsync(CancellationToken cancellation)
    {
        if (await FileAsync("xlsx", cancellation) is not { } rows)
            return NotFound();
        var title = $"Leads, exported on {HttpContext.Exact(Now)} by {User.Identity!.Name}";
        return new StreamedFile(Workbook.ContentType, "leads.xlsx", stream => Workbook.WriteAsync(stream, title, "Leads", LeadExportRow.Columns(Settings.WindowDays), rows, cancellation));
    }

    /// <summary>The selected rows as CSV.</summary>
    public async Task<IActionResult> OnPostSelectedAsync(int[] ids, CancellationToken cancellation)
    {
        if (ids.Length is 0 or > PageSize)
            return await RefusedAsync("Select the leads first.", cancellation);
        var found = (Query.Deleted == true ? db.Leads.DeletedOf(Viewer) : db.Leads.VisibleTo(Viewer).Current()).Where(lead => ids.Contains(lead.Id));
        await NoteExportAsync("selected", "csv", cancellation);
        return Csv(Query.Order.Sort(found).Select(LeadExportRow.FromLead).AsAsyncEnumerable(), cancellation);
    }

    private StreamedFile Csv(IAsyncEnumerable<LeadExportRow> rows, CancellationToken cancellation)
        => new(CsvFile.ContentType, "leads.csv", stream => CsvFile.WriteAsync(stream, LeadExportRow.Columns(Settings.WindowDays), rows, cancellation));

    private async Task<IAsyncEnumerable<LeadExportRow>?> FileAsync(string format, CancellationToken cancellation)
    {
        if (IsWrong)
            return null;
        var found = await Query.FindAsync(db, Viewer, Now, cancellation);
        await NoteExportAsync(Query.InWords, format, cancellation);
        return Query.Order.Sort(found.All).Select(LeadExportRow.FromLead).AsAsyncEnumerable();
    }

    // Who took what is noted before the first byte leaves.
    private async Task NoteExportAsync(string what, string format, CancellationToken cancellation)
    {
        db.Audit("exported", nameof(Lead), details: $"Leads ({what}) as {format}");
        await db.SaveChangesAsync(cancellation);
    }
}
