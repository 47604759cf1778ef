using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Leads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Performance;

/// <summary>Revenue, orders, calls and stages of a period, credited to whoever owned the leads at the time.</summary>
public sealed class ChartsModel(IntranetDbContext db, FigureCache cache, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public PeriodQuery Query { get; set; } = new();

    public Period Period { get; private set; }
    public ChartFigures? Figures { get; private set; }

    /// <summary>Whose figures; null: everybody's.</summary>
    public int? Kam { get; private set; }
    public bool SeesAll { get; private set; }
    public IReadOnlyList<OwnerChoice> Owners { get; private set; } = [];

    /// <summary>The currency that is drawn; the tables hold them all.</summary>
    public string Currency { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
        => await LoadAsync(cancellation) ?? Page();

    /// <summary>The table of KAMs as CSV.</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } refusal)
            return refusal;
        await NoteAsync("csv", cancellation);
        return new StreamedFile(CsvFile.ContentType, FileName("csv"), stream => CsvFile.WriteAsync(stream, Columns(), Figures!.Kams.ToAsyncEnumerable(), cancellation));
    }

    public async Task<IActionResult> OnGetXlsxAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } refusal)
            return refusal;
        await NoteAsync("xlsx", cancellation);
        var title = $"Performance by KAM, {Period.From:yyyy-MM-dd} to {Period.To:yyyy-MM-dd}, exported on {HttpContext.Exact(clock.GetUtcNow().UtcDateTime)} by {User.Identity!.Name}";
        return new StreamedFile(Workbook.ContentType, FileName("xlsx"), stream => Workbook.WriteAsync(stream, title, "By KAM", Columns(), Figures!.Kams.ToAsyncEnumerable(), cancellation));
    }

    /// <returns>Null when there are figures.</returns>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellation)
    {
        Period = ModelState.IsValid ? Query.Period(HttpContext.Today()) : Period.Quarter(HttpContext.Today());
        if (Period.Days is < 1 or > Period.LongestDays)
            ModelState.AddModelError("to", Period.Days < 1 ? "The first day is after the last." : "Choose two years at most.");
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var viewer = await User.LeadViewerAsync(db, cancellation);
        SeesAll = viewer.SeesAll;
        Kam = SeesAll ? Query.Kam : viewer.UserId;
        // Figures of others are as good as their leads.
        if (Query.Kam is not null && Query.Kam != Kam)
            return NotFound();
        Figures = await ChartFigures.ReadAsync(db, cache, Period, Kam, clock.GetUtcNow().UtcDateTime, cancellation);
        Currency = Figures.Currencies.Contains(Query.Currency ?? "") ? Query.Currency! : Figures.Currencies.Count > 0 ? Figures.Currencies[0] : "";
        if (SeesAll)
            Owners = await OwnerChoice.WithAsync(Kam, db, viewer, cancellation);
        return null;
    }

    private string FileName(string extension) => $"performance-by-kam-{Period.From:yyyy-MM-dd}-{Period.To:yyyy-MM-dd}.{extension}";

    private List<Column<KamRow>> Columns() =>
    [
        new("Kam", row => row.Name),
        new("Orders", row => row.Sums.Orders),
        .. Figures!.Currencies.Select(currency => new Column<KamRow>($"Revenue{currency}", row => MinorUnits.Major(row.Sums.GetValueOrDefault(currency), currency))),
        new("LeadsDuring", row => row.LeadsDuring),
        new("LeadsAtEnd", row => row.LeadsAtEnd),
        new("Calls", row => row.Calls),
        new("CallsReached", row => row.Reached),
        new("ReachedPercent", row => row.ReachedRate),
    ];

    private async Task NoteAsync(string format, CancellationToken cancellation)
    {
        db.Audit("exported", nameof(Lead), details: $"Performance by KAM ({Period.From:yyyy-MM-dd} to {Period.To:yyyy-MM-dd}) as {format}");
        await db.SaveChangesAsync(cancellation);
    }
}
