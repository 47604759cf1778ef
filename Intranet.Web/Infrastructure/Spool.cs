using System.Threading.Channels;

namespace Intranet.Web.Infrastructure;

/// <summary>A file on disk between somebody who writes and somebody slower who reads at the same time. It is gone afterwards.</summary>
internal sealed class Spool : IAsyncDisposable
{
    private readonly Channel<bool> more = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    // Who is further behind than that makes the writing wait after all.
    private const long Most = 512L << 20;

    private readonly FileStream written, read;
    private volatile bool isLeft;

    internal Spool()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var isWindows = OperatingSystem.IsWindows();
        var writing = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous | (isWindows ? FileOptions.DeleteOnClose : FileOptions.None) };
        // Nobody else on the machine reads what is being exported.
        if (!isWindows)
            writing.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        written = new FileStream(path, writing);
        read = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous });
        // Both have it open: without a name it is gone with them, also when the process is killed.
        if (!isWindows)
            File.Delete(path);
    }

    /// <summary>Writes all of it; ends when there is no more. A failure ends the reading too.</summary>
    internal async Task WriteAsync(Func<Stream, Task> write)
    {
        try
        {
            await using var told = new Told(this);
            await write(told);
        }
        finally
        {
            more.Writer.TryComplete();
        }
    }

    /// <summary>Nobody reads on: the writing ends with an error at its next word.</summary>
    internal void Leave() => isLeft = true;

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
    private sealed class Told(Spool spool) : Stream
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
            while (!spool.isLeft && spool.written.Position - spool.read.Position > Most)
                await Task.Delay(100, cancellationToken);
            ObjectDisposedException.ThrowIf(spool.isLeft, spool);
            await spool.written.WriteAsync(buffer, cancellationToken);
            spool.more.Writer.TryWrite(true);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count)
        {
            ObjectDisposedException.ThrowIf(spool.isLeft, spool);
            spool.written.Write(buffer, offset, count);
            spool.more.Writer.TryWrite(true);
        }

        public override void Flush() => spool.written.Flush();
        public override Task FlushAsync(CancellationToken cancellationToken) => spool.written.FlushAsync(cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
