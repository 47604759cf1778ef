using System.Globalization;
using System.IO.Compression;
using System.IO.Packaging;
using System.Reflection;
using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Intranet.Seed;

/// <summary>
/// Rows as a workbook of one sheet. The package is opened for writing only: opened for reading too, it would hold the
/// whole sheet in memory until it is closed. That rules out SpreadsheetDocument, which reads back what it wrote.
/// </summary>
public static class XlsxFile
{
    /// <summary>The rows of a sheet less its header.</summary>
    public const int MaxRows = 1_048_575;

    private const string MainType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private static readonly Uri WorkbookUri = new("/xl/workbook.xml", UriKind.Relative);
    private static readonly Uri SheetUri = new("/xl/worksheets/sheet1.xml", UriKind.Relative);

    /// <summary>
    /// Writes the header and one sheet row per row while it enumerates; replaces the file. Whole numbers become number
    /// cells, everything else text. Throws <see cref="InvalidOperationException"/> beyond <see cref="MaxRows"/>.
    /// </summary>
    public static void Write<T>(string path, string sheetName, IEnumerable<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
        using (var package = Package.Open(file, FileMode.Create, FileAccess.Write))
        {
            WriteWorkbook(package, sheetName);
            WriteSheet(package, rows);
        }
        FixTimes(file);
    }

    private static void WriteWorkbook(Package package, string sheetName)
    {
        package.CreateRelationship(WorkbookUri, TargetMode.Internal, Relationships + "officeDocument", "rId1");
        var part = package.CreatePart(WorkbookUri, MainType + "sheet.main+xml", CompressionOption.Normal);
        part.CreateRelationship(SheetUri, TargetMode.Internal, Relationships + "worksheet", "rId1");
        using var stream = part.GetStream();
        using var writer = OpenXmlWriter.Create(stream);
        writer.WriteStartDocument(standalone: true);
        writer.WriteElement(new Workbook(new Sheets(new Sheet { Name = sheetName, SheetId = 1, Id = "rId1" })));
    }

    private static void WriteSheet<T>(Package package, IEnumerable<T> rows)
    {
        // The columns are the parameters of the record, under the names they have in CSV.
        var columns = typeof(T).GetConstructors()[0].GetParameters();
        var properties = columns.Select(column => typeof(T).GetProperty(column.Name!)!).ToArray();
        var part = package.CreatePart(SheetUri, MainType + "worksheet+xml", CompressionOption.Normal);
        using var stream = part.GetStream();
        using var writer = OpenXmlWriter.Create(stream);
        writer.WriteStartDocument(standalone: true);
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, columns.Select(column => column.GetCustomAttribute<CsvColumnAttribute>()?.Name ?? column.Name));

        var written = 0;
        foreach (var row in rows)
        {
            if (++written > MaxRows)
                throw new InvalidOperationException($"A sheet holds at most {MaxRows} rows below its header.");
            WriteRow(writer, properties.Select(property => property.GetValue(row)));
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, IEnumerable<object?> values)
    {
        writer.WriteStartElement(new Row());
        foreach (var value in values)
            writer.WriteElement(value is int number
                ? new Cell(new CellValue(number.ToString(CultureInfo.InvariantCulture)))
                : new Cell(new InlineString(new Text((string?)value ?? "") { Space = SpaceProcessingModeValues.Preserve }))
                {
                    DataType = CellValues.InlineString,
                });
        writer.WriteEndElement();
    }

    // A zip entry carries the time it was written; without this every run would show up as a change of a checked-in file.
    private static void FixTimes(FileStream file)
    {
        file.Position = 0;
        using var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true);
        foreach (var entry in zip.Entries)
            entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
