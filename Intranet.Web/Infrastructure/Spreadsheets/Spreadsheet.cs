using Intranet.Data.Imports;

namespace Intranet.Web.Infrastructure;

/// <summary>A table in a file on disk, read row by row: CSV or the first sheet of a workbook.</summary>
public abstract class Spreadsheet : IDisposable
{
    public const int MaxColumns = 200;
    public const long MaxBytes = 200L << 20;

    /// <summary>Letters that a cell of a worksheet can hold; longer texts are cut where one is written.</summary>
    public const int MaxCellLength = 32_767;

    /// <summary>
    /// Opens a file by the ending of its name and checks that it is what the name says: encoding, separator, a workbook
    /// that isn't broken, locked or made to fill the memory.
    /// </summary>
    /// <param name="path">Where the bytes are.</param>
    /// <param name="fileName">What the sender called it; only the ending counts.</param>
    /// <exception cref="UnreadableFileException">It can't be read; also thrown while reading <see cref="Rows"/>.</exception>
    public static Spreadsheet Open(string path, string fileName)
    {
        var length = new FileInfo(path).Length;
        if (length == 0)
            throw new UnreadableFileException("The file is empty.");
        if (length > MaxBytes)
            throw new UnreadableFileException($"The file has {length >> 20} MB. At most {MaxBytes >> 20} MB are taken; split it.");
        return Path.GetExtension(fileName).ToUpperInvariant() switch
        {
            ".CSV" or ".TSV" or ".TXT" => CsvSheet.Open(path),
            ".XLSX" => WorkbookSheet.Open(path),
            ".XLS" or ".XLSM" or ".XLSB" or ".ODS" => throw new UnreadableFileException("Save the workbook as .xlsx or .csv and send that."),
            _ => throw new UnreadableFileException("Choose a .csv or .xlsx file."),
        };
    }

    /// <summary>Rows from the first line on, empty ones included. To be read once.</summary>
    public abstract IEnumerable<RawRow> Rows();

    /// <summary>How many rows there are, roughly.</summary>
    public abstract int RowsAbout { get; }

    public abstract void Dispose();
}
