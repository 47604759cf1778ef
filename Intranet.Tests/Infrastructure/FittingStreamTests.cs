using System.IO.Compression;
using System.Runtime.CompilerServices;
using ClosedXML.Excel;
using Intranet.Web.Infrastructure;

namespace Intranet.Tests.Infrastructure;

public sealed class FittingStreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, false)]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    [InlineData(50_000, true)]
    public async Task What_fits_is_as_it_was_written_and_more_is_packed(int length, bool isPacked)
    {
        var written = new byte[length];
        await using var file = new FittingStream("list.csv", 1000);
        for (var at = 0; at < length; at += 7)
            file.Write(written, at, Math.Min(7, length - at));

        var content = await file.EndAsync(Cancellation);

        Assert.Equal(isPacked, file.IsPacked);
        Assert.Equal(written, isPacked ? await UnpackedAsync(content!) : content);
    }

    [Fact]
    public async Task Who_writes_learns_soon_that_it_will_not_fit()
    {
        var (random, row, rows) = (new Random(1), new byte[1000], 0);
        await using var file = new FittingStream("list.csv", 1_000_000);
        for (; !file.IsFull && rows < 1_000_000; rows++)
        {
            random.NextBytes(row);
            await file.WriteAsync(row, Cancellation);
        }

        // What a packer holds back is some 100 KB.
        Assert.InRange(rows, 1000, 1300);
        Assert.Null(await file.EndAsync(Cancellation));
    }

    [Fact]
    public async Task A_workbook_takes_no_more_rows_than_fit_and_is_whole()
    {
        var (random, taken) = (new Random(1), 0);
        using var file = new MemoryStream();

        await Workbook.WriteAsync(file, "Title", "Sheet", [new Column<string>("Text", text => text)], RowsAsync(Cancellation), 500_000, Cancellation);

        Assert.InRange(file.Length, 500_001, 700_000);
        Assert.InRange(taken, 201, 3000);
        using var book = new XLWorkbook(file);
        Assert.Equal(taken + 2, book.Worksheets.Single().LastRowUsed()!.RowNumber());

        async IAsyncEnumerable<string> RowsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            while (taken < 100_000)
            {
                await Task.CompletedTask;
                taken++;
                yield return new string([.. Enumerable.Range(0, 500).Select(_ => (char)random.Next(0x4E00, 0x9FA0))]);
            }
        }
    }

    private static async Task<byte[]> UnpackedAsync(byte[] content)
    {
        using var zip = new ZipArchive(new MemoryStream(content));
        using var unpacked = new MemoryStream();
        await using var entry = await zip.Entries.Single().OpenAsync(Cancellation);
        await entry.CopyToAsync(unpacked, Cancellation);
        return unpacked.ToArray();
    }
}
