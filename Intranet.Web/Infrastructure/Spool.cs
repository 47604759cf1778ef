using System.Threading.Channels;

namespace Intranet.Web.Infrastructure;

/// <summary>A file on disk between somebody who writes and somebody slower who reads at the same time. It is gone afterwards.</summary>
internal sealed class Spool : IAsyncDisposable
{
    private readonly Channel<bool> more = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileStream written, read;

    internal Spool()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        written = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose });
        read = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous });
    }

    /// <summary>Writes all of it; ends when there is no more. A failure ends the reading too.</summary>
    internal async Task WriteAsync(Func<Stream, Task> write)
    {
        try
        {
            await using var told = new Told(written, () => more.Writer.TryWrite(true));
            await write(told);
        }
        finally
        {
            more.Writer.TryComplete();
        }
    }

    /// <summary>Passes on what is written, as it comes, until no more is.</summary>
    internal async Task CopyToAsync(Stream to, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        while (true)
        {
            // Asked before reading: what was written until the end was told is read after it.
            var isLast = !await more.Reader.WaitToReadAsync(cancellation);
            more.Reader.TryRead(out _);
            for (int length; (length = await read.ReadAsync(buffer, cancellation)) > 0;)
                await to.WriteAsync(buffer.AsMemory(0, length), cancellation);
            if (isLast)
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await read.DisposeAsync();
        await written.DisposeAsync();
    }

    /// <summary>Says after each write that there is more.</summary>
    private sealed class Told(Stream inner, Action say) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            say();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count)
        {
            inner.Write(buffer, offset, count);
            say();
        }

        public override void Flush() => inner.Flush();
        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
