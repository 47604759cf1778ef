using System.Globalization;
using System.IO.Packaging;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Writes lists as xlsx for people: a title row, a bold frozen header with filter, columns as wide as their text.
/// Rows are streamed; the file is built on disk, because a workbook's table of contents is at its end.
/// </summary>
public static class Workbook
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The rows of a sheet less title and header.</summary>
    public const int MaxRows = 1_048_574;

    // Widths are taken from this many rows: what follows is of the same kind, and nothing need be kept.
    private const int MeasuredRows = 200;
    private const uint PlainStyle = 0, TitleStyle = 1, HeaderStyle = 2, DayStyle = 3, TimeStyle = 4;

    private const string MainType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private static readonly Uri WorkbookUri = new("/xl/workbook.xml", UriKind.Relative);
    private static readonly Uri StylesUri = new("/xl/styles.xml", UriKind.Relative);
    private static readonly Uri SheetUri = new("/xl/worksheets/sheet1.xml", UriKind.Relative);

    /// <inheritdoc cref="WriteAsync{T}(Stream, string, string, IReadOnlyList{Column{T}}, IAsyncEnumerable{T}, long, CancellationToken)"/>
    public static Task WriteAsync<T>(Stream stream, string title, string sheetName, IReadOnlyList<Column<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellation = default)
        => WriteAsync(stream, title, sheetName, columns, rows, long.MaxValue, cancellation);

    /// <param name="stream">Receives the finished file; it need not be seekable and stays open.</param>
    /// <param name="title">What was asked, when and by whom; the first row.</param>
    /// <param name="sheetName">At most 31 letters; what Excel refuses in names is replaced.</param>
    /// <param name="columns">In order. Text is always written as text, whatever it begins with.</param>
    /// <param name="rows">Read once.</param>
    /// <param name="largest">Bytes; once the file has more it takes no more rows. It is whole then, but larger, and not all is in it.</param>
    /// <param name="cancellation">Stops between rows; nothing has been written to the stream by then.</param>
    /// <exception cref="InvalidOperationException">There are more than <see cref="MaxRows"/> rows.</exception>
    public static async Task WriteAsync<T>(
        Stream stream, string title, string sheetName, IReadOnlyList<Column<T>> columns, IAsyncEnumerable<T> rows, long largest, CancellationToken cancellation)
    {
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        // Opened for writing only: opened for reading too, the package would hold the sheet in memory until it is closed.
        using (var package = Package.Open(file, FileMode.Create, FileAccess.Write))
        {
            WriteWorkbook(package, sheetName);
            WriteStyles(package);
            await WriteSheetAsync(package, title, columns, rows, () => file.Position <= largest, cancellation);
        }

        file.Position = 0;
        await file.CopyToAsync(stream, cancellation);
    }

    private static void WriteWorkbook(Package package, string sheetName)
    {
        package.CreateRelationship(WorkbookUri, TargetMode.Internal, Relationships + "officeDocument", "rId1");
        var part = package.CreatePart(WorkbookUri, MainType + "sheet.main+xml", CompressionOption.Normal);
        part.CreateRelationship(SheetUri, TargetMode.Internal, Relationships + "worksheet", "rId1");
        part.CreateRelationship(StylesUri, TargetMode.Internal, Relationships + "styles", "rId2");
        using var content = part.GetStream();
        using var writer = OpenXmlWriter.Create(content);
        writer.WriteStartDocument(standalone: true);
        writer.WriteElement(new DocumentFormat.OpenXml.Spreadsheet.Workbook(new Sheets(new Sheet { Name = SheetName(sheetName), SheetId = 1, Id = "rId1" })));
    }

    private static string SheetName(string name)
    {
        var clean = string.Concat(Clean(name).Select(letter => letter is '[' or ']' or ':' or '*' or '?' or '/' or '\\' || char.IsControl(letter) ? '-' : letter)).Trim('\'', ' ');
        if (clean.Length > 31)
            clean = clean[..(char.IsHighSurrogate(clean[30]) ? 30 : 31)].Trim('\'', ' ');
        // Excel keeps that name for itself.
        return clean.Length == 0 || clean.Equals("History", StringComparison.OrdinalIgnoreCase) ? "List" : clean;
    }

    private static void WriteStyles(Package package)
    {
        var part = package.CreatePart(StylesUri, MainType + "styles+xml", CompressionOption.Normal);
        using var content = part.GetStream();
        using var writer = OpenXmlWriter.Create(content);
        writer.WriteStartDocument(standalone: true);
        writer.WriteElement(new Stylesheet(
            new NumberingFormats(
                new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy\\-mm\\-dd" },
                new NumberingFormat { NumberFormatId = 165, FormatCode = "yyyy\\-mm\\-dd\\ hh:mm" }),
            new Fonts(
                new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
                new Font(new Bold(), new FontSize { Val = 13 }, new FontName { Val = "Calibri" }),
                new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })),
            // The first two fills are given by the format.
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE8EDF5" }) { PatternType = PatternValues.Solid })),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat(),
                new CellFormat { FontId = 1, ApplyFont = true },
                new CellFormat { FontId = 2, FillId = 2, ApplyFont = true, ApplyFill = true },
                new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
                new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true })));
    }

    private static async Task WriteSheetAsync<T>(Package package, string title, IReadOnlyList<Column<T>> columns, IAsyncEnumerable<T> rows, Func<bool> hasRoom, CancellationToken cancellation)
    {
        var part = package.CreatePart(SheetUri, MainType + "worksheet+xml", CompressionOption.Normal);
        using var content = part.GetStream();
        using var writer = OpenXmlWriter.Create(content);
        await using var source = rows.GetAsyncEnumerator(cancellation);
        var measured = new List<object?[]>();
        while (measured.Count < MeasuredRows && await source.MoveNextAsync())
            measured.Add(Values(columns, source.Current));

        writer.WriteStartDocument(standalone: true);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 2, TopLeftCell = "A3", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
        { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(columns.Select((column, i) => new DocumentFormat.OpenXml.Spreadsheet.Column
        {
            Min = (uint)i + 1,
            Max = (uint)i + 1,
            Width = Width(column.Header, measured.Select(row => row[i])),
            CustomWidth = true,
        })));
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, [title], TitleStyle);
        WriteRow(writer, [.. columns.Select(column => (object?)column.Header)], HeaderStyle);
        foreach (var row in measured)
            WriteRow(writer, row, PlainStyle);
        var written = measured.Count;
        while (hasRoom() && await source.MoveNextAsync())
        {
            if (++written > MaxRows)
                throw new InvalidOperationException($"A sheet holds at most {MaxRows} rows.");
            WriteRow(writer, Values(columns, source.Current), PlainStyle);
        }

        writer.WriteEndElement();
        writer.WriteElement(new AutoFilter { Reference = $"A2:{Letters(columns.Count)}{written + 2}" });
        writer.WriteEndElement();
    }

    private static object?[] Values<T>(IReadOnlyList<Column<T>> columns, T row)
    {
        var values = new object?[columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = columns[i].Value(row);
        return values;
    }

    // Excel counts widths in digits of the default font; letters are a little narrower on average, bold a little wider.
    // The filter's button takes three. Beyond 60 a column hides its neighbours.
    private static double Width(string header, IEnumerable<object?> values)
        => Math.Clamp(Math.Max(header.Length + 4, values.Select(Length).DefaultIfEmpty(0).Max() + 2), 8, 60);

    private static int Length(object? value) => value switch
    {
        null => 0,
        DateOnly => 10,
        DateTime => 16,
        string text => text.Length,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!.Length,
    };

    private static void WriteRow(OpenXmlWriter writer, object?[] values, uint style)
    {
        writer.WriteStartElement(new Row());
        foreach (var value in values)
            writer.WriteElement(ToCell(value, style));
        writer.WriteEndElement();
    }

    private static Cell ToCell(object? value, uint style) => value switch
    {
        null => new Cell { StyleIndex = style },
        DateOnly day => new Cell(new CellValue(day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture))) { StyleIndex = DayStyle },
        DateTime time => new Cell(new CellValue(time.ToOADate().ToString(CultureInfo.InvariantCulture))) { StyleIndex = TimeStyle },
        int or long or decimal or double => new Cell(new CellValue(Convert.ToString(value, CultureInfo.InvariantCulture)!)) { StyleIndex = style },
        _ => new Cell(new InlineString(new Text(Clean(Convert.ToString(value, CultureInfo.InvariantCulture)!)) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = style,
        },
    };

    // XML has no way to write most control characters and lone surrogates; a cell holds so many letters and no more.
    private static string Clean(string text)
    {
        if (text.Length <= Spreadsheet.MaxCellLength && text.All(letter => letter >= ' ' && !char.IsSurrogate(letter)))
            return text;
        var clean = text.Where((letter, i) => System.Xml.XmlConvert.IsXmlChar(letter)
            || (char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            || (char.IsLowSurrogate(letter) && i > 0 && char.IsHighSurrogate(text[i - 1])));
        return string.Concat(clean.Take(Spreadsheet.MaxCellLength));
    }

    private static string Letters(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26)
            letters = (char)('A' + ((column - 1) % 26)) + letters;
        return letters;
    }
}
