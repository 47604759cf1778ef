using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Claims;

namespace Intranet.Web.Infrastructure;

/// <summary>A list page that can be had without opening it: the same filters, rows and columns as its export.</summary>
public interface IListSource
{
    /// <summary>The path of the page, such as /leads; its policy is the page's.</summary>
    string Page { get; }

    /// <summary>What is on the page, such as Leads.</summary>
    string Title { get; }

    /// <summary>What a row is, such as lead.</summary>
    string Row { get; }

    /// <summary>Reads a query string as the page does; in words that name only whom <paramref name="asker"/> may know.</summary>
    Task<AskedList> AskAsync(string query, ClaimsPrincipal asker, CancellationToken cancellation);

    /// <summary>How much somebody sees now, in words of the list itself, at most 100 letters.</summary>
    Task<string> SightAsync(ClaimsPrincipal user, CancellationToken cancellation);

    /// <summary>Whether somebody sees as much now as <see cref="SightAsync"/> said then.</summary>
    Task<bool> SeesAsync(ClaimsPrincipal user, string sight, CancellationToken cancellation);
}

/// <summary>A list that was asked for.</summary>
/// <param name="Query">The same question as a query string, without its question mark, from the beginning of the list.</param>
/// <param name="InWords">Filters and the like; empty where all is shown.</param>
/// <param name="Problem">Why the page would refuse the question; null when it doesn't.</param>
/// <param name="FindAsync">The rows that somebody may see now.</param>
public sealed record AskedList(string Query, string InWords, string? Problem, Func<ClaimsPrincipal, CancellationToken, Task<ListRows>> FindAsync);

/// <param name="FileName">Of a file with the rows, without its ending.</param>
/// <param name="SheetName">Of the sheet in a workbook.</param>
/// <param name="Columns">As in the page's export.</param>
/// <param name="Brief">Positions of the columns that a mail has room for.</param>
/// <param name="Rows">Read once, as they come.</param>
public sealed record ListRows(string FileName, string SheetName, IReadOnlyList<Column<ListRow>> Columns, IReadOnlyList<int> Brief, IAsyncEnumerable<ListRow> Rows)
{
    /// <param name="fileName">Of a file with the rows, without its ending.</param>
    /// <param name="sheetName">Of the sheet in a workbook.</param>
    /// <param name="columns">As in the page's export.</param>
    /// <param name="brief">Headers of those that a mail has room for.</param>
    /// <param name="rows">In their order.</param>
    /// <param name="name">Id of a row, and what a reader knows it by.</param>
    /// <param name="compared">What of a row has to differ for it to have changed.</param>
    public static ListRows Of<T>(
        string fileName, string sheetName, IReadOnlyList<Column<T>> columns, IReadOnlyList<string> brief, IAsyncEnumerable<T> rows, Func<T, (int Key, string Name)> name, Func<T, IEnumerable<object?>> compared)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new ListRows(
            fileName, sheetName, [.. columns.Select((column, i) => new Column<ListRow>(column.Header, row => row.Values[i]))],
            [.. brief.Select(header => columns.Select(column => column.Header).ToList().IndexOf(header))], RowsAsync());

        async IAsyncEnumerable<ListRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                var (key, text) = name(row);
                yield return new ListRow(key, text, [.. columns.Select(column => column.Value(row))], [.. compared(row).Select(value => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture))]);
            }
        }
    }
}

/// <param name="Key">The id of what the row shows.</param>
/// <param name="Name">What a reader knows it by.</param>
/// <param name="Values">One per column.</param>
/// <param name="Compared">What has to differ for the row to have changed.</param>
public sealed record ListRow(int Key, string Name, IReadOnlyList<object?> Values, IReadOnlyList<string?> Compared);
