using System.Globalization;
using System.IO.Compression;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Intranet.Data.Imports;

namespace Intranet.Web.Infrastructure;

/// <summary>The first sheet of an .xlsx workbook. Formulas count with their stored results.</summary>
internal sealed class WorkbookSheet : Spreadsheet
{
    private const string Broken = "The workbook is damaged. Open it in a spreadsheet program, save it again as .xlsx and send that.";

    // Excel's own limit. A row that says it is the thousand millionth would be waited for through all that are missing before it.
    private const int MaxLines = 1_048_576;

    private readonly Stream file;
    private readonly IExcelDataReader reader;

    private WorkbookSheet(Stream file, IExcelDataReader reader) => (this.file, this.reader) = (file, reader);

    public override int RowsAbout => reader.RowCount;

    internal static WorkbookSheet Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            Check(file);
            file.Position = 0;
            return new WorkbookSheet(file, Guarded(() => FirstToBeSeen(file)));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Lists to choose from often lie on hidden sheets, also before the one that people see.
    private static IExcelDataReader FirstToBeSeen(Stream file)
    {
        var reader = Open();
        while (reader.VisibleState != "visible")
        {
            if (reader.NextResult())
                continue;
            reader.Dispose();
            file.Position = 0;
            return Open();
        }

        return reader;

        IExcelDataReader Open() => ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
    }

    private static void Check(FileStream file)
    {
        Span<byte> start = stackalloc byte[8];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start is [0xD0, 0xCF, 0x11, 0xE0, ..])
            throw new UnreadableFileException("The workbook is protected by a password, or in the old .xls format. Save it without a password as .xlsx.");
        if (start is not [0x50, 0x4B, 0x03, 0x04, ..])
            throw new UnreadableFileException("The file is no .xlsx workbook, although its name says so. If it is text, name it .csv.");
        ZipGuard.CheckDirectory(file);
        file.Position = 0;
        Guarded(() =>
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            ZipGuard.Check(archive);
            if (archive.GetEntry("xl/workbook.xml") is null)
                throw new UnreadableFileException("The file is a zip archive, but no .xlsx workbook.");
            return true;
        });
    }

    public override IEnumerable<RawRow> Rows()
    {
        // Before the first row: the reader makes room for as many cells as the sheet says it has columns.
        if (reader.FieldCount > MaxColumns)
            throw new UnreadableFileException($"The sheet has {reader.FieldCount:N0} columns. At most {MaxColumns} are taken; remove those that aren't needed.");
        var line = 0;
        while (Guarded(reader.Read))
        {
            line++;
            if (line > MaxLines)
                throw new UnreadableFileException($"A sheet has at most {MaxLines:N0} rows, and this one says that it has more.");
            yield return new RawRow(line, Cells());
        }
    }

    private string[] Cells()
    {
        var cells = new string[reader.FieldCount];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = Text(reader.GetValue(i));
        // Formatted but empty cells at the end say nothing.
        var used = Array.FindLastIndex(cells, cell => cell.Length > 0) + 1;
        return used == cells.Length ? cells : cells[..used];
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        // A time of day is a date before the first one.
        DateTime { Year: < 1900 } time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
        bool flag => flag ? "TRUE" : "FALSE",
        // Numbers that are ids keep their digits: no 1.2E+15.
        double number when Math.Abs(number) < 1e28 && number == Math.Truncate(number) => number == 0 ? "0" : number.ToString("F0", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // A damaged workbook fails in as many ways as there are places to damage it.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or System.Xml.XmlException or ExcelReaderException
            or KeyNotFoundException or NullReferenceException or FormatException or ArgumentException or IndexOutOfRangeException or InvalidOperationException
            or InvalidCastException or OverflowException or NotSupportedException)
        {
            throw new UnreadableFileException(Broken, failure);
        }
    }

    public override void Dispose()
    {
        reader.Dispose();
        file.Dispose();
    }
}
