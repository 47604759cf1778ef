using CsvHelper;

namespace Intranet.Web.Infrastructure;

/// <summary>Writes lists as CSV: UTF-8 with byte order mark, RFC 4180.</summary>
public static class CsvFile
{
    public const string ContentType = "text/csv; charset=utf-8";

    // Text a spreadsheet would run as a formula gets an apostrophe in front, which it shows as text.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    /// <summary>Writes the header at once and each row as it comes, in constant memory. The stream stays open.</summary>
    public static async Task WriteAsync<T>(Stream stream, IReadOnlyList<Column<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellation = default)
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        await csv.WriteRecordAsync([.. columns.Select(column => column.Header)], cancellation);
        // The reader sees that the download has begun, however long the first rows take.
        await csv.FlushAsync(cancellation);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            foreach (var column in columns)
                WriteField(csv, column.Value(row));
            await csv.EndRecordAsync(cancellation);
        }
    }

    private static void WriteField(CsvWriter csv, object? value)
    {
        switch (value)
        {
            case DateOnly day:
                csv.WriteField(day, "yyyy-MM-dd");
                break;
            case DateTime time:
                csv.WriteField(time, "yyyy-MM-ddTHH:mm:ssZ");
                break;
            case string or null:
                csv.WriteField((string?)value);
                break;
            default:
                csv.WriteField(value);
                break;
        }
    }
}
