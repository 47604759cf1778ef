using CsvHelper;

namespace Intranet.Seed;

/// <summary>Rows as CSV: UTF-8 without byte order mark, comma, line feed, so that the bytes are the same on every system.</summary>
public static class CsvFile
{
    /// <summary>Writes the header and one line per row while it enumerates; replaces the file. Rows are <see cref="CsvRecordAttribute"/> types.</summary>
    public static void Write<T>(string path, IEnumerable<T> rows)
    {
        using var csv = CsvWriter.ToFile(path, new CsvWriterOptions { NewLine = "\n" });
        csv.WriteRecords(rows);
    }
}
