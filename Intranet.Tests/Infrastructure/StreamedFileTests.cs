using System.Text;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Intranet.Tests.Infrastructure;

public sealed class StreamedFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_loads_slowly_keeps_nobody_from_writing_and_gets_all_of_it_in_the_end()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"row {i}\n")));
        var body = new SlowBody();
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = Send(body, async stream =>
        {
            for (var at = 0; at < text.Length; at += 1_000)
                await stream.WriteAsync(text.AsMemory(at, Math.Min(1_000, text.Length - at)));
            written.SetResult();
        });

        await written.Task.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Equal(0, body.Content.Length);
        Assert.False(sending.IsCompleted);

        body.Gate.SetResult();
        await sending;
        Assert.Equal(text, body.Content.ToArray());
    }

    [Fact]
    public async Task What_is_written_first_arrives_before_the_rest_is_there()
    {
        var body = new SlowBody();
        body.Gate.SetResult();
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = Send(body, async stream =>
        {
            await stream.WriteAsync("head"u8.ToArray());
            await rest.Task;
            await stream.WriteAsync("rest"u8.ToArray());
        });

        await Eventually.Is(() => Task.FromResult(body.Content.Length == 4), "the head to be sent");
        rest.SetResult();
        await sending;
        Assert.Equal("headrest", Encoding.UTF8.GetString(body.Content.ToArray()));
    }

    [Fact]
    public async Task A_failure_in_the_middle_is_no_end_of_the_file()
    {
        var body = new SlowBody();
        body.Gate.SetResult();
        var sending = Send(body, async stream =>
        {
            await stream.WriteAsync("head"u8.ToArray());
            throw new InvalidOperationException("The database is gone.");
        });

        Assert.Equal("The database is gone.", (await Assert.ThrowsAsync<InvalidOperationException>(() => sending)).Message);
    }

    private static Task Send(Stream body, Func<Stream, Task> write)
        => new StreamedFile("text/csv", "list.csv", write).ExecuteAsync(new DefaultHttpContext { Response = { Body = body } });

    /// <summary>Takes nothing before its gate is open.</summary>
    private sealed class SlowBody : Stream
    {
        internal TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        internal MemoryStream Content { get; } = new();

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => Content.Length;
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Gate.Task;
            await Content.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
