using System.Text;
using System.Text.Unicode;

namespace Intranet.Web.Infrastructure;

/// <summary>Finds out how a text file is encoded.</summary>
public static class TextEncoding
{
    private const int BufferSize = 1 << 20;

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// A byte order mark decides; without one, zeros at every other place mean UTF-16, valid UTF-8 is UTF-8, and anything
    /// else is Windows-1252, which has a letter for nearly every byte. Reads the whole file once, in pieces: a name with an
    /// accent may be its last line.
    /// </summary>
    /// <returns>The encoding, and how many line ends there are.</returns>
    /// <exception cref="UnreadableFileException">It is not text.</exception>
    public static (Encoding Encoding, int Lines) Detect(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var buffer = new byte[BufferSize];
        var count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var start = buffer.AsSpan(0, count);
        if (FileShape.Name(start) is { } name)
            throw new UnreadableFileException($"The file is {name}, not text as its name says. Export the table as CSV, or send the workbook as .xlsx.");
        var encoding = Marked(start) ?? Utf16Unmarked(start);
        var lines = 0;
        var isUtf8 = true;
        var kept = 0;
        while (count > 0)
        {
            var bytes = buffer.AsSpan(0, kept + count);
            lines += bytes[kept..].Count((byte)'\n');
            if (encoding is null && bytes[kept..].Contains((byte)0))
                throw new UnreadableFileException("The file is not text. Export the table as CSV, or send the workbook as .xlsx.");
            if (encoding is null && isUtf8)
                (isUtf8, kept) = CheckUtf8(bytes);
            else
                kept = 0;
            count = file.Read(buffer, kept, buffer.Length - kept);
        }

        // Something kept at the end is half a letter.
        return (encoding ?? (isUtf8 && kept == 0 ? new UTF8Encoding(false) : Encoding.GetEncoding(1252)), lines);
    }

    // The beginning of a letter at the end of a piece moves to the front of the next.
    private static (bool IsUtf8, int Kept) CheckUtf8(Span<byte> bytes)
    {
        var tail = 0;
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var value = bytes[^back];
            if ((value & 0xC0) == 0x80)
                continue;
            var length = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : value >= 0xC0 ? 2 : 1;
            tail = length > back ? back : 0;
            break;
        }

        if (!Utf8.IsValid(bytes[..^tail]))
            return (false, 0);
        bytes[^tail..].CopyTo(bytes);
        return (true, tail);
    }

    private static Encoding? Marked(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(false),
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    // Headers are mostly ASCII, whose high byte is zero.
    private static Encoding? Utf16Unmarked(ReadOnlySpan<byte> start)
    {
        var sample = start[..Math.Min(start.Length, 1024)];
        var (even, odd) = (0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i] != 0)
                continue;
            if (i % 2 == 0)
                even++;
            else
                odd++;
        }

        var enough = sample.Length * 2 / 5;
        return odd > enough && even == 0 ? Encoding.Unicode : even > enough && odd == 0 ? Encoding.BigEndianUnicode : null;
    }
}
