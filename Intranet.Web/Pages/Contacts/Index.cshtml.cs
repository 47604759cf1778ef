using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>All contacts, newest first. Pages continue before the last one shown, so that the thousandth costs what the first does.</summary>
public sealed class IndexModel(IntranetDbContext db, PhoneRules phones, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;
    private const int MostCounted = 1000;

    [BindProperty(SupportsGet = true)]
    public ContactsQuery Query { get; set; } = new();

    public IReadOnlyList<ContactListRow> Rows { get; private set; } = [];

    /// <summary>How many there are in all, on whichever page; null where a filter would have to look at each.</summary>
    public int? Total { get; private set; }

    /// <summary>There are more than <see cref="Total"/>.</summary>
    public bool IsCapped { get; private set; }
    public bool HasMore { get; private set; }

    /// <summary>Where contacts come from.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["entry", "identify", "import", "poc"];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var (found, isNarrow) = (db.Contacts.AsQueryable(), true);
        // Without a filter the words' index knows the newest and how many there are; else each must be looked at.
        if (Query.IsOfWordsAlone)
        {
            (Total, found) = await db.NewestContactsAsync(Query.Q, phones, new ContactSearch.Part(0, PageSize + 1, Query.Before ?? int.MaxValue), cancellation);
            if (Query.Before is not null)
                (Total, _) = await db.NewestContactsAsync(Query.Q, phones, new ContactSearch.Part(0, 1), cancellation);
        }
        else
        {
            (found, isNarrow) = await Query.FindAsync(db, phones, cancellation);
        }

        var rows = await found.OrderByDescending(c => c.Id).Take(PageSize + 1).Select(ContactListRow.FromContact).ToListAsync(cancellation);
        HasMore = rows.Count > PageSize;
        Rows = [.. rows.Take(PageSize)];
        if (!HasMore && Query.Before is null)
            Total = Rows.Count;
        else if (isNarrow && Total is null)
            (Total, IsCapped) = await (Query.Before is null ? found : (await Query.FromTheFirst().FindAsync(db, phones, cancellation)).Found).OrderByDescending(c => c.Id).Take(MostCounted + 1).CountAsync(cancellation) is var count and <= MostCounted ? (count, false) : (MostCounted, true);
        return Page();
    }

    /// <summary>Exactly the rows of the filter and the columns of the list as CSV, streamed; or every field.</summary>
    public async Task<IActionResult> OnGetCsvAsync(bool all, CancellationToken cancellation)
        => await FileAsync("csv", cancellation) is not { } rows ? NotFound()
            : new StreamedFile(CsvFile.ContentType, "contacts.csv", stream => CsvFile.WriteAsync(stream, Columns(all), rows, cancellation));

    public async Task<IActionResult> OnGetXlsxAsync(bool all, CancellationToken cancellation)
    {
        if (await FileAsync("xlsx", cancellation) is not { } rows)
            return NotFound();
        var title = $"Contacts, exported on {HttpContext.Exact(clock.GetUtcNow().UtcDateTime)} by {User.Identity!.Name}";
        return new StreamedFile(Workbook.ContentType, "contacts.xlsx", stream => Workbook.WriteAsync(stream, title, "Contacts", Columns(all), rows, cancellation));
    }

    private static IReadOnlyList<Column<PersonRow>> Columns(bool all) => all ? ContactColumns.All : ContactColumns.Listed;

    // Who took what is noted before the first byte leaves.
    private async Task<IAsyncEnumerable<PersonRow>?> FileAsync(string format, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return null;
        var (found, _) = await Query.FindAsync(db, phones, cancellation);
        await db.NoteContactExportAsync(Query.InWords, format, cancellation);
        return found.OrderByDescending(c => c.Id).Select(PersonRow.FromContact).AsAsyncEnumerable();
    }
}
