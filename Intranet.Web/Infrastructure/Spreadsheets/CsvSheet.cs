using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Intranet.Data.Imports;

namespace Intranet.Web.Infrastructure;

/// <summary>A CSV file: encoding and separator are found out from its content.</summary>
internal sealed class CsvSheet : Spreadsheet
{
    // Enough for the header and some rows.
    private const int SampleLength = 64 * 1024;

    private readonly StreamReader text;
    private readonly char separator;

    private CsvSheet(StreamReader text, char separator, int lines) => (this.text, this.separator, RowsAbout) = (text, separator, lines);

    public override int RowsAbout { get; }

    internal static CsvSheet Open(string path)
    {
        var (encoding, lines) = TextEncoding.Detect(path);
        using (var sample = new StreamReader(path, encoding))
        {
            var letters = new char[SampleLength];
            var count = sample.ReadBlock(letters);
            if (letters.AsSpan(0, count).Trim().IsEmpty && count < SampleLength)
                throw new UnreadableFileException("The file is empty.");
            var file = new StreamReader(path, encoding, detectEncodingFromByteOrderMarks: true, new FileStreamOptions { BufferSize = 1 << 16, Options = FileOptions.SequentialScan });
            return new CsvSheet(file, Separator.Detect(letters.AsSpan(0, count)), lines);
        }
    }

    public override IEnumerable<RawRow> Rows()
    {
        using var parser = new CsvParser(new LimitedLines(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            // A quote inside an unquoted text is part of it. Empty lines are counted, so that numbers are right.
            BadDataFound = null,
            IgnoreBlankLines = false,
            MaxFieldSize = MaxCellLength,
            BufferSize = 1 << 16,
        });
        while (true)
        {
            var line = parser.RawRow + 1;
            if (!Read(parser, line))
                yield break;
            yield return new RawRow(line, parser.Record ?? []);
        }
    }

    private static bool Read(CsvParser parser, int line)
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException failure)
        {
            throw new UnreadableFileException($"From line {line} on, a text is longer than {MaxCellLength:N0} characters. Is a quote opened there and not closed?", failure);
        }
    }

    public override void Dispose() => text.Dispose();

    /// <summary>Stops at a line without end, before it fills the memory.</summary>
    private sealed class LimitedLines(TextReader inner) : TextReader
    {
        private const int MaxLineLength = 1_000_000;
        private int line = 1;
        private int length;

        public override int Read(char[] buffer, int index, int count)
        {
            var read = inner.Read(buffer, index, count);
            var letters = buffer.AsSpan(index, read);
            while (!letters.IsEmpty)
            {
                var end = letters.IndexOfAny('\n', '\r');
                length += end < 0 ? letters.Length : end;
                if (length > MaxLineLength)
                    throw new UnreadableFileException($"Line {line} is longer than {MaxLineLength:N0} characters. This is not a table.");
                if (end < 0)
                    break;
                (line, length) = (letters[end] == '\n' ? line + 1 : line, 0);
                letters = letters[(end + 1)..];
            }

            return read;
        }

        public override int Read() => inner.Read();

        public override int Peek() => inner.Peek();
    }
}
