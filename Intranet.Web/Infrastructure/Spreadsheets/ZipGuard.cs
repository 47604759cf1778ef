using System.IO.Compression;

namespace Intranet.Web.Infrastructure;

/// <summary>Refuses archives that are small on disk and enormous in memory.</summary>
internal static class ZipGuard
{
    private const int MaxEntries = 1_000;
    private const long MaxBytes = 1L << 30;

    // Tables repeat themselves and shrink to a tenth, seldom to a fiftieth. Deflate's limit, zeros only, is a thousandth.
    private const int MaxRatio = 200;
    private const long RatioMattersFrom = 20L << 20;

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
        => before + length > MaxBytes || (length > RatioMattersFrom && length / Math.Max(1, entry.CompressedLength) > MaxRatio) ? throw TooMuch() : length;

    private static UnreadableFileException TooMuch()
        => new("The workbook unpacks to far more than it seems to hold, and is refused. Save the sheet alone as .xlsx or .csv.");
}
