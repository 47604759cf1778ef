using CsvHelper;
using Intranet.Data.Imports;

namespace Intranet.Web.Infrastructure;

/// <summary>A CSV file: encoding and separator (comma, semicolon, tab or pipe) are found out from its content.</summary>
internal sealed class CsvSheet : Spreadsheet
{
    // In bytes. A longer record is a quote that was never closed, or no table at all; it must not fill the memory.
    private const int MaxRecordSize = 1_000_000;

    private readonly StreamReader text;

    private CsvSheet(StreamReader text, int lines) => (this.text, RowsAbout) = (text, lines);

    public override int RowsAbout { get; }

    internal static CsvSheet Open(string path)
    {
        var (encoding, lines) = TextEncoding.Detect(path);
        var file = new FileStreamOptions { BufferSize = 1 << 16, Options = FileOptions.SequentialScan };
        return new CsvSheet(new StreamReader(path, encoding, detectEncodingFromByteOrderMarks: true, file), lines);
    }

    public override IEnumerable<RawRow> Rows()
    {
        // Quotes in the wrong place are read as they stand: what comes of it is shown before anything is written.
        using var reader = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false, TrackLineNumbers = true, MaxRecordSize = MaxRecordSize }, leaveOpen: true);
        for (var line = 1; Read(reader, line); line = (int)reader.LineNumber + 1)
            yield return new RawRow((int)reader.LineNumber, reader.Current.ToArray()) { OpenQuote = OpenQuote(reader.RawRecord, (byte)reader.Separator, (int)reader.LineNumber) };
    }

    /// <summary>The line of a quote within which the record ends. Only the last record of a file can; what is in one line swallowed nothing.</summary>
    private static int? OpenQuote(ReadOnlySpan<byte> record, byte separator, int line)
    {
        if (!record.ContainsAny((byte)'\n', (byte)'\r'))
            return null;
        var (opened, isQuoted, begins) = (0, false, true);
        for (var i = 0; i < record.Length; i++)
        {
            var (letter, next) = (record[i], i + 1 < record.Length ? record[i + 1] : 0);
            if (letter == '\n' || (letter == '\r' && next != '\n'))
                line++;
            if (isQuoted && letter == '"' && next == '"')
                i++;
            else if (isQuoted && letter == '"')
                isQuoted = false;
            else if (begins && letter == '"')
                (isQuoted, opened) = (true, line);
            begins = !isQuoted && letter == separator;
        }

        return isQuoted ? opened : null;
    }

    private static bool Read(CsvReader reader, int line)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException failure)
        {
            throw new UnreadableFileException($"From line {line} on, a row is longer than {MaxRecordSize:N0} characters. Is a quote opened there and not closed?", failure);
        }
    }

    public override void Dispose() => text.Dispose();
}
