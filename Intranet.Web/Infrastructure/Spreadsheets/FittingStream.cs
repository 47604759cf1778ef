using System.IO.Compression;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Takes a file of unknown length that must not get larger than something: as it is while it fits, packed into a zip from
/// where it doesn't. Who writes asks <see cref="IsFull"/> between rows: what doesn't fit packed either is of no use. On disk,
/// not in memory.
/// </summary>
/// <param name="name">Of the file within the zip.</param>
/// <param name="most">Bytes.</param>
public sealed class FittingStream(string name, int most) : Stream
{
    private readonly FileStream plain = Temporary();
    private FileStream? packed;
    private ZipArchive? archive;
    private Stream? entry;

    /// <summary>It is larger than allowed, also packed.</summary>
    public bool IsFull => packed?.Position > most;

    public bool IsPacked => packed is not null;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Ends writing.</summary>
    /// <returns>The file, or the zip with it where <see cref="IsPacked"/>; null when neither fits.</returns>
    public async Task<byte[]?> EndAsync(CancellationToken cancellation)
    {
        ClosePacked();
        var file = packed ?? plain;
        if (file.Length > most)
            return null;
        var content = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(content, cancellation);
        return content;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (entry is null && plain.Position + buffer.Length > most)
            Pack();
        (entry ?? plain).Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ClosePacked();
            packed?.Dispose();
            plain.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Pack()
    {
        packed = Temporary();
        archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true);
        entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
        plain.Position = 0;
        plain.CopyTo(entry);
        plain.SetLength(0);
    }

    private void ClosePacked()
    {
        entry?.Dispose();
        archive?.Dispose();
        (entry, archive) = (null, null);
    }

    private static FileStream Temporary() => new(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
}
