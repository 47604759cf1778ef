using System.Buffers.Binary;
using System.IO.Compression;

namespace Intranet.Web.Infrastructure;

/// <summary>Refuses archives that are small on disk and enormous in memory.</summary>
internal static class ZipGuard
{
    private const int MaxEntries = 1_000;
    private const long MaxBytes = 1L << 30;

    // Rows are read one after the other; all else, such as the table of texts, is kept in memory, at twice the size and more.
    private const long MaxKept = 128L << 20;
    private const int MaxDirectory = 1 << 20;

    // Tables repeat themselves and shrink to a tenth, seldom to a fiftieth. Deflate's limit, zeros only, is a thousandth.
    private const int MaxRatio = 200;
    private const long RatioMattersFrom = 20L << 20;

    /// <summary>Looks at the end of the archive, which tells how much its directory holds, before anything makes room for it.</summary>
    /// <exception cref="UnreadableFileException">The directory is larger than that of any workbook.</exception>
    internal static void CheckDirectory(Stream file)
    {
        // Signature, disks, entries here and in all, size and place of the directory, and a comment of at most 65,535 bytes.
        var end = new byte[Math.Min(file.Length, 22 + ushort.MaxValue)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        // Where the reader looks for it, too: a comment may hold the same four bytes.
        var at = end.AsSpan(0, Math.Max(0, end.Length - 18)).LastIndexOf("PK\x05\x06"u8);
        if (at < 0)
            // Whoever opens it says that it is damaged.
            return;
        var record = end.AsSpan(at);
        var (disk, entries, bytes, place) = (BinaryPrimitives.ReadUInt16LittleEndian(record[4..]), BinaryPrimitives.ReadUInt16LittleEndian(record[10..]), BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), BinaryPrimitives.ReadUInt32LittleEndian(record[16..]));
        // All ones say that another record (ZIP64) tells, which no workbook of at most some hundred megabytes needs.
        if (entries > MaxEntries || bytes > MaxDirectory || disk == ushort.MaxValue || place == uint.MaxValue)
            throw TooMuch();
    }

    /// <summary>
    /// Checks what the directory of the archive says, then unpacks everything into nothing: the directory may lie.
    /// </summary>
    /// <exception cref="UnreadableFileException">There is too much in it.</exception>
    internal static void Check(ZipArchive archive)
    {
        if (archive.Entries.Count > MaxEntries)
            throw TooMuch();
        long all = 0;
        foreach (var entry in archive.Entries)
            all += Check(entry, entry.Length, all);
        all = 0;
        var buffer = new byte[1 << 16];
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            long length = 0;
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                length += read;
                Check(entry, length, all);
            }

            all += length;
        }
    }

    private static long Check(ZipArchiveEntry entry, long length, long before)
        => length > MaxKept && !entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase) ? throw TooManyTexts() : before + length > MaxBytes || (length > RatioMattersFrom && length / Math.Max(1, entry.CompressedLength) > MaxRatio) ? throw TooMuch() : length;

    private static UnreadableFileException TooManyTexts()
        => new($"The workbook holds more than {MaxKept >> 20} MB of texts. Save the sheet as .csv and send that.");

    private static UnreadableFileException TooMuch()
        => new("The workbook unpacks to far more than it seems to hold, and is refused. Save the sheet alone as .xlsx or .csv.");
}
